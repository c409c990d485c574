// The line at the bottom where a search or a filter is typed.
#include <algorithm>

#include <fmt/format.h>

#include "app.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t longest_text = 256;

void append_character(std::string& out, Key c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  if (c >= 0x10000)
    out += static_cast<char>(0xf0 | c >> 18), out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
  else if (c >= 0x800)
    out += static_cast<char>(0xe0 | c >> 12);
  if (c >= 0x800)
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
  else
    out += static_cast<char>(0xc0 | c >> 6);
  out += static_cast<char>(0x80 | (c & 0x3f));
}

void erase_character(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

bool printable(Key key) { return key >= 32 && key != 0x7f && key < 0x110000 && !(key >= 0x80 && key < 0xa0); }

}  // namespace

void App::open_prompt(PromptKind kind) {
  const std::string& filter = list_.filter().text();
  prompt_ = Prompt{kind, kind == PromptKind::filter ? filter : "", filter};
}

void App::on_prompt_key(Key key) {
  const auto action = find_action(key, Context::prompt);
  if (!action && printable(key) && prompt_->text.size() < longest_text) {
    append_character(prompt_->text, key);
    return prompt_changed();
  }
  if (!action) return;
  const bool filter = prompt_->kind == PromptKind::filter;
  switch (*action) {
    case Action::prompt_erase:
      erase_character(prompt_->text);
      return prompt_changed();
    case Action::prompt_clear:
      prompt_->text.clear();
      return prompt_changed();
    case Action::prompt_complete:
      return filter ? complete_prompt() : search_next(list_.cursor() + 1);
    case Action::prompt_accept:
      // What is wrong stays on the screen, to be mended.
      if (filter && list_.filter().text() != prompt_->text) return;
      break;
    case Action::prompt_next:
      return filter ? void() : search_next(list_.cursor() + 1);
    case Action::prompt_cancel:
      if (filter) prompt_->text = prompt_->before, prompt_changed();
      break;
    default:
      break;
  }
  message_.clear();
  prompt_.reset();
}

void App::prompt_changed() {
  if (prompt_->kind == PromptKind::search) return search_next(list_.cursor());
  set_filter(prompt_->text);
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

void App::search_next(std::size_t from) {
  search_ = prompt_->text;
  message_.clear();
  const auto now = scene();
  if (search_.empty() || !now) return;
  if (const auto row = list_.find_command(*now, search_, from)) {
    list_.move_to(*row);
  } else {
    report("no such command");
  }
}

}  // namespace ptop::app
