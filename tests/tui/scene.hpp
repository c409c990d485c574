// Hand-made processes, a fake event engine and a screen to read: what the tests of the live screen share.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app.hpp"
#include "ptop/model/sample.hpp"

namespace ptop::app::test {

struct Process {
  int pid, ppid;
  std::string comm, cmdline;  ///< cmdline with spaces for NUL
  char state = 'S';
  std::uint64_t start = 0;  ///< 0: 100 * pid
  std::uint32_t flags = 0;
  std::uint64_t rss_pages = 100;
  std::int32_t exit_code = 0;
  int sid = 0;  ///< 0: its own
  unsigned uid = 0;
};
inline constexpr std::uint32_t kernel_thread = 0x00200000;

model::Snapshot snapshot(const std::vector<Process>& processes, int cpus = 2);
FramePtr frame(const std::vector<Process>& processes, int cpus = 2);

struct Thread {
  int pid, tid;
  std::string comm;
  char state = 'S';
  int nice = 0;
};
void add_threads(model::Snapshot& snapshot, const std::vector<Thread>& threads);
FramePtr frame(const std::vector<Process>& processes, const std::vector<Thread>& threads);

/// init, a shell with two children, a daemon, a kernel thread.
std::vector<Process> small_system();
/// The same after that one ended.
std::vector<Process> small_system_without(int pid);

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

/// Remembers what was asked for; the test plays the kernel.
class FakePort : public FollowPort {
 public:
  Result<void> attach(const FollowWish& wish) override;
  void detach(ProcessKey root, std::string_view reason) override;
  void detach_all(std::string_view reason) override { detach_reason = reason; }
  void set_calls(const decode::SyscallSet& calls) override { calls_asked.push_back(calls); }
  bool follows(ProcessKey root) const override;
  bool active() const override { return !roots_.empty(); }
  EventFeed& feed() override { return feed_; }

  void happen(Pid pid, follow::What what, std::optional<Tid> by = {});
  void tell(const follow::Event& event) { source_->on(event); }
  void finish();  ///< detaching is done

  std::vector<FollowWish> wishes;
  std::vector<decode::SyscallSet> calls_asked;
  std::vector<ProcessKey> detached;
  std::string detach_reason;
  std::optional<Error> refusal;

 private:
  EventFeed feed_;
  std::unique_ptr<follow::Sink> source_;
  std::vector<ProcessKey> roots_;
  std::uint64_t seq_ = 0;
};

/// Remembers what was done.
class FakeAct : public ActPort {
 public:
  Result<void> send_signal(ProcessKey process, int signal) override;
  Result<std::unique_ptr<HeldProcess>> hold(ProcessKey process) override;
  std::unique_ptr<BirthWatch> watch_births() override;
  Result<void> set_nice(ProcessKey process, int nice) override;
  Result<void> set_io_priority(ProcessKey process, IoPriority priority) override;
  Result<void> set_thread_nice(ThreadKey thread, int nice) override;
  Result<void> set_thread_io_priority(ThreadKey thread, IoPriority priority) override;
  Result<void> change_autogroup_nice(ProcessKey process, int by) override;
  Result<CpuUse> cpu_use(ProcessKey process) override;
  Result<void> set_cpus(ProcessKey process, const CpuSet& chosen, const CpuSet& kept) override;
  Result<CpuUse> thread_cpu_use(ThreadKey thread) override;
  Result<void> set_thread_cpus(ThreadKey thread, const CpuSet& chosen, const CpuSet& kept) override;
  Result<OomState> oom_state(ProcessKey process) override;
  Result<void> set_oom_adjustment(ProcessKey process, int adjustment) override;
  Result<SignalUse> signal_use(ProcessKey process) override;

  struct Done {
    int pid;
    std::string what;
    friend bool operator==(const Done&, const Done&) = default;
  };
  std::vector<Done> done;
  std::optional<Error> refusal;
  std::map<int, CpuUse> cpus;  ///< by pid; of the others `cpus[0]`
  std::map<int, OomState> oom;
  std::map<int, SignalUse> signals;
  /// Who has which children now, by pid; what `on_signal` does to it is what a process does at a signal.
  std::map<int, std::vector<int>> children;
  std::function<void(int pid)> on_signal;
  /// What the kernel tells of births, since it was last asked; nullopt: it tells nothing.
  std::optional<std::vector<BirthWatch::Birth>> births;

 private:
  Result<void> note(ProcessKey process, std::string what);
};

/// Remembers what was asked; the test answers.
class FakeDetails : public DetailsPort {
 public:
  void ask(const DetailsWish& wish) override { wishes.push_back(wish); }
  std::optional<DetailsAnswer> take() override { return std::exchange(answer, std::nullopt); }

  std::vector<DetailsWish> wishes;
  std::optional<DetailsAnswer> answer;
};

/// An App on a Surface, driven by keys.
class Screen {
 public:
  explicit Screen(int rows = 24, int columns = 80, Config config = {.self = Pid(999'999)});
  void show(FramePtr frame) { app.on_frame(std::move(frame)); }
  void press(Key key) { app.on_key(key); }
  void type(std::u32string_view keys) {
    for (Key k : keys) press(k);
  }
  std::string text();
  std::string row(int y) { return text(), surface.text(y); }
  /// The first row with `part`; "" when there is none.
  std::string line_with(std::string_view part);
  void resize(int rows, int columns) { surface = Surface(rows, columns); }
  int selected() const { return app.list().selected() ? app.list().selected()->pid.raw() : 0; }
  std::vector<int> pids(const FramePtr& shown) const;

  FakePort port;
  FakeAct act;
  FakeDetails details;
  App app;
  Surface surface;
};

/// One that shows small_system().
struct SmallScreen : Screen {
  explicit SmallScreen(int rows = 24, int columns = 80, Config config = {.self = Pid(999'999)})
      : Screen(rows, columns, std::move(config)) {
    show(frame(small_system()));
  }
};

}  // namespace ptop::app::test
