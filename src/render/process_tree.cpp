// Processes as a tree: who started whom, and what is wrong with whom.
#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"
#include "tree_shape.hpp"

namespace ptop::render {
namespace {

using namespace model;

std::vector<ProcessIndex> subtree(const Tree& tree, ProcessIndex root) {
  std::vector<ProcessIndex> rows, pending{root};
  while (!pending.empty()) {
    const ProcessIndex row = pending.back();
    pending.pop_back();
    rows.push_back(row);
    const auto children = tree.children_of(row);
    pending.insert(pending.end(), children.rbegin(), children.rend());
  }
  return rows;
}

/// Words for what is out of the ordinary; trouble_text() has the rest.
std::string state_words(const Sample& sample) {
  using procfs::TaskState;
  switch (sample.stat.state) {
    case TaskState::running:
    case TaskState::sleeping:
    case TaskState::idle:
    case TaskState::stopped:
    case TaskState::tracing_stop:
    case TaskState::zombie:
      return "";
    case TaskState::disk_sleep:
    case TaskState::dead:
    case TaskState::parked:
      break;
  }
  const auto name = procfs::task_state_name(sample.stat.state);
  if (name != "unknown") return std::string(name);
  return fmt::format("state {}", escaped(std::string(1, letter(sample.stat.state))));
}

/// "name 4711  alice  2h05m  4 threads  zombie of 12 (exit 3)", cut where the terminal ends.
class TreeLine {
 public:
  TreeLine(std::string& out, const Paint& paint, std::size_t columns)
      : out_(out), paint_(paint), left_(columns) {}
  void add(Role role, std::string_view text) {
    const auto shown = clip(text, left_);
    left_ = shown.size() == text.size() ? left_ - display_width(shown) : 0;
    paint_.append(out_, role, shown);
  }
  /// Two blanks before it; nothing for nothing.
  void add_part(Role role, std::string_view text) {
    if (text.empty()) return;
    add(Role::plain, "  ");
    add(role, text);
  }

 private:
  std::string& out_;
  const Paint& paint_;
  std::size_t left_;
};

Role trouble_role(Role of_process) { return of_process == Role::plain ? Role::warning : of_process; }

void add_process(TreeLine& line, const Row& row) {
  const Sample& sample = row.sample;
  const Classification& classification = row.scene.classes[row.index];
  const Role role = role_of(sample, classification);
  const bool kernel = classification.classes.has(Class::kthread);
  const std::string name = escaped(sample.stat.comm);
  line.add(role == Role::plain ? Role::name : role, kernel ? fmt::format("[{}]", name) : name);
  line.add(Role::pid, fmt::format(" {}", sample.pid.raw()));
  line.add_part(Role::user, cell_text(column(ColumnId::user), row));
  line.add_part(Role::faint, cell_text(column(ColumnId::age_ns), row));
  if (sample.stat.threads > 1) line.add_part(Role::faint, fmt::format("{} threads", sample.stat.threads));
  line.add_part(Role::warning, state_words(sample));
  line.add_part(trouble_role(role), trouble_text(sample, classification));
}

}  // namespace

void write_tree(LineOutput& out, const Scene& scene, const TreeOptions& options, const Paint& paint) {
  const auto rows = options.root ? subtree(scene.tree, *options.root) : scene.tree.preorder();
  const TreeShape shape(scene.tree, rows);
  const std::size_t columns = options.terminal_columns == 0 ? SIZE_MAX : options.terminal_columns;
  std::string text;
  for (const ProcessIndex row : rows) {
    text.clear();
    TreeLine line(text, paint, columns);
    line.add(Role::faint, shape.prefix(row, tree_glyphs(options.ascii)));
    add_process(line, Row{scene, scene.snapshot.processes[row], row});
    out.write(text);
    if (out.error() != 0) return;
  }
}

}  // namespace ptop::render
