// What each line of /proc/<pid>/maps is to the program.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ptop/procfs/maps.hpp"

namespace ptop::model {

enum class MappingRole : std::uint8_t {
  text,           ///< code of the program
  data,           ///< the program's file otherwise, and the zeroed memory after it (bss)
  heap,           ///< what brk(2) gave
  stack,          ///< of the main thread
  thread_stack,   ///< anonymous memory with an inaccessible guard below, as pthread_create(3) makes it
  library_text,   ///< code of another file
  library_data,   ///< another part of a file whose code is mapped too
  file,           ///< a file without code
  shared_file,    ///< the same, written through to the file
  shared_memory,  ///< shared and of no file on a disk: anonymous, POSIX, memfd
  sysv_shm,       ///< a System V segment
  anonymous,      ///< private memory; zeroed memory of libraries (bss) cannot be told from the rest
  guard,          ///< not accessible at all
  vdso,           ///< the kernel's code for fast calls
  kernel,         ///< its data, and the rest of its own: [vvar], [vsyscall], [uprobes]
  device,         ///< a device, io_uring's rings, a socket's or perf's buffer
};
inline constexpr std::size_t mapping_role_count = 16;
std::string_view mapping_role_name(MappingRole role);

/// One for each mapping. `exe`: what the link says, to tell the program from its libraries. A guess where the
/// kernel does not tell: thread stacks.
std::vector<MappingRole> mapping_roles(std::span<const procfs::Mapping> maps, std::string_view exe);

}  // namespace ptop::model
