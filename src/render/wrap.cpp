// Greedy: as much into each line as fits.
#include "wrap.hpp"

#include <algorithm>

#include "ptop/base/escape.hpp"

namespace ptop::render {
namespace {

class Lines {
 public:
  explicit Lines(const Wrap& wrap) : wrap_(wrap) {}

  void add(std::string_view piece, std::size_t gap) {
    if (display_width(lines_.back()) + gap + display_width(piece) <= wrap_.columns) {
      lines_.back().append(gap, ' ') += piece;
    } else if (wrap_.hang + display_width(piece) <= wrap_.columns) {
      lines_.push_back(std::string(wrap_.hang, ' ').append(piece));
    } else if (piece.find(' ') != piece.npos) {
      add_words(piece, gap);
    } else {
      add(shorten_middle(piece, wrap_.columns - wrap_.hang, wrap_.ascii), gap);
    }
  }
  std::vector<std::string> take() { return std::move(lines_); }

 private:
  void add_words(std::string_view piece, std::size_t gap) {
    for (std::size_t end = 0; end != piece.npos; gap = 1) {
      end = piece.find(' ');
      add(piece.substr(0, end), gap);
      if (end != piece.npos) piece.remove_prefix(end + 1);
    }
  }

  const Wrap& wrap_;
  std::vector<std::string> lines_{""};
};

}  // namespace

std::vector<std::string> wrapped(std::string_view text, const Wrap& wrap) {
  if (wrap.columns <= wrap.hang || display_width(text) <= wrap.columns) return {std::string(text)};
  Lines lines(wrap);
  std::size_t gap = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("  "), text.size());
    lines.add(text.substr(0, end), gap);
    const std::size_t next = std::min(text.find_first_not_of(' ', end), text.size());
    gap = next - end;
    text.remove_prefix(next);
  }
  return lines.take();
}

}  // namespace ptop::render
