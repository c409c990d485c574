// Acting on real processes: the one that was meant, or nobody.
#include "live_act.hpp"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <future>
#include <thread>

#include "branch_signal.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;

namespace {

/// A child that waits for its end.
class Child {
 public:
  Child() {
    // The test framework's handler would print a report from the child.
    const auto handler = std::signal(SIGTERM, SIG_DFL);
    pid_ = ::fork();
    if (pid_ != 0) std::signal(SIGTERM, handler);
    if (pid_ == 0) {
      while (true) ::pause();
    }
  }
  ~Child() {
    if (pid_ > 0) ::kill(pid_, SIGKILL), ::waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  ProcessKey key(procfs::Reader& reader) const { return {Pid(pid_), reader.read_stat(Pid(pid_))->start}; }
  int raw() const { return pid_; }
  int wait() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return status;
  }

 private:
  pid_t pid_ = -1;
};

/// Another thread of ours that waits for its end.
class Thread {
 public:
  Thread()
      : thread_([this] {
          tid_.set_value(::gettid());
          end_.get_future().wait();
        }),
        raw_(tid_.get_future().get()) {}
  ~Thread() {
    end_.set_value();
    thread_.join();
  }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  ThreadKey key(procfs::Reader& reader) const {
    const Pid self(::getpid());
    return {{self, reader.read_stat(self)->start},
            {Tid(raw_), reader.read_thread_stat(self, Tid(raw_))->start}};
  }

 private:
  std::promise<pid_t> tid_;
  std::promise<void> end_;
  std::thread thread_;
  pid_t raw_;
};

ProcessKey somebody_before(ProcessKey key) { return {key.pid, Ticks(key.start.raw() - 1)}; }

}  // namespace

TEST_CASE("send_signal: reaches the process that was meant", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  LiveAct act(reader.duplicate());
  REQUIRE(act.send_signal(child.key(reader), SIGTERM));
  const int status = child.wait();
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGTERM);
}

TEST_CASE("send_signal: another process with the pid gets nothing", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  LiveAct act(reader.duplicate());
  const auto sent = act.send_signal(somebody_before(child.key(reader)), SIGKILL);
  REQUIRE_FALSE(sent);
  CHECK(sent.error().code == Errc::gone);
  CHECK(::waitpid(child.raw(), nullptr, WNOHANG) == 0);
}

TEST_CASE("send_signal: a process that has ended is gone", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  const ProcessKey key = child.key(reader);
  ::kill(child.raw(), SIGKILL);
  child.wait();
  LiveAct act(reader.duplicate());
  const auto sent = act.send_signal(key, SIGTERM);
  REQUIRE_FALSE(sent);
  CHECK(sent.error().code == Errc::gone);
}

namespace {

/// Makes children that wait for their end, and tells each by a byte.
int start_forker(int told, int most) {
  const int pid = ::fork();
  if (pid != 0) return pid;
  for (int i = 0; i < most; ++i) {
    if (::fork() == 0)
      while (true) ::pause();
    if (::write(told, "x", 1) != 1) ::_exit(1);
  }
  while (true) ::pause();
}

/// How many ended by that signal, once nobody is left.
int count_ended(int signal) {
  int ended = 0, status = 0;
  while (::waitpid(-1, &status, 0) > 0) ended += WIFSIGNALED(status) && WTERMSIG(status) == signal ? 1 : 0;
  return ended;
}

}  // namespace

TEST_CASE("hold: the children of a process are held, too", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  LiveAct act(reader.duplicate());
  const auto self = act.hold({Pid(::getpid()), reader.read_stat(Pid(::getpid()))->start});
  REQUIRE(self);
  const auto children = (*self)->children();
  REQUIRE(children);
  REQUIRE(children->size() == 1);
  CHECK((*children)[0]->key() == child.key(reader));
  REQUIRE((*children)[0]->send(SIGKILL));
  child.wait();
  CHECK((*children)[0]->send(SIGKILL).error().code == Errc::gone);
}

TEST_CASE("a branch signal: nobody is missed while the branch forks", "[tui]") {
  auto reader = *procfs::Reader::open();
  LiveAct act(reader.duplicate());
  const int signal = GENERATE(SIGKILL, SIGTERM);
  INFO("signal " << signal);
  if (signal != SIGKILL && !act.watch_births()) return;  // nobody tells of births here
  const auto handler = std::signal(SIGTERM, SIG_DFL);  // the test framework's would report from the children
  std::array<int, 2> told{};
  REQUIRE(::pipe(told.data()) == 0);
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // whoever loses its parent is ours, and is waited for
  const int forker = start_forker(told[1], 300);
  std::signal(SIGTERM, handler);
  ::close(told[1]);
  char byte = 0;
  REQUIRE(::read(told[0], &byte, 1) == 1);
  const ProcessKey key{Pid(forker), reader.read_stat(Pid(forker))->start};
  BranchSignal branch(act, {key}, {key}, signal);
  CHECK(branch.prepare(10));
  CHECK(branch.send(key));
  while (!branch.finish(1)) continue;
  CHECK_FALSE(branch.missed());
  CHECK(branch.born() >= 1);
  // Who was missed would be waited for until the time of the test is over.
  CHECK(count_ended(signal) == static_cast<int>(branch.born()) + 1);
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
  ::close(told[0]);
}

TEST_CASE("set_nice: changes the process that was meant, and no other", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  LiveAct act(reader.duplicate());
  const int before = ::getpriority(PRIO_PROCESS, static_cast<id_t>(child.raw()));
  CHECK_FALSE(act.set_nice(somebody_before(child.key(reader)), 15));
  CHECK(::getpriority(PRIO_PROCESS, static_cast<id_t>(child.raw())) == before);
  REQUIRE(act.set_nice(child.key(reader), 15));
  CHECK(::getpriority(PRIO_PROCESS, static_cast<id_t>(child.raw())) == 15);
}

