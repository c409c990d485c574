// ncurses: cells to the terminal, its bytes to keys.
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
#include <map>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"

namespace ptop::app {
namespace {

struct Attributes {
  attr_t attr = A_NORMAL;
  int pair = 0;
};

attr_t attributes_of(std::uint8_t wanted) {
  attr_t out = A_NORMAL;
  if ((wanted & bold) != 0) out |= A_BOLD;
  if ((wanted & dim) != 0) out |= A_DIM;
  if ((wanted & reverse) != 0) out |= A_REVERSE;
  if ((wanted & underline) != 0) out |= A_UNDERLINE;
  if ((wanted & italic) != 0) out |= A_ITALIC;
  if ((wanted & blink) != 0) out |= A_BLINK;
  return out;
}

std::array<Attributes, ink_count> make_attributes(const Theme& theme, Depth depth) {
  std::array<Attributes, ink_count> out{};
  for (std::size_t i = 0; i < ink_count; ++i) {
    const Painted painted = paint(theme, static_cast<Ink>(i), depth);
    out[i].attr = attributes_of(painted.attributes);
    if (painted.fg == own_colour && painted.bg == own_colour) continue;
    const int pair = static_cast<int>(i) + 1;
    if (init_extended_pair(pair, painted.fg, painted.bg) == OK) out[i].pair = pair;
  }
  return out;
}

/// ncurses keeps the pairs that programs ask for, and gives up the one that was not used for longest.
Attributes attributes_of(const Shade& shade, Depth depth) {
  const Painted painted = paint(shade, depth);
  Attributes out{.attr = attributes_of(painted.attributes)};
  if (painted.fg != own_colour || painted.bg != own_colour)
    out.pair = std::max(alloc_pair(painted.fg, painted.bg), 0);
  return out;
}

constexpr int colours_of_direct = 1 << 24;

/// What the terminal's description says.
Depth begin_colours() {
  if (!has_colors() || start_color() == ERR) return Depth::none;
  use_default_colors();
  if (COLOR_PAIRS <= static_cast<int>(ink_count)) return Depth::none;
  if (COLORS >= colours_of_direct && tigetflag("RGB") > 0) return Depth::direct;
  return COLORS >= 256  ? Depth::many
         : COLORS >= 16 ? Depth::sixteen
         : COLORS >= 8  ? Depth::eight
                        : Depth::none;
}

/// Of a terminal that takes colours directly, the numbers up to 7 are those of the palette, and no others.
Depth wanted_depth(Depth there, std::string_view wish) {
  if (wish == "none") return Depth::none;
  if (wish == "16") return there == Depth::direct ? Depth::eight : std::min(there, Depth::sixteen);
  if (wish == "256") return there == Depth::direct ? there : std::min(there, Depth::many);
  return there;
}

/// Where the environment says that the terminal mixes colours itself, the description that knows how:
/// "xterm-direct" for "xterm-256color". "" otherwise.
std::string direct_name(std::string_view term, std::string_view wish) {
  const char* says = std::getenv("COLORTERM");
  const std::string_view colorterm = says == nullptr ? "" : says;
  const bool knows = colorterm == "truecolor" || colorterm == "24bit";
  if (wish != "true" && (wish != "auto" || !knows)) return "";
  constexpr std::string_view of_palette = "-256color";
  if (term.ends_with(of_palette)) term.remove_suffix(of_palette.size());
  return std::string(term) + "-direct";
}

// Presses as they come: ncurses would wait for a second click otherwise.
void use_mouse(bool on) {
  mousemask(on ? BUTTON1_PRESSED | BUTTON3_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, nullptr);
  mouseinterval(0);
}

// Of a program that wants them, releases and movements too.
void use_mouse_of(MouseWish wish) {
  if (wish == MouseWish::nothing) return;
  mousemask(ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION, nullptr);
  if (wish != MouseWish::presses) putp(wish == MouseWish::drags ? "\x1b[?1002h" : "\x1b[?1003h");
}

/// `held`: the button that went down last. A movement does not say which one it is.
std::optional<Mouse> read_mouse(Mouse::Button& held) {
  using Button = Mouse::Button;
  struct Meaning {
    mmask_t mask;
    Button button;
    Mouse::Kind kind;
  };
  static constexpr Meaning meanings[] = {
      {BUTTON4_PRESSED, Button::wheel_up, Mouse::Kind::press},
      {BUTTON5_PRESSED, Button::wheel_down, Mouse::Kind::press},
      {BUTTON3_PRESSED, Button::right, Mouse::Kind::press},
      {BUTTON1_PRESSED, Button::left, Mouse::Kind::press},
      {BUTTON2_PRESSED, Button::middle, Mouse::Kind::press},
      {BUTTON1_RELEASED, Button::left, Mouse::Kind::release},
      {BUTTON2_RELEASED, Button::middle, Mouse::Kind::release},
      {BUTTON3_RELEASED, Button::right, Mouse::Kind::release},
  };
  MEVENT event;
  if (getmouse(&event) != OK) return std::nullopt;
  Mouse mouse{.row = event.y, .column = event.x};
  for (const Meaning& meaning : meanings) {
    if ((event.bstate & meaning.mask) == 0) continue;
    mouse.button = meaning.button, mouse.kind = meaning.kind;
    const bool wheel = meaning.button == Button::wheel_up || meaning.button == Button::wheel_down;
    if (!wheel) held = mouse.kind == Mouse::Kind::press ? mouse.button : Button::none;
    return mouse;
  }
  if ((event.bstate & REPORT_MOUSE_POSITION) == 0) return std::nullopt;
  mouse.kind = Mouse::Kind::drag, mouse.button = held;
  return mouse;
}

/// Keys with Shift, Alt and Control, where the terminal's description knows them: by names that ncurses has
/// no numbers for.
std::map<wint_t, Key> find_modified_keys() {
  struct Named {
    Key key;
    const char *shifted, *name;
  };
  static constexpr Named named[] = {
      {key::up, "kUP", "kUP"},        {key::down, "kDN", "kDN"},
      {key::left, "kLFT", "kLFT"},    {key::right, "kRIT", "kRIT"},
      {key::home, "kHOM", "kHOM"},    {key::end, "kEND", "kEND"},
      {key::page_up, "kPRV", "kPRV"}, {key::page_down, "kNXT", "kNXT"},
      {key::del, "kDC", "kDC"},       {key::insert, "kIC", "kIC"},
      {key::up, "kri", ""},           {key::down, "kind", ""},
  };
  std::map<wint_t, Key> out;
  const auto add = [&](const std::string& capability, Key k, unsigned modifiers) {
    const char* sequence = tigetstr(capability.c_str());
    if (sequence == nullptr || sequence == reinterpret_cast<const char*>(-1)) return;
    if (const int code = key_defined(sequence); code > 0)
      out.emplace(static_cast<wint_t>(code), key::modified(k, modifiers));
  };
  for (const Named& n : named) {
    add(n.shifted, n.key, key::shift);
    for (unsigned number = 3; *n.name != '\0' && number <= 8; ++number)
      add(fmt::format("{}{}", n.name, number), n.key, number - 1);
  }
  return out;
}

// Beyond any code of ncurses' own, which gives keys of its own numbers from KEY_MAX on.
constexpr int paste_begin_code = 0x4000, paste_end_code = 0x4001;

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
    case KEY_IC:
      return key::insert;
    case paste_begin_code:
      return key::paste_begin;
    case paste_end_code:
      return key::paste_end;
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

/// A character that came together with Esc was pressed with Alt: nobody types that fast.
Key after_escape() {
  wint_t next = 0;
  const int kind = get_wch(&next);
  if (kind == OK && next > L' ' && next < 0x7f) return key::alt(static_cast<char>(next));
  if (kind == OK) unget_wch(static_cast<wchar_t>(next));
  if (kind == KEY_CODE_YES) ungetch(static_cast<int>(next));
  return key::escape;
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

namespace {

/// Of a row's cells. Two rows that differ have the same one once in 2^64 times.
std::uint64_t digest_of(const Surface& surface, int row) {
  std::uint64_t digest = 0;
  const auto add = [&](std::uint64_t word) {
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;
    digest = (digest ^ word) * odd;
    digest ^= digest >> 32;
  };
  const auto pair = [](auto low, auto high) {
    return std::uint64_t{static_cast<std::uint32_t>(low)} | std::uint64_t{static_cast<std::uint32_t>(high)}
                                                                << 32;
  };
  for (int column = 0; column < surface.columns(); ++column) {
    const Cell& cell = surface.at(row, column);
    add(pair(cell.base, cell.marks[0]));
    add(pair(cell.marks[1], cell.marks[2]));
    add(pair(static_cast<unsigned>(cell.ink) << 16 | cell.width, cell.shade.attributes));
    add(pair(cell.shade.fg, cell.shade.bg));
  }
  return digest;
}

}  // namespace

struct Terminal::State {
  explicit State(TerminalOutput& out) : output(out) {}

  TerminalOutput& output;
  SCREEN* screen = nullptr;
  termios before{};
  bool utf8 = true;
  Depth depth = Depth::none;  ///< what the terminal can do
  Depth depth_used = Depth::none;
  std::array<Attributes, ink_count> attributes{};
  /// A digest of each row that was drawn, and how wide they are: the cells themselves would be as much memory
  /// again as all that is drawn.
  std::vector<std::uint64_t> shown;
  int shown_columns = 0;
  std::vector<cchar_t> line;
  Mouse mouse;
  Mouse::Button held = Mouse::Button::none;
  bool mouse_on = true;
  InputMode input;
  bool raw = false;
  bool asked = false;  ///< for pastes and movements
  std::map<wint_t, Key> modified;
};

Result<std::unique_ptr<Terminal>> Terminal::open(bool utf8, const TerminalLook& look,
                                                 TerminalOutput& output) {
  auto state = std::make_unique<State>(output);
  state->utf8 = utf8;
  if (tcgetattr(STDIN_FILENO, &state->before) != 0) return unusable("its input is not a terminal");
  const char* term = std::getenv("TERM");
  if (term == nullptr || *term == '\0') return unusable("set TERM to its type, for example xterm");
  if (const std::string direct = direct_name(term, look.colours); !direct.empty())
    state->screen = newterm(direct.c_str(), stdout, stdin);
  if (state->screen == nullptr) state->screen = newterm(nullptr, stdout, stdin);
  if (state->screen == nullptr) return unusable("there is no terminfo entry for it");
  if (!has_capability("cup") || !has_capability("clear")) {
    endwin();
    delscreen(state->screen);
    return unusable("it cannot place the cursor");
  }
  state->depth = begin_colours();
  std::unique_ptr<Terminal> terminal(new Terminal(std::move(state)));
  terminal->set_look(look);
  terminal->enter();
  return terminal;
}

void Terminal::set_look(const TerminalLook& look) {
  state_->depth_used = wanted_depth(state_->depth, look.colours);
  state_->attributes = make_attributes(find_theme(look.theme), state_->depth_used);
  state_->mouse_on = look.mouse;
  use_input();
  forget();
}

void Terminal::set_input(const InputMode& mode) {
  if (mode == state_->input) return;
  state_->input = mode;
  use_input();
}

/// Ctrl-S would stop our output, and with it everything that we follow.
void Terminal::use_input() {
  const InputMode& mode = state_->input;
  termios modes{};
  if (tcgetattr(STDIN_FILENO, &modes) == 0) {
    modes.c_iflag &= ~static_cast<tcflag_t>(IXON);
    constexpr tcflag_t of_shells = ISIG | IEXTEN;
    modes.c_lflag &= ~of_shells;
    if (!mode.program && !state_->raw) modes.c_lflag |= state_->before.c_lflag & of_shells;
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    def_prog_mode();
  }
  state_->output.later([&] {
    forget_input();
    use_mouse(state_->mouse_on);
    if (!mode.program) return;
    putp("\x1b[?2004h");
    if (state_->mouse_on) use_mouse_of(mode.mouse);
    state_->asked = true;
  });
}

/// What was asked of the terminal for a program; ncurses knows nothing of it.
void Terminal::forget_input() {
  use_mouse(false);
  if (std::exchange(state_->asked, false)) putp("\x1b[?2004l\x1b[?1003l\x1b[?1002l");
}

void Terminal::set_raw(bool raw) {
  if (std::exchange(state_->raw, raw) != raw) use_input();
}

void Terminal::ring() {
  state_->output.later([] { beep(); });
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
  state_->modified = find_modified_keys();
  define_key("\x1b[200~", paste_begin_code);
  define_key("\x1b[201~", paste_end_code);
}

Terminal::~Terminal() {
  leave();
  delscreen(state_->screen);
}

void Terminal::leave() {
  state_->output.wait();
  // Without an alternate screen ours would stay, with the shell's prompt written over it.
  if (!has_capability("rmcup")) {
    werase(stdscr);
    wrefresh(stdscr);
  }
  forget_input();
  endwin();
  // Interrupted: the terminal takes nothing.
  if (tcsetattr(STDIN_FILENO, TCSADRAIN, &state_->before) != 0)
    tcsetattr(STDIN_FILENO, TCSANOW, &state_->before);
}

void Terminal::enter() {
  state_->output.wait();
  reset_prog_mode();
  use_input();
  state_->output.wait();
  curs_set(0);
  clearok(curscr, true);
  forget();
  resized();
  wrefresh(stdscr);
}

void Terminal::forget() {
  state_->shown.clear();
  clearok(curscr, true);
}

int Terminal::rows() const { return getmaxy(stdscr); }
int Terminal::columns() const { return getmaxx(stdscr); }

void Terminal::resized() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  if (size.ws_row != rows() || size.ws_col != columns()) {
    resizeterm(size.ws_row, size.ws_col);
    state_->shown.clear();
  }
}

void Terminal::draw(const Surface& surface) {
  State& s = *state_;
  const auto rows = static_cast<std::size_t>(surface.rows());
  const bool same_size = s.shown.size() == rows && s.shown_columns == surface.columns();
  s.shown.resize(rows);
  s.shown_columns = surface.columns();
  for (int row = 0; row < surface.rows(); ++row) {
    const std::uint64_t digest = digest_of(surface, row);
    if (std::exchange(s.shown[static_cast<std::size_t>(row)], digest) == digest && same_size) continue;
    s.line.clear();
    for (int column = 0; column < surface.columns(); ++column) {
      const Cell& cell = surface.at(row, column);
      if (cell.width == 0) continue;
      std::array<wchar_t, 5> text{static_cast<wchar_t>(cell.base)};
      const bool shown = shows(cell, s.utf8);
      if (!shown) text[0] = L'?';
      for (std::size_t i = 0; shown && i < cell.marks.size(); ++i)
        text[i + 1] = static_cast<wchar_t>(cell.marks[i]);
      const Attributes look = cell.ink == Ink::program ? attributes_of(cell.shade, s.depth_used)
                                                       : s.attributes[static_cast<std::size_t>(cell.ink)];
      cchar_t out;
      // A pair beyond what a short holds goes through the pointer, which ncurses takes for one of an int.
      int pair = look.pair;
      setcchar(&out, text.data(), look.attr, 0, &pair);
      s.line.push_back(out);
      if (!shown && cell.width == 2) s.line.push_back(out);
    }
    mvadd_wchnstr(row, 0, s.line.data(), static_cast<int>(s.line.size()));
  }
  s.output.later([&] {
    show_cursor(surface.cursor());
    wrefresh(stdscr);
  });
}

void Terminal::show_cursor(std::optional<Place> place) {
  leaveok(stdscr, !place);
  curs_set(place ? 1 : 0);
  if (place) wmove(stdscr, place->row, place->column);
}

Mouse Terminal::mouse() const { return state_->mouse; }

Key Terminal::read_key() {
  wint_t code = 0;
  switch (get_wch(&code)) {
    case KEY_CODE_YES: {
      if (code == KEY_MOUSE) {
        const auto mouse = read_mouse(state_->held);
        if (!mouse) return read_key();
        state_->mouse = *mouse;
        return key::mouse;
      }
      // A resize or a key without a meaning here must not look like the end of the input.
      const auto modified = state_->modified.find(code);
      const Key key = modified != state_->modified.end() ? modified->second : key_of_code(code);
      return key == key::none ? read_key() : key;
    }
    case OK:
      if (code == key::escape) return after_escape();
      if (code == 0) return key::nul;
      if (code == L'\n' && state_->input.program) return key::line_feed;
      return code == L'\r' || code == L'\n' ? key::enter : static_cast<Key>(code);
    default:
      return key::none;
  }
}

}  // namespace ptop::app
