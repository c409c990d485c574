// Hand-made processes and the fake engine.
#include "scene.hpp"

#include "ptop/base/names.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ptop::app::test {

model::Snapshot snapshot(const std::vector<Process>& processes, int cpus) {
  model::Snapshot s;
  s.host.hostname = "box";
  s.host.kernel = "6.18.0";
  s.host.memory.total = std::uint64_t{4} << 30;
  s.host.memory.free = std::uint64_t{3} << 30;
  s.host.load = {0.52, 0.58, 0.59, 1, 5};
  s.host.uptime = {90061, 0};
  s.host.info.clock_ticks = 100;
  for (int cpu = 0; cpu < cpus; ++cpu) s.host.stat.cpus.push_back({.cpu = cpu});
  for (const Process& p : processes) {
    model::Sample sample;
    const std::uint64_t start = p.start != 0 ? p.start : 100 * static_cast<std::uint64_t>(p.pid);
    sample.pid = Pid(p.pid);
    sample.key = {Tid(p.pid), Ticks(start)};
    sample.stat.tid = Tid(p.pid);
    sample.stat.comm = p.comm;
    sample.stat.state = static_cast<procfs::TaskState>(p.state);
    sample.stat.ppid = Pid(p.ppid);
    sample.stat.pgid = sample.stat.sid = Pid(p.sid != 0 ? p.sid : p.pid);
    sample.stat.start = Ticks(start);
    sample.stat.threads = 1;
    sample.stat.flags = p.flags;
    sample.stat.rss_pages = p.rss_pages;
    sample.stat.exit_code = p.exit_code;
    sample.status.change().uid = {Uid(p.uid), Uid(p.uid), Uid(p.uid), Uid(p.uid)};
    std::string words = p.cmdline;
    std::replace(words.begin(), words.end(), ' ', '\0');
    sample.cmdline = words;
    for (auto source : {model::Source::stat, model::Source::status, model::Source::cmdline}) {
      sample.availability.set(source, model::Availability::present);
    }
    s.processes.push_back(std::move(sample));
  }
  s.processes.sort_by_pid();
  return s;
}

FramePtr frame(const std::vector<Process>& processes, int cpus) {
  return make_frame(snapshot(processes, cpus), nullptr);
}

void add_threads(model::Snapshot& s, const std::vector<Thread>& threads) {
  for (const Thread& t : threads) {
    const auto process = *model::find_index(s, Pid(t.pid));
    model::Sample sample = s.processes[process];
    sample.key = {Tid(t.tid), Ticks(100 * static_cast<std::uint64_t>(t.tid))};
    sample.stat.tid = Tid(t.tid);
    sample.stat.comm = t.comm;
    sample.stat.state = static_cast<procfs::TaskState>(t.state);
    sample.stat.nice = static_cast<std::int8_t>(t.nice);
    sample.cmdline = {};
    sample.availability.set(model::Source::cmdline, model::Availability::not_read);
    ++s.processes.change(process).stat.threads;
    s.threads.push_back(std::move(sample));
  }
  s.threads.sort_by_pid();
}

FramePtr frame(const std::vector<Process>& processes, const std::vector<Thread>& threads) {
  model::Snapshot s = snapshot(processes);
  add_threads(s, threads);
  return make_frame(std::move(s), nullptr);
}

std::vector<Process> small_system() {
  return {{1, 0, "init", "/sbin/init"},
          {2, 0, "kthreadd", "", 'S', 0, kernel_thread},
          {9, 2, "kworker/0:1", "", 'I', 0, kernel_thread},
          {100, 1, "bash", "-bash"},
          {110, 100, "make", "make -j2", 'S', 0, 0, 300},
          {111, 110, "cc1plus", "/usr/lib/cc1plus main.cpp", 'R', 0, 0, 9000},
          {120, 100, "less", "less README"},
          {200, 1, "sshd", "sshd: listener"}};
}

std::vector<Process> small_system_without(int pid) {
  auto processes = small_system();
  std::erase_if(processes, [pid](const Process& p) { return p.pid == pid; });
  return processes;
}

Result<void> FakePort::attach(const FollowWish& wish) {
  wishes.push_back(wish);
  if (refusal) return fail(*refusal);
  source_ = feed_.make_source();
  source_->begin({});
  roots_.push_back(wish.process);
  return {};
}

void FakePort::detach(ProcessKey root, std::string_view reason) {
  detached.push_back(root);
  detach_reason = reason;
}

bool FakePort::follows(ProcessKey root) const {
  return std::find(roots_.begin(), roots_.end(), root) != roots_.end();
}

void FakePort::happen(Pid pid, follow::What what, std::optional<Tid> by) {
  ++seq_;
  source_->on({.seq = seq_,
               .t_ns = seq_ * 1'500'000,
               .pid = pid,
               .task = {by.value_or(leader_of(pid)), Ticks(1)},
               .what = std::move(what)});
}

void FakePort::finish() {
  follow::Trailer trailer;
  trailer.reason = detach_reason;
  source_->end(trailer);
  const auto gone = [&](ProcessKey root) {
    return detached.empty() || std::find(detached.begin(), detached.end(), root) != detached.end();
  };
  std::erase_if(roots_, gone);
  detached.clear();
}

