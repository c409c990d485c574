// Pids that are used again while a key is on its way: what is done reaches the process that was meant, or
// nobody. The end of it, pidfds and start times, is live_act_test.cpp's; the kernel's part
// test_screen_identity.py's.
#include "app.hpp"
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

constexpr std::uint64_t later = 888'888;  // start time of who has the pid next
constexpr std::uint64_t now = 9'006'100;  // of who was born in the tick of the scan: Host's uptime

std::vector<Process> with_start(int pid, std::uint64_t start) {
  auto processes = small_system();
  for (Process& p : processes)
    if (p.pid == pid) p.start = start;
  return processes;
}

/// Like the kernel with LiveAct before it: whoever has the pid has one start time.
class Kernel : public ActPort {
 public:
  Result<void> send_signal(ProcessKey process, int) override { return reach(process); }
  Result<std::unique_ptr<HeldProcess>> hold(ProcessKey process) override;
  std::unique_ptr<BirthWatch> watch_births() override { return nullptr; }
  Result<void> set_nice(ProcessKey process, int) override { return reach(process); }
  Result<void> set_io_priority(ProcessKey process, IoPriority) override { return reach(process); }
  Result<void> set_thread_nice(ThreadKey thread, int) override { return reach(thread.process); }
  Result<void> set_thread_io_priority(ThreadKey thread, IoPriority) override { return reach(thread.process); }
  Result<void> change_autogroup_nice(ProcessKey process, int) override { return reach(process); }
  Result<void> set_cpus(ProcessKey process, const CpuSet&, const CpuSet&) override { return reach(process); }
  Result<void> set_oom_adjustment(ProcessKey process, int) override { return reach(process); }
  // To be asked is no harm.
  Result<CpuUse> cpu_use(ProcessKey) override { return CpuUse{}; }
  Result<CpuUse> thread_cpu_use(ThreadKey) override { return CpuUse{}; }
  Result<void> set_thread_cpus(ThreadKey thread, const CpuSet&, const CpuSet&) override {
    return reach(thread.process);
  }
  Result<OomState> oom_state(ProcessKey) override { return OomState{}; }
  Result<SignalUse> signal_use(ProcessKey) override { return SignalUse{}; }

  std::vector<Process> living = small_system();
  std::vector<ProcessKey> reached;

  static ProcessKey key_of(const Process& p) {
    const std::uint64_t start = p.start != 0 ? p.start : 100 * static_cast<std::uint64_t>(p.pid);
    return {Pid(p.pid), Ticks(start)};
  }
  Result<void> check(ProcessKey process) const {
    for (const Process& p : living)
      if (key_of(p) == process) return {};
    return fail({Errc::gone, 0, "another process has this pid now"});
  }

 private:
  Result<void> reach(ProcessKey process) {
    const auto lives = check(process);
    if (lives) reached.push_back(process);
    return lives;
  }
};

class Held : public HeldProcess {
 public:
  Held(Kernel& kernel, ProcessKey key) : kernel_(kernel), key_(key) {}
  ProcessKey key() const override { return key_; }
  Result<void> send(int signal) override { return kernel_.send_signal(key_, signal); }
  Result<std::vector<std::unique_ptr<HeldProcess>>> children() override {
    if (const auto lives = kernel_.check(key_); !lives) return fail(lives.error());
    std::vector<std::unique_ptr<HeldProcess>> found;
    for (const Process& p : kernel_.living)
      if (Pid(p.ppid) == key_.pid) found.push_back(std::make_unique<Held>(kernel_, Kernel::key_of(p)));
    return found;
  }

 private:
  Kernel& kernel_;
  ProcessKey key_;
};

Result<std::unique_ptr<HeldProcess>> Kernel::hold(ProcessKey process) {
  if (const auto lives = check(process); !lives) return fail(lives.error());
  return std::make_unique<Held>(*this, process);
}

