// The emulated terminal: what a program writes becomes cells, and keys become what it reads.
#include <catch2/catch.hpp>

#include <random>

#include "emulation/emulation.hpp"
#include "emulation/keys.hpp"

using namespace ptop::app;

namespace {

/// Its rows without the blanks at their ends; a row for each line.
std::string text(const Emulation& screen) {
  Surface surface(screen.rows(), screen.columns());
  for (int row = 0; row < screen.rows(); ++row)
    for (int column = 0; column < screen.columns(); ++column)
      if (const Cell& cell = screen.line(row)[static_cast<std::size_t>(column)]; cell.width > 0)
        surface.put_cell(row, column, cell, screen.columns());
  return surface.text();
}

std::string after(std::string_view bytes, int rows = 3, int columns = 10) {
  Emulation screen(rows, columns);
  screen.feed(bytes);
  return text(screen);
}

const Cell& cell(const Emulation& screen, int row, int column) {
  return screen.line(row)[static_cast<std::size_t>(column)];
}

}  // namespace

TEST_CASE("emulation: text, lines and wrapping", "[emulation]") {
  CHECK(after("ab\r\ncd") == "ab\ncd\n\n");
  CHECK(after("ab\ncd") == "ab\n  cd\n\n");
  CHECK(after("0123456789") == "0123456789\n\n\n");
  CHECK(after("0123456789a") == "0123456789\na\n\n");
  CHECK(after("0123456789\r\na") == "0123456789\na\n\n");
  CHECK(after("\x1b[?7l0123456789abc") == "012345678c\n\n\n");
  CHECK(after("1\r\n2\r\n3\r\n4") == "2\n3\n4\n");
  CHECK(after("a\tb\b\bc") == "a      cb\n\n\n");
}

TEST_CASE("emulation: moving, erasing, inserting, deleting", "[emulation]") {
  CHECK(after("\x1b[2;3Hx\x1b[Hy\x1b[3d\x1b[5Gz") == "y\n  x\n    z\n");
  CHECK(after("abcdef\x1b[3D\x1b[K") == "abc\n\n\n");
  CHECK(after("abcdef\x1b[3D\x1b[1K") == "    ef\n\n\n");
  CHECK(after("abcdef\x1b[4D\x1b[2P") == "abef\n\n\n");
  CHECK(after("abcdef\x1b[4D\x1b[2@") == "ab  cdef\n\n\n");
  CHECK(after("abcdef\x1b[4D\x1b[2X") == "ab  ef\n\n\n");
  CHECK(after("abc\r\x1b[4hX\x1b[4lY") == "XYbc\n\n\n");
  CHECK(after("1\r\n2\r\n3\x1b[2;1H\x1b[L") == "1\n\n2\n");
  CHECK(after("1\r\n2\r\n3\x1b[H\x1b[M") == "2\n3\n\n");
  CHECK(after("1\r\n2\r\n3\x1b[2J") == "\n\n\n");
  CHECK(after("ab\x1b[3b") == "abbbb\n\n\n");
}

TEST_CASE("emulation: a scroll region, forward and backward", "[emulation]") {
  CHECK(after("1\r\n2\r\n3\x1b[1;2r\x1b[2;1H\nx") == "2\nx\n3\n");
  CHECK(after("1\r\n2\r\n3\x1b[2;3r\x1b[2;1H\x1bM") == "1\n\n2\n");
  CHECK(after("1\r\n2\r\n3\x1b[S") == "2\n3\n\n");
  CHECK(after("1\r\n2\r\n3\x1b[T") == "\n1\n2\n");
  CHECK(after("\x1b[2;3r\x1b[?6h\x1b[Hx") == "\nx\n\n");
}

TEST_CASE("emulation: wide characters and marks keep the columns", "[emulation]") {
  CHECK(after("a中b") == "a中b\n\n\n");
  CHECK(after("e\u0301x") == "e\u0301x\n\n\n");
  CHECK(after("12345678中") == "12345678中\n\n\n");
  CHECK(after("123456789中") == "123456789\n中\n\n");
  CHECK(after("中\x1b[2Gx") == " x\n\n\n");
  CHECK(after("中\rx") == "x\n\n\n");
  CHECK(after("a中中\x1b[3G\x1b[P") == "a 中\n\n\n");
  CHECK(after("12345678中\x1b[H\x1b[@") == " 12345678\n\n\n");
}

