// What the kernel laid out on the stack of a program it is about to start.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "environment.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/decode/memory_reader.hpp"

namespace ptop::follow {

struct ExecImage {
  std::vector<std::string> argv;
  Environment environment;
  std::optional<Credentials> credentials;  ///< nullopt: not in the auxiliary vector
  std::string filename;  ///< AT_EXECFN: what the caller passed to execve(2); a script's own name
};

/// At a PTRACE_EVENT_EXEC stop the stack pointer is at argc; argv, envp and the auxiliary vector follow, and
/// above them lie all their strings (fs/binfmt_elf.c, create_elf_tables). `word`: 8, or 4 for a 32-bit
/// program. nullopt: the stack could not be read.
std::optional<ExecImage> read_exec_image(decode::MemoryReader& memory, TraceeAddr stack_pointer,
                                         std::size_t word);

}  // namespace ptop::follow
