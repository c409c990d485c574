// One event in words, for the log and for whoever shows an event by itself.
#pragma once

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/follow/event.hpp"
#include "ptop/render/event_text.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

inline constexpr std::size_t verb_columns =
    6;  // "exec", "vfork", "signal": what comes after stands in one column
/// Columns that a shortened text keeps, however narrow the screen.
inline constexpr std::size_t least_command = 24;

/// A line being put together: text in roles, and how wide it is without them. `scratch` keeps its memory from
/// line to line. Refers to all three; none is owned.
class Line {
 public:
  Line(std::string& out, std::string& scratch, const Paint& paint)
      : out_(out), scratch_(scratch), paint_(paint) {}
  void add(Role role, std::string_view escaped_text) { add(role, escaped_text, display_width(escaped_text)); }
  void add(Role role, std::string_view escaped_text, std::size_t columns) {
    paint_.append(out_, role, escaped_text);
    width_ += columns;
  }
  void add(std::string_view escaped_text) { add(Role::plain, escaped_text); }
  template <class... Args>
  void format(Role role, fmt::format_string<Args...> text, Args&&... args) {
    fmt::memory_buffer formatted;
    fmt::format_to(std::back_inserter(formatted), text, std::forward<Args>(args)...);
    add(role, {formatted.data(), formatted.size()});
  }
  void pad_to(std::size_t column) {
    if (width_ >= column) return;
    out_.append(column - width_, ' ');
    width_ = column;
  }
  std::size_t width() const { return width_; }
  /// Empty, for text that is not made in one piece.
  std::string& scratch() {
    scratch_.clear();
    return scratch_;
  }

 private:
  std::string& out_;
  std::string& scratch_;
  const Paint& paint_;
  std::size_t width_ = 0;
};

/// Verb and words. `directory`: of an exec, escaped, where it is news. `below`: gets the lines that did not
/// fit; nullptr, with options that know no width: all goes into one.
void add_words(Line& line, const follow::Event& event, const TextOptions& options, std::string directory,
               std::vector<std::string>* below);

}  // namespace ptop::render