TEST_CASE("emulation: nothing invisible gets into a cell, and no byte is misread", "[emulation]") {
  CHECK(after("a\u202eb\u2028c\u200bd") == "abcd\n\n\n");
  CHECK(after("a\xff\xc3(b") == "a\uFFFD\uFFFD(b\n\n\n");
  CHECK(after("a\xc2\x9b[b\x7f") == "a[b\n\n\n");
  CHECK(after("a\x1b]0;title\x07 b\x1bP1;2q\x1b\\c") == "a bc\n\n\n");
  CHECK(after("a\x1b]0;title\x1b\\b") == "ab\n\n\n");
  CHECK(after("a\x1b[12\x18 b") == "a b\n\n\n");
  CHECK(after("\x1b(0lqk\x1b(Bl") == "┌─┐l\n\n\n");
  CHECK(after("\x1b[>4;2mab\x1b[?25$p\x1b[ q") == "ab\n\n\n");
}

TEST_CASE("emulation: colours and attributes", "[emulation]") {
  Emulation screen(2, 40);
  screen.feed(
      "\x1b[1;31;44ma\x1b[0mb\x1b[38;5;200mc\x1b[48;2;1;2;3md\x1b[38:2::1:2:3;4:3me\x1b[24;39;49mf\x1b[97;"
      "7mg");
  CHECK(cell(screen, 0, 0).shade == Shade{1, 4, bold});
  CHECK(cell(screen, 0, 1).shade == Shade{});
  CHECK(cell(screen, 0, 2).shade == Shade{200, own_colour, normal});
  CHECK(cell(screen, 0, 3).shade == Shade{200, direct_colour | 0x010203, normal});
  CHECK(cell(screen, 0, 4).shade == Shade{direct_colour | 0x010203, direct_colour | 0x010203, underline});
  CHECK(cell(screen, 0, 5).shade == Shade{});
  CHECK(cell(screen, 0, 6).shade == Shade{15, own_colour, reverse});
  screen.feed("\x1b[0;42m\x1b[K");
  CHECK(cell(screen, 0, 20).shade == Shade{own_colour, 2, normal});
}

TEST_CASE("emulation: the alternate screen comes and goes", "[emulation]") {
  Emulation screen(3, 10);
  screen.feed("main\x1b[?1049h\x1b[Hother");
  CHECK(text(screen) == "other\n\n\n");
  CHECK(screen.modes().alternate);
  screen.feed("\n\n\n\n\x1b[?1049l!");
  CHECK(text(screen) == "main!\n\n\n");
  CHECK(screen.history().empty());
}

TEST_CASE("emulation: the history is bounded", "[emulation]") {
  Emulation screen(3, 10);
  screen.feed("1\r\n2\r\n3\r\n4\r\n");
  REQUIRE(screen.history().size() == 2);
  CHECK(screen.history()[0].size() == 1);
  for (int i = 0; i < 100'000; ++i) screen.feed("0123456789\r\n");
  CHECK(screen.history().size() <= Grid::most_history_cells / 11);
  CHECK(screen.history().size() > 1000);
  screen.feed("\x1b[3J");
  CHECK(screen.history().empty());
}

TEST_CASE("emulation: another size keeps what fits, and the cursor's line", "[emulation]") {
  Emulation screen(4, 10);
  screen.feed("1\r\n2\r\n3\r\n456789中");
  screen.resize(2, 7);
  CHECK(text(screen) == "3\n456789\n");
  CHECK(screen.history().size() == 2);
  screen.resize(3, 12);
  screen.feed("\r\n5");
  CHECK(text(screen) == "3\n456789\n5\n");
}

TEST_CASE("emulation: answers what it is asked", "[emulation]") {
  Emulation screen(24, 80);
  screen.feed("\x1b[3;7H\x1b[6n\x1b[5n\x1b[18t\x1b[?25$p\x1b[?12345$p");
  CHECK(screen.take_answers() == "\x1b[3;7R\x1b[0n\x1b[8;24;80t\x1b[?25;1$y\x1b[?12345;0$y");
  screen.feed("\x1b[c");
  CHECK(screen.take_answers() == "\x1b[?62;22c");
  for (int i = 0; i < 100'000; ++i) screen.feed("\x1b[6n");
  CHECK(screen.take_answers().size() < 10'000);
}

TEST_CASE("emulation: numbers beyond all bounds cost nothing", "[emulation]") {
  Emulation screen(5, 20);
  for (const char final : std::string("@ABCDEFGHIJKLMPSTXZ`abcdefghlmnrst"))
    for (const char* number :
         {"", "0", "65535", "4294967296", "99999999999999999999", "1;1", "5;2", "9999;9999"})
      screen.feed(std::string("\x1b[") + number + final + "x\r\n");
  screen.feed("\x1b[" + std::string(1000, ';') + "mok");
  CHECK(screen.rows() == 5);
}

TEST_CASE("emulation: whatever comes, at whatever size, stays in bounds", "[emulation]") {
  std::mt19937 random(4711);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const std::string_view pieces[] = {"\x1b",
                                     "\x1b[",
                                     "?",
                                     ";",
                                     "5",
                                     "999",
                                     "\x1b#8",
                                     "\x1b(0",
                                     "\x1b"
                                     "7",
                                     "\x1b"
                                     "8",
                                     "\xe4\xb8\xad",
                                     "e\xcc\x81",
                                     "\r\n",
                                     "\t",
                                     "\x1b[?1049",
                                     "\x1b[?6h",
                                     "\x1bM",
                                     "text"};
  Emulation screen(24, 80);
  for (int i = 0; i < 60'000; ++i) {
    if (pick(40) == 0) screen.resize(1 + pick(40), 1 + pick(120));
    const int kind = pick(3);
    if (kind == 0) screen.feed(std::string(1, static_cast<char>(pick(256))));
    if (kind == 1) screen.feed(std::string(1, static_cast<char>(64 + pick(63))));
    if (kind == 2) screen.feed(pieces[static_cast<std::size_t>(pick(static_cast<int>(std::size(pieces))))]);
  }
  int halves = 0;
  for (int row = 0; row < screen.rows(); ++row) {
    const CellRow& line = screen.line(row);
    REQUIRE(line.size() == static_cast<std::size_t>(screen.columns()));
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i].width == 2 && (i + 1 == line.size() || line[i + 1].width != 0)) ++halves;
      if (line[i].width == 0 && (i == 0 || line[i - 1].width != 2)) ++halves;
    }
  }
  CHECK(halves == 0);
}

