// A page of text as data: sections of labelled lines. A command writes it, a pane of the screen draws it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/render/output.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

/// Escaped text in one role.
struct Span {
  Role role = Role::plain;
  std::string text;
};

class StyledText {
 public:
  StyledText() = default;
  StyledText(std::string text, Role role = Role::plain) { add(std::move(text), role); }  // implicit
  StyledText(const char* text) : StyledText(std::string(text)) {}                        // implicit
  StyledText& add(std::string text, Role role = Role::plain);
  StyledText& add(const char* text, Role role = Role::plain) { return add(std::string(text), role); }
  StyledText& add(const StyledText& other);
  /// It is about that process, among others: a screen can go there.
  StyledText& name(ProcessKey process);
  const std::vector<ProcessKey>& processes() const { return processes_; }
  bool empty() const { return spans_.empty(); }
  const std::vector<Span>& spans() const { return spans_; }
  std::string plain() const;  ///< the text alone

 private:
  std::vector<Span> spans_;
  std::vector<ProcessKey> processes_;
};

struct PageLine {
  std::string label;  ///< stands left of the text; empty: the text goes on with what is above
  StyledText text;
  /// A row of a table: without this it is cut where the page ends, with it wrapped, indented so far. Lines
  /// that are no rows are wrapped below their text.
  bool is_row = false;
  std::optional<std::size_t> hanging{};
};

struct PageSection {
  std::string_view title;
  std::vector<PageLine> lines;
};

struct Page {
  StyledText headline;
  std::vector<StyledText> troubles;  ///< what is wrong, a sentence each
  std::vector<PageSection> sections;
};

struct PageLook {
  std::size_t columns = 0;  ///< wrap and cut to fit; 0: neither (not a terminal)
  bool ascii = false;
};

/// The page as lines that fit. Each is complete: no role goes on in the next one, and each names the
/// processes that the whole of its PageLine does.
std::vector<StyledText> page_lines(const Page& page, const PageLook& look);
void write_page(LineOutput& out, const Page& page, const PageLook& look, const Paint& paint);

}  // namespace ptop::render
