// Attaching by identity: a pid may be another process by the time its key is pressed.
#include "live_follow.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>

#include "identity.hpp"

namespace ptop::app {
namespace {

follow::Options options_of(const FollowWish& wish) {
  follow::Options options;
  options.fd_paths = true;
  if (wish.syscalls) options.syscalls = wish.calls.empty() ? decode::SyscallSet::all() : wish.calls;
  return options;
}

}  // namespace

/// The identity is checked again afterwards: once seized, the pid cannot go to somebody else before we have
/// waited for it.
Result<void> LiveFollow::attach(const FollowWish& wish) {
  if (auto same = check_identity(reader_, wish.process); !same) return same;
  auto thread = std::make_unique<FollowThread>(wish.process, options_of(wish), feed_.make_source(),
                                               [this] { feed_.wake(); });
  const auto begun = thread->begin([&](follow::Follower& follower) -> Result<Pid> {
    if (auto attached = follower.attach({wish.process.pid}, wish.tree); !attached)
      return fail(static_cast<const Error&>(attached.error()));
    if (auto same = check_identity(reader_, wish.process); !same) return fail(same.error());
    return wish.process.pid;
  });
  if (!begun) return fail(begun.error());
  threads_.push_back(std::move(thread));
  return {};
}

Result<ProcessKey> LiveFollow::start(const follow::Program& program) {
  follow::Options options = options_of({});
  auto thread = std::make_unique<FollowThread>(ProcessKey{}, std::move(options), feed_.make_source(),
                                               [this] { feed_.wake(); });
  const auto pid = thread->begin([&](follow::Follower& follower) { return follower.start(program); });
  if (!pid) return fail(pid.error());
  program_ = {*pid, {}};
  // Should it have ended already, nobody has waited for it yet who would let its pid go to another one.
  if (auto dir = reader_.open_process(*pid)) {
    if (const auto stat = dir->read_stat()) program_.start = stat->start;
  }
  thread->set_root(program_);
  threads_.push_back(std::move(thread));
  return program_;
}

/// While a thread follows it, the exit is that thread's to collect; afterwards it is a child like any other.
std::optional<ProgramEnd> LiveFollow::program_end() {
  if (program_end_ || program_.pid.raw() == 0) return program_end_;
  for (const auto& thread : threads_) {
    if (const auto status = thread->program_status()) program_end_ = ProgramEnd{status};
  }
  if (program_end_ || follows(program_)) return program_end_;
  int status = 0;
  const pid_t found = ::waitpid(program_.pid.raw(), &status, WNOHANG);
  if (found > 0) program_end_ = ProgramEnd{status};
  if (found < 0 && errno == ECHILD) program_end_ = ProgramEnd{};
  return program_end_;
}

void LiveFollow::detach(ProcessKey root, std::string_view reason) {
  for (const auto& thread : threads_) {
    if (thread->root() == root) thread->detach(reason);
  }
}

void LiveFollow::detach_all(std::string_view reason) {
  for (const auto& thread : threads_) thread->detach(reason);
}

void LiveFollow::set_calls(const decode::SyscallSet& calls) {
  for (const auto& thread : threads_) thread->set_calls(calls);
}

bool LiveFollow::follows(ProcessKey root) const {
  return std::ranges::any_of(threads_, [&](const auto& thread) { return thread->root() == root; });
}

bool LiveFollow::tend() {
  program_end();
  std::erase_if(threads_, [](const auto& thread) { return thread->finished(); });
  bool unheard = false;
  for (const auto& thread : threads_) {
    if (!thread->unheard()) continue;
    thread->wake();
    unheard = true;
  }
  return unheard;
}

void LiveFollow::release(std::string_view reason) {
  detach_all(reason);
  threads_.clear();
  feed_.stop_saving(reason);
}

}  // namespace ptop::app
