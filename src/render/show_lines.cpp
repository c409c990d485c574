// Small pieces of the page: words for processes, numbers, and what is missing.
#include "show_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"

namespace ptop::render {

using namespace model;

std::string Subject::cell(ColumnId id) const {
  const Column& shown = column(id);
  return std::holds_alternative<std::monostate>(shown.value(row)) ? "" : cell_text(shown, row);
}

std::string missing_words(Availability availability) {
  switch (availability) {
    case Availability::denied:
      return "not readable: permission denied";
    case Availability::gone:
      return "nothing there: the kernel has none for this task";
    case Availability::unsupported:
      return "not readable: this kernel has no such file";
    case Availability::timeout:
      return "not readable: no answer in time";
    case Availability::malformed:
      return "not readable: its format is not known";
    case Availability::not_read:
    case Availability::present:
      return "";
  }
  return "";
}

StyledText process_text(const Sample& sample) {
  StyledText text(fmt::format("{}", sample.pid.raw()), Role::pid);
  return text.add(fmt::format(" {}", escaped(sample.stat.comm))).name(sample.process_key());
}

StyledText process_text(const Scene& scene, Pid pid) {
  const Sample* found = find_process(scene.snapshot, pid);
  return found == nullptr ? StyledText(fmt::format("{}", pid.raw()), Role::pid) : process_text(*found);
}

bool lost_its_file(const Sample& sample) {
  return sample.has(Source::exe) && sample.exe->ends_with(" (deleted)") &&
         !sample.exe->starts_with("/memfd:");
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string grouped(std::uint64_t number) {
  std::string text = fmt::format("{}", number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

bool Lines::has(std::string_view label, const Sample& sample, Source source) {
  if (sample.has(source)) return true;
  if (const auto words = missing_words(sample.of(source)); !words.empty())
    add(label, StyledText(words, Role::faint));
  return false;
}

Cells::Cells(const std::vector<std::string_view>& titles, std::vector<bool> right)
    : right_(std::move(right)) {
  Row row;
  for (const std::string_view title : titles) row.push_back({Role::faint, std::string(title)});
  right_.resize(row.size());
  add(std::move(row));
}

void Cells::write(Lines& lines, Long rows) const {
  std::vector<std::size_t> widths(right_.size());
  for (const Row& row : rows_) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], display_width(row[c].text));
  }
  std::size_t hanging = 0;
  for (std::size_t c = 0; c + 1 < widths.size(); ++c) hanging += widths[c] + 2;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    StyledText text;
    for (const ProcessKey& process : named_[i]) text.name(process);
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string padding(widths[c] - display_width(row[c].text), ' ');
      if (right_[c]) text.add(padding);
      text.add(row[c].text, row[c].role);
      const bool last = std::all_of(row.begin() + static_cast<std::ptrdiff_t>(c) + 1, row.end(),
                                    [](const Span& cell) { return cell.text.empty(); });
      if (last) break;
      text.add((right_[c] ? "" : padding) + "  ");
    }
    lines.add_row(std::move(text), rows == Long::wrapped ? std::optional(hanging) : std::nullopt);
  }
}

}  // namespace ptop::render
