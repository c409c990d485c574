// Attached to a child alone: its parent is not followed, and what that one does is not told.
#include <csignal>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ptop/follow/follower.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {

struct Recorder : Sink {
  std::vector<std::pair<Pid, Reparented>> adoptions;
  std::vector<Reaped> reaped;
  std::vector<Pid> ended;
  void begin(const Header&) override {}
  void on(const Event& e) override {
    if (const auto* adoption = std::get_if<Reparented>(&e.what)) adoptions.emplace_back(e.pid, *adoption);
    if (const auto* gone = std::get_if<Reaped>(&e.what)) reaped.push_back(*gone);
    if (std::holds_alternative<Exited>(e.what)) ended.push_back(e.pid);
  }
  void end(const Trailer&) override {}
};

/// What one process tells another one that waits for it.
class Gate {
 public:
  Gate() { REQUIRE(::pipe(ends_) == 0); }
  ~Gate() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  void pass(pid_t number = 0) { (void)!::write(ends_[1], &number, sizeof number); }
  pid_t wait() {
    pid_t number = 0;
    (void)!::read(ends_[0], &number, sizeof number);
    return number;
  }

 private:
  int ends_[2]{};
};

pid_t fork_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  return child;
}

void run_until(Follower& follower, const std::function<bool()>& done) {
  while (!done() && follower.run() != Progress::finished) {
  }
}

/// The end of a child of a parent that does `prepare` before it makes it, and is there until the log ends.
std::vector<Reaped> told_of_child_of(const std::function<void()>& prepare, pid_t& parent) {
  Gate born, child_ends, parent_ends;
  parent = fork_child([&] {
    prepare();
    const pid_t child = fork_child([&] {
      child_ends.wait();
      return 4;
    });
    born.pass(child);
    ::waitpid(child, nullptr, 0);
    parent_ends.wait();
    return 0;
  });
  Recorder log;
  Follower follower({}, log);
  REQUIRE(follower.attach({Pid(born.wait())}, false).has_value());
  child_ends.pass();
  run_until(follower, [] { return false; });
  parent_ends.pass();
  REQUIRE(::waitpid(parent, nullptr, 0) == parent);
  return log.reaped;
}

}  // namespace

TEST_CASE("Follower: who is adopted by one that is not followed, and once more, is told at its end",
          "[follow][ptrace]") {
  REQUIRE(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  Gate born, maker_ends, adopter_ends, orphan_ends;
  const pid_t adopter = fork_child([&] {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t maker = fork_child([&] {
      maker_ends.wait();
      (void)fork_child([&] {
        orphan_ends.wait();
        return 5;
      });
      return 0;
    });
    born.pass(maker);
    ::waitpid(maker, nullptr, 0);
    adopter_ends.wait();
    return 0;
  });
  const Pid maker(born.wait());
  Recorder log;
  Follower follower({}, log);
  REQUIRE(follower.attach({maker}, false).has_value());
  maker_ends.pass();
  run_until(follower, [&] { return !log.adoptions.empty(); });
  adopter_ends.pass();
  REQUIRE(::waitpid(adopter, nullptr, 0) == adopter);
  orphan_ends.pass();
  run_until(follower, [] { return false; });
  REQUIRE(log.adoptions.size() == 2);
  CHECK(log.adoptions[0].second.from == maker);
  CHECK(log.adoptions[0].second.to == Pid(adopter));
  CHECK(log.adoptions[1].second.from == Pid(adopter));
  CHECK(log.adoptions[1].second.to == Pid(::getpid()));
}

TEST_CASE("Follower: a sibling made with CLONE_PARENT loses a parent that is not followed",
          "[follow][ptrace]") {
  REQUIRE(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  Gate born, maker_goes_on, parent_ends, sibling_ends;
  const pid_t parent = fork_child([&] {
    const pid_t maker = fork_child([&] {
      maker_goes_on.wait();
      if (::syscall(SYS_clone, CLONE_PARENT, 0, 0, 0, 0) != 0) return 5;
      sibling_ends.wait();
      return 6;
    });
    born.pass(maker);
    ::waitpid(maker, nullptr, 0);
    parent_ends.wait();
    return 0;
  });
  const Pid maker(born.wait());
  Recorder log;
  Follower follower({}, log);
  REQUIRE(follower.attach({maker}, false).has_value());
  maker_goes_on.pass();
  run_until(follower, [&] { return log.ended == std::vector{maker}; });
  parent_ends.pass();
  REQUIRE(::waitpid(parent, nullptr, 0) == parent);
  sibling_ends.pass();
  run_until(follower, [] { return false; });
  REQUIRE(log.adoptions.size() == 1);
  CHECK(log.adoptions[0].first != maker);
  CHECK(log.adoptions[0].second.from == Pid(parent));
  CHECK(log.adoptions[0].second.to == Pid(::getpid()));
}

TEST_CASE("Follower: a parent that is not followed, and has its children thrown away, does not wait",
          "[follow][ptrace]") {
  pid_t parent = 0;
  const auto without_waiting = told_of_child_of(
      [] {
        struct sigaction action {};
        action.sa_flags = SA_NOCLDWAIT;
        ::sigaction(SIGCHLD, &action, nullptr);
      },
      parent);
  REQUIRE(without_waiting.size() == 1);
  CHECK(without_waiting[0].how == ReapedHow::ignored);
  CHECK_FALSE(without_waiting[0].by.has_value());
  const auto waited_for = told_of_child_of([] {}, parent);
  REQUIRE(waited_for.size() == 1);
  CHECK(waited_for[0].how == ReapedHow::waited);
  CHECK(waited_for[0].by == Pid(parent));
}
