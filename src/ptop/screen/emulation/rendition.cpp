// SGR, as xterm has it: attributes, the palette of 256, red-green-blue.
#include "emulation/emulation.hpp"
#include "theme.hpp"

namespace ptop::app {
namespace {

/// 38 and 48: "5;N" or "2;R;G;B", with ':' between in newer programs, where a colour space may come before R.
/// Returns the position after it.
std::size_t select_colour(const Sequence& s, std::size_t at, std::int32_t& colour) {
  const auto value = [&](std::size_t i) { return i < s.count ? std::max(s.numbers[i], 0) : 0; };
  const bool colons = at + 1 < s.count && s.goes_on[at + 1];
  std::size_t end = at + 1;
  while (colons && end < s.count && s.goes_on[end]) ++end;
  const int kind = value(at + 1);
  if (kind == 5) {
    if (value(at + 2) < 256) colour = value(at + 2);
    return colons ? end : at + 3;
  }
  if (kind != 2) return colons ? end : at + 2;
  const std::size_t red = colons && end - at >= 6 ? at + 3 : at + 2;
  const int r = value(red) & 0xff, g = value(red + 1) & 0xff, b = value(red + 2) & 0xff;
  colour = direct_colour | r << 16 | g << 8 | b;
  return colons ? end : at + 5;
}

void set_attribute(Shade& pen, std::uint8_t attribute, bool on) {
  pen.attributes = static_cast<std::uint8_t>(on ? pen.attributes | attribute
                                                : pen.attributes & ~static_cast<unsigned>(attribute));
}

void select_attribute(Shade& pen, int code) {
  switch (code) {
    case 0:
      pen = Shade{};
      return;
    case 1:
      return set_attribute(pen, bold, true);
    case 2:
      return set_attribute(pen, dim, true);
    case 3:
      return set_attribute(pen, italic, true);
    case 4:
    case 21:
      return set_attribute(pen, underline, true);
    case 5:
    case 6:
      return set_attribute(pen, blink, true);
    case 7:
      return set_attribute(pen, reverse, true);
    case 8:
      return set_attribute(pen, hidden, true);
    case 22:
      return set_attribute(pen, bold | dim, false);
    case 23:
      return set_attribute(pen, italic, false);
    case 24:
      return set_attribute(pen, underline, false);
    case 25:
      return set_attribute(pen, blink, false);
    case 27:
      return set_attribute(pen, reverse, false);
    case 28:
      return set_attribute(pen, hidden, false);
    default:
      return;
  }
}

void select_basic_colour(Shade& pen, int code) {
  if (code >= 30 && code <= 37) pen.fg = code - 30;
  if (code == 39) pen.fg = own_colour;
  if (code >= 40 && code <= 47) pen.bg = code - 40;
  if (code == 49) pen.bg = own_colour;
  if (code >= 90 && code <= 97) pen.fg = code - 90 + 8;
  if (code >= 100 && code <= 107) pen.bg = code - 100 + 8;
}

}  // namespace

void select_rendition(const Sequence& s, Shade& pen) {
  if (s.count == 0) pen = Shade{};
  for (std::size_t i = 0; i < s.count;) {
    const int code = std::max(s.numbers[i], 0);
    std::int32_t ignored = own_colour;
    if (code == 38 || code == 48 || code == 58) {
      i = select_colour(s, i, code == 38 ? pen.fg : code == 48 ? pen.bg : ignored);
      continue;
    }
    // 4:0 is no underline, 4:3 a wavy one.
    const bool detail = i + 1 < s.count && s.goes_on[i + 1];
    if (code == 4 && detail)
      set_attribute(pen, underline, s.numbers[i + 1] > 0);
    else
      select_attribute(pen, code);
    select_basic_colour(pen, code);
    for (++i; i < s.count && s.goes_on[i]; ++i) {
    }
  }
}

}  // namespace ptop::app
