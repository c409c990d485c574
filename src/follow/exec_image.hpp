// What the kernel laid out on the stack of a program it is about to start.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "environment.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/decode/memory_reader.hpp"

namespace ptop::follow {

struct StackCopy {
  std::unique_ptr<std::byte[]> bytes;
  std::size_t size = 0;
};

class ExecImage {
 public:
  std::vector<std::string> argv;
  std::optional<Credentials> credentials;  ///< nullopt: not in the auxiliary vector
  std::string filename;  ///< AT_EXECFN: what the caller passed to execve(2); a script's own name

  /// From the copy of the stack that it keeps: the program may run on meanwhile. Call once.
  Environment take_environment();

 private:
  friend std::optional<ExecImage> read_exec_image(decode::MemoryReader& memory, TraceeAddr stack_pointer,
                                                  std::size_t word);
  StackCopy stack_;
  std::uint64_t base_ = 0;
  std::size_t word_ = 0, environment_ = 0;  ///< offset of its first pointer
};

/// At a PTRACE_EVENT_EXEC stop the stack pointer is at argc; argv, envp and the auxiliary vector follow, and
/// above them lie all their strings (fs/binfmt_elf.c, create_elf_tables). `word`: 8, or 4 for a 32-bit
/// program. nullopt: the stack could not be read.
std::optional<ExecImage> read_exec_image(decode::MemoryReader& memory, TraceeAddr stack_pointer,
                                         std::size_t word);

}  // namespace ptop::follow
