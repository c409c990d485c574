// The program that ptop was given: where its terminal lies, and whose the keys are.
#include <algorithm>

#include <fmt/format.h>

#include "app.hpp"
#include "ptop/base/escape.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

constexpr int columns_for_both = 160, least_columns = 80;  // from there on it lies beside the processes
constexpr int fewest_rows = 8;                             // below that it takes the whole screen

}  // namespace

/// From here on it is followed like anything else. Its subtree is what is shown of the processes.
void App::program_started(ProcessKey process, std::string_view comm) {
  program_->started(process.pid);
  begin_log({process, true, false}, escaped(comm), true);
  program_filter_ = fmt::format("tree={}", process.pid.raw());
  set_filter(program_filter_);
  message_.clear();
}

void App::on_program_output(std::string_view bytes) { program_->on_output(bytes); }

void App::program_ended(const ProgramEnd& end) {
  program_->ended(end);
  if (focus_ == Focus::program) focus_ = Focus::list;
  if (list_.filter().text() == program_filter_) set_filter("");
}

bool App::keys_go_to_program() const { return context() == Context::program; }

InputMode App::input_mode() const {
  if (!keys_go_to_program()) return {};
  return {true, program_->mouse_wish()};
}

void App::act_on_program(Action action) {
  if (!program_) return report("no program was started: ptop -- PROG starts one");
  switch (action) {
    case Action::program_keys:
      return focus_ == Focus::program ? leave_program() : enter_program();
    case Action::program_size:
      return program_->next_size();
    case Action::program_back:
      return program_->scroll(-std::max(1, program_->emulation().rows() - 1));
    case Action::program_forward:
      return program_->scroll(std::max(1, program_->emulation().rows() - 1));
    default:
      return;
  }
}

void App::enter_program() {
  if (!program_->running()) return report("the program has ended: " + program_->state());
  if (program_->size() == ProgramPane::Size::hidden) program_->set_size(ProgramPane::Size::part);
  focus_ = Focus::program;
}

/// Of a terminal that takes the whole screen nothing else would be seen.
void App::leave_program() { focus_ = Focus::list; }

/// A paste is data: no key of ours is in it.
void App::press_in_program(Key key) {
  if (key == key::paste_begin || key == key::paste_end) pasting_ = key == key::paste_begin;
  const auto action = pasting_ ? std::nullopt : keymap_.find(key, Context::program);
  return action ? act_on_program(*action) : program_->press(key);
}

/// True when it was the program's.
bool App::point_in_program(const Mouse& mouse, Spot spot) {
  const bool in_it = spot.kind == Spot::Kind::program;
  const bool wheel = mouse.button == Mouse::Button::wheel_up || mouse.button == Mouse::Button::wheel_down;
  const bool dragging = focus_ == Focus::program && mouse.kind != Mouse::Kind::press;
  if (!program_ || (!in_it && !dragging)) return mouse.kind != Mouse::Kind::press;
  Mouse within = mouse;
  within.row = std::clamp(mouse.row - program_place_.row, 0, program_->emulation().rows() - 1);
  within.column = std::clamp(mouse.column - program_place_.column, 0, program_->emulation().columns() - 1);
  if (focus_ == Focus::program || wheel) return program_->point(within), true;
  if (program_->running()) enter_program();
  return true;
}

void App::quit() {
  if (!program_ || !program_->running()) {
    done_ = true;
    return;
  }
  if (focus_ == Focus::program) focus_ = Focus::list;
  Menu menu{.title = fmt::format("{} runs in a terminal that ends with ptop", program_->pid()->raw())};
  menu.items = {{"stay", "", [] {}},
                {"quit", "it gets SIGHUP, as when a terminal is closed", [this] { done_ = true; }}};
  menu_ = std::move(menu);
}

/// Draws it, and returns what is left of the screen, the bottom line included.
Region App::draw_program_pane(Region screen) {
  const int left = screen.rows() - 1, columns = screen.columns();
  if (!program_ || setup_ || program_->size() == ProgramPane::Size::hidden) return screen;
  const bool whole = program_->size() == ProgramPane::Size::whole || left < 2 * fewest_rows;
  const bool beside = !whole && columns >= columns_for_both;
  const int width = beside ? std::max(columns / 2, least_columns) : columns;
  const int height = whole || beside ? left : (left + 1) / 2;
  const Region area = screen.part(0, 0, height, width);
  program_->resize(std::max(area.rows() - 1, 1), area.columns());
  program_place_ = {1, 0};
  const bool focused = focus_ == Focus::program;
  const Key key = keymap_.first_key(Action::program_keys, focused ? Context::program : Context::list);
  draw_program(area, {.pane = *program_,
                      .hint = program_->scrolled() > 0 ? fmt::format("{} lines back", program_->scrolled())
                              : !program_->running()   ? "V sizes it"
                              : focused                ? fmt::format("{} for ptop's keys", key_name(key))
                                                       : fmt::format("{} for its keys", key_name(key)),
                      .focused = focused});
  return beside ? screen.part(0, width, screen.rows(), columns - width) : screen.below(height);
}

/// After everything else that wants to have the cursor.
void App::place_program_cursor(Region screen) {
  if (!keys_go_to_program() || program_->scrolled() > 0) return;
  if (const auto cursor = program_->emulation().cursor())
    screen.set_cursor(program_place_.row + cursor->row, program_place_.column + cursor->column);
}

}  // namespace ptop::app