/// An App before that kernel.
struct Stage {
  Kernel kernel;
  test::FakePort follow;
  test::FakeDetails details;
  App app{{.self = Pid(999'999)}, {&follow, &kernel, &details}};

  Stage() { app.on_frame(frame(kernel.living)); }
  void type(std::u32string_view keys) {
    for (const Key k : keys) app.on_key(k);
  }
  void press(Key key) { app.on_key(key); }
};

constexpr Key acting_keys[] = {key::f(7), key::f(8), key::f(19), key::f(20)};

}  // namespace

TEST_CASE("identity: a pid replaced since the scan is reached by no key", "[tui]") {
  Stage s;
  s.type(U"110");
  s.kernel.living = with_start(110, later);
  for (const Key k : acting_keys) s.press(k);
  for (const Key menu : {key::f(9), Key{U'i'}}) s.press(menu), s.press(key::enter);
  CHECK(s.kernel.reached.empty());
  CHECK(contains(s.app.message(), "it has ended"));
}

TEST_CASE("identity: a menu means whom it was opened for, whatever scans come meanwhile", "[tui]") {
  for (const auto& meanwhile : {small_system_without(110), with_start(110, later)}) {
    Stage s;
    s.type(U"110k");
    s.kernel.living = meanwhile;
    s.app.on_frame(frame(meanwhile));
    s.press(key::enter);
    CHECK(s.kernel.reached.empty());
    CHECK(contains(s.app.message(), "110 make: it has ended"));
  }
}

TEST_CASE("identity: the cursor does not go over to who has the pid next", "[tui]") {
  Stage s;
  s.type(U"110");
  s.app.on_frame(frame(with_start(110, later)));
  CHECK_FALSE(s.app.list().selected());
  for (const Key k : acting_keys) s.press(k);
  s.press(key::f(9)), s.press(key::enter);
  CHECK(s.kernel.reached.empty());
}

TEST_CASE("identity: of the tagged, those that were replaced are left alone and told", "[tui]") {
  Stage s;
  s.type(U"100c");
  s.kernel.living = with_start(111, later);
  for (Process& p : s.kernel.living)
    if (p.pid == 111) p.ppid = 1;
  s.press(U'k'), s.press(key::enter);
  CHECK(s.kernel.reached.size() == 3);
  CHECK(contains(s.app.message(), "1 of 4 failed; 111 cc1plus: it has ended"));
}

TEST_CASE("identity: when all that was tagged has ended, the cursor's process is not meant", "[tui]") {
  Stage s;
  s.type(U"110");
  s.press(key::space);
  REQUIRE(s.app.list().tag_count() == 1);
  s.kernel.living = small_system_without(110);
  s.app.on_frame(frame(s.kernel.living));
  REQUIRE(s.app.list().selected());
  for (const Key k : {acting_keys[0], acting_keys[1], acting_keys[2], acting_keys[3], key::f(9), Key{U'i'}}) {
    s.press(k);
    CHECK(contains(s.app.message(), "whoever was tagged has ended"));
  }
  CHECK(s.kernel.reached.empty());
  s.app.on_frame(frame(s.kernel.living));
  s.press(key::f(8));
  CHECK(s.kernel.reached.empty());
  s.press(key::up), s.press(key::f(8));
  CHECK(s.kernel.reached.size() == 1);
}

TEST_CASE("identity: children born since the scan get nothing, whatever pids they have", "[tui]") {
  Stage s;
  s.type(U"110c");
  // make and cc1plus end, their pids are children's of bash by now, and there are more.
  s.kernel.living = with_start(110, later);
  for (Process& p : s.kernel.living)
    if (p.pid == 111) p.start = later + 1, p.ppid = 100;
  s.kernel.living.push_back({112, 110, "cc1plus", "cc1plus other.cpp"});
  s.press(U'k'), s.press(key::enter);
  CHECK(s.kernel.reached.empty());
}

TEST_CASE("identity: who was born in the tick of the scan is asked for once more", "[tui]") {
  for (const std::uint64_t start : {now, now - 1}) {
    Stage s;
    s.kernel.living = with_start(110, start);
    s.app.on_frame(frame(s.kernel.living));
    s.type(U"110");
    s.press(key::f(8));
    CHECK(s.kernel.reached.size() == (start == now ? 0 : 1));
    if (start == now) CHECK(contains(s.app.message(), "born this very moment"));
  }
}

TEST_CASE("identity: following means a process, not its pid", "[tui]") {
  SmallScreen s;
  s.type(U"110s");
  REQUIRE(s.port.wishes.size() == 1);
  s.show(frame(with_start(110, later)));
  s.type(U"110s");
  REQUIRE(s.port.wishes.size() == 2);
  CHECK(s.port.wishes[0].process != s.port.wishes[1].process);
}
