// /proc/<pid>/limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// In the order of RLIMIT_* on most machines, but not on all (alpha, mips, sparc): not to be cast to one.
enum class LimitResource : std::uint8_t {
  cpu,
  fsize,
  data,
  stack,
  core,
  rss,
  nproc,
  nofile,
  memlock,
  as,
  locks,
  sigpending,
  msgqueue,
  nice,
  rtprio,
  rttime
};
enum class LimitUnit : std::uint8_t { none, seconds, bytes, processes, files, locks, signals, microseconds };

struct Limit {
  LimitResource resource{};
  std::optional<std::uint64_t> soft, hard;  ///< nullopt: unlimited
  LimitUnit unit = LimitUnit::none;         ///< of the resource; the file's own word was wrong before 2.6.36
};

/// Source: proc_pid_limits(5), getrlimit(2). Linux 2.6.24. In the file's order; resources this build does not
/// know are left out. Errors: `gone`, when the file is empty, as the kernel has it of a task that was
/// collected while it was read; `malformed`, when a known line does not fit or there is none.
Result<std::vector<Limit>> parse_limits(std::string_view text);

/// "nofile": as in RLIMIT_NOFILE.
std::string_view limit_resource_name(LimitResource resource);
/// "bytes", "us"; empty for a plain number.
std::string_view limit_unit_name(LimitUnit unit);

}  // namespace ptop::procfs
