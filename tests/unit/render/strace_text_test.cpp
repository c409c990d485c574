// strace's line format: what stands in one line, and what is broken off and resumed.
#include "ptop/render/strace_text.hpp"

#include <array>
#include <csignal>
#include <vector>

#include "golden.hpp"
#include "ptop/decode/decoded.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {

constexpr int eintr_restart = 512;  // ERESTARTSYS

/// Tells a sink what tasks do, and has what it wrote.
class Log {
 public:
  explicit Log(render::StraceOptions options)
      : out_(file_.get(), true), messages_(said_.get(), true), sink_(out_, messages_, options) {
    sink_.begin({.started_realtime_ns = 0});
  }

  void start(int tid) { tell(tid, Attached{.comm = "x", .ppid = {}, .spawned = true}); }
  void fork(int tid, int child) { tell(tid, Forked{.child = {Tid(child), {}}}); }
  void enter(int tid, std::string_view name, std::vector<decode::Field> args) {
    args_ = std::move(args);
    sink_.on_enter(
        {.t_ns = now_, .pid = Pid(tid), .tid = Tid(tid), .name = name, .number = {.nr = 0}, .args = args_});
  }
  void leave(int tid, std::string_view name, std::vector<decode::Field> args, std::optional<int> ret,
             int error = 0) {
    args_ = std::move(args);
    tell(tid, SyscallDone{.name = name,
                          .args = args_,
                          .ret = ret,
                          .ret_decoded = {},
                          .error_number = error,
                          .duration_ns = 1'234'000});
  }
  void tell(int tid, What what) {
    sink_.on({.t_ns = now_, .pid = Pid(tid), .task = {Tid(tid), {}}, .what = std::move(what)});
  }
  std::string text() {
    sink_.end({});
    out_.flush();
    return test::contents(file_);
  }
  std::string messages() {
    messages_.flush();
    return test::contents(said_);
  }
  void at(std::uint64_t ns) { now_ = ns; }

 private:
  Fd file_ = test::memory_file(), said_ = test::memory_file();
  render::LineOutput out_, messages_;
  render::StraceSink sink_;
  std::vector<decode::Field> args_;
  std::uint64_t now_ = 0;
};

const decode::Decoded one{decode::Signed{1}}, two{decode::Signed{2}};
const decode::Decoded grown{decode::Changed{&one, &two}};
constexpr auto at_exit = decode::Timing::at_exit, grows = decode::Timing::grows;
const std::vector<decode::Field> read_entered{
    {"fd", &one}, {"buf", nullptr, decode::Naming::usual, at_exit}, {"count", &two}};
const std::vector<decode::Field> read_done{
    {"fd", &one}, {"buf", &two, decode::Naming::usual, at_exit}, {"count", &two}};

}  // namespace

TEST_CASE("StraceSink: a call that nothing comes between is one line, its result in a column", "[render]") {
  Log log({});
  log.start(7);
  log.enter(7, "read", read_entered);
  log.leave(7, "read", read_done, 2);
  log.enter(7, "a_call_that_has_quite_a_long_name_of_its_own", {});
  log.leave(7, "a_call_that_has_quite_a_long_name_of_its_own", {}, 0);
  CHECK(log.text() ==
        "read(1, 2, 2)                           = 2\n"
        "a_call_that_has_quite_a_long_name_of_its_own() = 0\n");
}

TEST_CASE("StraceSink: calls of several tasks are broken off and resumed", "[render]") {
  Log log({.pid = render::StracePid::always, .follows = true});
  log.start(7);
  log.fork(7, 8);
  log.enter(7, "read", read_entered);
  log.enter(8, "close", {{"fd", &one}});
  log.leave(7, "read", read_done, 2);
  log.leave(8, "close", {{"fd", &one}}, 0);
  CHECK(log.text() ==
        "7     read(1,  <unfinished ...>\n"
        "8     close(1 <unfinished ...>\n"
        "7     <... read resumed>2, 2)           = 2\n"
        "8     <... close resumed>)              = 0\n");
  CHECK(log.messages() == "strace: Process 8 attached\n");
}

