// Menus: what they offer, and moving in them.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "app.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::app {

/// True when the key was text for the search in the menu.
bool App::type_in_open_menu(Key key) {
  if (!menu_->typing && (key == U'/' || keymap_.find(key, Context::menu)))
    return key == U'/' && type_in_menu(*menu_, key);
  return type_in_menu(*menu_, key);
}

void App::act_on_menu(Action action) {
  if (action == Action::menu_erase) return erase_in_menu(*menu_);
  end_typing(*menu_);
  switch (action) {
    case Action::menu_choose:
      return choose_in_menu();
    case Action::menu_cancel:
      menu_.reset();
      return;
    case Action::menu_mark:
      return mark_in_menu();
    default:
      return move_in_menu(*menu_, action);
  }
}

/// What is chosen may open the next menu.
void App::choose_in_menu() {
  Menu menu = *std::exchange(menu_, std::nullopt);
  if (menu.accept) return menu.accept(menu);
  menu.items[menu.cursor].choose();
}

void App::mark_in_menu() {
  const auto toggle = menu_->items[menu_->cursor].toggle;
  if (toggle) toggle(*menu_);
}

void App::open_sort_menu() {
  Menu menu{.title = "Sort by"};
  for (model::ColumnId id : shown_columns()) {
    const model::Column& column = model::column(id);
    if (id == list_.sort().column) menu.cursor = menu.items.size();
    menu.items.push_back({std::string(column.title), std::string(column.help), [this, id] { set_sort(id); }});
  }
  menu_ = std::move(menu);
}

/// Whose processes they are is known of those in sight only, unless it was asked for of all.
void App::open_user_menu() {
  const auto unknown = [](const model::Sample& p) {
    return p.of(model::Source::status) == model::Availability::not_read;
  };
  if (frame_ && !users_wanted_ && std::ranges::any_of(frame_->snapshot.processes, unknown)) {
    users_wanted_ = scan_wanted_ = true;
    return note("reading whose processes there are");
  }
  std::map<std::string, std::pair<Uid, int>> users;
  for (const auto& process : frame_ ? frame_->snapshot.processes : model::SampleList()) {
    if (!process.has(model::Source::status)) continue;
    const Uid uid = process.status->uid.effective;
    auto& entry = users.try_emplace(std::string(users_.name(uid)), uid, 0).first->second;
    ++entry.second;
  }
  const auto choose = [this](std::optional<Uid> uid) {
    return [this, uid] { list_.set_user(uid), rearrange(); };
  };
  Menu menu{.title = "Processes of", .items = {{"all users", "", choose(std::nullopt)}}};
  for (const auto& [name, entry] : users) {
    if (list_.user() == entry.first) menu.cursor = menu.items.size();
    menu.items.push_back({escaped(name), std::to_string(entry.second), choose(entry.first)});
  }
  menu_ = std::move(menu);
}

/// The tree of this screen, by what processes have in common.
void App::open_group_menu() {
  Menu menu{.title = "Group the tree by"};
  for (const GroupKind& kind : group_kinds()) {
    if (kind.by == list_.arrangement().group) menu.cursor = menu.items.size();
    menu.items.push_back({std::string(kind.title), "", [this, by = kind.by] {
                            list_.set_tree(true);
                            list_.set_group(by);
                            scan_wanted_ = true;
                            rearrange();
                          }});
  }
  menu_ = std::move(menu);
}

void App::open_follow_menu() {
  const model::Sample* process = selected_sample();
  if (process == nullptr) return follow(false, false);  // says why not
  const auto choose = [this](bool tree, bool syscalls) {
    return [this, tree, syscalls] { follow(tree, syscalls); };
  };
  Menu menu{.title = fmt::format("Follow {} {}", process->pid.raw(), escaped(process->stat.comm))};
  menu.items = {{"this process", "forks, execs, exits, signals", choose(false, false)},
                {"with its descendants", "all that are alive now", choose(true, false)},
                {"this process, system calls too", "slows it down", choose(false, true)},
                {"with its descendants, system calls too", "slows them down", choose(true, true)}};
  if (ports_.follow->active()) menu.items.push_back({"nothing: detach", "", [this] { detach("detached"); }});
  menu_ = std::move(menu);
}

}  // namespace ptop::app
