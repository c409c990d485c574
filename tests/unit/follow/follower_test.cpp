#include "ptop/follow/follower.hpp"

#include <csignal>
#include <fstream>
#include <string>
#include <variant>

#include <sys/wait.h>
#include <unistd.h>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {

struct Recorder : Sink {
  int headers = 0, trailers = 0;
  Trailer trailer;
  std::vector<What> log;
  std::vector<Pid> pids;
  void begin(const Header&) override { ++headers; }
  void on(const Event& e) override {
    CHECK(e.seq == log.size() + 1);
    log.push_back(e.what);
    pids.push_back(e.pid);
  }
  void end(const Trailer& t) override {
    ++trailers;
    trailer = t;
  }
  template <class T>
  std::vector<T> all() const {
    std::vector<T> out;
    for (const auto& what : log) {
      if (const auto* t = std::get_if<T>(&what)) out.push_back(*t);
    }
    return out;
  }
};

void run_out(Follower& follower) {
  while (follower.run() != Progress::finished) {
  }
}

/// A child of ours that waits for the end of a pipe, to be attached to.
class Sleeper {
 public:
  Sleeper() {
    REQUIRE(::pipe(ends_) == 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends_[1]);
      char byte;
      (void)!::read(ends_[0], &byte, 1);
      ::_exit(3);
    }
    ::close(ends_[0]);
  }
  void release() { ::close(ends_[1]); }
  Pid pid() const { return Pid(pid_); }
  int tracer() const {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("TracerPid:")) return std::stoi(line.substr(10));
    }
    return -1;
  }

 private:
  int ends_[2]{};
  pid_t pid_ = -1;
};

}  // namespace

TEST_CASE("Follower: a program's start, exec and end, with its status", "[follow][ptrace]") {
  Recorder log;
  Follower follower({}, log);
  REQUIRE(follower.start({"sh", {"sh", "-c", "exit 4"}}).has_value());
  run_out(follower);
  CHECK(log.headers == 1);
  CHECK(log.trailers == 1);
  CHECK(WEXITSTATUS(*follower.program_status()) == 4);
  REQUIRE(log.all<Execed>().size() == 1);
  CHECK(log.all<Execed>()[0].argv == std::vector<std::string>{"sh", "-c", "exit 4"});
  REQUIRE(log.all<Exited>().size() == 1);
  CHECK(log.all<Exited>()[0].code == 4);
  CHECK(log.all<Exited>()[0].max_rss.value_or(0) > 0);
  CHECK(log.trailer.execs == 1);
  CHECK(log.trailer.code == 4);
}

TEST_CASE("Follower: what cannot be started is an error and no log", "[follow][ptrace]") {
  Recorder log;
  Follower follower({}, log);
  const auto started = follower.start({"/nonexistent/program", {"program"}});
  REQUIRE_FALSE(started.has_value());
  CHECK(started.error().sys == ENOENT);
  CHECK(log.headers == 0);
  CHECK(log.log.empty());
}

TEST_CASE("Follower: the environment that a shell adds for one command is told", "[follow][ptrace]") {
  Recorder log;
  Follower follower({}, log);
  ::setenv("PTOP_TEST_GONE", "1", 1);
  REQUIRE(follower.start({"sh", {"sh", "-c", "unset PTOP_TEST_GONE; PTOP_TEST_NEW=x /bin/true; exit 0"}})
              .has_value());
  ::unsetenv("PTOP_TEST_GONE");
  run_out(follower);
  const auto execs = log.all<Execed>();
  REQUIRE(execs.size() == 2);
  REQUIRE(execs[1].env.has_value());
  CHECK(execs[1].env->removed == std::vector<std::string>{"PTOP_TEST_GONE"});
  CHECK(std::ranges::count(execs[1].env->added, "PTOP_TEST_NEW=x") == 1);
}

TEST_CASE("Follower: a process attached to and let go runs on untraced", "[follow][ptrace]") {
  Sleeper sleeper;
  Recorder log;
  {
    Follower follower({}, log);
    REQUIRE(follower.attach({sleeper.pid()}, false).has_value());
    CHECK(sleeper.tracer() == ::getpid());
    follower.detach("test");
    run_out(follower);
  }
  CHECK(sleeper.tracer() == 0);
  CHECK(log.all<Attached>().size() == 1);
  CHECK(log.all<Detached>().size() == 1);
  CHECK(log.trailer.reason == "test");
  sleeper.release();
  int status = 0;
  REQUIRE(::waitpid(sleeper.pid().raw(), &status, 0) > 0);
  CHECK(WEXITSTATUS(status) == 3);
}

TEST_CASE("Follower: destroying it lets everything go", "[follow][ptrace]") {
  Sleeper sleeper;
  Recorder log;
  {
    Follower follower({}, log);
    REQUIRE(follower.attach({sleeper.pid()}, true).has_value());
  }
  CHECK(sleeper.tracer() == 0);
  sleeper.release();
  REQUIRE(::waitpid(sleeper.pid().raw(), nullptr, 0) > 0);
}

TEST_CASE("Follower: attaching to nobody is gone", "[follow][ptrace]") {
  Recorder log;
  Follower follower({}, log);
  const auto attached = follower.attach({Pid(0x3fffffff)}, false);
  REQUIRE_FALSE(attached.has_value());
  CHECK(attached.error().code == Errc::gone);
}

TEST_CASE("Follower: attaching that fails says for whom, and nothing is told of the others",
          "[follow][ptrace]") {
  Sleeper sleeper;
  Recorder log;
  {
    Follower follower({}, log);
    const auto attached = follower.attach({sleeper.pid(), Pid(0x3fffffff)}, false);
    REQUIRE_FALSE(attached.has_value());
    CHECK(attached.error().pid == Pid(0x3fffffff));
  }
  CHECK(sleeper.tracer() == 0);
  CHECK(log.all<Detached>().empty());
  CHECK(log.trailer.reason.empty());
  sleeper.release();
  REQUIRE(::waitpid(sleeper.pid().raw(), nullptr, 0) > 0);
}

TEST_CASE("Follower: system calls are told with names and results", "[follow][ptrace]") {
  Recorder log;
  Options options;
  options.syscalls = decode::SyscallSet::parse("openat,exit_group").value();
  Follower follower(options, log);
  REQUIRE(follower.start({"cat", {"cat", "/nonexistent-file"}}).has_value());
  run_out(follower);
  const auto calls = log.all<SyscallDone>();
  REQUIRE(calls.size() > 1);
  const auto failed =
      std::ranges::find_if(calls, [](const SyscallDone& c) { return c.error_number == ENOENT; });
  CHECK(failed != calls.end());
  CHECK_FALSE(calls.back().ret.has_value());  // exit_group
}
