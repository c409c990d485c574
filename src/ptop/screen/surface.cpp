// The grid: text to cells and back. Characters are placed by their terminal width (base/escape.hpp).
#include "surface.hpp"

#include <algorithm>

#include "ptop/base/escape.hpp"

namespace ptop::app {
namespace {

struct Decoded {
  char32_t code;
  std::size_t length;
};

/// The first character of UTF-8 text. The text was escaped before, so it is valid; should it not be, a byte
/// becomes U+FFFD rather than a control sequence.
Decoded first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead < 0x20 || lead == 0x7f ? U'\uFFFD' : char32_t{lead}, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length == 0 || text.size() < length) return {U'\uFFFD', 1};
  char32_t code = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {U'\uFFFD', 1};
    code = code << 6 | (byte(i) & 0x3fU);
  }
  return {code, length};
}

void append_utf8(std::string& out, char32_t c) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    tail(12), tail(6), tail(0);
  }
}

}  // namespace

Ink ink_of(render::Role role) {
  using render::Role;
  switch (role) {
    case Role::plain:
      return Ink::plain;
    case Role::faint:
      return Ink::faint;
    case Role::header:
      return Ink::header;
    case Role::pid:
      return Ink::plain;
    case Role::user:
      return Ink::user;
    case Role::name:
      return Ink::name;
    case Role::argument:
      return Ink::argument;
    case Role::good:
      return Ink::good;
    case Role::warning:
      return Ink::warning;
    case Role::bad:
      return Ink::bad;
    case Role::zombie:
      return Ink::zombie;
    case Role::orphan:
      return Ink::orphan;
    case Role::stopped:
      return Ink::stopped;
    case Role::traced:
      return Ink::traced;
    case Role::kthread:
      return Ink::kthread;
    case Role::running:
      return Ink::running;
    case Role::event_birth:
      return Ink::event_birth;
    case Role::event_exec:
      return Ink::event_exec;
    case Role::event_end:
      return Ink::event_end;
    case Role::event_signal:
      return Ink::event_signal;
    case Role::event_call:
      return Ink::event_call;
  }
  return Ink::plain;
}

Surface::Surface(int rows, int columns) : rows_(std::max(rows, 0)), columns_(std::max(columns, 0)) {
  cells_.resize(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_));
}

void Surface::clear() {
  std::fill(cells_.begin(), cells_.end(), Cell{});
  spots_.clear();
  cursor_.reset();
}

void Surface::touch(int row, int column, int width, Spot spot) {
  spots_.push_back({row, column, width, spot});
}

Spot Surface::spot_at(int row, int column) const {
  const auto found = std::find_if(spots_.rbegin(), spots_.rend(), [&](const Area& area) {
    return area.row == row && column >= area.column && column < area.column + area.width;
  });
  return found == spots_.rend() ? Spot{} : found->spot;
}

/// Before half of a wide character is overwritten, the other half becomes a blank.
void Surface::free_cell(int row, int column) {
  Cell& cell = cells_[index(row, column)];
  if (cell.width == 0 && column > 0) cells_[index(row, column - 1)] = Cell{.ink = cell.ink};
  if (cell.width == 2 && column + 1 < columns_) cells_[index(row, column + 1)] = Cell{.ink = cell.ink};
  cell = Cell{.ink = cell.ink};
}

void Surface::place(int row, int column, char32_t c, int width, Ink ink) {
  for (int i = 0; i < width; ++i) free_cell(row, column + i);
  cells_[index(row, column)] = Cell{.base = c, .ink = ink, .width = static_cast<std::uint8_t>(width)};
  if (width == 2) cells_[index(row, column + 1)] = Cell{.base = 0, .ink = ink, .width = 0};
}

int Surface::put(int row, int column, std::string_view text, Ink ink, int limit) {
  if (row < 0 || row >= rows_ || column < 0 || column >= columns_) return 0;
  const int end = std::min(columns_, column + std::max(limit, 0));
  int at = column, last = -1;
  while (!text.empty()) {
    const auto [c, length] = first_character(text);
    const int width = c < 0x7f ? 1 : static_cast<int>(display_width(text.substr(0, length)));
    text.remove_prefix(length);
    if (width == 0) {
      if (last < 0) continue;
      auto& marks = cells_[index(row, last)].marks;
      if (const auto free = std::find(marks.begin(), marks.end(), U'\0'); free != marks.end()) *free = c;
      continue;
    }
    if (at + width > end) break;
    place(row, at, c, width, ink);
    last = at;
    at += width;
  }
  return at - column;
}

bool Surface::put_cell(int row, int column, const Cell& cell, int limit) {
  if (row < 0 || row >= rows_ || column < 0) return false;
  if (column + cell.width > std::min(columns_, column + std::max(limit, 0))) return false;
  place(row, column, cell.base, cell.width, cell.ink);
  Cell& put = cells_[index(row, column)];
  put.marks = cell.marks, put.shade = cell.shade;
  if (cell.width == 2) cells_[index(row, column + 1)].shade = cell.shade;
  return true;
}

std::string Surface::text(int row) const {
  std::string out;
  for (int column = 0; column < columns_; ++column) {
    const Cell& cell = at(row, column);
    if (cell.width == 0) continue;
    append_utf8(out, cell.base);
    for (char32_t mark : cell.marks) {
      if (mark != 0) append_utf8(out, mark);
    }
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

std::string Surface::text() const {
  std::string out;
  for (int row = 0; row < rows_; ++row) (out += text(row)) += '\n';
  return out;
}

Region Region::part(int row, int column, int rows, int columns) const {
  row = std::clamp(row, 0, rows_);
  column = std::clamp(column, 0, columns_);
  return {*surface_, row_ + row, column_ + column, std::clamp(rows, 0, rows_ - row),
          std::clamp(columns, 0, columns_ - column)};
}

int Region::put(int row, int column, std::string_view text, Ink ink, int limit) const {
  if (row < 0 || row >= rows_ || column < 0 || column >= columns_) return 0;
  const int room = columns_ - column;
  return surface_->put(row_ + row, column_ + column, text, ink, limit < 0 ? room : std::min(limit, room));
}

void Region::put_cell(int row, int column, const Cell& cell) const {
  if (row >= 0 && row < rows_ && column >= 0 && column < columns_)
    surface_->put_cell(row_ + row, column_ + column, cell, columns_ - column);
}

void Region::put_right(int row, int end, std::string_view text, Ink ink) const {
  const int width = static_cast<int>(display_width(text));
  put(row, std::max(0, end - width), text, ink, std::min(width, end));
}

void Region::touch(int row, int column, int width, Spot spot) const {
  if (row >= 0 && row < rows_)
    surface_->touch(row_ + row, column_ + column, std::min(width, columns_ - column), spot);
}

void Region::touch(Spot spot) const {
  for (int row = 0; row < rows_; ++row) touch(row, 0, columns_, spot);
}

void Region::fill(int row, Ink ink, char c) const {
  put(row, 0, std::string(static_cast<std::size_t>(columns_), c), ink);
}

void Region::fill(Ink ink) const {
  for (int row = 0; row < rows_; ++row) fill(row, ink);
}

}  // namespace ptop::app
