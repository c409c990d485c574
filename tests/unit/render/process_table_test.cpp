// Cells, tables and trees of a small machine.
#include "ptop/render/process_table.hpp"

#include "golden.hpp"
#include "ptop/base/escape.hpp"
#include "scenes.hpp"
#include "support/catch.hpp"

using namespace ptop;
using model::ColumnId;

namespace {

std::string cell(const test::Machine& machine, int pid, ColumnId id) {
  return render::cell_text(model::column(id), machine.row(test::index_of(machine, pid)));
}

std::string table_of(const test::Machine& machine, const render::TableOptions& options) {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::write_table(out, machine.scene(), machine.rows(), options, render::Paint(false));
  out.flush();
  return test::contents(file);
}

std::string tree_of(const test::Machine& machine, const render::TreeOptions& options) {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::write_tree(out, machine.scene(), options, render::Paint(false));
  out.flush();
  return test::contents(file);
}

const std::vector<ColumnId> some_columns{ColumnId::pid, ColumnId::user, ColumnId::tty, ColumnId::rss,
                                         ColumnId::command};

}  // namespace

TEST_CASE("cell_text: a command line as typed, a title as meant, [comm] without any", "[render]") {
  const test::Machine machine;
  CHECK(cell(machine, 1, ColumnId::command) == "/sbin/init");
  CHECK(cell(machine, 2, ColumnId::command) == "[kthreadd]");
  CHECK(cell(machine, 20, ColumnId::command) == "sshd: /usr/sbin/sshd -D [listener]");
  CHECK(cell(machine, 31, ColumnId::command) == "odd 'a b' $'\\xff'");
  CHECK(cell(machine, 40, ColumnId::command) == "[secret]");
}

TEST_CASE("cell_text: strangers' bytes are escaped", "[render]") {
  const test::Machine machine;
  CHECK(cell(machine, 31, ColumnId::comm) == "od)d\\n\\x1b[2J\\xff");
  CHECK(cell(machine, 31, ColumnId::exe) == "/tmp/\\xff (deleted)");
}

TEST_CASE("cell_text: forbidden, slow and zero are different", "[render]") {
  const test::Machine machine;
  CHECK(cell(machine, 40, ColumnId::exe) == "-");
  CHECK(cell(machine, 40, ColumnId::cgroup) == "timeout");
  CHECK(cell(machine, 30, ColumnId::nice) == "0");
  CHECK(cell(machine, 30, ColumnId::rss) == "1.2M");
  CHECK(cell(machine, 30, ColumnId::time_ns) == "0:01");
}

TEST_CASE("trouble_text: what is wrong, in words", "[render]") {
  const test::Machine machine;
  const auto trouble = [&](int pid) {
    const auto row = machine.row(test::index_of(machine, pid));
    return render::trouble_text(row.sample, machine.scene().classes[row.index]);
  };
  CHECK(trouble(32) == "zombie of 30 (exit 3)");
  CHECK(trouble(33) == "stopped");
  CHECK(trouble(30).empty());
}

TEST_CASE("write_table: columns line up and nothing is cut in a pipe", "[render]") {
  const test::Machine machine;
  test::check_golden("table.txt", table_of(machine, {.columns = some_columns}));
}

TEST_CASE("write_table: as a tree", "[render]") {
  const test::Machine machine;
  test::check_golden("table-tree.txt",
                     table_of(machine, {.columns = some_columns, .tree = true, .ascii = true}));
}

TEST_CASE("write_table: no line is wider than the terminal", "[render]") {
  const test::Machine machine;
  for (std::size_t columns = 1; columns < 60; ++columns) {
    const std::string text = table_of(machine, {.columns = some_columns, .terminal_columns = columns});
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = text.find('\n', start);
      CHECK(display_width(text.substr(start, end - start)) <= columns);
      start = end + 1;
    }
  }
}

TEST_CASE("write_table: without headers the first line is a process", "[render]") {
  const test::Machine machine;
  const auto text = table_of(machine, {.columns = {ColumnId::pid, ColumnId::comm}, .headers = false});
  CHECK(text.substr(0, text.find('\n')) == " 1 init");
}

TEST_CASE("write_table: a thread stands below its process, before the children", "[render]") {
  const test::Machine machine;
  const auto shell = test::index_of(machine, 30), child = test::index_of(machine, 33);
  const std::vector<model::TaskIndex> rows{{shell, {}}, {shell, 0}, {child, {}}};
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::write_table(out, machine.scene(), rows,
                      {.columns = {ColumnId::pid, ColumnId::tid, ColumnId::comm},
                       .headers = false,
                       .tree = true,
                       .ascii = true},
                      render::Paint(false));
  out.flush();
  CHECK(test::contents(file) == "30 30 bash\n30 35 |  worker\n33 33 `- vim\n");
}

TEST_CASE("write_tree: pid, user, age and what is wrong", "[render]") {
  const test::Machine machine;
  test::check_golden("tree.txt", tree_of(machine, {}));
  test::check_golden("tree-ascii.txt", tree_of(machine, {.ascii = true}));
}

TEST_CASE("write_tree: a subtree begins at the margin", "[render]") {
  const test::Machine machine;
  const auto text = tree_of(machine, {.root = test::index_of(machine, 30)});
  CHECK(text.rfind("bash 30  ", 0) == 0);
  CHECK(text.find("sshd") == std::string::npos);
}

TEST_CASE("write_tree: a chain of 20000 processes has lines of bounded width", "[render]") {
  const test::Machine machine(20000);
  const auto text = tree_of(machine, {});
  CHECK(text.find("(+19959) ") != std::string::npos);
  CHECK(text.size() < 20000 * 250);
}
