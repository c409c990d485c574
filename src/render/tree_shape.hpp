// Which line is drawn below which: the tree as far as it is shown.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ptop/model/tree.hpp"
#include "ptop/render/process_table.hpp"

namespace ptop::render {

/// Rows in the order of their lines, parents first. A row whose parent is not shown hangs on the nearest
/// ancestor that is.
class TreeShape {
 public:
  TreeShape(const model::Tree& tree, std::span<const model::ProcessIndex> rows);
  /// What stands before the name: "│  └─ ". Levels beyond the innermost 40 are counted: "(+3) │  └─ ".
  std::string prefix(model::ProcessIndex row, const TreeGlyphs& glyphs) const;
  /// What stands before a line that belongs to the row above: a thread of the process. The lines to later
  /// siblings and to the row's children go on.
  std::string prefix_below(model::ProcessIndex row, const TreeGlyphs& glyphs) const;

 private:
  struct Place {
    std::optional<model::ProcessIndex> parent;
    bool last = true;  ///< of its siblings
    bool has_children = false;
  };
  std::string drawn(model::ProcessIndex row, const TreeGlyphs& glyphs, bool own_branch) const;

  std::vector<Place> places_;  // by process index
};

}  // namespace ptop::render
