// Keys to actions to state.
#include "app.hpp"

#include <cctype>

#include <algorithm>

#include <fmt/format.h>

#include "moves.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

using model::ColumnId;
constexpr int scroll_to_end = 1 << 20;  // more than any command has

}  // namespace

App::App(Config config, Ports ports)
    : config_(std::move(config)), settings_(config_.settings), ports_(ports) {
  apply_settings();
  list_.set_arrangement(screen().arrangement);
  if (!config_.program.empty() && ports_.program != nullptr) {
    program_.emplace(config_.program, *ports_.program);
    focus_ = Focus::program;
  }
}

/// stat, status and cmdline always: classes and words look at them.
model::Sources App::sources_of_shown() const {
  using model::Source;
  model::Sources wanted =
      model::sources_of(shown_columns()) | model::Sources{Source::stat, Source::status, Source::cmdline};
  if (settings_.merged_command) wanted |= Source::exe;
  return wanted;
}

/// Of everybody what decides on rows and their order; search looks at cmdline. Of those in sight all that is
/// shown, and of their ancestors, since one that adopts is known by its own status; and of ptop itself.
ScanWish App::scan_wish() const {
  using model::Source;
  ScanWish wish{
      .sources = list_.needs() | pane_filter_.query().needs() | model::Sources{Source::stat, Source::cmdline},
      .shown = list_.pids_in_sight(list_height_),
      .shown_sources = sources_of_shown()};
  const auto own = std::lower_bound(wish.shown.begin(), wish.shown.end(), config_.self);
  if (own == wish.shown.end() || *own != config_.self) wish.shown.insert(own, config_.self);
  if (list_.user() || users_wanted_) wish.sources |= Source::status;
  wish.others_matter = list_.figures_matter();
  if (!list_.threads()) return wish;
  wish.threads = true;
  wish.thread_sources = sources_of_threads();
  wish.shown_threads = list_.threads_in_sight(list_height_);
  return wish;
}

/// The program and its command are the process's: read of threads when somebody asks for them there.
model::Sources App::sources_of_threads() const {
  model::Sources wanted = model::sources_of_threads();
  for (const auto source : {model::Source::cmdline, model::Source::exe})
    if (list_.needs().has(source)) wanted |= source;
  return wanted;
}

/// Whoever was asked for once and is still unknown has ended, most likely.
void App::find_unknown_rows() {
  std::vector<TaskKey> unknown;
  const auto& rows = list_.rows();
  const std::size_t top = list_.scroll(list_height_);
  const model::Sources wanted = sources_of_shown(), of_threads = model::common(wanted, sources_of_threads());
  for (std::size_t i = top; frame_ && i < std::min(top + list_height_, rows.size()); ++i) {
    if (!rows[i].is_task()) continue;
    const model::Sources asked = model::asked_sources(sample_of(frame_->snapshot, rows[i]));
    const bool thread = rows[i].kind == RowKind::thread;
    if (!asked.has_all(thread ? of_threads : wanted)) unknown.push_back(rows[i].task());
  }
  look_wanted_ = !unknown.empty() && unknown != unknown_;
  unknown_ = std::move(unknown);
}

std::optional<model::Scene> App::scene() {
  if (!frame_) return std::nullopt;
  return scene_of(*frame_);
}

model::Scene App::scene_of(const Frame& frame) {
  return {frame.snapshot, *frame.tree, *frame.classes, frame.history.get(), users_};
}

void App::on_frame(FramePtr frame) {
  const FramePtr before = std::exchange(frame_, std::move(frame));
  // A recording has users of its own.
  if (!before) users_ = model::UserNames(frame_->snapshot.machine_root);
  if (frame_->is_scan) {
    if (before) recent_.observe(scene_of(*before), scene_of(*frame_), shown_columns());
    meter_history_.observe(scene_of(*frame_), std::exchange(host_io_, std::nullopt));
  }
  const bool had_ended = list_.ended().has_value(), had_tags = list_.tag_count() > 0;
  rearrange();
  tags_ended_ = (tags_ended_ || had_tags) && list_.tag_count() == 0;
  if (list_.ended() && !had_ended) message_.clear();  // that it ended is news
  if (std::exchange(users_wanted_, false)) open_user_menu();
  if (frame_->is_scan) events_.age_marks();
  ports_.follow->feed().flush();
  if (details_ && frame_->is_scan) ports_.details->ask(details_->wish);
}