TEST_CASE("StraceSink: what a call makes of an argument is said when it is done", "[render]") {
  const std::vector<decode::Field> before{{"uargs", &one, decode::Naming::usual, grows}, {"size", &two}};
  const std::vector<decode::Field> after{{"uargs", &grown, decode::Naming::usual, grows}, {"size", &two}};
  Log log({.pid = render::StracePid::always, .follows = true});
  log.start(7);
  log.enter(7, "clone3", before);
  log.leave(7, "clone3", after, 9);
  log.enter(7, "clone3", before);
  log.tell(8, Exited{.code = 3});
  log.leave(7, "clone3", after, 9);
  CHECK(log.text() ==
        "7     clone3(1 => 2, 2)                 = 9\n"
        "7     clone3(1 <unfinished ...>\n"
        "8     +++ exited with 3 +++\n"
        "7     <... clone3 resumed> => 2, 2)     = 9\n");
}

TEST_CASE("StraceSink: the call of a thread that execs goes on under the leader's number", "[render]") {
  Execed execed;
  execed.former_tid = Tid(8);
  const auto exec_in = [&](Log& log) {
    log.start(7);
    log.fork(7, 8);
    log.enter(7, "pause", {});
    log.enter(8, "execve", {{"filename", &one}});
    log.leave(7, "pause", {}, std::nullopt);
    log.tell(7, execed);
    log.leave(7, "execve", {{"filename", &one}}, 0);
    log.enter(7, "close", {{"fd", &one}});
    log.leave(7, "close", {{"fd", &one}}, 0);
  };
  const std::string before =
      "[pid     7] pause( <unfinished ...>\n"
      "[pid     8] execve(1 <unfinished ...>\n"
      "[pid     7] <... pause resumed>)        = ?\n";
  const std::string after =
      "<... execve resumed>)                   = 0\n"
      "close(1)                                = 0\n";
  Log said({.pid = render::StracePid::when_several, .follows = true});
  exec_in(said);
  CHECK(said.text() == before + "+++ superseded by execve in pid 8 +++\n" + after);
  Log silent({.pid = render::StracePid::when_several, .follows = true, .superseded = false});
  exec_in(silent);
  CHECK(silent.text() == before + after);
}

TEST_CASE("StraceSink: errors, restarts, and calls that death cuts off", "[render]") {
  Log log({});
  log.start(7);
  log.enter(7, "read", read_entered);
  log.leave(7, "read", read_done, -ENOENT, ENOENT);
  log.enter(7, "pause", {});
  log.leave(7, "pause", {}, -eintr_restart, eintr_restart);
  log.tell(7, Signalled{.signal = SIGUSR1, .info = &one});
  log.enter(7, "pause", {});
  log.leave(7, "pause", {}, std::nullopt);
  log.enter(7, "read", read_entered);
  log.leave(7, "read", read_entered, std::nullopt);
  log.tell(7, Exited{.signal = SIGKILL, .core = true});
  CHECK(log.text() ==
        "read(1, 2, 2)                           = -1 ENOENT (No such file or directory)\n"
        "pause()                                 = ? ERESTARTSYS (To be restarted if SA_RESTART is set)\n"
        "--- SIGUSR1 1 ---\n"
        "pause()                                 = ?\n"
        "read(1,  <unfinished ...>)              = ?\n"
        "+++ killed by SIGKILL (core dumped) +++\n");
}

