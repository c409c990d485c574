// The event engines behind FollowPort. Each subtree has a thread of its own, which owns a follow::Follower:
// ptrace belongs to a thread, and a busy subtree must not keep keys waiting.
#pragma once

#include <memory>
#include <vector>

#include "follow_port.hpp"
#include "follow_thread.hpp"
#include "program_port.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

class LiveFollow : public FollowPort {
 public:
  explicit LiveFollow(procfs::Reader reader) : reader_(std::move(reader)) {}
  ~LiveFollow() override { release("ptop ended"); }

  Result<void> attach(const FollowWish& wish) override;
  /// The program is followed with all its descendants, from its first exec on. Errors: as Follower::start().
  Result<ProcessKey> start(const follow::Program& program);
  /// nullopt: it has not ended.
  std::optional<ProgramEnd> program_end();
  void detach(ProcessKey root, std::string_view reason) override;
  void detach_all(std::string_view reason) override;
  void set_calls(const decode::SyscallSet& calls) override;
  bool follows(ProcessKey root) const override;
  bool active() const override { return !threads_.empty(); }
  EventFeed& feed() override { return feed_; }

  /// Forgets those that are done, and repeats what a thread may have missed. True: call again soon.
  bool tend();
  /// Lets everything go and waits for it.
  void release(std::string_view reason);

 private:
  procfs::Reader reader_;
  EventFeed feed_;
  std::vector<std::unique_ptr<FollowThread>> threads_;
  ProcessKey program_{};
  std::optional<ProgramEnd> program_end_;
};

}  // namespace ptop::app
