#include "scenes.hpp"

namespace ptop::test {
namespace {

using namespace model;

constexpr std::array all_sources{Source::stat,   Source::status, Source::statm, Source::cmdline,
                                 Source::cgroup, Source::exe,    Source::cwd};

Sample process(int pid, int ppid, std::string_view comm, char state, std::string_view cmdline) {
  Sample s;
  s.pid = Pid(pid);
  s.key = {Tid(pid), Ticks(100U + static_cast<unsigned>(pid))};
  s.stat.tid = Tid(pid);
  s.stat.comm = comm;
  s.stat.state = static_cast<procfs::TaskState>(state);
  s.stat.ppid = Pid(ppid);
  s.stat.pgid = s.stat.sid = Pid(pid);
  s.stat.threads = 1;
  s.stat.priority = 20;
  s.stat.start = s.key.start;
  s.stat.utime = Ticks(150);
  s.stat.rss_pages = 300;
  s.stat.vsize = 9'000'000;
  s.status.change().tgid = s.stat.pgid;
  s.status.change().uid.effective = Uid(4'000'000'001);  // nobody has it: shown as the number everywhere
  s.cmdline = cmdline;
  s.exe = "/usr/bin/" + std::string(s.stat.comm);
  s.cwd = std::string("/");
  s.cgroups = std::vector<procfs::CgroupMembership>{{0, "", "/user.slice"}};
  for (const Source source : all_sources) s.availability.set(source, Availability::present);
  return s;
}

void set(Sample& s, Source source, Availability availability) { s.availability.set(source, availability); }

}  // namespace

Machine::Machine() {
  using namespace std::string_literals;
  auto& all = snapshot_.processes;
  all.push_back(process(1, 0, "init", 'S', "/sbin/init\0"s));
  all.push_back(process(2, 0, "kthreadd", 'S', ""));
  all.change(all.size() - 1).stat.flags = 0x00200000U;
  all.push_back(process(20, 1, "sshd", 'S', "sshd: /usr/sbin/sshd -D [listener]\0\0\0"s));
  all.push_back(process(30, 1, "bash", 'S', "-bash\0"s));
  all.change(all.size() - 1).stat.threads = 4;
  all.push_back(process(31, 30, "od)d\n\x1b[2J\xff", 'R', "odd\0a b\0\xff\0"s));
  all.change(all.size() - 1).exe = std::string("/tmp/\xff (deleted)");
  all.push_back(process(32, 30, "gone", 'Z', ""));
  all.change(all.size() - 1).stat.exit_code = 3 << 8;
  all.push_back(process(33, 30, "vim", 'T', "vim\0x\0"s));
  all.push_back(process(40, 30, "secret", 'D', ""));
  for (const Source source : {Source::cmdline, Source::exe, Source::cwd})
    set(all.change(all.size() - 1), source, Availability::denied);
  set(all.change(all.size() - 1), Source::cgroup, Availability::timeout);
  snapshot_.threads.push_back(process(30, 1, "worker", 'D', "-bash\0"s));
  snapshot_.threads.change(0).key.tid = Tid(35);
  snapshot_.errors.push_back(Error{Errc::malformed, 0, "stat: 1 \xff"});
  finish();
}

Machine::Machine(std::size_t chain_length) {
  for (int pid = 1; pid <= static_cast<int>(chain_length); ++pid) {
    snapshot_.processes.push_back(process(pid, pid - 1, "link", 'S', ""));
  }
  finish();
}

void Machine::finish() {
  snapshot_.host.hostname = "host";
  snapshot_.host.kernel = "6.18.0";
  snapshot_.host.info.boot_time = 1'700'000'000;
  snapshot_.host.stat.cpus.resize(2);
  snapshot_.host.memory.total = 1 << 30;
  snapshot_.host.uptime.up = 100;
  snapshot_.host.boot_id = "6f1c1f52-9d3a-4c2b-8f65-0b7f4c9d2e10";
  using enum HostSource;
  for (const HostSource known :
       {hostname, kernel, HostSource::stat, meminfo, loadavg, uptime, boot_id, pressure_cpu})
    snapshot_.host.availability[static_cast<std::size_t>(known)] = Availability::present;
  snapshot_.host.availability[static_cast<std::size_t>(pressure_irq)] = Availability::unsupported;
  for (int cpu = 0; cpu < 2; ++cpu) {
    auto& times = snapshot_.host.stat.cpus[static_cast<std::size_t>(cpu)];
    times.cpu = cpu;
    times.user = 150;
  }
  snapshot_.host.pressure[0].some = procfs::PressureLine{1.5, 0.25, 0, 7};
  snapshot_.taken_at_wall =
      std::chrono::system_clock::time_point(std::chrono::nanoseconds(1'700'000'100'000'000'042));
  tree_ = build_tree(snapshot_);
  classes_ = classify(snapshot_, tree_, nullptr);
  scene_ = std::make_unique<Scene>(Scene{snapshot_, tree_, classes_, nullptr, users_});
}

std::vector<TaskIndex> Machine::rows() const {
  std::vector<TaskIndex> rows;
  for (ProcessIndex i = 0; i < snapshot_.processes.size(); ++i) rows.push_back({i, {}});
  return rows;
}

ProcessIndex index_of(const Machine& machine, int pid) {
  return find_index(machine.scene().snapshot, Pid(pid)).value();
}

}  // namespace ptop::test
