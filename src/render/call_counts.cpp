// Counting, and one table.
#include "ptop/render/call_counts.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace ptop::render {
namespace {

constexpr double second_ns = 1e9;
constexpr double us_ns = 1e3;

std::string row(double percent, std::uint64_t total_ns, std::uint64_t longest_ns, std::uint64_t calls,
                std::uint64_t errors, std::string_view name) {
  const double average = calls == 0 ? 0 : static_cast<double>(total_ns) / us_ns / static_cast<double>(calls);
  return fmt::format("{:6.2f} {:11.6f} {:11.1f} {:11.1f} {:9} {:>9} {}", percent,
                     static_cast<double>(total_ns) / second_ns, average,
                     static_cast<double>(longest_ns) / us_ns, calls,
                     errors == 0 ? "" : fmt::format("{}", errors), name);
}

}  // namespace

void CallCountSink::on(const follow::Event& event) {
  const auto* const call = std::get_if<follow::SyscallDone>(&event.what);
  if (!call) return;
  follow::count(counts_, *call);
}

void CallCountSink::on_tally(const follow::CallTally& tally) {
  for (const auto& [name, count] : tally) counts_[name].add(count);
}

void CallCountSink::end(const follow::Trailer&) {
  std::vector<std::pair<std::string_view, follow::CallCount>> rows(counts_.begin(), counts_.end());
  std::ranges::stable_sort(rows, std::greater{}, [](const auto& r) { return r.second.total_ns; });
  follow::CallCount all;
  for (const auto& [name, count] : rows) all.add(count);
  out_->write(fmt::format("{:>6} {:>11} {:>11} {:>11} {:>9} {:>9} {}", "% time", "seconds", "usecs/call",
                          "longest us", "calls", "errors", "syscall"));
  const double whole = std::max<double>(1, static_cast<double>(all.total_ns));
  for (const auto& [name, count] : rows)
    out_->write(row(100 * static_cast<double>(count.total_ns) / whole, count.total_ns, count.longest_ns,
                    count.calls, count.errors, name));
  out_->write(row(all.calls == 0 ? 0 : 100, all.total_ns, all.longest_ns, all.calls, all.errors, "total"));
  out_->flush();
}

}  // namespace ptop::render
