// The event engine behind FollowPort: follow::Follower, polled by the loop of the screen.
#pragma once

#include <memory>

#include "follow_port.hpp"
#include "ptop/follow/follower.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

class LiveFollow : public FollowPort {
 public:
  explicit LiveFollow(procfs::Reader reader) : reader_(std::move(reader)) {}
  Result<void> attach(const FollowWish& wish, follow::Sink& sink) override;
  void detach(std::string_view reason) override;
  bool active() const override { return follower_ != nullptr; }

  /// Handles what happened since, without blocking. True: there is more at once.
  bool poll();
  /// Lets everything go and waits for it.
  void release() { follower_.reset(); }

 private:
  procfs::Reader reader_;
  std::unique_ptr<follow::Follower> follower_;
};

}  // namespace ptop::app
