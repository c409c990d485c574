#include "preparation.hpp"

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <sys/ioctl.h>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {

/// Paths and structures of a made-up tracee, from address 0x1000 on.
class Bytes : public decode::MemoryReader {
 public:
  std::uint64_t put(std::string bytes) {
    const std::uint64_t address = base + all_.size();
    all_ += bytes + '\0';
    return address;
  }
  std::uint64_t put_word(std::uint64_t word) {
    return put(std::string(reinterpret_cast<const char*>(&word), sizeof word));
  }
  std::size_t read(std::uint64_t address, std::span<std::byte> out) override {
    if (address < base || address - base >= all_.size()) return 0;
    const auto part = std::string_view(all_).substr(address - base, out.size());
    std::memcpy(out.data(), part.data(), part.size());
    return part.size();
  }

 private:
  static constexpr std::uint64_t base = 0x1000;
  std::string all_;
};

struct Window {
  Bytes memory;
  Preparation preparation{0, Pid(77)};

  void call(std::string_view name, std::array<std::uint64_t, 6> args, std::int64_t result) {
    const auto* row = decode::find_syscall(decode::Arch::x86_64, name);
    REQUIRE(row);
    preparation.enter({.nr = row->nr, .args = args}, memory);
    preparation.leave({.value = result, .error = result < 0}, memory);
  }
  std::vector<std::string> actions() const {
    std::vector<std::string> out;
    for (const auto& step : preparation.steps()) out.emplace_back(step.action);
    return out;
  }
};

using Actions = std::vector<std::string>;

}  // namespace

TEST_CASE("Preparation: what a program does not inherit is counted only", "[follow]") {
  Window window;
  window.call("getpid", {}, 7);
  window.call("brk", {}, 0);
  window.call("fcntl", {3, F_GETFD}, 0);
  CHECK(window.actions().empty());
  CHECK(window.preparation.calls() == 3);
}

TEST_CASE("Preparation: descriptors moved and closed", "[follow]") {
  Window window;
  window.call("dup2", {5, 0}, 0);
  window.call("close", {3}, 0);
  window.call("close", {4}, 0);
  window.call("close", {9}, -EBADF);
  window.call("close_range", {10, ~0U, 0}, 0);
  window.call("fcntl", {6, F_SETFD, 0}, 0);
  window.call("ioctl", {8, FIOCLEX}, 0);
  REQUIRE(window.actions() == Actions{"dup", "close", "keep", "close_on_exec"});
  const auto steps = window.preparation.steps();
  CHECK(steps[0].fd == 5);
  CHECK(steps[0].to == 0);
  REQUIRE(steps[1].closed.size() == 2);
  CHECK(steps[1].closed[0].first == 3);
  CHECK(steps[1].closed[0].last == 4);
  CHECK(steps[1].closed[1].last == INT_MAX);
}

TEST_CASE("Preparation: a file opened only for the way leaves no trace", "[follow]") {
  Window window;
  const auto path = window.memory.put("/proc/self/fd");
  window.call("openat", {std::uint64_t(AT_FDCWD), path}, 3);
  window.call("close", {3}, 0);
  CHECK(window.actions().empty());
}

TEST_CASE("Preparation: a file opened, moved and closed is opened as the other number", "[follow]") {
  Window window;
  const auto path = window.memory.put("/dev/null");
  window.call("openat", {std::uint64_t(AT_FDCWD), path, O_WRONLY}, 3);
  window.call("dup2", {3, 1}, 1);
  window.call("close", {3}, 0);
  REQUIRE(window.actions() == Actions{"open"});
  CHECK(window.preparation.steps()[0].fd == 1);
  CHECK(window.preparation.steps()[0].path == "/dev/null");
}

TEST_CASE("Preparation: a number that is used again was not closed", "[follow]") {
  Window window;
  window.call("close", {0}, 0);
  window.call("openat", {0xffffff9c, window.memory.put("in")}, 0);
  window.call("close_range", {3, 5, 0}, 0);
  window.call("dup2", {0, 5}, 5);
  CHECK(window.actions() == Actions{"open", "close", "dup"});
  const auto closed = window.preparation.steps()[1].closed;
  REQUIRE(closed.size() == 1);
  CHECK(closed[0].first == 3);
  CHECK(closed[0].last == 4);
}

TEST_CASE("Preparation: a pipe that was closed again leaves no trace", "[follow]") {
  Window window;
  const auto ends = window.memory.put_word(std::uint64_t{4} << 32 | 3);
  window.call("pipe", {ends}, 0);
  window.call("close", {3}, 0);
  CHECK(window.actions() == Actions{"pipe", "close"});
  window.call("close", {4}, 0);
  CHECK(window.actions().empty());
  window.call("pipe", {ends}, 0);
  window.call("dup2", {3, 0}, 0);
  window.call("close", {3}, 0);
  window.call("close", {4}, 0);
  CHECK(window.actions() == Actions{"pipe", "dup", "close"});
}

TEST_CASE("Preparation: its own group is a new one, whether it says so by 0 or by its number", "[follow]") {
  Window window;
  window.call("setpgid", {0, 0}, 0);
  window.call("setpgid", {77, 77}, 0);
  window.call("setpgid", {0, 78}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(steps.size() == 3);
  CHECK(steps[0].number == 0);
  CHECK(steps[1].number == 0);
  CHECK(steps[2].number == 78);
}

TEST_CASE("prepares_another: by the name of the file", "[follow]") {
  CHECK(prepares_another("/usr/lib/jvm/java-17-openjdk-amd64/lib/jspawnhelper"));
  CHECK(prepares_another("/usr/bin/env"));
  CHECK_FALSE(prepares_another("/usr/bin/printenv"));
  CHECK_FALSE(prepares_another("/env/sh"));
}

TEST_CASE("Preparation: signals reset and ignored are folded, handlers do not count", "[follow]") {
  Window window;
  const auto reset = window.memory.put_word(0), ignore = window.memory.put_word(1),
             handler = window.memory.put_word(0x401000);
  window.call("rt_sigaction", {SIGINT, reset, 0, 8}, 0);
  window.call("rt_sigaction", {SIGHUP, ignore, 0, 8}, 0);
  window.call("rt_sigaction", {SIGQUIT, reset, 0, 8}, 0);
  window.call("rt_sigaction", {SIGTERM, handler, 0, 8}, 0);
  window.call("rt_sigaction", {SIGTERM, 0, 0x9999, 8}, 0);
  REQUIRE(window.actions() == Actions{"default", "ignore"});
  CHECK(window.preparation.steps()[0].signals == std::vector{SIGINT, SIGQUIT});
  CHECK(window.preparation.steps()[1].signals == std::vector{SIGHUP});
}

TEST_CASE("Preparation: a step that failed says so", "[follow]") {
  Window window;
  const auto path = window.memory.put("/none");
  window.call("chdir", {path}, -ENOENT);
  REQUIRE(window.actions() == Actions{"chdir"});
  CHECK(window.preparation.steps()[0].error_number == ENOENT);
  CHECK(window.preparation.steps()[0].path == "/none");
}

TEST_CASE("Preparation: asking for a limit is no step, setting one is", "[follow]") {
  Window window;
  window.call("prlimit64", {0, 7, 0, 0x5000}, 0);
  CHECK(window.actions().empty());
  window.call("prlimit64", {0, 7, 0x5000, 0}, 0);
  CHECK(window.actions() == Actions{"limit"});
}

TEST_CASE("Preparation: an exit stop without its enter stop is passed over", "[follow]") {
  Window window;
  window.preparation.leave({.value = 0}, window.memory);
  CHECK(window.actions().empty());
}
