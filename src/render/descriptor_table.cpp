// Open files as a table.
#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/decode/constants.hpp"
#include "ptop/render/descriptors.hpp"

namespace ptop::render {
namespace {

using namespace model;

struct Head {
  std::string_view title;
  bool right = false;
};

std::string_view mode_text(const Descriptor& d) {
  constexpr std::array<std::string_view, 5> names{"-", "path", "r", "w", "rw"};
  return d.as == HeldAs::fd || d.as == HeldAs::mapping ? names[static_cast<std::size_t>(d.access)] : "";
}

/// Without O_ and without what every descriptor of a 64-bit process has.
std::string flags_text(const Descriptor& d) {
  constexpr std::uint32_t access_mode = 03, large_file = 0100000;
  if (!d.info) return d.info_state == Availability::denied ? "-" : "";
  const auto found =
      decode::named_bits(decode::Constants::open_flags, d.info->flags & ~(access_mode | large_file));
  std::string text;
  for (std::string_view name : found.names) {
    if (name.starts_with("O_")) name.remove_prefix(2);
    if (!text.empty()) text += ',';
    for (const char c : name) text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (found.rest != 0) text += fmt::format("{}{:#x}", text.empty() ? "" : ",", found.rest);
  return text;
}

class Table {
 public:
  Table(const DescriptorEnds& ends, std::span<const Place> rows, const DescriptorTableOptions& options)
      : ends_(ends), options_(options), heads_(heads_of(options)) {
    for (const Head& head : heads_) widths_.push_back(options.headers ? head.title.size() : 0);
    cells_.reserve(rows.size());
    for (const Place place : rows)
      add(options.columns.empty() ? cells_for_people(place) : chosen_cells(place));
  }

  void write(LineOutput& out, const Paint& paint) const {
    if (options_.headers) out.write(header(paint));
    for (const auto& row : cells_) {
      if (out.error() != 0) return;
      out.write(fitted(line(row)));
    }
  }

 private:
  using Cells = std::vector<std::string>;

  static std::vector<Head> heads_of(const DescriptorTableOptions& options) {
    std::vector<Head> heads;
    for (const DescriptorColumn* column : options.columns) heads.push_back({column->title, column->right});
    if (!heads.empty()) return heads;
    heads = {{"PID", true}, {"COMMAND"}, {"FD", true}, {"TYPE"}, {"MODE"}};
    if (options.flags) heads.push_back({"FLAGS"});
    heads.push_back({"NAME"});
    return heads;
  }

  Cells chosen_cells(Place place) const {
    Cells cells;
    for (const DescriptorColumn* column : options_.columns) {
      std::string text = column->text(ends_, place);
      cells.push_back(text.empty() ? "-" : std::move(text));
    }
    return cells;
  }

  Cells cells_for_people(Place place) const {
    const Descriptor& d = ends_.at(place);
    const DescriptorOwner& owner = ends_.owner(place);
    Cells cells{fmt::format("{}", owner.key.pid.raw()), escaped(owner.comm),
                d.as == HeldAs::fd ? fmt::format("{}", d.fd) : std::string(held_as_name(d.as)),
                std::string(descriptor_type_name(d.type)), std::string(mode_text(d))};
    if (options_.flags) cells.push_back(flags_text(d));
    cells.push_back(name_of(place));
    return cells;
  }

  /// A long text pushes its own row, not all others; as in the table of processes.
  std::size_t most(std::size_t c) const {
    constexpr std::size_t middle_columns = 64;
    return options_.columns.empty() || heads_[c].right ? std::string::npos : middle_columns;
  }

  void add(Cells cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c + 1 < cells.size() || heads_[c].right)
        widths_[c] = std::max(widths_[c], std::min(display_width(cells[c]), most(c)));
    }
    cells_.push_back(std::move(cells));
  }

  std::string header(const Paint& paint) const {
    Cells titles;
    for (const Head& head : heads_) titles.emplace_back(head.title);
    std::string painted;
    paint.append(painted, Role::header, fitted(line(titles)));
    return painted;
  }

  std::string name_of(Place place) const {
    std::string text = descriptor_name(ends_, place);
    if (const auto other = other_end_text(ends_, place); !other.empty())
      text += fmt::format(" {} {}", options_.ascii ? "->" : "→", other);
    const Descriptor& d = ends_.at(place);
    if (d.file_state == Availability::timeout || d.info_state == Availability::timeout) text += " (timeout)";
    if (const auto locks = lock_text(ends_, place); !locks.empty()) text += fmt::format(" [{}]", locks);
    return text;
  }

  std::string line(const Cells& cells) const {
    std::string out;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) out += ' ';
      const std::size_t padding = widths_[c] - std::min(widths_[c], display_width(cells[c]));
      if (heads_[c].right) out.append(padding, ' ');
      out += cells[c];
      if (!heads_[c].right && c + 1 != cells.size()) out.append(padding, ' ');
    }
    return out;
  }

  std::string fitted(std::string_view text) const {
    return std::string(options_.terminal_columns == 0 ? text : clip(text, options_.terminal_columns));
  }

  const DescriptorEnds& ends_;
  const DescriptorTableOptions& options_;
  std::vector<Head> heads_;
  std::vector<Cells> cells_;
  std::vector<std::size_t> widths_;
};

}  // namespace

void write_descriptor_table(LineOutput& out, const DescriptorEnds& ends, std::span<const Place> rows,
                            const DescriptorTableOptions& options, const Paint& paint) {
  Table(ends, rows, options).write(out, paint);
}

}  // namespace ptop::render
