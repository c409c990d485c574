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

constexpr std::size_t name_column = 6;
constexpr std::array<std::string_view, name_column + 1> titles{"PID",  "COMMAND", "FD",  "TYPE",
                                                               "MODE", "FLAGS",   "NAME"};
constexpr std::array<bool, name_column + 1> right_aligned{true, false, true};

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
      : ends_(ends), options_(options) {
    for (std::size_t c = 0; c < titles.size(); ++c) widths_[c] = titles[c].size();
    cells_.reserve(rows.size());
    for (const Place place : rows) add(place);
  }

  void write(LineOutput& out, const Paint& paint) const {
    std::string painted;
    paint.append(painted, Role::header, fitted(line(titles)));
    out.write(painted);
    for (const auto& row : cells_) {
      if (out.error() != 0) return;
      out.write(fitted(line(row)));
    }
  }

 private:
  using Cells = std::array<std::string, name_column + 1>;

  void add(Place place) {
    const Descriptor& d = ends_.at(place);
    const DescriptorOwner& owner = ends_.owner(place);
    Cells cells{fmt::format("{}", owner.key.pid.raw()),
                escaped(owner.comm),
                d.as == HeldAs::fd ? fmt::format("{}", d.fd) : std::string(held_as_name(d.as)),
                std::string(descriptor_type_name(d.type)),
                std::string(mode_text(d)),
                options_.flags ? flags_text(d) : "",
                name_of(place)};
    for (std::size_t c = 0; c < name_column; ++c) widths_[c] = std::max(widths_[c], display_width(cells[c]));
    cells_.push_back(std::move(cells));
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

  template <class Row>
  std::string line(const Row& cells) const {
    std::string out;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (titles[c] == "FLAGS" && !options_.flags) continue;
      if (c > 0) out += ' ';
      const std::size_t padding = widths_[c] - std::min(widths_[c], display_width(cells[c]));
      if (right_aligned[c]) out.append(padding, ' ');
      out += cells[c];
      if (!right_aligned[c] && c != name_column) out.append(padding, ' ');
    }
    return out;
  }

  std::string fitted(std::string_view text) const {
    return std::string(options_.terminal_columns == 0 ? text : clip(text, options_.terminal_columns));
  }

  const DescriptorEnds& ends_;
  const DescriptorTableOptions& options_;
  std::vector<Cells> cells_;
  std::array<std::size_t, name_column + 1> widths_{};
};

}  // namespace

void write_descriptor_table(LineOutput& out, const DescriptorEnds& ends, std::span<const Place> rows,
                            const DescriptorTableOptions& options, const Paint& paint) {
  Table(ends, rows, options).write(out, paint);
}

}  // namespace ptop::render