/// Each screen keeps its order; the filter stays.
void App::switch_tab(std::ptrdiff_t by) {
  const auto count = static_cast<std::ptrdiff_t>(settings_.screens.size());
  go_to_tab(static_cast<std::size_t>((static_cast<std::ptrdiff_t>(tab_) + by + count) % count));
}

void App::go_to_tab(std::size_t tab) {
  settings_.screens[tab_].arrangement = list_.arrangement();
  tab_ = tab;
  show_tab();
}

/// What the settings say of the screen that is shown.
void App::show_tab() {
  list_.set_arrangement(screen().arrangement);
  list_.set_scope(model::Query::parse(screen().query).value_or(model::Query()));
  scan_wanted_ = true;
  rearrange();
}

void App::rearrange() {
  if (auto s = scene()) list_.arrange(*s, &recent_);
}

Context App::context() const {
  if (help_ || text_) return Context::help_screen;
  if (setup_) return Context::setup;
  if (menu_) return Context::menu;
  if (prompt_) return Context::prompt;
  if (details_) return Context::details;
  if (focus_ == Focus::program) return Context::program;
  return focus_ == Focus::pane ? Context::pane : Context::list;
}

void App::on_key(Key key) {
  seen_ = false;
  // Alt is Esc and a key to the terminal, and while we are busy those may have been two keys.
  const bool alt = key > key::alt('\0') && key < key::alt('\x7f');
  if (alt && !keymap_.find(key, context()) && !(setup_ && setup_->capturing())) {
    on_key(key::escape);
    return on_key(key - key::alt('\0'));
  }
  if (key >= key::line_feed && key <= key::paste_end && context() != Context::program) return;
  if (prompt_ && !menu_ && !help_) return on_prompt_key(key);
  message_.clear();
  if (context() == Context::program) return press_in_program(key);
  if (context() == Context::setup) return on_setup_key(key);
  if (context() == Context::menu && type_in_open_menu(key)) return;
  const auto action = keymap_.find(key, context());
  if (action != Action::pid_digit) digits_.clear();
  if (action) return act(*action, key);
  // A letter that is no key begins a search for what is being typed.
  if (context() == Context::list && key < 0x7f && std::isalpha(static_cast<int>(key)) != 0) {
    open_prompt(PromptKind::search);
    on_prompt_key(key);
  }
}

void App::act(Action action, Key key) {
  if (help_) return action == Action::help_close ? help_.reset() : help_->scroll(action);
  if (text_) return action == Action::help_close ? text_.reset() : text_->view.scroll(action);
  if (menu_) return act_on_menu(action);
  if (details_) return act_on_details(action);
  switch (action) {
    case Action::quit:
      return quit();
    case Action::help:
      help_ = ScrollView{};
      return;
    case Action::setup:
      return open_setup();
    case Action::redraw:
      redraw_ = scan_wanted_ = true;
      return;
    case Action::pause:
      paused_ = !paused_;
      return;
    case Action::follow:
      return toggle_follow(false);
    case Action::follow_tree:
      return toggle_follow(true);
    case Action::follow_menu:
      return open_follow_menu();
    case Action::focus_other:
      focus_ = pane_open_ && focus_ == Focus::list ? Focus::pane : Focus::list;
      return;
    case Action::program_keys:
    case Action::program_size:
    case Action::program_back:
    case Action::program_forward:
      return act_on_program(action);
    case Action::next_tab:
      return switch_tab(1);
    case Action::previous_tab:
      return switch_tab(-1);
    case Action::pid_digit:
      return type_digit(key);
    default:
      break;
  }
  if (act_on_options(action)) return;
  if (focus_ == Focus::pane) return act_on_pane(action);
  if (!act_on_sort(action) && act_on_list(action)) rearrange();
}

