// Comma-separated values of a small machine.
#include "ptop/render/csv.hpp"

#include "scenes.hpp"
#include "support/catch.hpp"

using namespace ptop;
using model::ColumnId;

namespace {

std::string line(int pid, std::vector<ColumnId> columns) {
  const test::Machine machine;
  return render::csv_line(machine.row(test::index_of(machine, pid)), columns);
}

}  // namespace

TEST_CASE("csv_header: the keys", "[render]") {
  CHECK(render::csv_header(std::vector{ColumnId::pid, ColumnId::classes}) == "pid,class\r");
}

TEST_CASE("csv_line: numbers as JSON has them", "[render]") {
  CHECK(line(30, {ColumnId::pid, ColumnId::rss, ColumnId::utime_ns, ColumnId::mem}) ==
        "30,1228800,1500000000,0.114\r");
  CHECK(line(30, {ColumnId::exe_deleted}) == "false\r");
  CHECK(line(30, {ColumnId::children}) == "31 32 33 40\r");
}

TEST_CASE("csv_line: text is escaped, and quoted where the format needs it", "[render]") {
  CHECK(line(31, {ColumnId::comm, ColumnId::exe}) == "od)d\\n\\x1b[2J\\xff,/tmp/\\xff (deleted)\r");
  CHECK(line(31, {ColumnId::argv}) == "odd 'a b' $'\\xff'\r");
  CHECK(line(2, {ColumnId::command}) == "[kthreadd]\r");
}

TEST_CASE("csv_line: commas and quotation marks", "[render]") {
  const test::Machine machine;
  const model::Row process = machine.row(test::index_of(machine, 30));
  model::Sample sample = process.sample;
  sample.stat.comm = "a,\"b\"";
  CHECK(render::csv_line({machine.scene(), sample, process.index},
                         std::vector{ColumnId::comm, ColumnId::pid}) == "\"a,\"\"b\"\"\",30\r");
}

TEST_CASE("csv_line: what is missing is an empty field", "[render]") {
  CHECK(line(40, {ColumnId::pid, ColumnId::exe, ColumnId::cgroup, ColumnId::nice}) == "40,,,0\r");
}
