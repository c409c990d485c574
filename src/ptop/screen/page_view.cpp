// Where one is on a page.
#include "page_view.hpp"

#include <algorithm>

#include "moves.hpp"
#include "row_filter.hpp"

namespace ptop::app {

void PageView::set_page(render::Page page) {
  page_ = std::move(page);
  lay_out();
}

void PageView::clear() { *this = PageView(self_); }

void PageView::fit(int columns, int rows, bool ascii) {
  if (columns != columns_ || ascii != ascii_) {
    columns_ = columns;
    ascii_ = ascii;
    lay_out();
  }
  scroll_.fit(static_cast<int>(lines_.size()), rows);
  if (!placed_ && page_) {
    // What one came for is likely there.
    const auto first =
        std::ranges::find_if(lines_, [](const auto& line) { return !line.processes().empty(); });
    const auto at = static_cast<std::size_t>(first - lines_.begin());
    cursor_ = at < std::min<std::size_t>(lines_.size(), static_cast<std::size_t>(rows)) ? at : 0;
    placed_ = true;
  }
}

/// Before the first drawing the width is not known.
void PageView::lay_out() {
  if (!page_ || columns_ <= 0) return;
  lines_ = render::page_lines(*page_, {.columns = static_cast<std::size_t>(columns_), .ascii = ascii_});
  names_any_ = false;
  for (std::size_t i = 0; i < lines_.size() && !names_any_; ++i) names_any_ = !named_on(i).empty();
  cursor_ = std::min(cursor_, lines_.empty() ? 0 : lines_.size() - 1);
  if (hit_ && *hit_ >= lines_.size()) hit_.reset();
}

std::size_t PageView::lines_below() const {
  return static_cast<std::size_t>(std::max(0, scroll_.lines - scroll_.top - scroll_.height));
}

std::vector<ProcessKey> PageView::named_on(std::size_t line) const {
  std::vector<ProcessKey> named;
  for (const ProcessKey& process : lines_[line].processes()) {
    if (process != self_ && std::ranges::find(named, process) == named.end()) named.push_back(process);
  }
  return named;
}

std::vector<ProcessKey> PageView::named_here() const {
  if (!names_any_ || cursor_ >= lines_.size()) return {};
  return named_on(cursor_);
}

void PageView::show(std::size_t line) {
  const int at = static_cast<int>(line);
  scroll_.top = std::clamp(scroll_.top, std::max(0, at - scroll_.height + 1), at);
}

void PageView::move_to(std::size_t line) {
  if (lines_.empty()) return;
  cursor_ = std::min(line, lines_.size() - 1);
  show(cursor_);
}

void PageView::move(Action action) {
  hit_.reset();
  if (!names_any_) return scroll_.scroll(action);
  if (action == Action::home) return move_to(0);
  if (action == Action::end) return move_to(lines_.size());
  const auto by = lines_moved(action, static_cast<std::size_t>(scroll_.height));
  if (!by) return;
  const auto at = static_cast<std::ptrdiff_t>(cursor_) + *by;
  move_to(static_cast<std::size_t>(std::max<std::ptrdiff_t>(at, 0)));
}

bool PageView::find(std::string_view text, bool back, bool from_here) {
  const std::size_t count = lines_.size();
  if (count == 0) return false;
  const std::size_t here = hit_.value_or(names_any_ ? cursor_ : top());
  for (std::size_t i = from_here ? 0 : 1; i < count + (from_here ? 0 : 1); ++i) {
    const std::size_t line = (here + (back ? count - i % count : i)) % count;
    if (find_ignoring_case(lines_[line].plain(), text) == std::string::npos) continue;
    hit_ = line;
    move_to(line);
    return true;
  }
  return false;
}

}  // namespace ptop::app
