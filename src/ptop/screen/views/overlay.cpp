// Help, menus and the hint bar, all made from tables.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

struct HelpLine {
  std::string keys;  ///< empty: a heading, or a blank line
  std::string_view text;
};

std::vector<HelpLine> help_lines(const Keymap& keymap) {
  std::vector<HelpLine> lines;
  for (const Context where : all_contexts) {
    if (!lines.empty()) lines.push_back({"", ""});
    lines.push_back({"", context_name(where)});
    for (const Binding& binding : keymap.bindings()) {
      if (binding.where != where) continue;
      const std::string keys = key_names(binding);
      lines.push_back({keys.empty() ? "no key" : keys, binding.help});
    }
  }
  return lines;
}

constexpr int key_column = 24;  // where the explanations begin

void draw_help_line(Region area, int row, const HelpLine& line) {
  if (line.keys.empty()) {
    area.put(row, 1, line.text, Ink::title);
    return;
  }
  const int width = std::min(key_column, area.columns() / 3);
  area.put(row, 3, line.keys, Ink::strong, width - 4);
  area.put(row, width, line.text, Ink::plain);
}

/// How wide the labels and the whole box want to be.
struct MenuWidth {
  int label = 0, all = 0;
};
MenuWidth menu_width(const Menu& menu) {
  MenuWidth w;
  int note = 0;
  for (const auto& item : menu.items) {
    w.label = std::max(w.label, static_cast<int>(mark_text(item.mark).size() + display_width(item.label)));
    note = std::max(note, static_cast<int>(display_width(item.note)));
  }
  const auto edge = static_cast<int>(std::max(display_width(menu.title), menu.hint.size() + 12)) + 2;
  w.all = std::max(w.label + (note > 0 ? note + 2 : 0), edge) + 4;
  return w;
}

void draw_frame(Region box, std::string_view title, FrameStyle style) {
  box.put(0, 2, fmt::format(" {} ", title), Ink::title, box.columns() - 4);
  if (style == FrameStyle::none) return;
  const bool ascii = style == FrameStyle::ascii;
  const auto rule = [&](int row, std::string_view left, std::string_view middle, std::string_view right) {
    box.put(row, 0, left, Ink::frame);
    for (int x = 1; x < box.columns() - 1; ++x) box.put(row, x, middle, Ink::frame);
    box.put(row, box.columns() - 1, right, Ink::frame);
  };
  rule(0, ascii ? "+" : "┌", ascii ? "-" : "─", ascii ? "+" : "┐");
  rule(box.rows() - 1, ascii ? "+" : "└", ascii ? "-" : "─", ascii ? "+" : "┘");
  for (int row = 1; row < box.rows() - 1; ++row) {
    box.put(row, 0, ascii ? "|" : "│", Ink::frame);
    box.put(row, box.columns() - 1, ascii ? "|" : "│", Ink::frame);
  }
  box.put(0, 2, fmt::format(" {} ", title), Ink::title, box.columns() - 4);
}

}  // namespace

void draw_help(Region screen, const Keymap& keymap, ScrollView& scroll) {
  screen.fill(Ink::plain);
  screen.touch({});
  screen.fill(0, Ink::header);
  screen.put(0, 1, "ptop: keys", Ink::header);
  const Region body = screen.part(1, 0, screen.rows() - 2, screen.columns());
  const auto lines = help_lines(keymap);
  scroll.fit(static_cast<int>(lines.size()), body.rows());
  for (int row = 0; row < body.rows() && scroll.top + row < scroll.lines; ++row)
    draw_help_line(body, row, lines[static_cast<std::size_t>(scroll.top) + static_cast<std::size_t>(row)]);
  const int below = scroll.lines - scroll.top - scroll.height;
  if (below > 0)
    screen.put_right(0, screen.columns() - 1, fmt::format("PgDn: {} more lines", below), Ink::header);
  draw_hint_bar(screen.below(screen.rows() - 1), keymap, Context::help_screen);
}

