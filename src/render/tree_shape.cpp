// Places of shown processes in the drawn tree.
#include "tree_shape.hpp"

#include <fmt/format.h>

namespace ptop::render {
namespace {

constexpr std::size_t deepest_drawn = 40;

}  // namespace

TreeShape::TreeShape(const model::Tree& tree, std::span<const model::ProcessIndex> rows)
    : places_(tree.nodes.size()) {
  std::vector<bool> shown(tree.nodes.size());
  for (const auto row : rows) shown[row] = true;
  std::vector<std::optional<model::ProcessIndex>> last_child(tree.nodes.size());
  for (const auto row : rows) {
    auto parent = tree.nodes[row].parent;
    while (parent && !shown[*parent]) parent = tree.nodes[*parent].parent;
    places_[row].parent = parent;
    if (!parent) continue;
    places_[*parent].has_children = true;
    auto& previous = last_child[*parent];
    if (previous) places_[*previous].last = false;
    previous = row;
  }
}

std::string TreeShape::prefix(model::ProcessIndex row, const TreeGlyphs& glyphs) const {
  return drawn(row, glyphs, true);
}

std::string TreeShape::prefix_below(model::ProcessIndex row, const TreeGlyphs& glyphs) const {
  return drawn(row, glyphs, false).append(places_[row].has_children ? glyphs.pass : glyphs.gap);
}

std::string TreeShape::drawn(model::ProcessIndex row, const TreeGlyphs& glyphs, bool own_branch) const {
  std::vector<std::string_view> parts;  // innermost first
  std::size_t depth = 0;
  for (auto at = row; places_[at].parent; at = *places_[at].parent, ++depth) {
    if (depth >= deepest_drawn) continue;
    const bool own = own_branch && at == row, last = places_[at].last;
    parts.push_back(own ? (last ? glyphs.last : glyphs.branch) : (last ? glyphs.gap : glyphs.pass));
  }
  std::string text = depth > deepest_drawn ? fmt::format("(+{}) ", depth - deepest_drawn) : "";
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) text += *part;
  return text;
}

}  // namespace ptop::render