void App::move(Action action) {
  tags_ended_ = false;
  if (const auto lines = lines_moved(action, list_height_)) return list_.move(*lines);
  switch (action) {
    case Action::home:
      return list_.move_to(0);
    case Action::end:
      return list_.move_to(list_.rows().empty() ? 0 : list_.rows().size() - 1);
    case Action::left:
      command_scroll_ = std::max(0, command_scroll_ - side_step);
      return;
    case Action::right:
      command_scroll_ += side_step;
      return;
    case Action::line_start:
      command_scroll_ = 0;
      return;
    case Action::line_end:
      command_scroll_ = scroll_to_end;
      return;
    default:
      return;
  }
}

/// The branch, or the group, that the cursor is on.
bool App::fold(Action action) {
  const auto wanted = [&](bool is) {
    return action == Action::collapse || (action == Action::toggle_node && !is);
  };
  if (const Group* group = list_.selected_group()) {
    list_.set_group_collapsed(group->id, wanted(list_.group_collapsed(group->id)));
    return true;
  }
  const auto selected = list_.selected();
  if (selected) list_.set_collapsed(*selected, wanted(list_.collapsed(*selected)));
  return selected.has_value();
}

/// True when the rows have to be arranged anew.
bool App::act_on_list(Action action) {
  const auto now = scene();
  switch (action) {
    case Action::toggle_tree:
      list_.set_tree(!list_.tree());
      return true;
    case Action::expand:
    case Action::collapse:
    case Action::toggle_node:
      return list_.tree() && fold(action);
    case Action::toggle_all:
      if (now) list_.toggle_all(*now);
      return true;
    case Action::search:
      open_prompt(PromptKind::search);
      return false;
    case Action::search_again:
    case Action::search_back:
      search_next(list_.cursor() + (action == Action::search_again ? 1 : 0), action == Action::search_back);
      return false;
    case Action::filter:
      open_prompt(PromptKind::filter);
      return false;
    case Action::sort_menu:
      open_sort_menu();
      return false;
    case Action::user_menu:
      open_user_menu();
      return false;
    case Action::group_menu:
      open_group_menu();
      return false;
    case Action::tag:
    case Action::tag_branch:
    case Action::untag_all:
      act_on_tags(action);
      return false;
    default:
      if (!act_on_process(action)) move(action);
      return false;
  }
}

bool App::act_on_process(Action action) {
  switch (action) {
    case Action::details:
      open_details(DetailsTab::overview);
      return true;
    case Action::files:
      open_details(DetailsTab::files);
      return true;
    case Action::locks:
      open_details(DetailsTab::locks);
      return true;
    case Action::environment:
      open_details(DetailsTab::environment);
      return true;
    case Action::wrapped_command:
      show_command();
      return true;
    case Action::kill:
      open_signal_menu();
      return true;
    case Action::less_nice:
      change_nice(-1);
      return true;
    case Action::nicer:
      change_nice(1);
      return true;
    case Action::autogroup_less_nice:
      change_autogroup(-1);
      return true;
    case Action::autogroup_nicer:
      change_autogroup(1);
      return true;
    case Action::io_priority:
      open_io_menu();
      return true;
    case Action::affinity:
      open_affinity_menu();
      return true;
    case Action::oom_adjustment:
      open_oom_prompt();
      return true;
    default:
      return false;
  }
}

bool App::act_on_sort(Action action) {
  const Sort old = list_.sort();
  switch (action) {
    case Action::sort_cpu:
      set_sort(ColumnId::cpu);
      return true;
    case Action::sort_memory:
      set_sort(ColumnId::rss);
      return true;
    case Action::sort_time:
      set_sort(ColumnId::time_ns);
      return true;
    case Action::sort_pid:
      set_sort(ColumnId::pid);
      return true;
    case Action::invert_sort:
      list_.set_sort({old.column, !old.descending});
      rearrange();
      return true;
    default:
      return false;
  }
}

void App::set_sort(ColumnId column) {
  list_.set_sort({column, model::column(column).first_sort == model::Order::descending});
  rearrange();
}

/// Digits add up to a pid, as long as there is one that begins with them.
void App::type_digit(Key key) {
  tags_ended_ = false;
  digits_ += static_cast<char>(key);
  if (!list_.find_pid(digits_)) digits_ = static_cast<char>(key);
  if (const auto row = list_.find_pid(digits_)) list_.move_to(*row);
  note(fmt::format("pid {}", digits_));
}

}  // namespace ptop::app
