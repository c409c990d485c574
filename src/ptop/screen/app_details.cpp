// The screen about one process: opening it, its pages, going to processes that they name, and back.
#include <algorithm>

#include <fmt/format.h>

#include "app.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::app {

void App::open_details(DetailsTab tab) {
  const model::Sample* process = selected_sample();
  if (process == nullptr) return report(nothing_selected());
  show_details(process->process_key(), escaped(process->stat.comm), tab);
}

void App::show_details(ProcessKey process, std::string name, DetailsTab tab) {
  details_ = Details{.wish = {process, tab, ascii()}, .name = std::move(name), .view = PageView(process)};
  ports_.details->ask(details_->wish);
}

void App::switch_details(int by) {
  const auto count = static_cast<int>(details_tab_count);
  go_to_details(static_cast<DetailsTab>((static_cast<int>(details_->wish.tab) + by + count) % count));
}

void App::go_to_details(DetailsTab tab) {
  details_->wish.tab = tab;
  details_->view.clear();
  ports_.details->ask(details_->wish);
}

void App::act_on_details(Action action) {
  switch (action) {
    case Action::details_close:
      return close_details();
    case Action::details_back:
      return go_back();
    case Action::details_go:
      return go_to_named();
    case Action::user_stacks:
      return ask_for_stacks();
    case Action::search:
      return open_prompt(PromptKind::details_search);
    case Action::search_again:
    case Action::search_back:
      return find_in_details(action == Action::search_back, false);
    case Action::next_tab:
      return switch_details(1);
    case Action::previous_tab:
      return switch_details(-1);
    default:
      details_->view.move(action);
  }
}

/// "4711 nginx"; of one that no scan has seen yet, or any more, the pid alone.
std::string App::label_of(ProcessKey process) const {
  const model::Sample* sample = frame_ ? model::find_process(frame_->snapshot, process.pid) : nullptr;
  if (sample == nullptr || sample->process_key() != process) return std::to_string(process.pid.raw());
  return fmt::format("{} {}", process.pid.raw(), escaped(sample->stat.comm));
}

/// Whom Enter leads to.
std::string App::goes_to() const {
  const auto named = details_->view.named_here();
  if (named.empty()) return "";
  return named.size() == 1 ? label_of(named[0]) : fmt::format("{} processes", named.size());
}

/// Of several, which one is asked.
void App::go_to_named() {
  const auto named = details_->view.named_here();
  if (named.empty()) return report("no other process is named on this line");
  if (named.size() == 1) return go_to_process(named[0]);
  Menu menu{.title = "Go to"};
  for (const ProcessKey process : named)
    menu.items.push_back({label_of(process), "", [this, process] { go_to_process(process); }});
  menu_ = std::move(menu);
}

/// The same page about another process.
void App::go_to_process(ProcessKey process) {
  const model::Sample* sample = frame_ ? model::find_process(frame_->snapshot, process.pid) : nullptr;
  if (sample == nullptr || sample->process_key() != process)
    return report(fmt::format("{} has ended", process.pid.raw()));
  const DetailsTab tab = details_->wish.tab;
  details_before_.push_back(*std::exchange(details_, std::nullopt));
  show_details(process, escaped(sample->stat.comm), tab);
}

void App::go_back() {
  if (details_before_.empty()) return close_details();
  details_ = std::move(details_before_.back());
  details_before_.pop_back();
  details_->wish.stacks = 0;
  ports_.details->ask(details_->wish);
}

/// Whoever went from one to another finds the last one selected, if its row is shown.
void App::close_details() {
  const ProcessKey last = details_->wish.process;
  const bool travelled = !details_before_.empty();
  details_.reset();
  details_before_.clear();
  if (!travelled) return;
  const auto& rows = list_.rows();
  const auto is_last = [&](const ListRow& row) { return !row.ended() && row.key() == last; };
  const auto row = std::ranges::find_if(rows, is_last);
  if (row != rows.end()) list_.move_to(static_cast<std::size_t>(row - rows.begin()));
}

/// A stop, however short, is something that is done to the process.
void App::ask_for_stacks() {
  if (config_.readonly) return report("ptop was started with --readonly: nothing is stopped");
  if (!config_.live) return report("these are not this machine's processes");
  if (details_->wish.process.pid == config_.self) return report("ptop cannot stop itself");
  details_->wish.stacks = ++stacks_asked_;
  go_to_details(DetailsTab::stack);
}

void App::find_in_details(bool back, bool from_here) {
  message_.clear();
  if (details_search_.empty()) return prompt_ ? void() : report("nothing was searched for yet");
  if (!details_->view.find(details_search_, back, from_here)) report("no line has that");
}

void App::on_details_prompt(Action action) {
  switch (action) {
    case Action::prompt_next:
    case Action::prompt_complete:
      return find_in_details(false, false);
    case Action::prompt_previous:
      return find_in_details(true, false);
    case Action::prompt_cancel:
      details_search_.clear();
      break;
    case Action::prompt_accept:
      break;
    default:
      return;
  }
  message_.clear();
  prompt_.reset();
}

void App::on_details() {
  auto answer = ports_.details->take();
  if (!answer || !details_ || answer->wish != details_->wish) return;
  if (answer->page) {
    details_->view.set_page(std::move(*answer->page));
  } else {
    // What was seen last stays: it is what one wants to read when a process has ended.
    details_->trouble =
        answer->page.error().code == Errc::gone ? "it has ended" : describe(answer->page.error());
  }
}

}  // namespace ptop::app