TEST_CASE("StraceSink: pids are said once there are several tasks", "[render]") {
  Log log({.pid = render::StracePid::when_several, .follows = true});
  log.start(7);
  log.tell(7, StoppedBy{SIGTSTP});
  log.fork(7, 8);
  log.tell(8, StoppedBy{SIGTSTP});
  log.tell(8, Exited{.code = 0});
  log.tell(7, Exited{.code = 0});
  CHECK(log.text() ==
        "--- stopped by SIGTSTP ---\n"
        "[pid     8] --- stopped by SIGTSTP ---\n"
        "[pid     8] +++ exited with 0 +++\n"
        "+++ exited with 0 +++\n");
}

TEST_CASE("StraceSink: without -f only who was there at the beginning", "[render]") {
  Log log({});
  log.start(7);
  log.fork(7, 8);
  log.enter(8, "close", {{"fd", &one}});
  log.leave(8, "close", {{"fd", &one}}, 0);
  log.tell(8, Exited{.code = 0});
  CHECK(log.text().empty());
  CHECK(log.messages().empty());
}

TEST_CASE("StraceSink: only the calls that failed, or only those that did not", "[render]") {
  for (const bool failed : {false, true}) {
    Log log({.statuses = failed ? CallStatus::failed : CallStatus::successful});
    log.start(7);
    log.enter(7, "good", {});
    log.leave(7, "good", {}, 0);
    log.enter(7, "bad", {});
    log.leave(7, "bad", {}, -EPERM, EPERM);
    CHECK((log.text().find("bad(") != std::string::npos) == failed);
    CHECK((log.text().find("good(") != std::string::npos) == !failed);
  }
}

TEST_CASE("StraceSink: time, time between lines, time of a call, number", "[render]") {
  Log log({.clock = render::StraceClock::unix_time,
           .clock_digits = 6,
           .relative_digits = 6,
           .duration_digits = 6,
           .numbers = true});
  log.start(7);
  log.at(1'500'000'999);
  log.enter(7, "sync", {});
  log.leave(7, "sync", {}, 0);
  log.at(2'750'000'000);
  log.enter(7, "sync", {});
  log.leave(7, "sync", {}, 0);
  CHECK(log.text() ==
        "1.500000 (+     0.000000) [   0] sync() = 0 <0.001234>\n"
        "2.750000 (+     1.249999) [   0] sync() = 0 <0.001234>\n");
}

TEST_CASE("StraceSink: a call under way at the end of the log says so", "[render]") {
  Log log({});
  log.start(7);
  log.enter(7, "pause", {});
  CHECK(log.text() == "pause( <detached ...>\n");
}

TEST_CASE("StraceSink: where it was called, and by whom", "[render]") {
  Log log({.instructions = true});
  log.start(7);
  const std::array<StackFrame, 3> stack{{{"/lib/libc.so.6", "write", 0x14, 0x1004, 0x7f0000001004},
                                         {"/bin/x", "_ZN1a1bEv", 1, 0x22, 0x22},
                                         {"", "", 0, 0, 0x7ffd00}}};
  log.tell(7,
           SyscallDone{
               .name = "write", .ret = 1, .ret_decoded = {}, .instruction = 0x7f0000001004, .stack = stack});
  log.tell(7, Exited{.code = 0});
  CHECK(log.text() ==
        "[00007f0000001004] write()              = 1\n"
        " > /lib/libc.so.6(write+0x14) [0x1004]\n"
        " > /bin/x(a::b()+0x1) [0x22]\n"
        " > [unknown] [0x7ffd00]\n"
        "[????????????????] +++ exited with 0 +++\n");
}

TEST_CASE("StraceSink: command names behind pids change with exec", "[render]") {
  Log log({.pid = render::StracePid::always, .comms = true, .follows = true});
  log.start(7);
  log.fork(7, 8);
  log.tell(8, StoppedBy{SIGTSTP});
  log.tell(8, Execed{.path = "/usr/bin/mawk", .filename = "/usr/bin/awk"});
  log.tell(8, Exited{.code = 0});
  CHECK(log.text() ==
        "8<x> --- stopped by SIGTSTP ---\n"
        "8<awk> +++ exited with 0 +++\n");
}