Result<void> FakeAct::note(ProcessKey process, std::string what) {
  if (refusal) return fail(*refusal);
  done.push_back({process.pid.raw(), std::move(what)});
  return {};
}

Result<void> FakeAct::send_signal(ProcessKey process, int signal) {
  return note(process, signal_name(signal));
}

namespace {

class FakeHeld : public HeldProcess {
 public:
  FakeHeld(FakeAct& act, ProcessKey key) : act_(act), key_(key) {}
  ProcessKey key() const override { return key_; }
  Result<void> send(int signal) override {
    auto sent = act_.send_signal(key_, signal);
    if (sent && act_.on_signal) act_.on_signal(key_.pid.raw());
    return sent;
  }
  Result<std::vector<std::unique_ptr<HeldProcess>>> children() override {
    std::vector<std::unique_ptr<HeldProcess>> found;
    for (const int pid : act_.children[key_.pid.raw()])
      found.push_back(std::make_unique<FakeHeld>(act_, ProcessKey{Pid(pid), Ticks(0)}));
    return found;
  }

 private:
  FakeAct& act_;
  ProcessKey key_;
};

class FakeBirths : public BirthWatch {
 public:
  explicit FakeBirths(FakeAct& act) : act_(act) {}
  std::vector<Birth> take() override { return std::exchange(*act_.births, {}); }
  bool overrun() const override { return false; }
  std::unique_ptr<HeldProcess> hold(Pid pid) override {
    return std::make_unique<FakeHeld>(act_, ProcessKey{pid, Ticks(0)});
  }

 private:
  FakeAct& act_;
};

}  // namespace

Result<std::unique_ptr<HeldProcess>> FakeAct::hold(ProcessKey process) {
  return std::make_unique<FakeHeld>(*this, process);
}

std::unique_ptr<BirthWatch> FakeAct::watch_births() {
  return births ? std::make_unique<FakeBirths>(*this) : nullptr;
}

Result<void> FakeAct::set_nice(ProcessKey process, int nice) {
  return note(process, "nice " + std::to_string(nice));
}

Result<void> FakeAct::set_io_priority(ProcessKey process, IoPriority priority) {
  return note(process,
              "io " + std::to_string(static_cast<int>(priority.kind)) + "/" + std::to_string(priority.level));
}

Result<void> FakeAct::set_thread_nice(ThreadKey thread, int nice) {
  return note(thread.process, fmt::format("thread {} nice {}", thread.task.tid.raw(), nice));
}

Result<void> FakeAct::set_thread_io_priority(ThreadKey thread, IoPriority priority) {
  return note(thread.process, fmt::format("thread {} io {}/{}", thread.task.tid.raw(),
                                          static_cast<int>(priority.kind), priority.level));
}

Result<void> FakeAct::change_autogroup_nice(ProcessKey process, int by) {
  return note(process, "autogroup " + std::to_string(by));
}

namespace {

/// What was said of that pid, or of all others.
template <class T>
T of(const std::map<int, T>& by_pid, ProcessKey process) {
  const auto found = by_pid.find(process.pid.raw());
  if (found != by_pid.end()) return found->second;
  const auto others = by_pid.find(0);
  return others == by_pid.end() ? T() : others->second;
}

}  // namespace

Result<CpuUse> FakeAct::cpu_use(ProcessKey process) {
  if (refusal) return fail(*refusal);
  return of(cpus, process);
}

Result<void> FakeAct::set_cpus(ProcessKey process, const CpuSet& chosen, const CpuSet& kept) {
  return note(process, "cpus " + chosen.text() + (kept.empty() ? "" : " kept " + kept.text()));
}

/// By its tid.
Result<CpuUse> FakeAct::thread_cpu_use(ThreadKey thread) {
  return cpu_use({Pid(thread.task.tid.raw()), thread.task.start});
}

Result<void> FakeAct::set_thread_cpus(ThreadKey thread, const CpuSet& chosen, const CpuSet& kept) {
  return note(thread.process, fmt::format("thread {} cpus {}{}", thread.task.tid.raw(), chosen.text(),
                                          kept.empty() ? "" : " kept " + kept.text()));
}

Result<OomState> FakeAct::oom_state(ProcessKey process) {
  if (refusal) return fail(*refusal);
  return of(oom, process);
}

Result<void> FakeAct::set_oom_adjustment(ProcessKey process, int adjustment) {
  return note(process, "oom " + std::to_string(adjustment));
}

Result<SignalUse> FakeAct::signal_use(ProcessKey process) {
  if (refusal) return fail(*refusal);
  return of(signals, process);
}

Screen::Screen(int rows, int columns, Config config)
    : app(std::move(config), {&port, &act, &details}), surface(rows, columns) {}

std::string Screen::text() {
  app.take_events();
  app.draw(surface);
  return surface.text();
}

std::string Screen::line_with(std::string_view part) {
  text();
  for (int y = 0; y < surface.rows(); ++y) {
    if (surface.text(y).find(part) != std::string::npos) return surface.text(y);
  }
  return "";
}

std::vector<int> Screen::pids(const FramePtr& shown) const {
  std::vector<int> out;
  for (const ListRow& row : app.list().rows())
    if (row.kind == RowKind::process) out.push_back(shown->snapshot.processes[row.process].pid.raw());
  return out;
}

}  // namespace ptop::app::test
