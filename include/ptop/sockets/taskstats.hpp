// How long tasks had to wait for memory: the kernel's accounts that no file of /proc has.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ptop/base/fd.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::sockets {

/// Source: struct taskstats (linux/taskstats.h), accounting/delay-accounting of the kernel's documentation.
/// Counted while the sysctl kernel.task_delayacct is on. Nanoseconds; nullopt: the kernel is older than the
/// account.
struct TaskDelays {
  std::uint64_t swapin_ns = 0;                 ///< for pages to come back from swap
  std::optional<std::uint64_t> reclaim_ns;     ///< for memory to be freed; version 7
  std::optional<std::uint64_t> thrashing_ns;   ///< for pages that were dropped a moment ago; version 9
  std::optional<std::uint64_t> compaction_ns;  ///< for memory to be moved together; version 11
};
/// One answer. Errors: what the kernel answered; `unsupported`: its accounts are laid out as version 15 does,
/// where what stands where depends on the kernel; `malformed`.
Result<TaskDelays> parse_taskstats(std::string_view message);

/// Netlink, family TASKSTATS. Linux 2.6.18, CONFIG_TASKSTATS.
class Taskstats {
 public:
  /// `unsupported`: the kernel was built without.
  static Result<Taskstats> open();

  /// Of a thread group, its dead threads too; pids are of the caller's namespace. `denied` without
  /// CAP_NET_ADMIN.
  Result<TaskDelays> of_process(Pid pid);
  Result<TaskDelays> of_thread(Tid tid);

 private:
  Taskstats(Fd socket, std::uint16_t family) : socket_(std::move(socket)), family_(family) {}
  Fd socket_;
  std::uint16_t family_;
};

}  // namespace ptop::sockets
