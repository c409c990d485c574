// The pane of a program that ptop starts: whose the keys are, sizes, its end, and quitting.
#include <catch2/catch.hpp>

#include "scene.hpp"
#include "theme.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

class FakeProgram : public ProgramPort {
 public:
  void send(std::string_view bytes) override { sent += bytes; }
  void set_size(int rows, int columns) override { size = {rows, columns}; }
  std::string take() { return std::exchange(sent, {}); }

  std::string sent;
  Place size;
};

/// small_system() with a program 300 that ptop started.
class ProgramScreen {
 public:
  explicit ProgramScreen(int rows = 24, int columns = 80)
      : app({.self = Pid(999'999), .program = "prog -v"}, {&port, &act, &details, nullptr, &program}),
        surface(rows, columns) {
    auto processes = small_system();
    processes.push_back({300, 100, "prog", "prog -v"});
    app.on_frame(frame(processes));
    text();
    app.program_started({Pid(300), Ticks(30000)}, "prog");
  }
  std::string text() {
    app.take_events();
    app.draw(surface);
    return surface.text();
  }
  void type(std::u32string_view keys) {
    for (const Key k : keys) app.on_key(k);
  }

  FakePort port;
  FakeAct act;
  FakeDetails details;
  FakeProgram program;
  App app;
  Surface surface;
};

}  // namespace

TEST_CASE("program: keys are the program's until F12", "[program]") {
  ProgramScreen screen;
  CHECK(screen.app.input_mode().program);
  screen.type(U"q1");
  screen.app.on_key(key::ctrl('C'));
  screen.app.on_key(key::up);
  screen.app.on_key(key::alt('x'));
  CHECK(screen.program.take() == "q1\x03\x1b[A\x1bx");
  CHECK_FALSE(screen.app.done());
  screen.app.on_key(key::f(12));
  CHECK_FALSE(screen.app.input_mode().program);
  screen.app.on_key(key::f(1));
  CHECK(contains(screen.text(), "ptop: keys"));
  screen.app.on_key(key::escape);
  screen.app.on_key(key::ctrl(']'));
  screen.type(U"x");
  CHECK(screen.program.take() == "x");
}

TEST_CASE("program: its terminal, its subtree and its events are on the screen", "[program]") {
  ProgramScreen screen;
  screen.app.on_program_output("hello \x1b[31mred\x1b[0m\r\n$ ");
  const std::string text = screen.text();
  CHECK(contains(text, "300 prog -v"));
  CHECK(contains(text, "runs: F12 for ptop's keys"));
  CHECK(contains(text, "hello red"));
  CHECK(contains(text, "Followed 300 prog and its descendants"));
  CHECK_FALSE(contains(text, "make -j2"));
  CHECK(contains(text, "F12Keys for ptop"));
  CHECK(screen.surface.cursor() == Place{2, 2});
  CHECK(screen.surface.at(1, 6).shade.fg == 1);
  CHECK(screen.surface.at(1, 6).ink == Ink::program);
}

TEST_CASE("program: the window's size follows the pane", "[program]") {
  ProgramScreen screen;
  CHECK(screen.program.size == Place{11, 80});
  screen.app.on_key(key::f(12));
  screen.type(U"V");
  screen.text();
  CHECK(screen.program.size == Place{22, 80});
  screen.type(U"V");
  CHECK_FALSE(contains(screen.text(), "prog -v · runs"));
  CHECK(screen.program.size == Place{22, 80});
  screen.app.on_key(key::f(12));
  screen.text();
  CHECK(screen.program.size == Place{11, 80});
  screen.surface = Surface(40, 170);
  screen.text();
  CHECK(screen.program.size == Place{38, 85});
  screen.surface = Surface(10, 40);
  screen.text();
  CHECK(screen.program.size == Place{8, 40});
}

TEST_CASE("program: its end is told, what it wrote stays, keys are ptop's", "[program]") {
  ProgramScreen screen;
  screen.app.on_program_output("last words");
  screen.app.program_ended({3 << 8});
  const std::string text = screen.text();
  CHECK(contains(text, "exit 3"));
  CHECK(contains(text, "last words"));
  CHECK(contains(text, "make -j2"));
  CHECK_FALSE(screen.app.input_mode().program);
  screen.app.on_key(key::f(12));
  CHECK(contains(screen.app.message(), "has ended"));
  screen.type(U"q");
  CHECK(screen.app.done());
}

TEST_CASE("program: quitting asks while it runs", "[program]") {
  ProgramScreen screen;
  screen.app.on_key(key::f(12));
  screen.type(U"q");
  CHECK_FALSE(screen.app.done());
  CHECK(contains(screen.text(), "it gets SIGHUP"));
  screen.app.on_key(key::enter);
  CHECK_FALSE(screen.app.done());
  screen.type(U"q");
  screen.app.on_key(key::down);
  screen.app.on_key(key::enter);
  CHECK(screen.app.done());
}

TEST_CASE("program: a paste is the program's as it is", "[program]") {
  ProgramScreen screen;
  screen.app.on_program_output("\x1b[?2004h");
  screen.app.on_key(key::paste_begin);
  screen.type(U"a");
  screen.app.on_key(key::ctrl(']'));
  screen.app.on_key(key::paste_end);
  CHECK(screen.program.take() == "\x1b[200~a\x1d\x1b[201~");
  CHECK(screen.app.input_mode().program);
}

TEST_CASE("program: what it wrote before can be looked at", "[program]") {
  ProgramScreen screen;
  for (int i = 1; i <= 100; ++i) screen.app.on_program_output("line " + std::to_string(i) + "\r\n");
  CHECK_FALSE(contains(screen.text(), "line 85"));
  screen.app.on_key(key::modified(key::page_up, key::shift));
  CHECK(contains(screen.text(), "line 85"));
  CHECK(contains(screen.text(), "10 lines back"));
  screen.app.on_program_output("more\r\n");
  CHECK(contains(screen.text(), "line 85"));
  screen.type(U"x");
  CHECK(contains(screen.text(), "more"));
  screen.app.on_mouse({Mouse::Button::wheel_up, 5, 5}, screen.surface);
  CHECK(contains(screen.text(), "3 lines back"));
}

TEST_CASE("program: the mouse is the program's where it asks for it", "[program]") {
  ProgramScreen screen;
  screen.text();
  screen.app.on_mouse({Mouse::Button::left, 3, 4}, screen.surface);
  CHECK(screen.program.take().empty());
  screen.app.on_program_output("\x1b[?1002h\x1b[?1006h");
  CHECK(screen.app.input_mode().mouse == MouseWish::drags);
  screen.app.on_mouse({Mouse::Button::left, 3, 4}, screen.surface);
  screen.app.on_mouse({Mouse::Button::left, 0, 0, Mouse::Kind::drag}, screen.surface);
  CHECK(screen.program.take() == "\x1b[<0;5;3M\x1b[<32;1;1M");
  screen.app.on_mouse({Mouse::Button::wheel_down, 18, 4}, screen.surface);
  CHECK(screen.program.take().empty());
  CHECK(screen.app.input_mode().program);
}

TEST_CASE("paint: a program's colours on terminals with fewer", "[theme]") {
  const Shade shade{196, direct_colour | 0x0000f0, bold};
  CHECK(paint(shade, Depth::many) == Painted{196, 21, bold});
  CHECK(paint(shade, Depth::sixteen) == Painted{9, 4, bold});
  CHECK(paint(shade, Depth::eight) == Painted{1, 4, bold});
  CHECK(paint(shade, Depth::direct) == Painted{0xff0000, 0x0000f0, bold});
  CHECK(paint(shade, Depth::none) == Painted{own_colour, own_colour, bold | reverse});
  CHECK(paint(Shade{}, Depth::many) == Painted{});
}
