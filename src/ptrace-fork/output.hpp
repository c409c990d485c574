// Where the log is written: stderr, a file, or the standard input of a command.
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

#include "ptop/base/fd.hpp"
#include "ptop/base/result.hpp"

namespace ptop::ptrace_fork {

class Output {
 public:
  /// "": stderr; "|COMMAND": a shell runs it; otherwise a file, made anew or emptied; `append`: written
  /// behind what it has.
  static Result<Output> open(const std::string& target, bool append = false);
  Output(Output&&) = default;
  Output& operator=(Output&&) = default;
  /// Waits until the command has read all and ended.
  ~Output();

  int fd() const { return fd_.get(); }

 private:
  Output() = default;
  Fd fd_;
  std::optional<pid_t> command_;
};

}  // namespace ptop::ptrace_fork
