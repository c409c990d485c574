// Processes as a table and as a tree, for people.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/model/columns.hpp"
#include "ptop/render/output.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

/// A cell's text, escaped, not padded: bytes as 1.2M, times as 0:03. Unavailable: "-" (denied, unsupported,
/// or there is no such figure), "" (gone, not read), "timeout".
std::string cell_text(const model::Column& column, const model::Row& row);

/// The role a process's row or name is painted in: zombie, stopped, traced, orphan, kthread, running, plain.
Role role_of(const model::Sample& sample, const model::Classification& classification);

/// "zombie of 12 (exit 3)", "orphan, adopted by 1", "stopped", "traced": what is wrong, in words; "" when
/// nothing.
std::string trouble_text(const model::Sample& sample, const model::Classification& classification);

/// Tree-drawing prefixes: "├─ ", "└─ ", "│  ", "   "; ASCII: "|- ", "`- ".
struct TreeGlyphs {
  std::string_view branch, last, pass, gap;
};
const TreeGlyphs& tree_glyphs(bool ascii);

struct TableOptions {
  std::vector<model::ColumnId> columns;
  std::size_t terminal_columns = 0;  ///< cut lines to fit; 0: never cut
  bool headers = true;
  bool tree = false;  ///< indent the command column as a tree
  bool ascii = false;
};
/// Rows are already filtered and sorted; as a tree, threads stand behind their process.
void write_table(LineOutput& out, const model::Scene& scene, std::span<const model::TaskIndex> rows,
                 const TableOptions& options, const Paint& paint);

struct TreeOptions {
  std::optional<model::ProcessIndex> root;  ///< nullopt: all
  std::size_t terminal_columns = 0;
  bool ascii = false;
};
/// Like pstree, with pid, state, user, age and what is wrong.
void write_tree(LineOutput& out, const model::Scene& scene, const TreeOptions& options, const Paint& paint);

}  // namespace ptop::render
