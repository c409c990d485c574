// The loop of a following thread, and waking it.
#include "follow_thread.hpp"

#include <chrono>
#include <csignal>

#include <pthread.h>

namespace ptop::app {
namespace {

/// Interrupts wait4(2) in one thread. Its handler does nothing, and is there so that the wait returns.
int wake_signal() { return SIGRTMIN; }

void install_handler() {
  struct sigaction action {};
  action.sa_handler = [](int) {};  // no SA_RESTART
  ::sigaction(wake_signal(), &action, nullptr);
}

void let_in_wake_signal() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, wake_signal());
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace

FollowThread::FollowThread(ProcessKey root, follow::Options options, std::unique_ptr<follow::Sink> sink,
                           std::function<void()> tell_end)
    : root_(root), options_(std::move(options)), sink_(std::move(sink)), tell_end_(std::move(tell_end)) {}

FollowThread::~FollowThread() {
  if (!thread_.joinable()) return;
  leaving_ = true;
  while (!finished_) {
    wake();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  thread_.join();
}

Result<Pid> FollowThread::begin(Begin begin) {
  install_handler();
  std::promise<Result<Pid>> begun;
  auto answer = begun.get_future();
  thread_ = std::thread(&FollowThread::run, this, std::move(begin), std::move(begun));
  return answer.get();
}

void FollowThread::run(const Begin& begin, std::promise<Result<Pid>> begun) {
  let_in_wake_signal();
  {
    follow::Follower follower(options_, *sink_);
    auto first = begin(follower);
    const bool failed = !first;
    begun.set_value(std::move(first));
    auto progress = failed ? follow::Progress::finished : follow::Progress::more;
    while (progress != follow::Progress::finished) {
      if (commands_waiting_) obey(follower);
      if (leaving_) break;
      progress = follower.run();
      if (const auto status = follower.program_status(); status && status_.exchange(*status) < 0) tell_end_();
    }
  }
  finished_ = true;
  tell_end_();
}

void FollowThread::obey(follow::Follower& follower) {
  std::optional<std::string> reason;
  std::optional<decode::SyscallSet> calls;
  {
    const std::lock_guard lock(mutex_);
    reason = std::exchange(detach_reason_, std::nullopt);
    calls = std::exchange(calls_, std::nullopt);
    commands_waiting_ = false;
  }
  if (calls) follower.set_calls(std::move(*calls));
  if (reason) follower.detach(*reason);
}

void FollowThread::detach(std::string_view reason) {
  {
    const std::lock_guard lock(mutex_);
    detach_reason_ = reason;
    commands_waiting_ = true;
  }
  wake();
}

void FollowThread::set_calls(const decode::SyscallSet& calls) {
  {
    const std::lock_guard lock(mutex_);
    calls_ = calls;
    commands_waiting_ = true;
  }
  wake();
}

void FollowThread::wake() {
  if (thread_.joinable() && !finished_) ::pthread_kill(thread_.native_handle(), wake_signal());
}

}  // namespace ptop::app
