// What the screen asks of an event engine. Tests use a fake one.
#pragma once

#include <string_view>
#include <vector>

#include "event_feed.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/decode/syscall_set.hpp"

namespace ptop::app {

struct FollowWish {
  ProcessKey process;
  bool tree = false;           ///< its living descendants too
  bool syscalls = false;       ///< system calls too
  decode::SyscallSet calls{};  ///< these; empty: all
};

class FollowPort {
 public:
  virtual ~FollowPort() = default;
  /// Several may be followed at once, each with a call of its own. Errors: `gone` too when the pid is another
  /// process by now.
  virtual Result<void> attach(const FollowWish& wish) = 0;
  /// Begins to detach what was attached to with that process, or everything.
  virtual void detach(ProcessKey root, std::string_view reason) = 0;
  virtual void detach_all(std::string_view reason) = 0;
  /// Of all that is followed now: these calls; none: no stop at system calls any more.
  virtual void set_calls(const decode::SyscallSet& calls) = 0;
  /// From attach() until all of it is let go.
  virtual bool follows(ProcessKey root) const = 0;
  virtual bool active() const = 0;
  virtual EventFeed& feed() = 0;
};

}  // namespace ptop::app
