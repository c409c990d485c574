// Counting, and one table.
#include "ptop/render/call_counts.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"

namespace ptop::render {
namespace {

constexpr double second_ns = 1e9;
constexpr double us_ns = 1e3;
constexpr std::size_t least_name = 8;

/// Of all but the name.
using Cells = std::array<std::string, 6>;
using Widths = std::array<std::size_t, 6>;

struct Row {
  Cells cells;
  std::string_view name;
};

Row row_of(double percent, const follow::CallCount& count, std::string_view name) {
  const auto total_ns = static_cast<double>(count.total_ns);
  const double average = count.calls == 0 ? 0 : total_ns / us_ns / static_cast<double>(count.calls);
  return {
      {fmt::format("{:.2f}", percent), fmt::format("{:.6f}", total_ns / second_ns),
       fmt::format("{:.1f}", average), fmt::format("{:.1f}", static_cast<double>(count.longest_ns) / us_ns),
       fmt::format("{}", count.calls), count.errors == 0 ? "" : fmt::format("{}", count.errors)},
      name};
}

std::size_t before_name(const Widths& widths) {
  return std::accumulate(widths.begin(), widths.end(), widths.size());
}

/// The usual ones, or where the longest name has no room behind them, no more than each column needs.
Widths widths_of(const std::vector<Row>& rows, std::size_t columns) {
  constexpr Widths usual{6, 11, 11, 11, 9, 9};
  Widths needed{};
  std::size_t longest = 0;
  for (const Row& row : rows) {
    longest = std::max(longest, row.name.size());
    for (std::size_t i = 0; i < needed.size(); ++i) needed[i] = std::max(needed[i], row.cells[i].size());
  }
  return columns == 0 || before_name(usual) + longest <= columns ? usual : needed;
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
  const double whole = std::max<double>(1, static_cast<double>(all.total_ns));
  std::vector<Row> table{{{"% time", "seconds", "usecs/call", "longest us", "calls", "errors"}, "syscall"}};
  for (const auto& [name, count] : rows)
    table.push_back(row_of(100 * static_cast<double>(count.total_ns) / whole, count, name));
  table.push_back(row_of(all.calls == 0 ? 0 : 100, all, "total"));
  const Widths widths = widths_of(table, columns_);
  const std::size_t room = columns_ - std::min(columns_, before_name(widths));
  for (const Row& row : table) {
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i)
      fmt::format_to(std::back_inserter(line), "{:>{}} ", row.cells[i], widths[i]);
    line +=
        columns_ == 0 ? std::string(row.name) : shorten_middle(row.name, std::max(room, least_name), ascii_);
    out_->write(line);
  }
  out_->flush();
}

}  // namespace ptop::render
