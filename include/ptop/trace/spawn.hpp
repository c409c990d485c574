// Starting a program under the tracer, from its very first instruction, without leaving a trace in it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <signal.h>

#include "ptop/base/fd.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/trace/call_filter.hpp"
#include "ptop/trace/engine.hpp"

namespace ptop::trace {

/// Signal mask and ignored signals as a program passes them on through execve(2): take it before changing
/// any, so that what is started gets what we were given.
class SignalSetup {
 public:
  static SignalSetup current();
  /// In a forked child, before exec. Async-signal-safe.
  void restore() const;

 private:
  sigset_t mask_{};
  std::array<bool, 65> ignored_{};
};

/// Whom a program runs as: set in the child, groups first.
struct RunAs {
  Uid uid;
  Gid gid;
  std::vector<Gid> groups;
};

/// What is given to execve(2).
struct Image {
  std::string path;
  /// Of a name that PATH has more than once: tried one after the other where execvp(3) would go on.
  std::vector<std::string> further_paths = {};
  std::vector<std::string> argv;         ///< argv[0] first
  std::vector<std::string> environment;  ///< NAME=VALUE
  std::optional<RunAs> run_as;
  /// A descriptor of a terminal: it becomes the controlling one of a session of its own, and the standard
  /// descriptors. -1: session and descriptors are ours.
  int terminal = -1;
  std::vector<sock_filter> filter;  ///< call_filter(); empty: none
};

/// What execvp(3) would run for `file`: itself when it has a '/', else the first match in PATH. Errors:
/// `gone` (ENOENT) or `denied` (EACCES: found, but a directory or without permission to execute).
Result<std::string> resolve_program(const std::string& file);
/// That, and the further matches in PATH; never empty.
Result<std::vector<std::string>> resolve_programs(const std::string& file);

/// A child that was seized and stands still before its execve(2).
struct Launched {
  Tid tid;
  Stopped task;   ///< resume it: it then calls execve
  Fd exec_error;  ///< readable once it failed to exec: see exec_error_number
};

/// Forks. The child restores `signals`, changes its user if asked to, waits to be seized and will exec the
/// image; a file that is no binary and has no `#!` is given to /bin/sh, and one whose interpreter is missing
/// passed over for the next in PATH, as execvp(3) does.
Result<Launched> launch(Engine& engine, const Image& image, const SignalSetup& signals);

/// A process that waits to be seized, and then execs: the tracer's ends of its pipes.
struct Waiting {
  Tid tid;
  Fd go, exec_error;
  Bond bond = Bond::loose;
};

/// The other way round: the calling process will be the program, so that it keeps its parent, and a
/// grandchild that nobody waits for its tracer. Forks twice and returns in the grandchild. The caller waits
/// until that one has seized it, and execs the image; it ends with 125 when the tracer gives up before.
/// Errors: as fork(2) and pipe(2), in the caller.
Result<Waiting> become_program(const Image& image, const SignalSetup& signals);

/// As launch(), of a process that waits.
Result<Launched> launch(Engine& engine, Waiting waiting);

/// errno of the execve(2), of the change of user or of the filter, that failed, or 0. Call when the child
/// ended without an ExecDone. Does not block then.
int exec_error_number(const Fd& exec_error);

}  // namespace ptop::trace
