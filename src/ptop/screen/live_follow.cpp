// Attaching by identity: a pid may be another process by the time its key is pressed.
#include "live_follow.hpp"

#include "identity.hpp"
#include "ptop/decode/syscall_set.hpp"

namespace ptop::app {

/// Checked again afterwards: once seized, the pid cannot go to somebody else before we have waited for it.
Result<void> LiveFollow::attach(const FollowWish& wish, follow::Sink& sink) {
  if (auto same = check_identity(reader_, wish.process); !same) return same;
  follow::Options options;
  if (wish.syscalls) options.syscalls = decode::SyscallSet::all();
  auto follower = std::make_unique<follow::Follower>(std::move(options), sink);
  if (auto attached = follower->attach({wish.process.pid}, wish.tree); !attached) return attached;
  if (auto same = check_identity(reader_, wish.process); !same) return same;
  follower_ = std::move(follower);
  return {};
}

void LiveFollow::detach(std::string_view reason) {
  if (follower_) follower_->detach(reason);
}

bool LiveFollow::poll() {
  if (!follower_) return false;
  const auto progress = follower_->poll();
  if (progress == follow::Progress::finished) follower_.reset();
  return progress == follow::Progress::more;
}

}  // namespace ptop::app
