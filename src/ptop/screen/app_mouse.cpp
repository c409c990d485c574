// The mouse: a click is what a key would have been; the right button opens the pages about a process.
#include <utility>

#include "app.hpp"

namespace ptop::app {

namespace {
constexpr std::ptrdiff_t wheel_step = 3;

/// What a key or a click may have closed, or put another one in its place. Rows and columns are looked for,
/// and a key is as good as pressed.
bool passes(Spot::Kind kind) {
  switch (kind) {
    case Spot::Kind::menu_item:
    case Spot::Kind::setup_row:
    case Spot::Kind::details_line:
    case Spot::Kind::details_tab:
    case Spot::Kind::tab:
    case Spot::Kind::pane:
      return true;
    case Spot::Kind::nothing:
    case Spot::Kind::program:
    case Spot::Kind::key:
    case Spot::Kind::column:
    case Spot::Kind::row:
      return false;
  }
  return false;
}

}  // namespace

void App::on_mouse(const Mouse& mouse, const Surface& surface) {
  using Button = Mouse::Button;
  if (!menu_ && !help_ && !text_ && point_in_program(mouse, surface.spot_at(mouse.row, mouse.column))) return;
  if (mouse.kind != Mouse::Kind::press) return;
  if (mouse.button == Button::wheel_up || mouse.button == Button::wheel_down)
    return turn_wheel(mouse.button == Button::wheel_up);
  const Spot spot = surface.spot_at(mouse.row, mouse.column);
  // Keys and clicks that come together are judged by one drawing.
  if (!std::exchange(seen_, false) && passes(spot.kind)) return;
  click(spot, mouse.button == Button::right);
}

/// Where the keys go; over the list the selection moves, as the arrows do.
void App::turn_wheel(bool up) {
  // Beside a program's terminal that has the keys.
  const Focus before = focus_;
  if (focus_ == Focus::program) focus_ = Focus::list;
  for (std::ptrdiff_t i = 0; i < (menu_ ? 1 : wheel_step); ++i) on_key(up ? key::up : key::down);
  focus_ = before;
}

void App::click(Spot spot, bool right) {
  switch (spot.kind) {
    case Spot::Kind::nothing:
    case Spot::Kind::program:
      return;
    case Spot::Kind::key:
      return on_key(static_cast<Key>(spot.value));
    case Spot::Kind::tab:
      return go_to_tab(spot.value);
    case Spot::Kind::details_tab:
      return go_to_details(static_cast<DetailsTab>(spot.value));
    case Spot::Kind::column:
      return click_column(static_cast<model::ColumnId>(spot.value));
    case Spot::Kind::row:
      return click_row(spot.value, right);
    case Spot::Kind::menu_item:
      menu_->cursor = spot.value;
      return act_on_menu(menu_->accept ? Action::menu_mark : Action::menu_choose);
    case Spot::Kind::setup_row:
      return click_setup(spot.value);
    case Spot::Kind::details_line:
      details_->view.move_to(spot.value);
      return details_->view.named_here().empty() ? void() : go_to_named();
    case Spot::Kind::pane:
      focus_ = Focus::pane;
      return;
  }
}

void App::click_row(std::size_t row, bool right) {
  message_.clear();
  focus_ = Focus::list;
  tags_ended_ = false;
  list_.move_to(row);
  if (right) open_details(DetailsTab::overview);
}

/// Again on the same one turns the order round.
void App::click_column(model::ColumnId column) {
  const Sort old = list_.sort();
  if (old.column != column) return set_sort(column);
  list_.set_sort({column, !old.descending});
  rearrange();
}

}  // namespace ptop::app
