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

constexpr std::uint64_t bit(int signal) { return std::uint64_t{1} << (signal - 1); }

/// What its process is like.
struct Before {
  std::optional<std::uint64_t> ignored = std::nullopt;
  std::vector<int> open{0, 1, 2};
  bool terminal = false;
  Rights rights;
};

class Child : public ChildFacts {
 public:
  explicit Child(const Before& before) : before_(before) {}
  std::optional<std::uint64_t> ignored_signals() override { return before_.ignored; }
  bool is_open(int fd) override { return std::ranges::find(before_.open, fd) != before_.open.end(); }
  std::string path_of(int fd) override { return "/proc/" + std::to_string(fd); }
  bool is_itself(std::int32_t pid) override { return pid == 77; }
  bool has_terminal() override { return before_.terminal; }
  std::optional<Rights> rights() override { return before_.rights; }

 private:
  const Before& before_;
};

struct Window {
  Bytes memory;
  Before before;
  Preparation preparation{0, std::make_unique<Child>(before)};

  void call(std::string_view name, std::array<std::uint64_t, 6> args, std::int64_t result) {
    const auto* row = decode::find_syscall(decode::Arch::x86_64, name);
    REQUIRE(row);
    preparation.enter({.nr = row->nr, .args = args}, memory);
    preparation.leave({.value = result, .error = result < 0}, memory);
  }
  std::vector<std::string> actions() const { return actions_of(preparation.steps()); }
  static std::vector<std::string> actions_of(const std::vector<RecipeStep>& steps) {
    std::vector<std::string> out;
    for (const auto& step : steps) out.emplace_back(step.action);
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

TEST_CASE("Preparation: a number that is used again was closed before", "[follow]") {
  Window window;
  const auto path = window.memory.put("in");
  window.call("close", {0}, 0);
  window.call("openat", {0xffffff9c, path}, 0);
  window.call("close_range", {3, 5, 0}, 0);
  window.call("dup2", {0, 5}, 5);
  REQUIRE(window.actions() == Actions{"close", "open", "close", "dup"});
  const auto steps = window.preparation.steps();
  REQUIRE(steps[2].closed.size() == 1);
  CHECK(steps[2].closed[0].first == 3);
  CHECK(steps[2].closed[0].last == 5);

  Window again;
  again.call("close", {3}, 0);
  again.call("openat", {0xffffff9c, path}, 3);
  again.call("close", {3}, 0);
  CHECK(again.actions() == Actions{"close"});
}

TEST_CASE("Preparation: an end of a pipe moved and closed, and its number used again", "[follow]") {
  Window window;
  window.call("pipe2", {window.memory.put_word(std::uint64_t{4} << 32 | 3), O_CLOEXEC}, 0);
  window.call("dup2", {3, 0}, 0);
  window.call("close", {3}, 0);
  window.call("openat", {0xffffff9c, window.memory.put("in")}, 3);
  CHECK(window.actions() == Actions{"pipe", "dup", "close", "open"});
}

TEST_CASE("Preparation: a file is told under another number only where the order stays true", "[follow]") {
  Window window;
  const auto path = window.memory.put("in");
  window.call("openat", {0xffffff9c, path}, 3);
  SECTION("that number was closed meanwhile") {
    window.call("close", {0}, 0);
    window.call("dup2", {3, 0}, 0);
    window.call("close", {3}, 0);
    CHECK(window.actions() == Actions{"open", "close", "dup", "close"});
  }
  SECTION("that number had another file meanwhile") {
    window.call("dup2", {7, 0}, 0);
    window.call("dup2", {3, 0}, 0);
    window.call("close", {3}, 0);
    CHECK(window.actions() == Actions{"open", "close", "dup", "close"});
  }
  SECTION("it is its own") {
    window.call("dup2", {3, 3}, 3);
    CHECK(window.actions() == Actions{"open"});
    window.call("close", {3}, 0);
    CHECK(window.actions().empty());
  }
  SECTION("another file has its number") {
    window.call("dup2", {7, 3}, 3);
    CHECK(window.actions() == Actions{"dup"});
    window.call("close", {3}, 0);
    CHECK(window.actions().empty());
  }
  SECTION("closed there as well: what had the number before is closed") {
    window.call("dup2", {3, 0}, 0);
    window.call("close", {3}, 0);
    window.call("close", {0}, 0);
    REQUIRE(window.actions() == Actions{"close"});
    CHECK(window.preparation.steps()[0].closed[0].first == 0);
  }
  SECTION("moved twice: what had the number between is closed") {
    window.before.open.push_back(4);
    window.call("dup2", {3, 4}, 4);
    window.call("close", {3}, 0);
    window.call("fcntl", {4, F_DUPFD, 20}, 20);
    window.call("close", {4}, 0);
    REQUIRE(window.actions() == Actions{"open", "close"});
    const auto steps = window.preparation.steps();
    CHECK(steps[0].fd == 20);
    CHECK(steps[1].closed[0].first == 4);
  }
  SECTION("moved twice by way of a number that was free") {
    window.call("dup2", {3, 4}, 4);
    window.call("close", {3}, 0);
    window.call("dup2", {4, 0}, 0);
    window.call("close", {4}, 0);
    REQUIRE(window.actions() == Actions{"open"});
    CHECK(window.preparation.steps()[0].fd == 0);
  }
}

TEST_CASE("Preparation: what does not cross the exec is no step", "[follow]") {
  Window window{.memory = {}, .before = {.open = {0, 1, 2, 7}}};
  const auto path = window.memory.put("/in");
  window.call("openat", {0xffffff9c, path, O_CLOEXEC}, 3);
  window.call("dup3", {3, 4, O_CLOEXEC}, 4);
  window.call("dup3", {0, 7, O_CLOEXEC}, 7);
  window.call("memfd_create", {window.memory.put("name"), 1}, 5);
  const auto none = window.preparation.steps({.crossed = std::vector{0, 1, 2}});
  REQUIRE(Window::actions_of(none) == Actions{"close"});  // of what had the number
  CHECK(none[0].closed[0].first == 7);
  CHECK(none[0].closed[0].last == 7);
  const auto moved = window.preparation.steps({.crossed = std::vector{0, 1, 2, 4, 7}});
  REQUIRE(Window::actions_of(moved) == Actions{"open", "dup"});
  CHECK(moved[0].fd == 4);
  CHECK(moved[0].cloexec.empty());
}

TEST_CASE("Preparation: marks count as they are at the end", "[follow]") {
  Window window;
  window.call("fcntl", {1, F_SETFD, FD_CLOEXEC}, 0);
  window.call("fcntl", {1, F_SETFD, 0}, 0);
  window.call("fcntl", {2, F_SETFD, FD_CLOEXEC}, 0);
  window.call("openat", {0xffffff9c, window.memory.put("/in"), O_CLOEXEC}, 3);
  window.call("fcntl", {3, F_SETFD, 0}, 0);
  const auto steps = window.preparation.steps({.crossed = std::vector{0, 1, 3}});
  REQUIRE(Window::actions_of(steps) == Actions{"keep", "close_on_exec", "open"});
  CHECK(steps[0].fd == 1);
  CHECK(steps[1].fd == 2);
}

TEST_CASE("Preparation: what another step needs is told", "[follow]") {
  Window window;
  window.call("openat", {0xffffff9c, window.memory.put("/proc/self/ns/uts"), O_CLOEXEC}, 3);
  window.call("setns", {3, 0}, 0);
  SECTION("and that it is closed") {
    window.call("close", {3}, 0);
    CHECK(window.actions() == Actions{"open", "namespace", "close"});
  }
  SECTION("or that the exec does it") {
    const auto steps = window.preparation.steps({.crossed = std::vector{0, 1, 2}});
    REQUIRE(Window::actions_of(steps) == Actions{"open", "namespace"});
    CHECK(steps[0].cloexec == std::vector{3});
  }
  SECTION("a directory that a path begins at, where the file stays") {
    const auto name = window.memory.put("prog");
    window.call("openat", {3, name}, 4);
    window.call("openat", {3, name}, 5);
    window.call("close", {4}, 0);
    CHECK(window.actions() == Actions{"open", "namespace", "open"});
  }
}

TEST_CASE("Preparation: every call that makes a descriptor is a step", "[follow]") {
  for (const std::string_view name : {"socket",
                                      "accept",
                                      "accept4",
                                      "epoll_create",
                                      "epoll_create1",
                                      "eventfd",
                                      "eventfd2",
                                      "inotify_init",
                                      "inotify_init1",
                                      "timerfd_create",
                                      "pidfd_open",
                                      "pidfd_getfd",
                                      "fsopen",
                                      "fsmount",
                                      "fspick",
                                      "open_tree",
                                      "fanotify_init",
                                      "userfaultfd",
                                      "memfd_create",
                                      "memfd_secret",
                                      "mq_open",
                                      "open_by_handle_at",
                                      "perf_event_open",
                                      "openat2",
                                      "creat",
                                      "io_uring_setup",
                                      "landlock_create_ruleset"}) {
    CAPTURE(name);
    Window window;
    window.call(name, {}, 5);
    REQUIRE(window.actions() == Actions{"open"});
    CHECK(window.preparation.steps()[0].fd == 5);
    CHECK(window.preparation.steps()[0].call == name);
    window.call("close", {5}, 0);
    CHECK(window.actions().empty());
  }
}

TEST_CASE("Preparation: what has a name and no path has none", "[follow]") {
  Window window;
  window.call("memfd_create", {window.memory.put("name"), 0}, 5);
  window.call("fsopen", {window.memory.put("ext4"), 0}, 6);
  window.call("fspick", {0xffffff9c, window.memory.put("/mnt"), 0}, 7);
  const auto steps = window.preparation.steps();
  REQUIRE(steps.size() == 3);
  CHECK(steps[0].path.empty());
  CHECK(steps[1].path.empty());
  CHECK(steps[2].path == "/mnt");
}

TEST_CASE("Preparation: calls that make a descriptor only sometimes", "[follow]") {
  Window window;
  window.call("signalfd4", {7, 0x5000, 8, 0}, 7);
  window.call("landlock_create_ruleset", {0, 0, 1}, 6);
  std::array<std::uint32_t, 30> params{};
  params[2] = 1U << 15U;
  const std::string bytes(reinterpret_cast<const char*>(params.data()), sizeof params);
  window.call("io_uring_setup", {8, window.memory.put(bytes)}, 0);
  CHECK(window.actions().empty());
  window.call("signalfd4", {0xffffffff, 0x5000, 8, 0}, 7);
  window.call("signalfd", {0xffffffff, 0x5000, 8}, 8);
  CHECK(window.actions() == Actions{"open", "open"});
}

TEST_CASE("Preparation: sockets connected to each other are as a pipe", "[follow]") {
  Window window;
  const auto ends = window.memory.put_word(std::uint64_t{4} << 32 | 3);
  window.call("socketpair", {1, 1, 0, ends}, 0);
  REQUIRE(window.actions() == Actions{"pipe"});
  CHECK(window.preparation.steps()[0].fd == 3);
  CHECK(window.preparation.steps()[0].to == 4);
  window.call("close", {4}, 0);
  window.call("close", {3}, 0);
  CHECK(window.actions().empty());
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

TEST_CASE("Preparation: what was closed before the pipe stays closed without it", "[follow]") {
  Window window;
  window.call("close", {3}, 0);
  window.call("pipe", {window.memory.put_word(std::uint64_t{4} << 32 | 3)}, 0);
  window.call("close_range", {2, 3, 0}, 0);
  window.call("close", {4}, 0);
  REQUIRE(window.actions() == Actions{"close"});
  const auto closed = window.preparation.steps()[0].closed;
  REQUIRE(closed.size() == 2);
  CHECK(closed[0].first == 3);
  CHECK(closed[0].last == 3);
  CHECK(closed[1].first == 2);
  CHECK(closed[1].last == 2);
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
  CHECK(prepares_another("/usr/bin/nsenter"));
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

TEST_CASE("Preparation: a signal that changes again stands where it changed last", "[follow]") {
  Window window;
  const auto reset = window.memory.put_word(0), ignore = window.memory.put_word(1),
             handler = window.memory.put_word(0x401000);
  window.call("rt_sigaction", {SIGUSR1, reset, 0, 8}, 0);
  window.call("rt_sigaction", {SIGTERM, ignore, 0, 8}, 0);
  window.call("rt_sigaction", {SIGHUP, ignore, 0, 8}, 0);
  window.call("rt_sigaction", {SIGTERM, reset, 0, 8}, 0);
  REQUIRE(window.actions() == Actions{"default", "ignore"});
  CHECK(window.preparation.steps()[0].signals == std::vector{SIGUSR1, SIGTERM});
  CHECK(window.preparation.steps()[1].signals == std::vector{SIGHUP});
  const auto* const first = std::get_if<decode::Symbol>(&window.preparation.steps()[1].args[0].value->what);
  REQUIRE(first);
  CHECK(first->name == "SIGHUP");
  window.call("rt_sigaction", {SIGHUP, handler, 0, 8}, 0);
  REQUIRE(window.actions() == Actions{"default"});
  CHECK(window.preparation.steps()[0].signals == std::vector{SIGUSR1, SIGTERM, SIGHUP});
}

TEST_CASE("Preparation: a signal that stays as it was is no step", "[follow]") {
  Window window{.memory = {}, .before = {.ignored = bit(SIGHUP) | bit(SIGPIPE) | bit(SIGQUIT)}};
  const auto reset = window.memory.put_word(0), ignore = window.memory.put_word(1),
             handler = window.memory.put_word(0x401000);
  window.call("rt_sigaction", {SIGTERM, reset, 0, 8}, 0);
  window.call("rt_sigaction", {SIGHUP, ignore, 0, 8}, 0);
  window.call("rt_sigaction", {SIGUSR1, handler, 0, 8}, 0);
  CHECK(window.actions().empty());
  window.call("rt_sigaction", {SIGPIPE, reset, 0, 8}, 0);
  window.call("rt_sigaction", {SIGINT, ignore, 0, 8}, 0);
  window.call("rt_sigaction", {SIGQUIT, handler, 0, 8}, 0);  // the program will not have the handler
  REQUIRE(window.actions() == Actions{"default", "ignore"});
  CHECK(window.preparation.steps()[0].signals == std::vector{SIGPIPE, SIGQUIT});
  CHECK(window.preparation.steps()[1].signals == std::vector{SIGINT});
  window.call("rt_sigaction", {SIGPIPE, ignore, 0, 8}, 0);
  window.call("rt_sigaction", {SIGINT, handler, 0, 8}, 0);
  REQUIRE(window.actions() == Actions{"default"});
  CHECK(window.preparation.steps()[0].signals == std::vector{SIGQUIT});
}

TEST_CASE("Preparation: the old disposition may be where the new one was", "[follow]") {
  Window window{.memory = {}, .before = {.ignored = 0}};
  const auto both = window.memory.put_word(1);
  const auto* const row = decode::find_syscall(decode::Arch::x86_64, "rt_sigaction");
  window.preparation.enter({.nr = row->nr, .args = {SIGINT, both, both, 8}}, window.memory);
  Bytes after;
  after.put_word(0);
  window.preparation.leave({.value = 0}, after);
  CHECK(window.actions() == Actions{"ignore"});
}

TEST_CASE("Preparation: a step that failed says so", "[follow]") {
  Window window;
  const auto path = window.memory.put("/none");
  window.call("chdir", {path}, -ENOENT);
  REQUIRE(window.actions() == Actions{"chdir"});
  CHECK(window.preparation.steps()[0].error_number == ENOENT);
  CHECK(window.preparation.steps()[0].path == "/none");
}

TEST_CASE("Preparation: a file that was not found is no step of a program", "[follow]") {
  Window window;
  window.call("openat", {0xffffff9c, window.memory.put("/none")}, -ENOENT);
  window.call("fcntl", {9, F_DUPFD, 10}, -EBADF);
  window.call("ioctl", {0, TIOCSPGRP, 0}, -ENOTTY);
  REQUIRE(window.actions() == Actions{"terminal"});
  CHECK(window.preparation.steps()[0].error_number == ENOTTY);
}

constexpr int exit_status(int code) { return code << 8; }

TEST_CASE("Preparation: whoever ends after a step that failed was to be a program", "[follow]") {
  Window window;
  const auto path = window.memory.put("/none");
  window.call("openat", {0xffffff9c, window.memory.put("/usr/share/locale/de/x.mo")}, -ENOENT);
  CHECK_FALSE(window.preparation.failed(exit_status(1)));
  window.call("openat", {0xffffff9c, path}, -ENOENT);
  window.call("write", {2, 0x5000, 1}, 1);
  window.call("close", {2}, 0);
  SECTION("it says why, and ends") {
    window.call("openat", {0xffffff9c, window.memory.put("/usr/share/locale/locale.alias")}, 3);
    window.call("read", {3, 0x5000, 10}, 10);
    window.call("close", {3}, 0);
    CHECK(window.preparation.failed(exit_status(1)));
    CHECK_FALSE(window.preparation.failed(exit_status(0)));
    const auto steps = window.preparation.steps({.execed = false});
    REQUIRE(Window::actions_of(steps) == Actions{"open"});
    CHECK(steps[0].path == "/none");
    CHECK(steps[0].error_number == ENOENT);
  }
  SECTION("it works") {
    window.call("read", {0, 0x5000, 10}, 10);
    CHECK_FALSE(window.preparation.failed(exit_status(1)));
    CHECK(Window::actions_of(window.preparation.steps({.execed = false})) == Actions{"close"});
  }
  SECTION("it finds another file") {
    window.call("openat", {0xffffff9c, path}, 3);
    CHECK_FALSE(window.preparation.failed(exit_status(1)));
  }
}

TEST_CASE("Preparation: whoever falls over its own restrictions was to be a program", "[follow]") {
  Window window;
  CHECK_FALSE(window.preparation.failed(SIGSYS));
  window.call("seccomp", {1, 0, 0}, 0);
  CHECK(window.preparation.failed(SIGSYS));
  CHECK_FALSE(window.preparation.failed(SIGTERM));
  window.call("dup2", {0, 7}, 33);  // its own number: a filter undid it
  window.preparation.note_unfinished();
  const auto steps = window.preparation.steps({.execed = false});
  REQUIRE(Window::actions_of(steps) == Actions{"security", "dup"});
  CHECK(steps[1].unfinished);
}

TEST_CASE("Preparation: what is written to a file of the kernel stays", "[follow]") {
  Window window;
  window.call("openat", {0xffffff9c, window.memory.put("/proc/self/oom_score_adj"), O_WRONLY}, 3);
  window.call("write", {3, window.memory.put("500"), 3}, 3);
  window.call("close", {3}, 0);
  window.call("openat", {5, window.memory.put("self/comm"), O_WRONLY}, 3);
  window.call("write", {3, window.memory.put("x"), 1}, -EPERM);
  window.call("close", {3}, 0);
  window.call("openat", {0xffffff9c, window.memory.put("/tmp/x"), O_WRONLY}, 3);
  window.call("write", {3, window.memory.put("x"), 1}, 1);
  window.call("close", {3}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"write", "write"});
  CHECK(steps[0].path == "/proc/self/oom_score_adj");
  CHECK(steps[1].path == "/proc/3");
  CHECK(steps[1].error_number == EPERM);
}

TEST_CASE("Preparation: timers go on, where they are armed at the end", "[follow]") {
  Window window;
  window.call("alarm", {0}, 0);
  window.call("alarm", {5}, 0);
  window.call("alarm", {9}, 5);
  CHECK(window.actions() == Actions{"timer"});
  window.call("setitimer", {0, window.memory.put(std::string(32, '\0'))}, 0);
  CHECK(window.actions().empty());
  window.call("alarm", {0}, 4);  // of before the window
  CHECK(window.actions() == Actions{"timer"});
}

TEST_CASE("Preparation: the first terminal that the leader of a session opens is its own", "[follow]") {
  Window window{.memory = {}, .before = {.terminal = true}};
  const auto path = window.memory.put("/dev/pts/5");
  window.call("openat", {0xffffff9c, path, O_RDWR}, 3);
  window.call("setsid", {}, 77);
  window.call("openat", {0xffffff9c, path, O_RDWR | O_NOCTTY}, 4);
  CHECK(window.actions() == Actions{"open", "setsid", "open"});
  window.call("openat", {0xffffff9c, path, O_RDWR}, 5);
  window.call("openat", {0xffffff9c, path, O_RDWR}, 6);
  REQUIRE(window.actions() == Actions{"open", "setsid", "open", "open", "terminal", "open"});
  CHECK(window.preparation.steps()[4].path == "/dev/pts/5");
}

TEST_CASE("Preparation: questions, and what is as it was, are counted only", "[follow]") {
  Window window{.memory = {}, .before = {.rights = {.capabilities = {7, 7, 0, 0, 7}}}};
  window.call("prctl", {3}, 1);           // PR_GET_DUMPABLE
  window.call("prctl", {23, 5}, 1);       // PR_CAPBSET_READ
  window.call("prctl", {15, 0x5000}, 0);  // PR_SET_NAME
  window.call("prctl", {47, 1, 3}, 0);    // PR_CAP_AMBIENT_IS_SET
  window.call("personality", {0xffffffff}, 0);
  window.call("umask", {0}, 022);
  window.call("umask", {022}, 0);
  window.call("setresuid", {0, 0, 0}, 0);
  CHECK(window.actions().empty());
  window.call("prctl", {38, 1}, 0);  // PR_SET_NO_NEW_PRIVS
  window.call("setresuid", {0, 0, 0}, -EPERM);
  CHECK(window.actions() == Actions{"prctl", "credentials"});
}

TEST_CASE("Preparation: of capabilities, what is new", "[follow]") {
  Window window{.memory = {}, .before = {.rights = {.capabilities = {7, 7, 0, 0, 7}}}};
  const auto* const row = decode::find_syscall(decode::Arch::x86_64, "capset");
  window.preparation.enter({.nr = row->nr}, window.memory);
  window.before.rights.capabilities[2] = 2;
  window.preparation.leave({.value = 0}, window.memory);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"credentials"});
  REQUIRE(steps[0].capabilities.size() == 1);
  CHECK(steps[0].capabilities[0].set == "inheritable");
  CHECK(steps[0].capabilities[0].before == 0);
  CHECK(steps[0].capabilities[0].after == 2);
}

TEST_CASE("Preparation: flags count where the program has the file", "[follow]") {
  Window window;
  window.call("fcntl", {0, F_SETFL, O_NONBLOCK}, 0);
  window.call("openat", {0xffffff9c, window.memory.put("/in")}, 3);
  window.call("fcntl", {3, F_SETFL, O_NONBLOCK}, 0);
  window.call("openat", {0xffffff9c, window.memory.put("/in"), O_CLOEXEC}, 4);
  window.call("fcntl", {4, F_SETFL, O_NONBLOCK}, 0);
  const auto steps = window.preparation.steps({.crossed = std::vector{0, 1, 2, 3}});
  REQUIRE(Window::actions_of(steps) == Actions{"flags", "open", "flags"});
  CHECK(steps[2].fd == 3);
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
