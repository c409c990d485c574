// What ptop itself costs, for who asks.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace ptop::app {

/// Of this process, at one moment.
struct OwnUse {
  std::chrono::steady_clock::time_point at;
  std::uint64_t cpu_ns = 0;     ///< of all its threads, user and system: getrusage(2)
  std::uint64_t rss_bytes = 0;  ///< 0: not known
};
OwnUse read_own_use();

/// "ptop 12ms/s 14M": the CPU time for each second between the two, and the memory now. Without `before`, or
/// without time between them, the memory alone.
std::string own_use_text(const std::optional<OwnUse>& before, const OwnUse& now);

}  // namespace ptop::app
