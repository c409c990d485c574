// A small machine for the tests of queries, and who of it a query finds.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "made_snapshot.hpp"
#include "ptop/model/query.hpp"
#include "support/catch.hpp"

namespace ptop::model {

using Pids = std::vector<int>;

inline void set_present(Sample& s, Source source) { s.availability.set(source, Availability::present); }

/// A small machine: init with a shell of root's below, a server of uid 65534 with a worker, a zombie, a
/// kernel thread, and one process of which only stat could be read.
inline Snapshot machine() {
  using namespace std::string_literals;
  auto s = snapshot_of({{.pid = 1, .ppid = 0, .start = 0, .sid = 1, .pgid = 1},
                        {.pid = 2, .ppid = 0, .start = 0, .state = 'I', .flags = 0x200000},
                        {.pid = 10, .ppid = 1, .start = 100, .sid = 10, .pgid = 10, .tty_nr = 136 << 8},
                        {.pid = 11, .ppid = 10, .start = 9000, .sid = 10, .pgid = 11, .state = 'Z'},
                        {.pid = 20, .ppid = 1, .start = 5000, .sid = 20, .pgid = 20},
                        {.pid = 21, .ppid = 20, .start = 5100, .sid = 20, .pgid = 20, .state = 'D'},
                        {.pid = 30, .ppid = 1, .start = 9990, .sid = 30, .pgid = 30, .state = 'T'}});
  s.host.info.clock_ticks = 100;
  s.host.info.page_size = 4096;
  s.host.uptime.up = 100;  // 10,000 ticks
  s.host.memory.total = 1U << 30;
  const auto fill = [&](int pid, const std::string& comm, const std::string& cmdline, const std::string& exe,
                        std::uint32_t uid) {
    auto& p = s.processes.change(*find_index(s, Pid(pid)));
    p.stat.comm = comm;
    p.cmdline = cmdline;
    p.exe = exe;
    p.status.change().uid.effective = Uid(uid);
    p.cgroups = std::vector<procfs::CgroupMembership>{
        {0, "", pid < 20 ? "/user.slice" : "/system.slice/nginx.service"}};
    for (const Source source : {Source::status, Source::cmdline, Source::cgroup}) set_present(p, source);
    if (!exe.empty()) set_present(p, Source::exe);
    return &p;
  };
  fill(1, "systemd", "/sbin/init\0splash\0"s, "/usr/lib/systemd/systemd", 0);
  fill(2, "kthreadd", "", "", 0);
  fill(10, "bash", "-bash\0"s, "/usr/bin/bash", 0)->stat.rss_pages = 1024;  // 4 MiB
  fill(11, "sleep", "", "", 0)->stat.utime = Ticks(50);
  Sample* server =
      fill(20, "nginx", "nginx: master process /usr/sbin/nginx -g daemon\0"s, "/usr/sbin/nginx", 65534);
  server->stat.rss_pages = 512 * 1024;  // 2 GiB
  server->stat.utime = Ticks(2500);     // half of its 50 s
  server->stat.nice = -5;
  server->status.change().signals.ignored = 1;  // SIGHUP
  fill(21, "Worker", "/opt/My Server/bin/worker\0--color=auto\0\0"s, "/opt/My Server/bin/worker", 65534);
  return s;
}

struct Stage {
  explicit Stage(Snapshot s) : snapshot(std::move(s)) {}
  Snapshot snapshot;
  Tree tree = build_tree(snapshot);
  std::vector<Classification> classes = classify(snapshot, tree, nullptr);
  UserNames users;
  Scene scene{snapshot, tree, classes, nullptr, users};

  Pids pids(const Query& query) {
    Pids found;
    for (ProcessIndex i = 0; i < snapshot.processes.size(); ++i) {
      const Sample& s = snapshot.processes[i];
      if (query.matches({scene, s, i})) found.push_back(s.pid.raw());
    }
    return found;
  }
};

inline Pids found(std::string_view text) {
  const auto query = Query::parse(text);
  INFO(text);
  if (!query) FAIL(explain(query.error(), text));
  return Stage(machine()).pids(*query);
}

}  // namespace ptop::model
