// One table of the keys that are sequences.
#include "emulation/keys.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "characters.hpp"

namespace ptop::app {
namespace {

/// "ESC [ NUMBER ~", or "ESC [ LETTER".
struct Coded {
  Key key;
  int number;
  char letter;
};
constexpr Coded table[] = {
    {key::up, 1, 'A'},      {key::down, 1, 'B'},      {key::right, 1, 'C'},  {key::left, 1, 'D'},
    {key::home, 1, 'H'},    {key::end, 1, 'F'},       {key::insert, 2, '~'}, {key::del, 3, '~'},
    {key::page_up, 5, '~'}, {key::page_down, 6, '~'}, {key::f(1), 1, 'P'},   {key::f(2), 1, 'Q'},
    {key::f(3), 1, 'R'},    {key::f(4), 1, 'S'},      {key::f(5), 15, '~'},  {key::f(6), 17, '~'},
    {key::f(7), 18, '~'},   {key::f(8), 19, '~'},     {key::f(9), 20, '~'},  {key::f(10), 21, '~'},
    {key::f(11), 23, '~'},  {key::f(12), 24, '~'},
};
constexpr unsigned function_keys = 12;

/// terminfo numbers F1 with Shift 13, with Control 25, with both 37, with Alt 49.
constexpr unsigned modifiers_of_twelve[] = {0, key::shift, key::control, key::control | key::shift,
                                            key::alt_bit};

struct Pressed {
  Key key;
  unsigned modifiers;
};

Pressed without_modifiers(Key k) {
  unsigned modifiers = key::modifiers_of(k);
  k = key::unmodified(k);
  if (k > key::f(function_keys) && k <= key::f(60)) {
    const auto number = static_cast<unsigned>(k - key::f(1));
    modifiers |= modifiers_of_twelve[number / function_keys];
    k = key::f(number % function_keys + 1);
  }
  return {k, modifiers};
}

std::string coded(const Coded& code, unsigned modifiers, const Modes& modes) {
  if (code.letter == '~')
    return modifiers == 0 ? fmt::format("\x1b[{}~", code.number)
                          : fmt::format("\x1b[{};{}~", code.number, modifiers + 1);
  if (modifiers != 0) return fmt::format("\x1b[1;{}{}", modifiers + 1, code.letter);
  const bool function = code.letter >= 'P';
  return fmt::format("\x1b{}{}", function || modes.application_cursor ? 'O' : '[', code.letter);
}

std::string plain(Key k, const Modes& modes) {
  switch (k) {
    case key::enter:
      return modes.new_line ? "\r\n" : "\r";
    case key::line_feed:
      return "\n";
    case key::nul:
      return std::string(1, '\0');
    case key::backspace:
      return "\x7f";
    case key::back_tab:
      return "\x1b[Z";
    case key::paste_begin:
      return modes.bracketed_paste ? "\x1b[200~" : "";
    case key::paste_end:
      return modes.bracketed_paste ? "\x1b[201~" : "";
    default:
      break;
  }
  std::string out;
  if (k > key::alt('\0') && k < key::alt('\x7f')) return {'\x1b', static_cast<char>(k - key::alt('\0'))};
  if (k < 0x110000) append_character(out, k);
  return out;
}

std::optional<int> button_number(const Mouse& mouse, const Modes& modes) {
  using Button = Mouse::Button;
  if (mouse.kind == Mouse::Kind::drag && modes.mouse < MouseWish::drags) return std::nullopt;
  switch (mouse.button) {
    case Button::left:
      return 0;
    case Button::middle:
      return 1;
    case Button::right:
      return 2;
    case Button::none:
      return modes.mouse == MouseWish::moves ? std::optional(3) : std::nullopt;
    case Button::wheel_up:
      return 64;
    case Button::wheel_down:
      return 65;
  }
  return std::nullopt;
}

}  // namespace

std::string bytes_of(Key k, const Modes& modes) {
  const Pressed pressed = without_modifiers(k);
  const auto is_it = [&](const Coded& c) { return c.key == pressed.key; };
  const auto* code = std::find_if(std::begin(table), std::end(table), is_it);
  return code != std::end(table) ? coded(*code, pressed.modifiers, modes) : plain(pressed.key, modes);
}

std::string bytes_of(const Mouse& mouse, const Modes& modes) {
  if (modes.mouse == MouseWish::nothing) return "";
  const auto button = button_number(mouse, modes);
  if (!button) return "";
  const bool release = mouse.kind == Mouse::Kind::release;
  const int moved = mouse.kind == Mouse::Kind::drag ? 32 : 0;
  if (modes.sgr_mouse)
    return fmt::format("\x1b[<{};{};{}{}", *button + moved, mouse.column + 1, mouse.row + 1,
                       release ? 'm' : 'M');
  constexpr int farthest = 222;
  if (mouse.column > farthest || mouse.row > farthest) return "";
  const int code = release ? 3 : *button + moved;
  return {'\x1b',
          '[',
          'M',
          static_cast<char>(32 + code),
          static_cast<char>(33 + mouse.column),
          static_cast<char>(33 + mouse.row)};
}

}  // namespace ptop::app
