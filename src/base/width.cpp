// How wide text is on a terminal, and text cut to a width.
#include <algorithm>
#include <iterator>
#include <span>

#include "ptop/base/escape.hpp"
#include "unicode.hpp"

namespace ptop {
namespace unicode {
namespace {

struct Range {
  char32_t first, last;
};
#include "width_table.inc"

bool contains(std::span<const Range> ranges, char32_t code) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), code, [](char32_t c, Range r) { return c < r.first; });
  return after != ranges.begin() && code <= std::prev(after)->last;
}

}  // namespace

bool is_invisible(char32_t code) { return contains(invisible_ranges, code); }

std::size_t width(char32_t code) {
  if (code < 0x300) return 1;  // below the first combining mark
  if (contains(zero_ranges, code)) return 0;
  return contains(wide_ranges, code) ? 2 : 1;
}

}  // namespace unicode

namespace {

/// Length in bytes and columns of the first character of `text`, with the marks that follow it.
struct Cluster {
  std::size_t bytes = 0, columns = 0;
};

Cluster first_cluster(std::string_view text) {
  if (unicode::is_plain_ascii(text[0]) && (text.size() == 1 || unicode::is_plain_ascii(text[1])))
    return {1, 1};
  const auto base = unicode::decode(text);
  Cluster cluster{base.length, unicode::width(base.code)};
  while (cluster.bytes < text.size()) {
    const auto next = unicode::decode(text.substr(cluster.bytes));
    if (!next.valid || unicode::width(next.code) != 0) break;
    cluster.bytes += next.length;
  }
  return cluster;
}

/// The longest end of `text` that fits.
std::string_view clip_front(std::string_view text, std::size_t columns) {
  for (std::size_t width = display_width(text); width > columns;) {
    const Cluster cluster = first_cluster(text);
    text.remove_prefix(cluster.bytes);
    width -= cluster.columns;
  }
  return text;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), unicode::is_plain_ascii)) return text.size();
  std::size_t columns = 0;
  while (!text.empty()) {
    const Cluster cluster = first_cluster(text);
    columns += cluster.columns;
    text.remove_prefix(cluster.bytes);
  }
  return columns;
}

std::string_view clip(std::string_view text, std::size_t columns) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const Cluster cluster = first_cluster(text.substr(bytes));
    if (cluster.columns > columns) break;
    columns -= cluster.columns;
    bytes += cluster.bytes;
  }
  return text.substr(0, bytes);
}

std::string shorten_middle(std::string_view text, std::size_t columns, bool ascii) {
  if (display_width(text) <= columns) return std::string(text);
  const std::string_view gap = ascii ? "..." : "…";
  const std::size_t gap_columns = ascii ? 3 : 1;
  if (columns <= gap_columns) return std::string(clip(gap, columns));
  const std::size_t tail = (columns - gap_columns) / 2;
  std::string out(clip(text, columns - gap_columns - tail));
  out += gap;
  out += clip_front(text, tail);
  return out;
}

}  // namespace ptop
