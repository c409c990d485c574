// Rows and columns: widths, padding, cutting.
#include <algorithm>

#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"
#include "tree_shape.hpp"

namespace ptop::render {
namespace {

using namespace model;

// A left-aligned column that is not the last one gets no more than this: one long cgroup name must not push
// all other rows apart. A longer text is cut on a terminal, and pushes its own row where nothing may be cut;
// there the longest escaped comm still has room, 15 bytes of four columns.
constexpr std::size_t middle_columns = 40, middle_columns_uncut = 64;

class Table {
 public:
  Table(const Scene& scene, std::span<const TaskIndex> rows, const TableOptions& options, const Paint& paint)
      : scene_(scene), rows_(rows), options_(options), paint_(paint) {
    if (options.tree) shape_.emplace(scene.tree, processes_of(rows));
    make_cells();
    measure();
  }

  void write(LineOutput& out) {
    if (options_.headers) out.write(header_line());
    for (std::size_t i = 0; i < rows_.size() && out.error() == 0; ++i) out.write(row_line(i));
  }

 private:
  struct Cell {
    std::string text;
    std::size_t width = 0;
  };

  static std::vector<ProcessIndex> processes_of(std::span<const TaskIndex> rows) {
    std::vector<ProcessIndex> processes;
    for (const TaskIndex task : rows) {
      if (processes.empty() || processes.back() != task.process) processes.push_back(task.process);
    }
    return processes;
  }

  std::string tree_prefix(TaskIndex task) const {
    const TreeGlyphs& glyphs = tree_glyphs(options_.ascii);
    return task.thread ? shape_->prefix_below(task.process, glyphs) : shape_->prefix(task.process, glyphs);
  }

  std::size_t columns() const { return options_.columns.size(); }
  const Column& column_at(std::size_t c) const { return column(options_.columns[c]); }
  bool is_last(std::size_t c) const { return c + 1 == columns(); }

  void make_cells() {
    cells_.reserve(rows_.size() * columns());
    for (const TaskIndex task : rows_) {
      const Row row = row_of(scene_, task);
      for (const ColumnId id : options_.columns) {
        std::string text = cell_text(column(id), row);
        const bool named = id == ColumnId::command || id == ColumnId::comm;
        if (shape_ && named) text.insert(0, tree_prefix(task));
        const std::size_t width = display_width(text);
        cells_.push_back({std::move(text), width});
      }
    }
  }

  void measure() {
    const std::size_t most = options_.terminal_columns == 0 ? middle_columns_uncut : middle_columns;
    for (std::size_t c = 0; c < columns(); ++c) {
      std::size_t widest = options_.headers ? display_width(column_at(c).title) : 0;
      for (std::size_t i = c; i < cells_.size(); i += columns()) widest = std::max(widest, cells_[i].width);
      const bool left = column_at(c).align == Align::left;
      widths_.push_back(left ? std::min(widest, most) : widest);
    }
  }

  std::string header_line() const {
    std::string line;
    for (std::size_t c = 0; c < columns(); ++c) {
      const auto title = column_at(c).title;
      append_padded(line, c, title, display_width(title));
    }
    std::string painted;
    paint_.append(painted, Role::header, fitted(line));
    return painted;
  }

  std::string row_line(std::size_t i) const {
    std::string line;
    for (std::size_t c = 0; c < columns(); ++c) {
      const Cell& cell = cells_[i * columns() + c];
      append_padded(line, c, cell.text, cell.width);
    }
    const Row row = row_of(scene_, rows_[i]);
    const Role role = role_of(row.sample, scene_.classes[row.index]);
    std::string painted;
    paint_.append(painted, role, fitted(line));
    return painted;
  }

  void append_padded(std::string& line, std::size_t c, std::string_view text, std::size_t width) const {
    if (c > 0) line += ' ';
    const bool left = column_at(c).align == Align::left;
    if (left && !is_last(c) && options_.terminal_columns != 0 && width > widths_[c]) {
      text = clip(text, widths_[c]);
      width = display_width(text);
    }
    const std::size_t padding = width < widths_[c] ? widths_[c] - width : 0;
    if (!left) line.append(padding, ' ');
    line += text;
    if (left && !is_last(c)) line.append(padding, ' ');
  }

  std::string_view fitted(const std::string& line) const {
    return options_.terminal_columns == 0 ? std::string_view(line) : clip(line, options_.terminal_columns);
  }

  const Scene& scene_;
  std::span<const TaskIndex> rows_;
  const TableOptions& options_;
  const Paint& paint_;
  std::optional<TreeShape> shape_;
  std::vector<Cell> cells_;  // row by row
  std::vector<std::size_t> widths_;
};

}  // namespace

void write_table(LineOutput& out, const Scene& scene, std::span<const TaskIndex> rows,
                 const TableOptions& options, const Paint& paint) {
  Table(scene, rows, options, paint).write(out);
}

}  // namespace ptop::render
