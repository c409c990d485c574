// Looks at /proc before and after.
#include "refusal.hpp"

#include <cerrno>

#include <unistd.h>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/follow/denial.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::ptrace_fork {

/// Its numbers would be taken for ours: strangers would be attached to, and their names told.
std::optional<std::string> refusal_of_proc() {
  const auto reader = procfs::Reader::open("/proc");
  if (!reader && reader.error().sys != ENOENT && reader.error().sys != ENOTDIR)
    return "cannot read /proc: " + std::string(errno_text(reader.error().sys));
  if (!reader || !reader->is_live()) return "proc(5) is not mounted on /proc: mount -t proc proc /proc";
  if (reader->shows_own_pids()) return std::nullopt;
  return "/proc is that of another pid namespace: mount one, e.g. unshare --mount-proc";
}

std::optional<std::string> refusal(Pid number) {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return std::nullopt;
  const auto status = reader->read_status(number);
  const Pid pid = status ? status->tgid : number;
  if (pid.raw() == ::getpid()) return "that is ptrace-fork itself";
  for (Pid above(::getppid()); above != Pid(0);) {
    if (above == pid) return "it is an ancestor of ptrace-fork, and what stops it could stop us";
    const auto stat = reader->read_stat(above);
    if (!stat) break;
    above = stat->ppid;
  }
  return std::nullopt;
}

std::string why_denied(Pid number) {
  auto reader = procfs::Reader::open("/proc");
  return reader ? escaped(follow::why_denied(*reader, leader_of(number))) : "not permitted";
}

std::optional<std::string> own_tracer() {
  auto reader = procfs::Reader::open("/proc");
  const auto status = reader ? reader->read_status(Pid(::getpid())) : fail(reader.error());
  if (!status || status->tracer_pid == Pid(0)) return std::nullopt;
  const auto tracer = reader->read_stat(status->tracer_pid);
  return fmt::format("ptrace-fork is traced itself, by {} ({}), who also gets what it starts",
                     status->tracer_pid.raw(), tracer ? escaped(tracer->comm.view()) : "?");
}

}  // namespace ptop::ptrace_fork