void draw_text_page(Region screen, const Keymap& keymap, std::string_view title, std::string_view text,
                    ScrollView& scroll) {
  screen.fill(Ink::plain);
  screen.touch({});
  screen.fill(0, Ink::header);
  screen.put(0, 1, title, Ink::header);
  const Region body = screen.part(1, 0, screen.rows() - 2, screen.columns());
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto line = clip(text, static_cast<std::size_t>(std::max(body.columns(), 2)));
    lines.push_back(line);
    text.remove_prefix(std::max<std::size_t>(line.size(), 1));
  }
  scroll.fit(static_cast<int>(lines.size()), body.rows());
  for (int row = 0; row < body.rows() && scroll.top + row < scroll.lines; ++row)
    body.put(row, 0, lines[static_cast<std::size_t>(scroll.top) + static_cast<std::size_t>(row)], Ink::plain);
  const int below = scroll.lines - scroll.top - scroll.height;
  if (below > 0) screen.put_right(0, screen.columns() - 1, fmt::format("{} more lines", below), Ink::header);
  draw_hint_bar(screen.below(screen.rows() - 1), keymap, Context::help_screen);
}

namespace {

/// Below the entries: what is typed, or what the keys do, or where one is among more than fit.
std::string below_menu(const Menu& menu) {
  if (menu.typing) return fmt::format(" Search: {}_ ", escaped(menu.typed));
  const std::string place = menu.items.size() > menu.height
                                ? fmt::format(" {} of {} ", menu.cursor + 1, menu.items.size())
                                : std::string();
  return menu.hint.empty() ? place : fmt::format(" {} {}", menu.hint, place);
}

void draw_menu_item(Region inside, int row, const Menu& menu, std::size_t index, int note_column,
                    FrameStyle style) {
  const MenuItem& item = menu.items[index];
  const bool chosen = index == menu.cursor;
  if (chosen) inside.fill(row, Ink::selection);
  inside.touch(row, 0, inside.columns(), {Spot::Kind::menu_item, index});
  const Ink ink = chosen                                    ? Ink::selection
                  : item.mark != Mark::none && !item.toggle ? Ink::faint
                                                            : Ink::strong;
  const int at = 1 + inside.put(row, 1, mark_text(item.mark), ink);
  inside.put(row, at, item.label, ink);
  if (chosen && style == FrameStyle::none) {
    inside.put(row, 0, ">", Ink::selection);
    inside.set_cursor(row, 0);
  }
  inside.put(row, note_column, item.note, chosen ? Ink::selection : Ink::faint);
}

}  // namespace

void draw_menu(Region screen, Menu& menu, FrameStyle style) {
  const MenuWidth wants = menu_width(menu);
  const int width = std::min(wants.all, screen.columns());
  const int height = std::min(static_cast<int>(menu.items.size()) + 2, screen.rows());
  const int rows = height - 2;
  if (rows < 1 || width < 8) return;
  const Region box = screen.part((screen.rows() - height) / 2, (screen.columns() - width) / 2, height, width);
  box.fill(Ink::plain);
  screen.touch({Spot::Kind::key, key::escape});  // a click beside the box closes it
  box.touch({});
  menu.fit(static_cast<std::size_t>(rows));
  draw_frame(box, menu.title, style);
  box.put(height - 1, 2, below_menu(menu), Ink::title, box.columns() - 4);
  const Region inside = box.part(1, 1, rows, width - 2);
  for (std::size_t row = 0; row < menu.height && menu.top + row < menu.items.size(); ++row)
    draw_menu_item(inside, static_cast<int>(row), menu, menu.top + row, wants.label + 3, style);
}

/// The last hint (how to leave) is there whenever it fits at all; before it as many as there is room for.
void draw_hint_bar(Region line, const Keymap& keymap, Context where) {
  line.fill(0, Ink::hint_text);
  const bool main = where == Context::list || where == Context::pane;
  std::vector<const Binding*> hints;
  for (const Binding& b : keymap.bindings()) {
    if (b.hint.empty() || b.keys[0] == key::none) continue;
    if ((b.where == where || (main && b.where == Context::anywhere))) hints.push_back(&b);
  }
  const auto width = [](const Binding& b) {
    return static_cast<int>(key_name(b.keys[0]).size() + b.hint.size()) + 1;
  };
  int at = 0, room = line.columns() - (hints.empty() ? 0 : width(*hints.back()));
  for (const Binding* binding : hints) {
    if (binding == hints.back()) room = line.columns();
    if (at + width(*binding) > room) continue;
    line.touch(0, at, width(*binding), {Spot::Kind::key, binding->keys[0]});
    at += line.put(0, at, key_name(binding->keys[0]), Ink::hint_key);
    at += line.put(0, at, fmt::format("{} ", binding->hint), Ink::hint_text);
  }
}

}  // namespace ptop::app