TEST_CASE("keys of a program: sequences of xterm, with modifiers and by mode", "[emulation]") {
  const auto bytes = [](Key k, Modes modes = {}) { return bytes_of(k, modes); };
  const Modes application{.application_cursor = true};
  CHECK(bytes(U'a') == "a");
  CHECK(bytes(U'é') == "é");
  CHECK(bytes(key::ctrl('C')) == "\x03");
  CHECK(bytes(key::enter) == "\r");
  CHECK(bytes(key::line_feed) == "\n");
  CHECK(bytes(key::nul) == std::string(1, '\0'));
  CHECK(bytes(key::backspace) == "\x7f");
  CHECK(bytes(key::up) == "\x1b[A");
  CHECK(bytes(key::up, application) == "\x1bOA");
  CHECK(bytes(key::modified(key::left, key::control)) == "\x1b[1;5D");
  CHECK(bytes(key::modified(key::del, key::shift)) == "\x1b[3;2~");
  CHECK(bytes(key::home) == "\x1b[H");
  CHECK(bytes(key::f(1)) == "\x1bOP");
  CHECK(bytes(key::f(5)) == "\x1b[15~");
  CHECK(bytes(key::f(12)) == "\x1b[24~");
  CHECK(bytes(key::f(13)) == "\x1b[1;2P");
  CHECK(bytes(key::f(29)) == "\x1b[15;5~");
  CHECK(bytes(key::alt('x')) == "\x1bx");
  CHECK(bytes(key::paste_begin).empty());
  CHECK(bytes(key::paste_begin, {.bracketed_paste = true}) == "\x1b[200~");
  CHECK(bytes(key::mouse).empty());
}

TEST_CASE("the mouse of a program: what it asked for, as it asked for it", "[emulation]") {
  using Button = Mouse::Button;
  const Mouse press{Button::left, 4, 9, Mouse::Kind::press},
      release{Button::left, 4, 9, Mouse::Kind::release}, drag{Button::left, 5, 9, Mouse::Kind::drag},
      wheel{Button::wheel_down, 0, 0, Mouse::Kind::press};
  const Modes sgr{.mouse = MouseWish::presses, .sgr_mouse = true};
  CHECK(bytes_of(press, Modes{}).empty());
  CHECK(bytes_of(press, sgr) == "\x1b[<0;10;5M");
  CHECK(bytes_of(release, sgr) == "\x1b[<0;10;5m");
  CHECK(bytes_of(wheel, sgr) == "\x1b[<65;1;1M");
  CHECK(bytes_of(drag, sgr).empty());
  CHECK(bytes_of(drag, {.mouse = MouseWish::drags, .sgr_mouse = true}) == "\x1b[<32;10;6M");
  CHECK(bytes_of(press, {.mouse = MouseWish::presses}) == "\x1b[M *%");
}
