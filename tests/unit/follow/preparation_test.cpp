#include <cerrno>
#include <climits>
#include <csignal>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/ioctl.h>

#include "preparation_window.hpp"

using namespace ptop;
using namespace ptop::follow;
using namespace ptop::follow::test;

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
  SECTION("that number was marked meanwhile") {
    window.call("close_range", {3, ~0U, CLOSE_RANGE_CLOEXEC}, 0);
    window.call("dup2", {3, 5}, 5);
    const auto steps = window.preparation.steps({.crossed = std::vector{0, 1, 2, 5}});
    REQUIRE(Window::actions_of(steps) == Actions{"open", "close_on_exec", "dup"});
    CHECK(steps[0].fd == 3);
    CHECK(steps[0].cloexec == std::vector{3});
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

/// As a shell does it for one command.
void redirect_for_a_while(Window& window, std::uint64_t from, std::uint64_t to, std::uint64_t saved) {
  window.call("fcntl", {to, F_DUPFD, 10}, static_cast<std::int64_t>(saved));
  window.call("fcntl", {saved, F_SETFD, FD_CLOEXEC}, 0);
  window.call("dup2", {from, to}, static_cast<std::int64_t>(to));
}

void restore(Window& window, std::uint64_t to, std::uint64_t saved) {
  window.call("dup2", {saved, to}, static_cast<std::int64_t>(to));
  window.call("close", {saved}, 0);
}

TEST_CASE("Preparation: a standard descriptor that is where it was is no step", "[follow]") {
  Window window;
  window.call("openat", {0xffffff9c, window.memory.put("/out"), O_WRONLY}, 3);
  SECTION("redirected for one command") {
    redirect_for_a_while(window, 3, 1, 10);
    window.call("close", {3}, 0);
    redirect_for_a_while(window, 1, 2, 11);
    restore(window, 2, 11);
    restore(window, 1, 10);
    CHECK(window.actions().empty());
    CHECK(window.preparation.steps({.crossed = std::vector{0, 1, 2}}).empty());
    window.call("dup2", {1, 5}, 5);
    CHECK(window.actions() == Actions{"dup"});
  }
  SECTION("closed meanwhile") {
    window.call("fcntl", {1, F_DUPFD, 10}, 10);
    window.call("close", {1}, 0);
    window.call("dup2", {3, 1}, 1);
    window.call("close", {3}, 0);
    window.call("dup2", {10, 1}, 1);
    window.call("close", {10}, 0);
    CHECK(window.actions().empty());
  }
  SECTION("what it was meanwhile is needed") {
    redirect_for_a_while(window, 3, 1, 10);
    window.call("dup2", {1, 5}, 5);
    restore(window, 1, 10);
    window.call("close", {3}, 0);
    CHECK(window.actions() == Actions{"open", "dup", "dup", "dup", "dup", "close"});
  }
  SECTION("it was closed with others") {
    window.call("fcntl", {1, F_DUPFD, 10}, 10);
    window.call("close_range", {0, 5, 0}, 0);
    restore(window, 1, 10);
    CHECK(window.actions() == Actions{"dup", "close", "dup", "close"});
  }
  SECTION("another one has its place") {
    redirect_for_a_while(window, 3, 1, 10);
    restore(window, 2, 10);
    CHECK(window.actions() == Actions{"open", "dup", "dup", "dup", "close"});
  }
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

TEST_CASE("Preparation: a move that failed says nothing of what was there", "[follow]") {
  Window window{.memory = {}, .before = {.open = {0, 1, 2, 3, 4}}};
  window.call("dup3", {3, 3, 0}, -EINVAL);
  window.call("dup2", {4, 3}, 3);
  window.call("close", {3}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"dup", "close"});
  CHECK(steps[0].error_number == EINVAL);
  CHECK(steps[1].closed[0].first == 3);
}

TEST_CASE("Preparation: the other side of a terminal is opened by its descriptor", "[follow]") {
  Window window{.memory = {}, .before = {.terminal = true}};
  window.call("ioctl", {5, TIOCGPTPEER, O_RDWR | O_NOCTTY}, 7);
  window.call("dup2", {7, 0}, 0);
  window.call("close", {7}, 0);
  REQUIRE(window.actions() == Actions{"open"});
  CHECK(window.preparation.steps()[0].fd == 0);
  CHECK(window.preparation.steps()[0].call == "ioctl");
  window.before.open.push_back(16);  // which is the number of ioctl(2) as well
  window.call("setsid", {}, 77);
  window.call("ioctl", {5, TIOCGPTPEER, O_RDWR}, 16);
  CHECK(window.actions() == Actions{"open", "setsid", "open", "terminal"});
}

TEST_CASE("Preparation: descriptors received are opened", "[follow]") {
  Window window;
  std::string control(24, '\0');  // cmsg_len, SOL_SOCKET, SCM_RIGHTS, two numbers
  control[0] = 24;
  control[8] = 1;
  control[12] = 1;
  control[16] = 7;
  control[20] = 8;
  const auto at = window.memory.put(control);
  std::array<std::uint64_t, 7> message{0, 0, 0, 0, at, 24, 0};
  const auto header =
      window.memory.put(std::string(reinterpret_cast<const char*>(message.data()), sizeof message));
  window.call("recvmsg", {5, header, 0}, 1);
  window.call("dup2", {7, 0}, 0);
  window.call("close", {7}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"open", "open"});
  CHECK(steps[0].fd == 0);
  CHECK(steps[1].fd == 8);
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

TEST_CASE("Preparation: where a socket leads to is told of one that the program has", "[follow]") {
  Window window;
  const auto address = window.memory.put(std::string("\2\0\0\1", 4) + std::string(12, '\0'));
  window.call("socket", {2, 1, 0}, 3);
  window.call("connect", {3, address, 16}, 0);
  window.call("socket", {2, 1, 0}, 4);
  window.call("bind", {4, address, 16}, 0);
  window.call("listen", {4, 5}, 0);
  window.call("close", {4}, 0);
  SECTION("under the number it has") {
    window.call("listen", {0, 5}, 0);
    const auto steps = window.preparation.steps();
    REQUIRE(Window::actions_of(steps) == Actions{"open", "socket", "socket"});
    CHECK(steps[1].call == "connect");
    CHECK(steps[2].call == "listen");
  }
  SECTION("or another") {
    window.call("dup2", {3, 0}, 0);
    window.call("close", {3}, 0);
    CHECK(window.actions() == Actions{"open", "socket", "dup", "close"});
  }
  SECTION("or where it failed, and that was the end") {
    window.call("connect", {3, address, 16}, -ECONNREFUSED);
    CHECK(window.actions() == Actions{"open", "socket"});
    window.call("close", {3}, 0);
    CHECK(window.preparation.failed(1 << 8));
    const auto steps = window.preparation.steps({.execed = false});
    REQUIRE(Window::actions_of(steps) == Actions{"open", "socket"});
    CHECK(steps[1].error_number == ECONNREFUSED);
  }
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
  REQUIRE(closed.size() == 1);
  CHECK(closed[0].first == 2);
  CHECK(closed[0].last == 3);
}

TEST_CASE("prepares_another: by the name of the file", "[follow]") {
  CHECK(prepares_another("/usr/lib/jvm/java-17-openjdk-amd64/lib/jspawnhelper"));
  CHECK(prepares_another("/usr/bin/env"));
  CHECK(prepares_another("/usr/bin/nsenter"));
  CHECK(prepares_another("/usr/sbin/ip"));
  CHECK(prepares_another("/usr/bin/flock"));
  CHECK_FALSE(prepares_another("/usr/bin/printenv"));
  CHECK_FALSE(prepares_another("/env/sh"));
}
