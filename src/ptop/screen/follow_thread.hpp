// One thread that follows one subtree: it owns the Follower, and others tell it what to do.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "ptop/follow/follower.hpp"

namespace ptop::app {

class FollowThread {
 public:
  /// Runs first, on the thread: attaches or starts. What it returns is what begin() returns.
  using Begin = std::function<Result<Pid>(follow::Follower&)>;

  /// `tell_end` is called on the thread once it is finished.
  FollowThread(ProcessKey root, follow::Options options, std::unique_ptr<follow::Sink> sink,
               std::function<void()> tell_end);
  /// Lets all go and waits for it: a second at most. What the kernel holds longer is let go by the kernel
  /// when the thread ends.
  ~FollowThread();
  FollowThread(const FollowThread&) = delete;
  FollowThread& operator=(const FollowThread&) = delete;

  /// Starts the thread and waits until `begin` has run. After an error it is finished.
  Result<Pid> begin(Begin begin);

  ProcessKey root() const { return root_; }
  /// Of a program that was started: known after begin().
  void set_root(ProcessKey root) { root_ = root; }
  void detach(std::string_view reason);
  void set_calls(const decode::SyscallSet& calls);
  bool finished() const { return finished_; }
  /// The wait status of the program it started, once that has ended.
  std::optional<int> program_status() const {
    return status_ < 0 ? std::nullopt : std::optional<int>(status_);
  }
  /// True while a command has not been heard. The signal that wakes a thread can come just before it sleeps,
  /// so ask for it again until then.
  bool unheard() const { return commands_waiting_; }
  void wake();

 private:
  void run(const Begin& begin, std::promise<Result<Pid>> begun);
  void obey(follow::Follower& follower);

  ProcessKey root_;
  follow::Options options_;
  std::unique_ptr<follow::Sink> sink_;
  std::function<void()> tell_end_;

  std::mutex mutex_;
  std::optional<std::string> detach_reason_;
  std::optional<decode::SyscallSet> calls_;
  std::atomic<bool> commands_waiting_ = false, leaving_ = false, finished_ = false;
  std::atomic<int> status_ = -1;
  std::thread thread_;
};

}  // namespace ptop::app
