// The setup screen: opening it, its keys, and what holds at once.
#include <algorithm>

#include "app.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::app {

void App::open_setup() { setup_.emplace(settings(), tab_); }

void App::on_setup_key(Key key) {
  if (setup_->typing() || setup_->capturing())
    return setup_changed(setup_->take_key(settings_, keymap_, key));
  if (const auto action = keymap_.find(key, Context::setup)) act_on_setup(*action);
}

void App::act_on_setup(Action action) {
  switch (action) {
    case Action::setup_close:
      return setup_.reset();
    case Action::help:
      help_ = ScrollView{};
      return;
    case Action::setup_save:
      return save_settings();
    default:
      setup_changed(setup_->act(settings_, action));
  }
}

/// The screen that is looked at is the one that is shown below.
void App::setup_changed(bool changed) {
  const std::size_t wanted = std::min(setup_->screen(), settings_.screens.size() - 1);
  if (!changed && wanted == tab_) return;
  tab_ = wanted;
  apply_settings();
  show_tab();
}

void App::save_settings() {
  if (ports_.settings == nullptr) return report("there is no place to save them");
  const auto saved = ports_.settings->save(settings());
  if (!saved) return report("not saved: " + describe(saved.error()));
  note("saved in " + escaped(ports_.settings->path()));
}

void App::click_setup(std::uint64_t value) {
  const auto panel = static_cast<std::size_t>(value >> 32),
             row = static_cast<std::size_t>(value & 0xffffffffU);
  if (setup_->typing() || setup_->capturing()) return;
  const bool again = setup_->panel() == panel && setup_->cursor(panel) == row;
  if (again) return act_on_setup(Action::setup_change);
  setup_->select(settings_, panel, row);
  setup_changed(false);
}

}  // namespace ptop::app
