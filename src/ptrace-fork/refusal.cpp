// Looks at /proc before and after.
#include "refusal.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "ptop/base/escape.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::ptrace_fork {
namespace {

std::string named(procfs::Reader& reader, Pid pid) {
  const auto stat = reader.read_stat(pid);
  return stat ? fmt::format("{} ({})", pid.raw(), escaped(stat->comm)) : fmt::format("{}", pid.raw());
}

}  // namespace

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

std::string why_denied(Pid pid) {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return "not permitted";
  const auto stat = reader->read_stat(pid);
  if (stat && stat->is_kernel_thread()) return "it is a kernel thread";
  if (stat && stat->state == procfs::TaskState::zombie)
    return stat->threads > 1 ? "its first thread has ended already" : "it has ended already and is a zombie";
  auto dir = reader->open_process(pid);
  const auto status = dir ? dir->read_status() : Result<procfs::Status>(fail(dir.error()));
  if (status && status->tracer_pid != Pid(0))
    return fmt::format("it is traced already, by {}", named(*reader, status->tracer_pid));
  return "not permitted (another user's, or forbidden by the system)";
}

std::optional<std::string> own_tracer() {
  auto reader = procfs::Reader::open("/proc");
  auto dir = reader ? reader->open_process(Pid(::getpid())) : Result<procfs::TaskDir>(fail(reader.error()));
  const auto status = dir ? dir->read_status() : Result<procfs::Status>(fail(dir.error()));
  if (!status || status->tracer_pid == Pid(0)) return std::nullopt;
  return fmt::format("ptrace-fork is traced itself, by {}, who also gets what it starts",
                     named(*reader, status->tracer_pid));
}

}  // namespace ptop::ptrace_fork
