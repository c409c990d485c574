// What the screen asks of an event engine. Tests use a fake one.
#pragma once

#include <string_view>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::app {

struct FollowWish {
  ProcessKey process;
  bool tree = false;      ///< its living descendants too
  bool syscalls = false;  ///< all system calls
};

class FollowPort {
 public:
  virtual ~FollowPort() = default;
  /// Sends the events to `sink`, from begin() to end(). Errors: `gone` too when the pid is another process
  /// by now.
  virtual Result<void> attach(const FollowWish& wish, follow::Sink& sink) = 0;
  /// Begins to detach; Sink::end() tells when it is done.
  virtual void detach(std::string_view reason) = 0;
  /// From attach() to Sink::end().
  virtual bool active() const = 0;
};

}  // namespace ptop::app
