// The tree by what processes have in common.
#include <algorithm>

#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

struct Member {
  int pid, ppid;
  std::string comm, cgroup;
  std::uint64_t rss_pages = 100;
  unsigned uid = 0;
};

FramePtr frame(const std::vector<Member>& members) {
  std::vector<test::Process> processes;
  for (const Member& m : members)
    processes.push_back({m.pid, m.ppid, m.comm, m.comm, 'S', 0, 0, m.rss_pages, 0, 0, m.uid});
  auto snapshot = test::snapshot(processes);
  for (const Member& m : members) {
    model::Sample& sample = snapshot.processes.change(*model::find_index(snapshot, Pid(m.pid)));
    sample.cgroups.change() = {{.hierarchy = 0, .controllers = {}, .path = m.cgroup}};
    sample.availability.set(model::Source::cgroup, model::Availability::present);
  }
  return make_frame(std::move(snapshot), nullptr);
}

std::vector<Member> services() {
  return {{1, 0, "init", "/init.scope"},
          {2, 0, "kthreadd", "/"},
          {10, 1, "sshd", "/system.slice/ssh.service"},
          {11, 10, "sshd", "/system.slice/ssh.service", 300},
          {20, 1, "cron", "/system.slice/cron.service"},
          {30, 11, "bash", "/user.slice/session-1.scope", 100, 1000},
          {31, 30, "vim", "/user.slice/session-1.scope", 100, 1000}};
}

/// Rows as "name" of groups and "pid" of processes, indented.
std::vector<std::string> rows(const Screen& s) {
  std::vector<std::string> out;
  for (const ListRow& row : s.app.list().rows()) {
    const std::string indent(row.depth, ' ');
    out.push_back(indent + (row.kind == RowKind::group ? s.app.list().groups().list[row.item].name
                                                       : std::to_string(row.pid.raw())));
  }
  return out;
}

/// Chosen in the menu by its title.
void group_by(Screen& s, std::string_view title) {
  s.press(U'b');
  s.press(key::home);
  for (std::size_t i = 0; i < group_kinds().size() && group_kinds()[i].title != title; ++i)
    s.press(key::down);
  s.press(key::enter);
}

}  // namespace

TEST_CASE("groups: control groups lie in each other, with the trees of their processes", "[tui]") {
  Screen s;
  s.show(frame(services()));
  group_by(s, "control group");
  CHECK(s.app.take_scan_wanted());
  CHECK(s.app.scan_wish().sources.has(model::Source::cgroup));
  CHECK(rows(s) == std::vector<std::string>{"/", " 2", "init.scope", " 1", "system.slice", " cron.service",
                                            "  20", " ssh.service", "  10", "   11", "user.slice",
                                            " session-1.scope", "  30", "   31"});
}

TEST_CASE("groups: their rows have the sums", "[tui]") {
  Screen s(24, 120);
  s.show(frame(services()));
  group_by(s, "control group");
  CHECK(contains(s.line_with("ssh.service"), "1.6M"));
  CHECK(contains(s.line_with("ssh.service"), "ssh.service  2 processes"));
  CHECK(contains(s.line_with("system.slice"), "2.0M"));
  CHECK(contains(s.line_with("system.slice"), "system.slice  3 processes"));
  CHECK(contains(s.line_with("cron.service"), "1 process"));
}

TEST_CASE("groups: by user", "[tui]") {
  Screen s;
  s.show(frame(services()));
  group_by(s, "user");
  REQUIRE(s.app.list().groups().list.size() == 2);
  CHECK(contains(s.text(), "5 processes"));
  const auto shown = rows(s);
  CHECK(std::count(shown.begin(), shown.end(), " 30") == 1);  // its parent is another user's
}

TEST_CASE("groups: who is in none comes last", "[tui]") {
  Screen s;
  s.show(frame(services()));
  group_by(s, "container");
  CHECK(rows(s)[0] == "no container");
  CHECK(rows(s)[1] == " 1");
}

TEST_CASE("groups: collapse and expand, by key and from scan to scan", "[tui]") {
  Screen s(24, 100);
  s.show(frame(services()));
  group_by(s, "control group");
  s.press(key::home);
  for (int i = 0; i < 4; ++i) s.press(key::down);
  REQUIRE(s.app.list().selected_group() != nullptr);
  CHECK(s.app.list().selected_group()->name == "system.slice");
  s.press(U'-');
  CHECK(rows(s).size() == 9);
  CHECK(contains(s.line_with("system.slice"), "[+] system.slice  3 processes"));
  s.show(frame(services()));
  CHECK(rows(s).size() == 9);
  CHECK(s.app.list().selected_group()->name == "system.slice");
  s.press(U'+');
  CHECK(rows(s).size() == 14);
  s.press(U'*');
  CHECK(rows(s) == std::vector<std::string>{"/", "init.scope", "system.slice", "user.slice"});
  s.press(U'*');
  CHECK(rows(s).size() == 14);
}

TEST_CASE("groups: the selection stays on its process, or goes to the group that hides it", "[tui]") {
  Screen s;
  s.show(frame(services()));
  s.type(U"20");
  group_by(s, "control group");
  CHECK(s.selected() == 20);
  auto more = services();
  more.push_back({5, 1, "new", "/aaa.scope"});
  s.show(frame(more));
  CHECK(s.selected() == 20);
  s.press(U'*');
  CHECK(s.selected() == 0);
  REQUIRE(s.app.list().selected_group() != nullptr);
  CHECK(s.app.list().selected_group()->name == "system.slice");
  group_by(s, "parent: the usual tree");
  CHECK(s.selected() != 0);
}

TEST_CASE("groups: nothing is done to one by accident, and c tags its processes", "[tui]") {
  Screen s;
  s.show(frame(services()));
  group_by(s, "control group");
  s.press(U'/');
  s.type(U"ssh.serv");
  s.press(key::enter);
  s.press(U'k');
  CHECK(contains(s.app.message(), "a group is selected"));
  s.press(U'c');
  CHECK(contains(s.text(), "2 tagged"));
  s.press(U'k');
  s.press(key::enter);
  CHECK(s.act.done == std::vector<test::FakeAct::Done>{{11, "SIGTERM"}, {10, "SIGTERM"}});
}

TEST_CASE("groups: a filter leaves out groups without a match", "[tui]") {
  Screen s;
  s.show(frame(services()));
  group_by(s, "control group");
  s.press(U'\\');
  s.type(U"vim");
  CHECK(rows(s) == std::vector<std::string>{"user.slice", " session-1.scope", "  31"});
  CHECK(s.selected() == 31);
}

TEST_CASE("groups: in the order of their sums, when that is the order", "[tui]") {
  Screen s;
  s.show(frame(services()));
  group_by(s, "control group");
  s.press(U'M');
  s.press(U'*');
  CHECK(rows(s) == std::vector<std::string>{"system.slice", "user.slice", "/", "init.scope"});
}

TEST_CASE("groups: a group without a name of its own is not confused with one that is called so", "[tui]") {
  Screen s;
  auto odd = services();
  odd.push_back({40, 1, "odd", "/not known"});
  s.show(frame(odd));
  group_by(s, "control group");
  CHECK(rows(s)[2 + 2] == "not known");
  CHECK(s.app.list().groups().list[s.app.list().rows()[4].item].named);
}
