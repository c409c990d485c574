// A page on the screen: as lines of its width, scrolled and searched, with a cursor where lines name
// processes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "keymap.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/render/page.hpp"
#include "scroll_view.hpp"

namespace ptop::app {

class PageView {
 public:
  /// `self`: whom it is about; to go there is no use.
  explicit PageView(ProcessKey self) : self_(self) {}

  /// As it was read again: the cursor stays on its line.
  void set_page(render::Page page);
  /// Another page comes: nothing is known of it yet.
  void clear();
  bool known() const { return page_.has_value(); }

  /// Lays it out for this size, if it was for another one.
  void fit(int columns, int rows, bool ascii);
  const std::vector<render::StyledText>& lines() const { return lines_; }
  std::size_t top() const { return static_cast<std::size_t>(scroll_.top); }
  std::size_t lines_below() const;
  /// The line that is meant by a key. nullopt: no line names a process.
  std::optional<std::size_t> cursor() const { return names_any_ ? std::optional(cursor_) : std::nullopt; }
  /// Whom that line names, each once.
  std::vector<ProcessKey> named_here() const;

  void move(Action action);
  void move_to(std::size_t line);
  /// The next line with `text` from the one found last, or from here; again from the other end.
  bool find(std::string_view text, bool back, bool from_here);
  std::optional<std::size_t> hit() const { return hit_; }

 private:
  std::vector<ProcessKey> named_on(std::size_t line) const;
  void lay_out();
  void show(std::size_t line);

  ProcessKey self_;
  std::optional<render::Page> page_;
  std::vector<render::StyledText> lines_;
  int columns_ = 0;
  bool ascii_ = false, names_any_ = false, placed_ = false;
  std::size_t cursor_ = 0;
  std::optional<std::size_t> hit_;
  ScrollView scroll_;
};

}  // namespace ptop::app
