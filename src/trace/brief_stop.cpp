// PTRACE_SEIZE without options: children of the tasks are not ours, and nothing stops but the tasks asked
// for.
#include "ptop/trace/brief_stop.hpp"

#include <cerrno>
#include <ctime>

#include <algorithm>

#include <sys/ptrace.h>
#include <sys/wait.h>

#include "request.hpp"

namespace ptop::trace {
namespace {

constexpr timespec between_looks{0, 500'000};

/// A signal-delivery-stop is one without an event: the signal would be lost without us.
int signal_of(int status) { return status >> 16 == 0 ? WSTOPSIG(status) : 0; }

}  // namespace

Result<void> BriefStop::seize(Tid tid) {
  if (auto r = ptrace_request(PTRACE_SEIZE, "PTRACE_SEIZE", tid, nullptr, nullptr); !r)
    return fail(r.error());
  tasks_[tid] = {};
  // ESRCH: it ended, and wait() will see that.
  (void)ptrace_request(PTRACE_INTERRUPT, "PTRACE_INTERRUPT", tid, nullptr, nullptr);
  return {};
}

void BriefStop::look(Tid tid, Task& task) {
  int status = 0;
  const pid_t found = ::waitpid(tid.raw(), &status, __WALL | __WNOTHREAD | WNOHANG);
  if (found == 0 || (found < 0 && errno == EINTR)) return;
  if (found < 0 || !WIFSTOPPED(status)) {
    task.state = State::ended;
    return;
  }
  task = {State::stopped, signal_of(status)};
}

void BriefStop::wait(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  const auto runs = [](const auto& entry) { return entry.second.state == State::running; };
  while (true) {
    for (auto& [tid, task] : tasks_) {
      if (task.state == State::running) look(tid, task);
    }
    if (std::none_of(tasks_.begin(), tasks_.end(), runs) || std::chrono::steady_clock::now() >= end) return;
    ::nanosleep(&between_looks, nullptr);
  }
}

BriefStop::State BriefStop::state(Tid tid) const {
  const auto found = tasks_.find(tid);
  return found == tasks_.end() ? State::ended : found->second.state;
}

/// One that stops only now is caught here; one that does not is let go by the kernel when this thread ends,
/// and never stops then.
BriefStop::~BriefStop() {
  for (auto& [tid, task] : tasks_) {
    if (task.state == State::running) look(tid, task);
    if (task.state != State::stopped) continue;
    (void)ptrace_request(PTRACE_DETACH, "PTRACE_DETACH", tid, nullptr,
                         as_pointer(static_cast<std::uintptr_t>(task.signal)));
  }
}

}  // namespace ptop::trace
