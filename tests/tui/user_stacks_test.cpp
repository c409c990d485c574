// Stacks of programs that run: whole, and nothing stays stopped.
#include "user_stacks.hpp"

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "ptop/procfs/reader.hpp"
#include "ptop/trace/unwind.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;

namespace {

/// A child that says when it has come to where it waits.
class Sleeper {
 public:
  explicit Sleeper(void (*run)()) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      std::signal(SIGTERM, SIG_DFL);
      run();
      if (::write(ends[1], "x", 1) == 1) {
        while (true) ::pause();
      }
      ::_exit(1);
    }
    char byte = 0;
    REQUIRE(::read(ends[0], &byte, 1) == 1);
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~Sleeper() { ::kill(pid_, SIGKILL), ::waitpid(pid_, nullptr, 0); }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

  pid_t pid() const { return pid_; }
  ProcessKey key() { return {Pid(pid_), reader_.read_stat(Pid(pid_))->start}; }
  /// Whether that is its state soon: it runs for a moment when it is let go.
  bool comes_to(char state) {
    for (int i = 0; i < 60'000; ++i) {
      if (static_cast<char>(reader_.read_stat(Pid(pid_))->state) == state) return true;
      ::usleep(1000);
    }
    return false;
  }
  int tracer() { return reader_.read_status(Pid(pid_))->tracer_pid.raw(); }

 private:
  procfs::Reader reader_ = *procfs::Reader::open();
  pid_t pid_;
};

/// Not without libunwind, where this test is traced itself, or where Yama lets only ancestors trace.
bool can_take(Sleeper& sleeper) {
  if (!trace::can_unwind()) return false;
  const auto stacks = take_stacks(sleeper.key());
  return stacks || !stacks.error().what.starts_with("not permitted");
}

std::string text_of(const render::PageSection& section) {
  std::string text;
  for (const auto& line : section.lines) text += line.text.plain() + "\n";
  return text;
}

}  // namespace

TEST_CASE("take_stacks: all threads, and the program sleeps on", "[tui][ptrace]") {
  Sleeper sleeper([] {
    for (int i = 0; i < 2; ++i) {
      std::thread([] {
        while (true) ::pause();
      }).detach();
    }
  });
  if (!can_take(sleeper)) return;
  const auto stacks = take_stacks(sleeper.key());
  REQUIRE(stacks);
  CHECK(stacks->size() == 3);
  for (const auto& stack : *stacks) CHECK(stack.trouble.empty());
  const std::string text = text_of(user_stacks_section(stacks));
  INFO(text);
  CHECK(text.find("pause+0x") != text.npos);
  CHECK(sleeper.tracer() == 0);
  CHECK(sleeper.comes_to('S'));
}

TEST_CASE("take_stacks: one that was stopped by a signal stays so", "[tui][ptrace]") {
  Sleeper sleeper([] {});
  if (!can_take(sleeper)) return;
  ::kill(sleeper.pid(), SIGSTOP);
  int status = 0;
  REQUIRE(::waitpid(sleeper.pid(), &status, WUNTRACED) == sleeper.pid());
  REQUIRE(take_stacks(sleeper.key()));
  CHECK(sleeper.tracer() == 0);
  CHECK(sleeper.comes_to('T'));
}

TEST_CASE("take_stacks: another process with the pid is let be", "[tui][ptrace]") {
  Sleeper sleeper([] {});
  if (!can_take(sleeper)) return;
  const ProcessKey key = sleeper.key();
  const auto stacks = take_stacks({key.pid, Ticks(key.start.raw() - 1)});
  REQUIRE_FALSE(stacks);
  CHECK(stacks.error().code == Errc::gone);
  CHECK(sleeper.tracer() == 0);
  CHECK(sleeper.comes_to('S'));
}

TEST_CASE("take_stacks: who traces it already is named", "[tui][ptrace]") {
  Sleeper sleeper([] {});
  if (!can_take(sleeper)) return;
  REQUIRE(::ptrace(PTRACE_SEIZE, sleeper.pid(), nullptr, nullptr) == 0);
  const auto stacks = take_stacks(sleeper.key());
  REQUIRE_FALSE(stacks);
  CHECK(describe(stacks.error()) == "it is being traced already, by " + std::to_string(::getpid()));
  CHECK(text_of(user_stacks_section(stacks)).find("not taken: it is being traced") != std::string::npos);
}

TEST_CASE("user_stacks_section: names of strangers are escaped", "[tui]") {
  const std::vector<follow::ThreadStack> stacks{
      {Tid(7), {{.path = "/tmp/\x1b[31m", .symbol = "f\n", .symbol_offset = 16, .address = 0x1000}}, ""},
      {Tid(8), {}, "it has ended"}};
  const std::string text = text_of(user_stacks_section(stacks));
  CHECK(text == "7\n  f\\n+0x10  /tmp/\\x1b[31m\n8\n  it has ended\n");
}
