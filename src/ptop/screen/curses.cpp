// ncurses: cells to the terminal, its bytes to keys. The look of each Ink is decided here.
#include "curses.hpp"

#define NCURSES_NOMACROS 1  // its macros have names like clear, move and lines
#include <curses.h>
#include <langinfo.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <cwchar>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"

namespace ptop::app {
namespace {

constexpr short none = -1;  // the terminal's own colour

struct Look {
  Ink ink;
  short fg256, bg256, fg8, bg8;
  attr_t with_colour, with_8, without;  ///< attributes: 256 colours, 8 colours, monochrome
};

// clang-format off
constexpr attr_t plain_attr = A_NORMAL;
constexpr Look looks[] = {
    {Ink::plain,          none, none, none, none, plain_attr, plain_attr, plain_attr},
    {Ink::faint,          244,  none, none, none, plain_attr, A_DIM,      A_DIM},
    {Ink::strong,         none, none, none, none, A_BOLD,     A_BOLD,     A_BOLD},
    {Ink::good,           77,   none, COLOR_GREEN,  none, plain_attr, plain_attr, plain_attr},
    {Ink::warning,        221,  none, COLOR_YELLOW, none, plain_attr, plain_attr, A_BOLD},
    {Ink::bad,            203,  none, COLOR_RED,    none, A_BOLD,     A_BOLD,     A_BOLD},
    {Ink::user,           110,  none, COLOR_CYAN,   none, plain_attr, plain_attr, plain_attr},
    {Ink::name,           none, none, none, none, A_BOLD,     A_BOLD,     A_BOLD},
    {Ink::argument,       250,  none, none, none, plain_attr, plain_attr, plain_attr},
    {Ink::tree,           67,   none, COLOR_BLUE,   none, plain_attr, plain_attr, plain_attr},
    {Ink::zombie,         203,  none, COLOR_RED,    none, A_BOLD,     A_BOLD,     A_BOLD},
    {Ink::orphan,         179,  none, COLOR_YELLOW, none, plain_attr, plain_attr, plain_attr},
    {Ink::stopped,        214,  none, COLOR_YELLOW, none, A_BOLD,     A_BOLD,     A_BOLD},
    {Ink::traced,         177,  none, COLOR_MAGENTA, none, A_BOLD,    A_BOLD,     A_BOLD},
    {Ink::kthread,        241,  none, none, none, plain_attr, A_DIM,      A_DIM},
    {Ink::running,        77,   none, COLOR_GREEN,  none, A_BOLD,     A_BOLD,     A_BOLD},
    {Ink::header,         16,   72,   COLOR_BLACK,  COLOR_GREEN, plain_attr, plain_attr, A_REVERSE},
    {Ink::header_sort,    16,   151,  COLOR_BLACK,  COLOR_CYAN,  A_BOLD,     plain_attr, A_REVERSE | A_BOLD},
    {Ink::selection,      16,   110,  COLOR_BLACK,  COLOR_CYAN,  plain_attr, plain_attr, A_REVERSE},
    {Ink::selection_lost, 252,  238,  COLOR_BLACK,  COLOR_WHITE, plain_attr, plain_attr, A_UNDERLINE},
    {Ink::match,          16,   221,  COLOR_BLACK,  COLOR_YELLOW, plain_attr, plain_attr, A_UNDERLINE | A_BOLD},
    {Ink::hint_key,       none, none, none, none, plain_attr, plain_attr, plain_attr},
    {Ink::hint_text,      16,   110,  COLOR_BLACK,  COLOR_CYAN,  plain_attr, plain_attr, A_REVERSE},
    {Ink::message,        16,   151,  COLOR_BLACK,  COLOR_GREEN, plain_attr, plain_attr, A_REVERSE},
    {Ink::error,          231,  160,  COLOR_WHITE,  COLOR_RED,   A_BOLD,     A_BOLD,     A_REVERSE | A_BOLD},
    {Ink::title,          110,  none, COLOR_CYAN,   none, plain_attr, plain_attr, plain_attr},
    {Ink::title_focused,  16,   110,  COLOR_BLACK,  COLOR_CYAN,  A_BOLD,     plain_attr, A_REVERSE | A_BOLD},
    {Ink::frame,          none, none, none, none, A_BOLD,     A_BOLD,     plain_attr},
    {Ink::bar_low,        77,   none, COLOR_GREEN,  none, plain_attr, plain_attr, plain_attr},
    {Ink::bar_mid,        221,  none, COLOR_YELLOW, none, plain_attr, plain_attr, plain_attr},
    {Ink::bar_high,       203,  none, COLOR_RED,    none, plain_attr, plain_attr, A_BOLD},
    {Ink::bar_cache,      179,  none, COLOR_YELLOW, none, plain_attr, plain_attr, A_DIM},
    {Ink::bar_text,       250,  none, none, none, plain_attr, plain_attr, plain_attr},
    {Ink::event_birth,    77,   none, COLOR_GREEN,  none, plain_attr, plain_attr, plain_attr},
    {Ink::event_exec,     117,  none, COLOR_CYAN,   none, plain_attr, A_BOLD,     A_BOLD},
    {Ink::event_end,      250,  none, none, none, plain_attr, plain_attr, plain_attr},
    {Ink::event_signal,   214,  none, COLOR_YELLOW, none, plain_attr, plain_attr, A_BOLD},
    {Ink::event_call,     none, none, none, none, plain_attr, plain_attr, plain_attr},
    {Ink::tagged,         221,  none, COLOR_YELLOW, none, A_BOLD,     A_BOLD,     A_BOLD | A_UNDERLINE},
};
// clang-format on

constexpr bool looks_match_inks() {
  if (std::size(looks) != ink_count) return false;
  for (std::size_t i = 0; i < std::size(looks); ++i) {
    if (static_cast<std::size_t>(looks[i].ink) != i) return false;
  }
  return true;
}
static_assert(looks_match_inks());  // row i is of ink i

struct Attributes {
  attr_t attr = A_NORMAL;
  short pair = 0;
};

std::array<Attributes, ink_count> make_attributes(bool colour) {
  std::array<Attributes, ink_count> out{};
  for (std::size_t i = 0; i < ink_count; ++i) {
    const Look& look = looks[i];
    if (!colour) {
      out[i] = {look.without, 0};
      continue;
    }
    const bool many = COLORS >= 256;
    const auto pair = static_cast<short>(i + 1);
    const short fg = many ? look.fg256 : look.fg8, bg = many ? look.bg256 : look.bg8;
    out[i].attr = many ? look.with_colour : look.with_8;
    if (fg == none && bg == none) continue;
    if (init_pair(pair, fg, bg) == OK) out[i].pair = pair;
  }
  return out;
}

bool begin_colours() {
  if (!has_colors() || start_color() == ERR) return false;
  use_default_colors();
  return COLORS >= 8 && COLOR_PAIRS > static_cast<int>(ink_count);
}

// Presses as they come: ncurses would wait for a second click otherwise.
void begin_mouse() {
  mousemask(BUTTON1_PRESSED | BUTTON3_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, nullptr);
  mouseinterval(0);
}

std::optional<Mouse> read_mouse() {
  MEVENT event;
  if (getmouse(&event) != OK) return std::nullopt;
  Mouse mouse{.row = event.y, .column = event.x};
  if ((event.bstate & BUTTON4_PRESSED) != 0)
    mouse.button = Mouse::Button::wheel_up;
  else if ((event.bstate & BUTTON5_PRESSED) != 0)
    mouse.button = Mouse::Button::wheel_down;
  else if ((event.bstate & BUTTON3_PRESSED) != 0)
    mouse.button = Mouse::Button::right;
  else if ((event.bstate & BUTTON1_PRESSED) == 0)
    return std::nullopt;
  return mouse;
}

Key key_of_code(wint_t code) {
  if (code >= KEY_F(1) && code <= KEY_F(63)) return key::f(static_cast<unsigned>(code - KEY_F0));
  switch (code) {
    case KEY_UP:
      return key::up;
    case KEY_DOWN:
      return key::down;
    case KEY_LEFT:
      return key::left;
    case KEY_RIGHT:
      return key::right;
    case KEY_PPAGE:
      return key::page_up;
    case KEY_NPAGE:
      return key::page_down;
    case KEY_HOME:
    case KEY_FIND:
      return key::home;
    case KEY_END:
    case KEY_SELECT:
      return key::end;
    case KEY_BACKSPACE:
      return key::backspace;
    case KEY_DC:
      return key::del;
    case KEY_BTAB:
      return key::back_tab;
    case KEY_ENTER:
      return key::enter;
    default:
      return key::none;
  }
}

/// What can be shown of a cell's character: what the locale cannot write, or would give another width than
/// we reckoned with, must not shift the columns after it.
bool shows(const Cell& cell, bool utf8) {
  if (cell.base < 0x7f) return true;
  return utf8 && ::wcwidth(static_cast<wchar_t>(cell.base)) == cell.width;
}

bool has_capability(const char* name) {
  const char* value = tigetstr(name);
  return value != nullptr && value != reinterpret_cast<const char*>(-1);
}

std::string term_name() {
  const char* term = std::getenv("TERM");
  return term == nullptr || *term == '\0' ? "TERM is not set" : "TERM=" + escaped(term);
}

tl::unexpected<Error> unusable(std::string_view why) {
  return fail({Errc::unsupported, 0, fmt::format("cannot use this terminal ({}): {}", term_name(), why)});
}

}  // namespace

bool locale_is_utf8() { return std::strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

struct Terminal::State {
  SCREEN* screen = nullptr;
  termios before{};
  bool utf8 = true;
  std::array<Attributes, ink_count> attributes{};
  Surface shown{0, 0};
  std::vector<cchar_t> line;
  Mouse mouse;
};

Result<std::unique_ptr<Terminal>> Terminal::open(bool colour, bool utf8, bool mouse) {
  auto state = std::make_unique<State>();
  state->utf8 = utf8;
  if (tcgetattr(STDIN_FILENO, &state->before) != 0) return unusable("its input is not a terminal");
  const char* term = std::getenv("TERM");
  if (term == nullptr || *term == '\0') return unusable("set TERM to its type, for example xterm");
  state->screen = newterm(nullptr, stdout, stdin);
  if (state->screen == nullptr) return unusable("there is no terminfo entry for it");
  if (!has_capability("cup") || !has_capability("clear")) {
    endwin();
    delscreen(state->screen);
    return unusable("it cannot place the cursor");
  }
  state->attributes = make_attributes(colour && begin_colours());
  std::unique_ptr<Terminal> terminal(new Terminal(std::move(state)));
  if (mouse) begin_mouse();
  terminal->enter();
  return terminal;
}

Terminal::Terminal(std::unique_ptr<State> state) : state_(std::move(state)) {
  set_escdelay(25);
  cbreak();
  noecho();
  nonl();
  keypad(stdscr, true);
  nodelay(stdscr, true);
  leaveok(stdscr, true);
  curs_set(0);
  // Ctrl-S would stop our output, and with it everything that we follow.
  termios modes{};
  if (tcgetattr(STDIN_FILENO, &modes) == 0) {
    modes.c_iflag &= ~static_cast<tcflag_t>(IXON);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
    def_prog_mode();
  }
}

Terminal::~Terminal() {
  leave();
  delscreen(state_->screen);
}

void Terminal::leave() {
  // Without an alternate screen ours would stay, with the shell's prompt written over it.
  if (!has_capability("rmcup")) {
    werase(stdscr);
    wrefresh(stdscr);
  }
  endwin();
  tcsetattr(STDIN_FILENO, TCSADRAIN, &state_->before);
}

void Terminal::enter() {
  reset_prog_mode();
  curs_set(0);
  clearok(curscr, true);
  forget();
  resized();
  wrefresh(stdscr);
}

void Terminal::forget() {
  state_->shown = Surface(0, 0);
  clearok(curscr, true);
}

int Terminal::rows() const { return getmaxy(stdscr); }
int Terminal::columns() const { return getmaxx(stdscr); }

void Terminal::resized() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  if (size.ws_row != rows() || size.ws_col != columns()) {
    resizeterm(size.ws_row, size.ws_col);
    state_->shown = Surface(0, 0);
  }
}

void Terminal::draw(const Surface& surface) {
  State& s = *state_;
  const bool same_size = s.shown.rows() == surface.rows() && s.shown.columns() == surface.columns();
  for (int row = 0; row < surface.rows(); ++row) {
    if (same_size &&
        std::equal(&surface.at(row, 0), &surface.at(row, 0) + surface.columns(), &s.shown.at(row, 0))) {
      continue;
    }
    s.line.clear();
    for (int column = 0; column < surface.columns(); ++column) {
      const Cell& cell = surface.at(row, column);
      if (cell.width == 0) continue;
      std::array<wchar_t, 5> text{static_cast<wchar_t>(cell.base)};
      const bool shown = shows(cell, s.utf8);
      if (!shown) text[0] = L'?';
      for (std::size_t i = 0; shown && i < cell.marks.size(); ++i)
        text[i + 1] = static_cast<wchar_t>(cell.marks[i]);
      const Attributes& look = s.attributes[static_cast<std::size_t>(cell.ink)];
      cchar_t out;
      setcchar(&out, text.data(), look.attr, look.pair, nullptr);
      s.line.push_back(out);
      if (!shown && cell.width == 2) s.line.push_back(out);
    }
    mvadd_wchnstr(row, 0, s.line.data(), static_cast<int>(s.line.size()));
  }
  s.shown = surface;
  wrefresh(stdscr);
}

Mouse Terminal::mouse() const { return state_->mouse; }

Key Terminal::read_key() {
  wint_t code = 0;
  switch (get_wch(&code)) {
    case KEY_CODE_YES: {
      if (code == KEY_MOUSE) {
        const auto mouse = read_mouse();
        if (!mouse) return read_key();
        state_->mouse = *mouse;
        return key::mouse;
      }
      // A resize or a key without a meaning here must not look like the end of the input.
      const Key key = key_of_code(code);
      return key == key::none ? read_key() : key;
    }
    case OK:
      return code == L'\r' || code == L'\n' ? key::enter : static_cast<Key>(code);
    default:
      return key::none;
  }
}

}  // namespace ptop::app
