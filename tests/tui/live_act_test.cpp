// Acting on real processes: the one that was meant, or nobody.
#include "live_act.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

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
