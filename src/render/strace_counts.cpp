// Counting, and one table in strace's columns.
#include "ptop/render/strace_counts.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include <fmt/format.h>

#include "ptop/render/strace_text.hpp"

namespace ptop::render {
namespace {

struct Look {
  std::string_view head;
  std::size_t width;
};
constexpr std::array<Look, 8> looks{{{"% time", 6},
                                     {"seconds", 11},
                                     {"shortest", 8},
                                     {"longest", 8},
                                     {"usecs/call", 11},
                                     {"calls", 9},
                                     {"errors", 9},
                                     {"syscall", 16}}};

const Look& look(CountColumn column) { return looks[static_cast<std::size_t>(column)]; }

std::string seconds(std::uint64_t ns) { return fmt::format("{:.6f}", static_cast<double>(ns) / 1e9); }

}  // namespace

void StraceCountSink::on(const follow::Event& event) {
  if (std::holds_alternative<follow::Attached>(event.what)) began_with_.insert(event.task.tid);
  const auto* const call = std::get_if<follow::SyscallDone>(&event.what);
  if (!call || !call->ret || !concerns(event.task.tid)) return;
  Count& count = counts_[call->number.arch][{call->number.nr, std::string(call->name)}];
  const std::uint64_t measured = (options_.wall ? call->duration_ns : call->system_ns).value_or(0);
  const std::uint64_t took = measured - std::min(measured, options_.overhead_ns);
  count.name = call->name;
  count.min_ns = count.calls == 0 ? took : std::min(count.min_ns, took);
  count.max_ns = std::max(count.max_ns, took);
  count.total_ns += took;
  ++count.calls;
  if (call->error_number != 0) ++count.errors;
}

std::vector<StraceCountSink::Count> StraceCountSink::sorted(const Counts& counts) const {
  std::vector<Count> rows;
  for (const auto& [call, count] : counts) rows.push_back(count);
  if (!options_.sort) return rows;
  if (*options_.sort == CountColumn::name) {
    std::ranges::stable_sort(rows, {}, &Count::name);
    return rows;
  }
  const auto key = [&](const Count& count) -> std::uint64_t {
    switch (*options_.sort) {
      case CountColumn::min_time:
        return count.min_ns;
      case CountColumn::max_time:
        return count.max_ns;
      case CountColumn::avg_time:
        return count.average_ns();
      case CountColumn::calls:
        return count.calls;
      case CountColumn::errors:
        return count.errors;
      default:
        return count.total_ns;
    }
  };
  std::ranges::stable_sort(rows, std::greater{}, key);
  return rows;
}

void StraceCountSink::write(const Count& count, std::uint64_t whole_ns) {
  const auto cell = [&](CountColumn column) -> std::string {
    switch (column) {
      case CountColumn::time_percent:
        return fmt::format("{:.2f}", whole_ns == 0 ? (count.name == "total" ? 100.0 : 0.0)
                                                   : 100.0 * static_cast<double>(count.total_ns) /
                                                         static_cast<double>(whole_ns));
      case CountColumn::total_time:
        return seconds(count.total_ns);
      case CountColumn::min_time:
        return seconds(count.min_ns);
      case CountColumn::max_time:
        return seconds(count.max_ns);
      case CountColumn::avg_time:
        return fmt::format("{}", count.average_ns() / 1000);
      case CountColumn::calls:
        return fmt::format("{}", count.calls);
      case CountColumn::errors:
        return count.errors == 0 ? "" : fmt::format("{}", count.errors);
      case CountColumn::name:
        break;
    }
    return count.name;
  };
  std::string line;
  for (std::size_t i = 0; i < options_.columns.size(); ++i) {
    const CountColumn column = options_.columns[i];
    const bool last = i + 1 == options_.columns.size();
    if (i > 0) line += ' ';
    if (column == CountColumn::name) {
      line += last ? cell(column) : fmt::format("{:<{}}", cell(column), look(column).width);
    } else {
      line += fmt::format("{:>{}}", cell(column), look(column).width);
    }
  }
  out_->write(line);
}

void StraceCountSink::write_rule() {
  std::string line;
  for (const CountColumn column : options_.columns) {
    if (!line.empty()) line += ' ';
    line.append(look(column).width, '-');
  }
  out_->write(line);
}

void StraceCountSink::end(const follow::Trailer&) {
  for (const auto& [arch, counts] : counts_) {
    if (arch != decode::machine_arches().front())
      out_->write(fmt::format("System call usage summary for {} mode:", strace_mode_name(arch)));
    write_table(counts);
  }
  if (!counts_.empty()) out_->flush();
}

void StraceCountSink::write_table(const Counts& counts) {
  const auto rows = sorted(counts);
  Count total{.name = "total"};
  for (const Count& count : rows) {
    total.min_ns = total.calls == 0 ? count.min_ns : std::min(total.min_ns, count.min_ns);
    total.max_ns = std::max(total.max_ns, count.max_ns);
    total.total_ns += count.total_ns;
    total.calls += count.calls;
    total.errors += count.errors;
  }
  std::string head;
  for (const CountColumn column : options_.columns) {
    if (!head.empty()) head += ' ';
    const bool last = column == options_.columns.back();
    head += column == CountColumn::name
                ? fmt::format("{:<{}}", look(column).head, last ? 0 : look(column).width)
                : fmt::format("{:>{}}", look(column).head, look(column).width);
  }
  out_->write(head);
  write_rule();
  for (const Count& count : rows) write(count, total.total_ns);
  write_rule();
  write(total, total.total_ns);
}

}  // namespace ptop::render
