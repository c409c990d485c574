// Lays a page out: labels in one column, text beside them, wrapped between words.
#include "ptop/render/page.hpp"

#include <algorithm>

#include "ptop/base/escape.hpp"

namespace ptop::render {
namespace {

constexpr std::size_t margin = 2, gap = 2, least_text_columns = 20;

StyledText cut(const StyledText& text, std::size_t columns) {
  StyledText out;
  for (const Span& span : text.spans()) {
    const std::string_view part = clip(span.text, columns);
    out.add(std::string(part), span.role);
    if (part.size() < span.text.size()) break;
    columns -= display_width(part);
  }
  return out;
}

/// Fills lines with words. What is longer than a line is broken where the line ends.
class Wrapper {
 public:
  Wrapper(std::vector<StyledText>& out, std::size_t columns, std::size_t indent)
      : out_(out), columns_(columns), indent_(indent) {}

  void begin(const StyledText& head, std::size_t used) {
    line_ = head;
    used_ = used;
    empty_ = true;
  }
  void add(const Span& span) {
    std::string_view rest = span.text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (end == 0) {
        // Blanks wait: at the end of a line nobody needs them.
        const std::size_t blanks = std::min(rest.find_first_not_of(' '), rest.size());
        pending_blanks_ += blanks;
        rest.remove_prefix(blanks);
        continue;
      }
      add_word(rest.substr(0, end), span.role);
      rest.remove_prefix(end);
    }
  }
  void end() {
    out_.push_back(cut(line_, columns_));
    line_ = {};
    pending_blanks_ = 0;
  }

 private:
  void add_word(std::string_view word, Role role) {
    std::size_t width = display_width(word);
    const std::size_t begin = used_ + pending_blanks_;
    const bool fits_on_next = indent_ + width <= columns_;
    if (!empty_ && pending_blanks_ > 0 && begin + width > columns_ && (fits_on_next || begin >= columns_))
      next_line();
    // Blanks at the beginning are kept: they indent.
    put_blanks(role);
    while (used_ + width > columns_) {
      const std::string_view part = clip(word, columns_ - std::min(columns_, used_));
      if (part.empty() && empty_) break;  // not even one character fits
      put(std::string(part), role, display_width(part));
      word.remove_prefix(part.size());
      width = display_width(word);
      next_line();
    }
    put(std::string(word), role, width);
    empty_ = false;
  }
  /// Between two words of one role they have it as well: one sequence of colour serves for all.
  void put_blanks(Role role) {
    const bool same = !line_.empty() && line_.spans().back().role == role;
    put(std::string(pending_blanks_, ' '), same ? role : Role::plain, pending_blanks_);
    pending_blanks_ = 0;
  }
  void put(std::string text, Role role, std::size_t width) {
    if (text.empty()) return;
    line_.add(std::move(text), role);
    used_ += width;
  }
  void next_line() {
    out_.push_back(cut(line_, columns_));  // its beginning may be too long
    line_ = StyledText(std::string(indent_, ' '));
    used_ = indent_;
    empty_ = true;
    pending_blanks_ = 0;
  }

  std::vector<StyledText>& out_;
  std::size_t columns_, indent_;
  StyledText line_;
  std::size_t used_ = 0, pending_blanks_ = 0;
  bool empty_ = true;  ///< nothing on the line but its beginning
};

class Layout {
 public:
  Layout(const Page& page, const PageLook& look)
      : page_(page), columns_(look.columns == 0 ? SIZE_MAX : look.columns) {
    for (const PageSection& section : page.sections) {
      for (const PageLine& line : section.lines)
        label_width_ = std::max(label_width_, display_width(line.label));
    }
  }

  std::vector<StyledText> run() {
    wrap({}, 0, 2, page_.headline);
    for (const StyledText& trouble : page_.troubles)
      named(trouble, [&] { wrap(StyledText("! ", Role::bad), 2, 2, trouble); });
    for (const PageSection& section : page_.sections) add(section);
    return std::move(out_);
  }

 private:
  void add(const PageSection& section) {
    out_.emplace_back();
    out_.push_back(cut(StyledText(std::string(section.title), Role::header), columns_));
    for (const PageLine& line : section.lines) named(line.text, [&] { add(line); });
  }
  /// Whatever lines `add_lines` makes name whom `text` names.
  template <class AddLines>
  void named(const StyledText& text, AddLines add_lines) {
    const std::size_t first = out_.size();
    add_lines();
    for (std::size_t i = first; i < out_.size(); ++i) {
      for (const ProcessKey& process : text.processes()) out_[i].name(process);
    }
  }
  void add(const PageLine& line) {
    if (line.is_row) {
      StyledText row(std::string(margin, ' '));
      row.add(line.text);
      if (!line.hanging) return out_.push_back(cut(row, columns_));
      return wrap({}, 0, margin + *line.hanging, row);
    }
    // On a narrow terminal the labels give way.
    std::size_t indent = margin + label_width_ + gap;
    if (columns_ < indent + least_text_columns) indent = margin + gap;
    const std::size_t label = display_width(line.label);
    StyledText head(std::string(margin, ' '));
    head.add(line.label, Role::faint);
    const std::size_t used = std::max(indent, margin + label + (label == 0 ? 0 : 1));
    head.add(std::string(used - margin - label, ' '));
    wrap(head, used, indent, line.text);
  }
  void wrap(const StyledText& head, std::size_t used, std::size_t indent, const StyledText& text) {
    Wrapper wrapper(out_, std::max<std::size_t>(columns_, 1), std::min(indent, columns_ / 2));
    wrapper.begin(head, used);
    for (const Span& span : text.spans()) wrapper.add(span);
    wrapper.end();
  }

  const Page& page_;
  std::size_t columns_, label_width_ = 0;
  std::vector<StyledText> out_;
};

}  // namespace

StyledText& StyledText::add(std::string text, Role role) {
  if (text.empty()) return *this;
  if (!spans_.empty() && spans_.back().role == role) {
    spans_.back().text += text;
  } else {
    spans_.push_back({role, std::move(text)});
  }
  return *this;
}

StyledText& StyledText::add(const StyledText& other) {
  for (const Span& span : other.spans_) add(span.text, span.role);
  processes_.insert(processes_.end(), other.processes_.begin(), other.processes_.end());
  return *this;
}

StyledText& StyledText::name(ProcessKey process) {
  processes_.push_back(process);
  return *this;
}

std::string StyledText::plain() const {
  std::string text;
  for (const Span& span : spans_) text += span.text;
  return text;
}

std::vector<StyledText> page_lines(const Page& page, const PageLook& look) {
  return Layout(page, look).run();
}

void write_page(LineOutput& out, const Page& page, const PageLook& look, const Paint& paint) {
  std::string text;
  for (const StyledText& line : page_lines(page, look)) {
    text.clear();
    for (const Span& span : line.spans()) paint.append(text, span.role, span.text);
    out.write(text);
    if (out.error() != 0) return;
  }
}

}  // namespace ptop::render
