// The keys of the pane: scrolling, filter, search, counters, saving.
#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/format.h>

#include "app.hpp"
#include "moves.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/render/units.hpp"

namespace ptop::app {
namespace {

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

void App::act_on_pane(Action action) {
  switch (action) {
    case Action::toggle_calls:
      return toggle_calls();
    case Action::pane_counts:
      counts_shown_ = !counts_shown_;
      return;
    case Action::pane_zoom:
      pane_zoomed_ = !pane_zoomed_;
      return;
    case Action::pane_save:
      return toggle_saving();
    case Action::filter:
      return open_prompt(PromptKind::pane_filter);
    case Action::detach:
      return escape_pane();
    case Action::next_order:
      counts_order_ =
          static_cast<CallOrder>((static_cast<std::size_t>(counts_order_) + 1) % call_order_count);
      return;
    case Action::invert_sort:
      counts_turned_ = !counts_turned_;
      return;
    default:
      return counts_shown_ ? counts_view_.scroll(action) : act_on_lines(action);
  }
}

void App::act_on_lines(Action action) {
  if (const auto lines = lines_moved(action, pane_height_)) return events_.scroll(*lines, pane_height_);
  switch (action) {
    case Action::home:
      return events_.scroll_to_start();
    case Action::end:
      return events_.scroll_to_end();
    case Action::pane_pause:
      return events_.freeze(pane_height_);
    case Action::search:
      return open_prompt(PromptKind::pane_search);
    case Action::search_again:
    case Action::search_back:
      return find_in_pane(action == Action::search_back, false);
    case Action::left:
      pane_scroll_ = std::max(0, pane_scroll_ - side_step);
      return;
    case Action::right:
      pane_scroll_ += side_step;
      return;
    default:
      return;
  }
}

void App::toggle_calls() {
  if (!ports_.follow->active()) return report("nothing is followed");
  calls_on_ = !calls_on_;
  using decode::SyscallSet;
  ports_.follow->set_calls(calls_on_ ? pane_filter_.calls().value_or(SyscallSet::all()) : SyscallSet::none());
  note(calls_on_ ? "system calls too; they are slowed down" : "no system calls any more");
}

/// A filter that is not whole yet leaves the lines as they are, and says what it lacks.
void App::set_pane_filter(std::string text) {
  message_.clear();
  auto filter = EventFilter::parse(std::move(text));
  if (!filter) return report(filter.error().what);
  pane_filter_ = *std::move(filter);
  pane_hit_.reset();
  scan_wanted_ = true;
  ports_.follow->feed().prefer(pane_filter_.calls());
  if (pane_filter_.empty()) return events_.set_filter({});
  events_.set_filter(
      [this](const EventLine& line) { return pane_filter_.matches(line) && is_of_wanted_process(line); });
}

/// One that no scan has seen yet, or that has ended, cannot be asked, and is shown.
bool App::is_of_wanted_process(const EventLine& line) {
  if (pane_filter_.query().matches_everything() || !frame_) return true;
  const auto index = model::find_index(frame_->snapshot, line.pid);
  if (!index) return true;
  const model::Scene now = scene_of(*frame_);
  return pane_filter_.query().matches({now, frame_->snapshot.processes[*index], *index});
}

void App::find_in_pane(bool back, bool from_here) {
  message_.clear();
  if (pane_search_.empty()) return prompt_ ? void() : report("nothing was searched for yet");
  const std::size_t here = pane_hit_.value_or(events_.first_shown(pane_height_));
  const auto found = events_.find(pane_search_, back || from_here ? here : here + 1, back);
  if (!found) return report("no line has that");
  pane_hit_ = found;
  events_.go_to(*found, pane_height_);
}

void App::toggle_saving() {
  EventFeed& feed = ports_.follow->feed();
  if (const auto saving = feed.saving()) {
    feed.stop_saving("no more wanted");
    return note(fmt::format("{} has {} events", escaped(saving->path), saving->events));
  }
  if (followed_.empty()) return report("nothing is followed");
  open_prompt(PromptKind::save_name);
}

void App::save_to(const std::string& path, SavedLog::Overwrite overwrite) {
  auto log = SavedLog::open(path, overwrite);
  if (log) {
    ports_.follow->feed().save(*std::move(log));
    return note(fmt::format("saving to {}", escaped(path)));
  }
  if (log.error().sys != EEXIST) return report("cannot save: " + describe(log.error()));
  Menu menu{.title = fmt::format("{} is there already", escaped(file_name(path)))};
  menu.items = {
      {"choose another name", "", [this] { open_prompt(PromptKind::save_name); }},
      {"overwrite it", "what is in it is lost", [this, path] { save_to(path, SavedLog::Overwrite::yes); }}};
  menu_ = std::move(menu);
}

/// The prompts of the pane: what Enter, Esc and the keys of a search do in them.
void App::on_pane_prompt(Action action) {
  const Prompt prompt = *prompt_;
  const bool search = prompt.kind == PromptKind::pane_search, filter = prompt.kind == PromptKind::pane_filter;
  switch (action) {
    case Action::prompt_next:
      return search ? find_in_pane(false, false) : void();
    case Action::prompt_previous:
      return search ? find_in_pane(true, false) : void();
    case Action::prompt_complete:
      return filter ? complete_prompt() : search ? find_in_pane(false, false) : void();
    case Action::prompt_accept:
      // What is wrong stays on the screen, to be mended.
      if (filter && pane_filter_.text() != prompt.text) return;
      break;
    case Action::prompt_cancel:
      if (filter) set_pane_filter(prompt.before);
      break;
    default:
      return;
  }
  message_.clear();
  prompt_.reset();
  if (action == Action::prompt_accept && prompt.kind == PromptKind::save_name && !prompt.text.empty())
    save_to(prompt.text, SavedLog::Overwrite::no);
}

std::string App::pane_title() {
  if (followed_.empty()) return "";
  const bool active = ports_.follow->active();
  std::string out = active ? "Following" : "Followed";
  std::size_t named = 0, others = 0;
  for (const Followed& f : followed_) {
    if (active && !ports_.follow->follows(f.wish.process)) continue;
    constexpr std::size_t most_named = 2;
    if (named++ >= most_named) {
      ++others;
      continue;
    }
    out += fmt::format("{} {} {}{}", named == 1 ? "" : ",", f.wish.process.pid.raw(), f.name,
                       f.wish.tree ? " and its descendants" : "");
  }
  if (others > 0) out += fmt::format(" and {} more", others);
  if (calls_on_) out += ", system calls too";
  out += fmt::format(": {} events", events_.total());
  if (!active && !end_reason_.empty()) out += fmt::format(" ({})", end_reason_);
  return out;
}

/// What became of the lines: filter, history, what is not in it, the file.
std::string App::pane_status() {
  std::vector<std::string> parts;
  if (!pane_filter_.empty()) parts.push_back("filter: " + escaped(pane_filter_.text()));
  if (const auto saving = ports_.follow->feed().saving()) {
    const std::string file = escaped(saving->path);
    parts.push_back(saving->error != 0 ? fmt::format("{} is not written any more: {}", file,
                                                     describe(os_error(saving->error, "")))
                                       : fmt::format("{} events saved to {}", saving->events, file));
  }
  if (events_.lost() > 0) parts.push_back(fmt::format("{} lost", events_.lost()));
  if (events_.skipped() > 0) parts.push_back(fmt::format("{} too fast to be shown", events_.skipped()));
  if (events_.dropped() > 0) parts.push_back(fmt::format("{} oldest dropped", events_.dropped()));
  if (events_.bytes() > events_.most_bytes() / 2)
    parts.push_back(fmt::format("history {} of {}", render::human_bytes(events_.bytes()),
                                render::human_bytes(events_.most_bytes())));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace ptop::app
