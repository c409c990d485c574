// The pages about one process: a title, the names of the pages, and the one that is open.
#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

/// One line of the page. With a cursor on it, all of it is in that ink.
void draw_line(Region body, int row, std::size_t index, const DetailsView& view, const PageView& page) {
  const bool chosen = page.cursor() == index;
  if (chosen) body.fill(row, Ink::selection);
  if (view.plain && chosen) {
    body.put(row, 0, ">", Ink::selection);
    body.set_cursor(row, 0);
  }
  body.touch(row, 0, body.columns(), {Spot::Kind::details_line, index});
  int at = 1;
  for (const render::Span& span : page.lines()[index].spans())
    at += put_marked(body, row, at, span.text, view.match, chosen ? Ink::selection : ink_of(span.role));
}

}  // namespace

void draw_tab_bar(Region line, std::span<const std::string_view> names, std::size_t current, Spot::Kind kind,
                  bool plain) {
  const auto width = [](std::string_view name) { return static_cast<int>(name.size()) + 2; };
  // The current one is always there: what stands before it gives way.
  int wanted = 0;
  for (std::size_t i = 0; i <= current && i < names.size(); ++i) wanted += width(names[i]);
  std::size_t first = 0;
  while (first < current && wanted > line.columns()) wanted -= width(names[first++]);
  int at = 0;
  for (std::size_t i = first; i < names.size() && at + width(names[i]) <= line.columns(); ++i) {
    line.touch(0, at, width(names[i]), {kind, i});
    const bool marked = plain && i == current;
    at += line.put(0, at, marked ? fmt::format("[{}]", names[i]) : fmt::format(" {} ", names[i]),
                   i == current ? Ink::title_focused : Ink::title);
  }
}

void draw_details(Region screen, const DetailsView& view, PageView& page) {
  screen.fill(Ink::plain);
  screen.fill(0, Ink::header);
  const int used = screen.put(0, 1, view.title, Ink::header);
  if (!view.trouble.empty()) screen.put(0, used + 2, fmt::format(" {} ", view.trouble), Ink::error);
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < details_tab_count; ++i)
    names.push_back(details_tab_title(static_cast<DetailsTab>(i)));
  draw_tab_bar(screen.below(1), names, static_cast<std::size_t>(view.tab), Spot::Kind::details_tab,
               view.plain);
  const Region body = screen.part(2, 0, screen.rows() - 3, screen.columns());
  if (!page.known()) {
    body.put(0, 1, "being read", Ink::faint);
  } else {
    page.fit(std::max(body.columns() - 2, 1), body.rows(), view.ascii);
    for (int row = 0; row < body.rows(); ++row) {
      const std::size_t index = page.top() + static_cast<std::size_t>(row);
      if (index < page.lines().size()) draw_line(body, row, index, view, page);
    }
    if (page.lines_below() > 0)
      screen.put_right(0, screen.columns() - 1, fmt::format("{} more lines", page.lines_below()),
                       Ink::header);
  }
  const Region bottom = screen.below(screen.rows() - 1);
  draw_hint_bar(bottom, view.keymap, Context::details);
  if (!view.goes_to.empty())
    bottom.put_right(0, bottom.columns() - 1, fmt::format(" to {} ", view.goes_to), Ink::message);
}

}  // namespace ptop::app