TEST_CASE("change_autogroup_nice: of the group of the process that was meant", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  LiveAct act(reader.duplicate());
  CHECK_FALSE(act.change_autogroup_nice(somebody_before(child.key(reader)), 1));
  // The number that it has already: everybody may write that.
  const auto changed = act.change_autogroup_nice(child.key(reader), 0);
  const auto group = reader.open_process(child.key(reader).pid)->read_autogroup();
  CHECK(changed.has_value() == (group && *group));
}

namespace {

CpuSet all_cpus() {
  CpuSet set;
  cpu_set_t mask;
  ::sched_getaffinity(0, sizeof mask, &mask);
  for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &mask)) set.add(cpu);
  }
  return set;
}

unsigned first_of(const CpuSet& set) {
  unsigned cpu = 0;
  while (!set.has(cpu)) ++cpu;
  return cpu;
}

CpuSet only(unsigned cpu) {
  CpuSet set;
  set.add(cpu);
  return set;
}

}  // namespace

TEST_CASE("set_cpus: the process that was meant, and no other", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  LiveAct act(reader.duplicate());
  const ProcessKey key = child.key(reader);
  const auto before = act.cpu_use(key);
  REQUIRE(before);
  CHECK(before->of_all == all_cpus());
  CHECK(before->of_any == all_cpus());
  CHECK((before->online & all_cpus()) == all_cpus());
  if (before->cpuset) CHECK((*before->cpuset & all_cpus()) == all_cpus());
  const CpuSet wanted = only(first_of(all_cpus()));
  const auto replaced = act.set_cpus(somebody_before(key), wanted, {});
  REQUIRE_FALSE(replaced);
  CHECK(replaced.error().code == Errc::gone);
  CHECK(act.cpu_use(key)->of_all == all_cpus());
  REQUIRE(act.set_cpus(key, wanted, {}));
  CHECK(act.cpu_use(key)->of_any == wanted);
  // What is kept is what it has: one CPU still.
  REQUIRE(act.set_cpus(key, {}, all_cpus()));
  CHECK(act.cpu_use(key)->of_any == wanted);
}

TEST_CASE("set_thread_cpus: the thread that was meant, and no other", "[tui]") {
  auto reader = *procfs::Reader::open();
  LiveAct act(reader.duplicate());
  Thread thread;
  const ThreadKey key = thread.key(reader);
  const ThreadKey before{key.process, {key.task.tid, Ticks(key.task.start.raw() - 1)}};
  const CpuSet wanted = only(first_of(all_cpus()));
  const auto replaced = act.set_thread_cpus(before, wanted, {});
  REQUIRE_FALSE(replaced);
  CHECK(replaced.error().code == Errc::gone);
  CHECK(act.thread_cpu_use(key)->of_all == all_cpus());
  REQUIRE(act.set_thread_cpus(key, wanted, {}));
  CHECK(act.thread_cpu_use(key)->of_any == wanted);
  CHECK(act.cpu_use(key.process)->of_any == all_cpus());
  const auto absent = act.set_thread_cpus(key, only(4000), {});
  REQUIRE_FALSE(absent);
  CHECK(describe(absent.error()) == "its cpuset has none of these CPUs");
}

TEST_CASE("set_cpus: CPUs that there are not, and none at all, are told in words", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  LiveAct act(reader.duplicate());
  const auto absent = act.set_cpus(child.key(reader), only(4000), {});
  REQUIRE_FALSE(absent);
  CHECK(describe(absent.error()) == "its cpuset has none of these CPUs");
  const auto none = act.set_cpus(child.key(reader), {}, only(4000));
  REQUIRE_FALSE(none);
  CHECK(describe(none.error()) == "one of its threads would have no CPU left");
}

TEST_CASE("set_oom_adjustment: of the process that was meant", "[tui]") {
  auto reader = *procfs::Reader::open();
  Child child;
  LiveAct act(reader.duplicate());
  const ProcessKey key = child.key(reader);
  const auto before = act.oom_state(key);
  REQUIRE(before);
  const int wanted = before->adjustment < 1000 ? before->adjustment + 1 : 1000;  // everybody may raise it
  CHECK_FALSE(act.set_oom_adjustment(somebody_before(key), wanted));
  CHECK(act.oom_state(key)->adjustment == before->adjustment);
  REQUIRE(act.set_oom_adjustment(key, wanted));
  CHECK(act.oom_state(key)->adjustment == wanted);
}

TEST_CASE("signal_use: what a process does with signals", "[tui]") {
  auto reader = *procfs::Reader::open();
  const auto quit = std::signal(SIGQUIT, SIG_IGN), usr2 = std::signal(SIGUSR2, [](int) {});
  Child child;
  std::signal(SIGQUIT, quit), std::signal(SIGUSR2, usr2);
  LiveAct act(reader.duplicate());
  const auto use = act.signal_use(child.key(reader));
  REQUIRE(use);
  CHECK((use->ignored >> (SIGQUIT - 1) & 1U) == 1);
  CHECK((use->caught >> (SIGUSR2 - 1) & 1U) == 1);
  CHECK((use->caught >> (SIGTERM - 1) & 1U) == 0);
  CHECK((use->blocked >> (SIGTERM - 1) & 1U) == 0);
  CHECK_FALSE(act.signal_use(somebody_before(child.key(reader))));
}
