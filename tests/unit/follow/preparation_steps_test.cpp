#include <cerrno>
#include <climits>
#include <csignal>

#include <fcntl.h>
#include <sys/ioctl.h>

#include "preparation_window.hpp"

using namespace ptop;
using namespace ptop::follow;
using namespace ptop::follow::test;

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

TEST_CASE("Preparation: a signal that cannot be set is a step of its own", "[follow]") {
  Window window{.memory = {}, .before = {.ignored = bit(SIGHUP)}};
  const auto reset = window.memory.put_word(0), ignore = window.memory.put_word(1);
  window.call("rt_sigaction", {SIGUSR1, ignore, 0, 8}, 0);
  constexpr std::array<std::uint64_t, 4> refused{SIGKILL, SIGSTOP, 0, 100};
  for (const auto signal : refused) window.call("rt_sigaction", {signal, ignore, 0, 8}, -EINVAL);
  window.call("rt_sigaction", {SIGUSR2, ignore, 0, 8}, 0);
  window.call("rt_sigaction", {SIGKILL, reset, 0, 8}, -EINVAL);  // as it is
  window.call("rt_sigaction", {SIGHUP, 0, 0x9999, 8}, -EFAULT);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions(5, "ignore"));
  CHECK(steps[0].signals == std::vector{SIGUSR1, SIGUSR2});
  CHECK(steps[0].error_number == 0);
  for (std::size_t i = 1; i < steps.size(); ++i) {
    CHECK(steps[i].signals == std::vector{static_cast<int>(refused[i - 1])});
    CHECK(steps[i].error_number == EINVAL);
  }
}

TEST_CASE("Preparation: a signal that was set after it could not be is told twice", "[follow]") {
  Window window;
  const auto reset = window.memory.put_word(0);
  window.call("rt_sigaction", {SIGUSR1, reset, 0, 4}, -EINVAL);
  window.call("rt_sigaction", {SIGUSR1, reset, 0, 8}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"default", "default"});
  CHECK(steps[0].error_number == EINVAL);
  CHECK(steps[0].signals == std::vector{SIGUSR1});
  CHECK(steps[1].error_number == 0);
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
  window.before.paths[3] = "/proc/77/comm";
  window.call("openat", {5, window.memory.put("self/comm"), O_WRONLY}, 3);
  window.call("write", {3, window.memory.put("x"), 1}, -EPERM);
  window.call("close", {3}, 0);
  window.before.paths[3] = "/tmp/x";
  window.call("openat", {0xffffff9c, window.memory.put("/tmp/x"), O_WRONLY}, 3);
  window.call("write", {3, window.memory.put("x"), 1}, 1);
  window.call("close", {3}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"write", "write"});
  CHECK(steps[0].path == "/proc/self/oom_score_adj");
  CHECK(steps[1].path == "/proc/77/comm");
  CHECK(steps[1].error_number == EPERM);
}

TEST_CASE("Preparation: a file of the kernel is one under any number, whoever opened it", "[follow]") {
  Window window{.memory = {}, .before = {.paths = {{1, "/proc/77/oom_score_adj"}, {7, "/sys/x"}}}};
  const auto text = window.memory.put("500");
  SECTION("moved") {
    window.call("openat", {0xffffff9c, window.memory.put("/proc/self/oom_score_adj"), O_WRONLY}, 3);
    window.call("fcntl", {3, F_DUPFD, 10}, 10);
    window.call("close", {3}, 0);
    window.call("dup2", {10, 1}, 1);
    window.call("close", {10}, 0);
    window.call("write", {1, text, 3}, 3);
    window.call("dup2", {2, 1}, 1);
    window.before.paths.erase(1);
    window.call("write", {1, text, 3}, 3);
    const auto steps = window.preparation.steps();
    REQUIRE(Window::actions_of(steps) == Actions{"close", "write", "dup"});
    CHECK(steps[1].path == "/proc/self/oom_score_adj");
  }
  SECTION("closed, and another file has its number") {
    window.call("openat", {0xffffff9c, window.memory.put("/proc/self/comm"), O_WRONLY}, 7);
    window.call("dup2", {7, 20}, 20);
    window.call("close", {7}, 0);
    window.call("recvmsg", {1, 0x5000, 0}, 1);
    window.call("write", {7, text, 3}, 3);
    CHECK(window.preparation.steps()[1].path == "/sys/x");
  }
  SECTION("the parent opened it") {
    window.call("write", {7, text, 3}, 3);
    window.call("write", {8, text, 3}, 3);
    REQUIRE(window.actions() == Actions{"write"});
    CHECK(window.preparation.steps()[0].path == "/sys/x");
  }
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

TEST_CASE("Preparation: i386 has other names for rights", "[follow]") {
  for (const std::string_view name : {"setuid32", "setgid32", "setreuid32", "setregid32", "setresuid32",
                                      "setresgid32", "setgroups32", "setfsuid32", "setfsgid32"}) {
    CAPTURE(name);
    Window window;
    window.call(name, {1, 1, 1}, -EPERM, decode::Arch::i386);
    CHECK(window.actions() == Actions{"credentials"});
  }
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
