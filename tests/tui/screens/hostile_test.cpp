// Names that strangers chose, on every screen at every width: nothing of them is a control character, nothing
// leaves its place.
#include <wchar.h>

#include <array>
#include <clocale>

#include <fmt/format.h>

#include "hostile_machine.hpp"
#include "ptop/base/escape.hpp"
#include "screens.hpp"
#include "story.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

constexpr int narrowest = 20, widest = 200;

/// "" or what is wrong with a cell. `told` knows how wide the terminal takes a character.
std::string trouble_with(const Surface& surface, int row, int column) {
  const Cell& cell = surface.at(row, column);
  if (cell.width == 0) {
    const bool has_left = column > 0 && surface.at(row, column - 1).width == 2;
    return has_left ? "" : "the right half of no character";
  }
  if (cell.base == U'\uFFFD') return "a byte that nobody has escaped";  // Surface::put
  if (cell.width == 2 && (column + 1 == surface.columns() || surface.at(row, column + 1).width != 0))
    return "half of a wide character";
  // What is no character of its own, and what the terminal would obey, has no width in the C library.
  if (const int told = ::wcwidth(static_cast<wchar_t>(cell.base)); told != cell.width)
    return fmt::format("U+{:04X} in {} columns; the C library says {}", static_cast<unsigned>(cell.base),
                       cell.width, told);
  for (const char32_t mark : cell.marks) {
    if (mark != 0 && ::wcwidth(static_cast<wchar_t>(mark)) != 0)
      return fmt::format("the mark U+{:04X} has a width", static_cast<unsigned>(mark));
  }
  return "";
}

bool is_harmless(const Cell& cell) {
  return cell.base >= U' ' && cell.base < 0x7f && cell.width == 1 && cell.marks[0] == 0;
}

std::string trouble_with(const Surface& surface) {
  for (int row = 0; row < surface.rows(); ++row) {
    bool harmless = true;
    for (int column = 0; column < surface.columns(); ++column) {
      if (is_harmless(surface.at(row, column))) continue;
      harmless = false;
      const std::string trouble = trouble_with(surface, row, column);
      if (!trouble.empty())
        return fmt::format("row {}, column {}: {}\n{}", row, column, trouble, surface.text());
    }
    if (harmless) continue;
    const std::string text = surface.text(row);
    if (escaped(text) != text) return "what the sanitiser would not let pass: " + escaped(text);
  }
  return "";
}

void check_every_width(Screen& screen, int first = narrowest, int step = 1) {
  for (int columns = first; columns <= widest; columns += step) {
    screen.resize(24, columns);
    screen.text();
    if (const std::string trouble = trouble_with(screen.surface); !trouble.empty())
      FAIL(columns << " columns: " << trouble);
    SUCCEED();
  }
}

/// The C library knows the widths of a UTF-8 locale's characters.
const bool locale_is_set = std::setlocale(LC_ALL, "C.UTF-8") != nullptr;

follow::SyscallDone call(const decode::Field& argument) {
  return {.name = "openat",
          .number = {.nr = 257},
          .args = {&argument, 1},
          .ret = -2,
          .error_number = 2,
          .duration_ns = 1000};
}

void happen(Screen& screen, const std::string& text) {
  const Pid pid(11);
  screen.port.happen(pid, follow::Attached{.comm = text});
  screen.port.happen(pid,
                     follow::Execed{.path = "/" + text, .filename = text, .argv = {text, text}, .cwd = text});
  screen.port.happen(pid, follow::ExecFailed{{{text, 2}, {text, 2}}});
  screen.port.happen(pid, follow::Reparented{Pid(2), Pid(1), text, {}});
  screen.port.happen(pid, follow::Lost{.count = 1, .reason = text});
  screen.port.happen(pid, follow::Note{.text = text});
  const decode::Decoded path{decode::Text{text}};
  const decode::Field argument{"pathname", &path};
  screen.port.happen(pid, call(argument));
}

}  // namespace

TEST_CASE("hostile names: what would harm is found", "[tui]") {
  REQUIRE(locale_is_set);
  for (const std::string_view raw :
       {"\x1b[2J", "a\nb", "a\u202eb", "\xff", "\xc2\x9b", "a\u200db", "a\u00adb"}) {
    Surface surface(1, 20);
    surface.put(0, 0, raw, Ink::plain, 20);
    INFO(escaped(raw));
    CHECK_FALSE(trouble_with(surface).empty());
    surface.clear();
    surface.put(0, 0, escaped(raw), Ink::plain, 20);
    CHECK(trouble_with(surface).empty());
  }
}

TEST_CASE("hostile names: every screen, every width", "[tui]") {
  REQUIRE(locale_is_set);
  // Two machines, one for the even widths: together each string is each kind of name.
  for (const int odd : {0, 1}) {
    const HostileMachine machine(odd == 0 ? 0 : hostile_strings().size() / 2);
    for (const ScreenRow& row : screen_rows()) {
      if (row.story != "followed_build") continue;
      INFO("the screen " << row.name);
      Config config{.self = Pid(999'999)};
      if (row.change != nullptr) row.change(config);
      Story story(machine.root(), std::move(config), 24, 80);
      if (row.steps != "@unread") {
        story.scan(), story.scan();
        story.play(row.steps);
      }
      story.look();
      check_every_width(story.screen(), narrowest + odd, 2);
    }
  }
}

TEST_CASE("hostile names: in events, every width", "[tui]") {
  for (const std::u32string& keys : {std::u32string(), std::u32string(U"oz"), std::u32string(U"oc")}) {
    Screen screen;
    screen.show(frame(small_system()));
    screen.type(U"110s" + keys);
    for (const std::string& text : hostile_strings()) happen(screen, text);
    check_every_width(screen);
  }
}

TEST_CASE("hostile names: typed into every prompt", "[tui]") {
  for (const Key opener : {key::f(3), key::f(4)}) {
    Screen screen;
    screen.show(frame(small_system()));
    screen.press(opener);
    for (const Key typed : U"\u202e\u0301\u5bbd\u009b\u200d\U0001f469\U000e0041\ufeff")
      if (typed != 0) screen.press(typed);
    check_every_width(screen);
  }
}

TEST_CASE("hostile names: the columns beside a command stand where they stood", "[tui]") {
  auto plain = small_system(), hostile = small_system();
  for (std::size_t i = 0; i < hostile_strings().size(); ++i) {
    const int pid = 1000 + static_cast<int>(i);
    plain.push_back({pid, 100, "plain", "plain words"});
    hostile.push_back({pid, 100, hostile_strings()[i], hostile_strings()[i]});
  }
  Screen left(60, 80), right(60, 80);
  left.show(frame(plain)), right.show(frame(hostile));
  for (int columns = narrowest; columns <= widest; ++columns) {
    left.resize(60, columns), right.resize(60, columns);
    left.text(), right.text();
    const std::string head = left.line_with("COMMAN");
    const auto end = static_cast<int>(display_width(head.substr(0, head.find("COMM"))));
    const auto differs = [&](int row) {
      for (int column = 0; column < end; ++column)
        if (left.surface.at(row, column) != right.surface.at(row, column)) return true;
      return false;
    };
    for (int row = 0; row < 60; ++row)
      if (differs(row)) FAIL(columns << " columns, row " << row << "\n" << right.surface.text());
    SUCCEED();
  }
}
