// The process events connector: who forks whom, on the whole machine, from the kernel itself.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::sockets {

struct Birth {
  Pid parent, child;
};

/// The births of processes in one datagram; threads and other events are left out. A message that is cut off
/// ends it.
std::vector<Birth> parse_births(std::string_view datagram);

/// Source: linux/cn_proc.h. Needs CONFIG_PROC_EVENTS and the initial pid and user namespace; before Linux 6.6
/// also CAP_NET_ADMIN.
class ForkWatch {
 public:
  /// Births from now on. Errors: as socket(2) and bind(2).
  static Result<ForkWatch> open();
  /// Those since the last call. Does not block.
  std::vector<Birth> take();
  /// Some were lost: more came than the socket holds.
  bool overrun() const { return overrun_; }

 private:
  explicit ForkWatch(Fd socket) : socket_(std::move(socket)) {}
  Fd socket_;
  bool overrun_ = false;
};

}  // namespace ptop::sockets
