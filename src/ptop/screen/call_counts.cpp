// Classes of durations, and the order of the table.
#include "call_counts.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "ptop/base/escape.hpp"

namespace ptop::app {
namespace {

constexpr unsigned part_bits = 3;  // 8 classes for each power of two

/// Below 8 each number has a class of its own.
std::size_t class_of(std::uint64_t ns) {
  if (ns < 1U << part_bits) return ns;
  const auto shift = static_cast<unsigned>(std::bit_width(ns)) - part_bits - 1;
  return (std::size_t{shift} + 1) * (1U << part_bits) + ((ns >> shift) & ((1U << part_bits) - 1));
}

std::uint64_t last_of(std::size_t index) {
  constexpr std::size_t parts = 1U << part_bits;
  if (index < parts) return index;
  const std::size_t shift = index / parts - 1;
  return ((std::uint64_t{parts} + index % parts + 1) << shift) - 1;
}

}  // namespace

void Durations::add(std::uint64_t ns) {
  ++count_;
  total_ += ns;
  least_ = std::min(least_, ns);
  most_ = std::max(most_, ns);
  ++in_class_[std::min(class_of(ns), classes - 1)];
}

std::uint64_t Durations::percentile(double share) const {
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < classes; ++i) {
    seen += in_class_[i];
    if (seen >= wanted && seen > 0) return std::clamp(last_of(i), least_, most_);
  }
  return most_;
}

void CallCounts::add(const follow::SyscallDone& call) {
  auto found = counts_.find(call.name);
  if (found == counts_.end()) found = counts_.emplace(std::string(call.name), Count{}).first;
  Count& count = found->second;
  ++count.calls;
  if (call.error_number != 0) ++count.errors;
  if (call.ret && call.duration_ns) count.durations.add(*call.duration_ns);
}

std::vector<CallRow> CallCounts::rows() const {
  std::vector<CallRow> rows;
  rows.reserve(counts_.size());
  for (const auto& [name, count] : counts_) {
    const Durations& d = count.durations;
    rows.push_back({escaped(name), count.calls, count.errors, d.total(), d.least(), d.mean(),
                    d.percentile(0.99), d.most()});
  }
  return rows;
}

void sort_rows(std::vector<CallRow>& rows, CallOrder order, bool turned) {
  const auto key = [order](const CallRow& row) {
    switch (order) {
      case CallOrder::total:
        return row.total;
      case CallOrder::calls:
        return row.calls;
      case CallOrder::errors:
        return row.errors;
      case CallOrder::mean:
        return row.mean;
      case CallOrder::p99:
        return row.p99;
      case CallOrder::most:
        return row.most;
      case CallOrder::name:
        break;
    }
    return std::uint64_t{0};
  };
  // Rows come by name, and stay so among equals.
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const CallRow& a, const CallRow& b) { return key(a) > key(b); });
  if (turned) std::reverse(rows.begin(), rows.end());
}

}  // namespace ptop::app
