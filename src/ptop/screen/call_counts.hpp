// How often each system call was made and how long it took, live. Every call is counted, also those that the
// screen has no time to show.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/follow/event.hpp"

namespace ptop::app {

/// Durations in classes whose bounds are an eighth of a power of two apart: a percentile is too large by an
/// eighth at most.
class Durations {
 public:
  void add(std::uint64_t ns);
  std::uint64_t count() const { return count_; }
  std::uint64_t total() const { return total_; }
  std::uint64_t least() const { return count_ == 0 ? 0 : least_; }
  std::uint64_t most() const { return most_; }
  std::uint64_t mean() const { return count_ == 0 ? 0 : total_ / count_; }
  /// The time that this share of all took no longer than; `share` from 0 to 1.
  std::uint64_t percentile(double share) const;

 private:
  static constexpr std::size_t parts = 8, classes = 62 * parts;
  std::uint64_t count_ = 0, total_ = 0, least_ = ~std::uint64_t{0}, most_ = 0;
  std::array<std::uint32_t, classes> in_class_{};
};

/// One row of the table. Times in ns, of the clock on the wall, the tracer's own part included.
struct CallRow {
  std::string name;  ///< escaped
  std::uint64_t calls = 0, errors = 0, total = 0, least = 0, mean = 0, p99 = 0, most = 0;
};

enum class CallOrder : std::uint8_t { total, calls, errors, mean, p99, most, name };
inline constexpr std::size_t call_order_count = 7;

class CallCounts {
 public:
  void add(const follow::SyscallDone& call);
  void clear() { counts_.clear(); }
  std::vector<CallRow> rows() const;

 private:
  struct Count {
    std::uint64_t calls = 0, errors = 0;
    Durations durations;
  };
  std::map<std::string, Count, std::less<>> counts_;
};

void sort_rows(std::vector<CallRow>& rows, CallOrder order, bool turned);

}  // namespace ptop::app
