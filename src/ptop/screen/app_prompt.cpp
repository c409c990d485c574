// The line at the bottom where a search or a filter is typed.
#include <algorithm>

#include <fmt/format.h>

#include "app.hpp"
#include "characters.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t longest_text = 256;

}  // namespace

void App::open_prompt(PromptKind kind) {
  const std::string& filter = kind == PromptKind::pane_filter ? pane_filter_.text() : list_.filter().text();
  const bool goes_on = kind == PromptKind::filter || kind == PromptKind::pane_filter;
  prompt_ = Prompt{kind, goes_on ? filter : "", filter, list_.selected()};
}

void App::on_prompt_key(Key key) {
  const auto action = keymap_.find(key, Context::prompt);
  if (!action && printable(key) && prompt_->text.size() < longest_text) {
    append_character(prompt_->text, key);
    return prompt_changed();
  }
  if (!action) return;
  if (*action == Action::prompt_erase) return erase_character(prompt_->text), prompt_changed();
  if (*action == Action::prompt_clear) return prompt_->text.clear(), prompt_changed();
  if (prompt_->kind == PromptKind::oom) return on_oom_prompt(*action);
  if (prompt_->kind == PromptKind::details_search) return on_details_prompt(*action);
  if (prompt_->kind != PromptKind::search && prompt_->kind != PromptKind::filter)
    return on_pane_prompt(*action);
  const bool filter = prompt_->kind == PromptKind::filter;
  switch (*action) {
    case Action::prompt_complete:
      return filter ? complete_prompt() : search_next(list_.cursor() + 1);
    case Action::prompt_accept:
      // What is wrong stays on the screen, to be mended.
      if (filter && list_.filter().text() != prompt_->text) return;
      break;
    case Action::prompt_next:
      return filter ? void() : search_next(list_.cursor() + 1);
    case Action::prompt_previous:
      return filter ? void() : search_next(list_.cursor(), true);
    case Action::prompt_cancel:
      if (filter) cancel_filter();
      break;
    default:
      break;
  }
  message_.clear();
  prompt_.reset();
}

void App::cancel_filter() {
  prompt_->text = prompt_->before;
  prompt_changed();
  if (prompt_->from) list_.select(*prompt_->from);
}

void App::prompt_changed() {
  switch (prompt_->kind) {
    case PromptKind::search:
      search_ = prompt_->text;
      return search_next(list_.cursor());
    case PromptKind::filter:
      return set_filter(prompt_->text);
    case PromptKind::pane_search:
      pane_search_ = prompt_->text;
      return find_in_pane(false, true);
    case PromptKind::pane_filter:
      return set_pane_filter(prompt_->text);
    case PromptKind::details_search:
      details_search_ = prompt_->text;
      return find_in_details(false, true);
    case PromptKind::save_name:
    case PromptKind::oom:
      return message_.clear();
  }
}

/// A query that is not whole yet leaves the rows as they are, and says what it lacks.
void App::set_filter(std::string text) {
  message_.clear();
  auto filter = RowFilter::parse(std::move(text));
  if (!filter) return report(filter.error().message);
  list_.set_filter(std::move(*filter));
  scan_wanted_ = true;
  rearrange();
}

/// The longest beginning that all candidates share.
void App::complete_prompt() {
  const auto found = model::complete(prompt_->text, prompt_->text.size());
  if (found.candidates.empty()) return;
  std::string_view common = found.candidates.front();
  for (const std::string_view candidate : found.candidates) {
    const auto differ = std::mismatch(common.begin(), common.end(), candidate.begin(), candidate.end());
    common = common.substr(0, static_cast<std::size_t>(differ.first - common.begin()));
  }
  prompt_->text.replace(found.begin, prompt_->text.npos, common);
  prompt_changed();
  if (found.candidates.size() > 1) note(fmt::format("{}", fmt::join(found.candidates, " ")));
}

/// Back: the nearest one above `from`.
void App::search_next(std::size_t from, bool back) {
  message_.clear();
  const auto now = scene();
  if (!now) return;
  if (search_.empty()) return prompt_ ? void() : report("nothing was searched for yet");
  if (const auto row = list_.find_command(*now, search_, from, back)) {
    tags_ended_ = false;
    list_.move_to(*row);
  } else {
    report("no such command");
  }
}

}  // namespace ptop::app
