// What the meters showed before: for graphs, and for the rates of disks and network.
#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <optional>

#include "host_io.hpp"
#include "meters.hpp"
#include "ptop/model/columns.hpp"

namespace ptop::app {

/// What programs hold, what the kernel would give back, and the whole. Bytes.
struct MemoryUse {
  std::uint64_t used = 0, cache = 0, total = 0;
};
MemoryUse memory_use(const procfs::Meminfo& memory);

/// Bytes a second.
struct TrafficRate {
  double in = 0, out = 0;
};

class MeterHistory {
 public:
  /// A value for each scan, as many as the widest screen shows of braille.
  static constexpr std::size_t most_values = 1024;

  /// `io`: nullopt when no meter shows it.
  void observe(const model::Scene& now, const std::optional<HostIo>& io);

  /// The newest is the last: shares 0…1, load per processor, bytes a second. Only for meters with a graph.
  const std::deque<float>& values(MeterId id) const { return values_[static_cast<std::size_t>(id)]; }
  /// nullopt: before the second reading.
  std::optional<TrafficRate> disk() const { return disk_; }
  std::optional<TrafficRate> network() const { return network_; }

 private:
  void add(MeterId id, std::optional<double> value);

  std::array<std::deque<float>, meter_count> values_;
  std::optional<HostIo> last_io_;
  std::chrono::steady_clock::time_point last_time_;
  std::optional<TrafficRate> disk_, network_;
};

}  // namespace ptop::app
