// A pidfd is held while a process is acted on: its pid is checked behind that, so that nobody else is meant.
#include "live_act.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "identity.hpp"
#include "live_births.hpp"
#include "live_held.hpp"

namespace ptop::app {
namespace {

// include/uapi/linux/ioprio.h: not in every libc.
constexpr int ioprio_who_process = 1;
constexpr unsigned ioprio_class_shift = 13;

constexpr int lowest_nice = -20, highest_nice = 19;

unsigned ioprio_value(IoPriority priority) {
  return static_cast<unsigned>(priority.kind) << ioprio_class_shift | static_cast<unsigned>(priority.level);
}

}  // namespace

/// pidfd_open(2), since Linux 5.3.
Result<Fd> LiveAct::open_pidfd(ProcessKey process) {
  Fd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid.raw(), 0)));
  if (pidfd.get() < 0) return fail(os_error("pidfd_open"));
  if (const auto same = check_identity(reader_, process); !same) return fail(same.error());
  return pidfd;
}

Result<void> LiveAct::send_signal(ProcessKey process, int signal) {
  const auto held = hold(process);
  return held ? (*held)->send(signal) : fail(held.error());
}

Result<std::unique_ptr<HeldProcess>> LiveAct::hold(ProcessKey process) {
  auto pidfd = open_pidfd(process);
  if (!pidfd) return fail(pidfd.error());
  return std::make_unique<LiveHeld>(reader_, process, std::move(*pidfd));
}

std::unique_ptr<BirthWatch> LiveAct::watch_births() { return LiveBirths::open(reader_); }

Result<std::vector<Tid>> LiveAct::threads_of(ProcessKey process) {
  auto directory = reader_.open_process(process.pid);
  if (!directory) return fail(directory.error());
  return directory->tids();
}

/// Priorities belong to threads. One that ends meanwhile needs none; any other failure is told.
template <class Call>
Result<void> LiveAct::for_each_thread(ProcessKey process, Call call) {
  const auto pidfd = open_pidfd(process);
  if (!pidfd) return fail(pidfd.error());
  const auto tids = threads_of(process);
  if (!tids) return fail(tids.error());
  for (const Tid tid : *tids) {
    if (call(tid) != 0 && errno != ESRCH) return fail(os_error("this thread"));
  }
  return {};
}

/// One that is not the process's any more has ended: its tid may be another one's by now.
Result<void> LiveAct::check_identity_of(ThreadKey thread) {
  const auto pidfd = open_pidfd(thread.process);
  if (!pidfd) return fail(pidfd.error());
  const auto stat = reader_.read_thread_stat(thread.process.pid, thread.task.tid);
  if (!stat) return fail(stat.error());
  if (stat->start != thread.task.start) return fail({Errc::gone, 0, "another thread has this tid now"});
  return {};
}

template <class Call>
Result<void> LiveAct::for_thread(ThreadKey thread, Call call) {
  if (auto same = check_identity_of(thread); !same) return same;
  if (call(thread.task.tid) != 0) return fail(os_error("this thread"));
  return {};
}

namespace {

auto nice_setter(int nice) {
  return [nice](Tid tid) { return ::setpriority(PRIO_PROCESS, static_cast<id_t>(tid.raw()), nice); };
}

auto io_priority_setter(IoPriority priority) {
  return [priority](Tid tid) {
    return static_cast<int>(::syscall(SYS_ioprio_set, ioprio_who_process, tid.raw(), ioprio_value(priority)));
  };
}

}  // namespace

Result<void> LiveAct::set_nice(ProcessKey process, int nice) {
  return for_each_thread(process, nice_setter(nice));
}

Result<void> LiveAct::set_io_priority(ProcessKey process, IoPriority priority) {
  return for_each_thread(process, io_priority_setter(priority));
}

Result<void> LiveAct::set_thread_nice(ThreadKey thread, int nice) {
  return for_thread(thread, nice_setter(nice));
}

Result<void> LiveAct::set_thread_io_priority(ThreadKey thread, IoPriority priority) {
  return for_thread(thread, io_priority_setter(priority));
}

/// Written where it is read, sched(7). The file is opened before the identity is checked: it stays that
/// process's, and writing fails with ESRCH when it has ended. The kernel refuses numbers below the present
/// one to all but CAP_SYS_NICE, and with EAGAIN more than ten changes a second to everybody else.
Result<void> LiveAct::change_autogroup_nice(ProcessKey process, int by) {
  const Fd file(::open(fmt::format("/proc/{}/autogroup", process.pid.raw()).c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(os_error("autogroup"));
  if (const auto same = check_identity(reader_, process); !same) return fail(same.error());
  auto directory = reader_.open_process(process.pid);
  if (!directory) return fail(directory.error());
  const auto group = directory->read_autogroup();
  if (!group) return fail(group.error());
  if (!*group) return fail({Errc::unsupported, 0, "it is in no autogroup"});
  const std::string nice = std::to_string(std::clamp((*group)->nice + by, lowest_nice, highest_nice));
  if (::write(file.get(), nice.data(), nice.size()) < 0) return fail(os_error("autogroup"));
  return {};
}

Result<OomState> LiveAct::oom_state(ProcessKey process) {
  if (const auto same = check_identity(reader_, process); !same) return fail(same.error());
  auto directory = reader_.open_process(process.pid);
  if (!directory) return fail(directory.error());
  const auto score = directory->read_oom_score();
  if (!score) return fail(score.error());
  const auto adjustment = directory->read_oom_score_adj();
  if (!adjustment) return fail(adjustment.error());
  return OomState{*score, *adjustment};
}

/// Opened before the identity is checked, as the file above. The kernel refuses EACCES what is below the
/// lowest value that somebody with CAP_SYS_RESOURCE has set, to all without it.
Result<void> LiveAct::set_oom_adjustment(ProcessKey process, int adjustment) {
  const Fd file(
      ::open(fmt::format("/proc/{}/oom_score_adj", process.pid.raw()).c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(os_error("oom_score_adj"));
  if (const auto same = check_identity(reader_, process); !same) return fail(same.error());
  const std::string text = std::to_string(adjustment);
  if (::write(file.get(), text.data(), text.size()) < 0) return fail(os_error("oom_score_adj"));
  return {};
}

/// A signal for the process goes to any thread that does not block it.
Result<SignalUse> LiveAct::signal_use(ProcessKey process) {
  if (const auto same = check_identity(reader_, process); !same) return fail(same.error());
  const auto status = reader_.read_status(process.pid);
  if (!status) return fail(status.error());
  SignalUse use{status->signals.caught, status->signals.ignored, status->signals.blocked};
  const auto tids = threads_of(process);
  for (const Tid tid : tids ? *tids : std::vector<Tid>()) {
    if (use.blocked == 0) break;
    auto thread = reader_.open_thread(process.pid, tid);
    const auto its = thread ? thread->read_status() : fail(thread.error());
    if (its) use.blocked &= its->signals.blocked;
  }
  return use;
}

}  // namespace ptop::app
