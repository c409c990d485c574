// Where the columns of a summary go: the drawn tree, the commands, the figures.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace ptop::render {

/// Widest command of each level, the roots first.
using LevelWidths = std::span<const std::size_t>;

struct SummaryLayout {
  std::size_t room = 0;  ///< columns of tree, command and mark
  bool with_cpu = true, with_rss = true;
  std::size_t wide_levels = 0;    ///< are indented by three columns, the deeper ones by one
  std::size_t deepest_drawn = 0;  ///< deeper rows stand where these do, with their number

  /// Before the row of the last child of its parent, or of one of the others. `below`: the parent's passes().
  std::string branch(const std::string& below, std::size_t level, bool last, bool ascii) const;
  /// Before the rows below that one.
  std::string passes(const std::string& below, std::size_t level, bool last, bool ascii) const;
};

/// Columns of status, time, CPU and RSS without signs before them.
inline constexpr std::size_t figures_columns = 34;

/// Narrower indentation where the commands would have no room, fewer figures on a narrow terminal. `spare`:
/// columns that signs need beyond those.
SummaryLayout layout_for(std::size_t columns, LevelWidths widths, std::size_t spare);
/// Of a file, where nothing is cut as long as `most` columns are enough: `columns` become what is needed.
SummaryLayout layout_for_file(std::size_t& columns, std::size_t most, LevelWidths widths, std::size_t spare);

}  // namespace ptop::render
