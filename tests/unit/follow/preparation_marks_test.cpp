#include <cerrno>
#include <climits>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/ioctl.h>

#include "preparation_window.hpp"

using namespace ptop;
using namespace ptop::follow;
using namespace ptop::follow::test;

namespace {

using Ranges = std::vector<std::pair<int, int>>;

Ranges ranges_of(const RecipeStep& step) {
  Ranges ranges;
  for (const auto& [first, last] : step.closed) ranges.emplace_back(first, last);
  return ranges;
}

/// Away, and back.
void move_for_a_while(Window& window, std::uint64_t fd) {
  window.call("dup2", {fd, 8}, 8);
  window.call("close", {fd}, 0);
  window.call("dup2", {8, fd}, static_cast<std::int64_t>(fd));
  window.call("close", {8}, 0);
}

}  // namespace

TEST_CASE("Preparation: a standard descriptor that was close-on-exec is one by its return", "[follow]") {
  Window window{.memory = {}, .before = {.marked = {1}}};
  const WindowEnd end{.crossed = std::vector{0, 1, 2}};
  move_for_a_while(window, 0);
  CHECK(window.preparation.steps(end).empty());
  SECTION("moved by dup2") {
    move_for_a_while(window, 1);
    const auto steps = window.preparation.steps(end);
    REQUIRE(Window::actions_of(steps) == Actions{"dup", "close", "dup", "close"});
    CHECK(steps[2].fd == 8);
    CHECK(steps[2].to == 1);
  }
  SECTION("the mark was taken away before") {
    window.call("fcntl", {1, F_SETFD, 0}, 0);
    window.before.marked.clear();
    move_for_a_while(window, 1);
    CHECK(Window::actions_of(window.preparation.steps(end)) == Actions{"dup", "close", "dup", "close"});
  }
  SECTION("replaced, and not closed") {
    window.call("fcntl", {1, F_DUPFD_CLOEXEC, 10}, 10);
    window.call("dup2", {2, 1}, 1);
    window.before.marked = {10};
    window.call("dup2", {10, 1}, 1);
    window.call("close", {10}, 0);
    CHECK(Window::actions_of(window.preparation.steps(end)) == Actions{"dup", "close", "dup", "close"});
  }
}

TEST_CASE("Preparation: a standard descriptor marked in the window only is not one by its return",
          "[follow]") {
  Window window;
  window.call("ioctl", {2, FIOCLEX}, 0);
  window.before.marked = {2};
  move_for_a_while(window, 2);
  CHECK(window.preparation.steps({.crossed = std::vector{0, 1, 2}}).empty());
}

TEST_CASE("Preparation: a number that was never told to be open is not told to be marked", "[follow]") {
  Window window;
  window.call("openat", {0xffffff9c, window.memory.put("/etc/passwd")}, 3);
  window.call("dup2", {3, 15}, 15);
  window.call("fcntl", {15, F_SETFD, FD_CLOEXEC}, 0);
  window.call("close_range", {12, 20, CLOSE_RANGE_CLOEXEC}, 0);
  const auto steps = window.preparation.steps({.crossed = std::vector{0, 1, 2, 3}});
  REQUIRE(Window::actions_of(steps) == Actions{"open", "close_on_exec"});
  CHECK(ranges_of(steps[1]) == Ranges{{12, 20}});
  window.call("fcntl", {15, F_SETFD, 0}, 0);
  const auto kept = window.preparation.steps({.crossed = std::vector{0, 1, 2, 3, 15}});
  CHECK(Window::actions_of(kept) == Actions{"open", "dup", "close_on_exec", "keep"});
}

TEST_CASE("Preparation: numbers that are closed stand in order", "[follow]") {
  Window window;
  for (const int fd : {251, 10, 4, 3}) window.call("close", {static_cast<std::uint64_t>(fd)}, 0);
  REQUIRE(window.actions() == Actions{"close"});
  CHECK(ranges_of(window.preparation.steps()[0]) == Ranges{{3, 4}, {10, 10}, {251, 251}});
  window.call("close_range", {200, ~0U, 0}, 0);
  window.call("close_range", {5, 7, 0}, 0);
  CHECK(ranges_of(window.preparation.steps()[0]) == Ranges{{3, 7}, {10, 10}, {200, INT_MAX}});
  window.call("setsid", {}, 77);
  window.call("close", {8}, 0);
  CHECK(window.actions() == Actions{"close", "setsid", "close"});
}

TEST_CASE("Preparation: files are opened to be read, written or both", "[follow]") {
  const auto mode_of = [](std::string_view call, const std::array<std::uint64_t, 6>& args,
                          std::int64_t result = 3) {
    Window window;
    window.call(call, args, result);
    return window.preparation.steps().at(0).mode;
  };
  Window window;
  const std::uint64_t path = 0x9000;
  CHECK(mode_of("open", {path, O_RDONLY | O_CLOEXEC}) == "read");
  CHECK(mode_of("openat", {0xffffff9c, path, O_WRONLY | O_CREAT | O_TRUNC}) == "write");
  CHECK(mode_of("openat", {0xffffff9c, path, O_WRONLY | O_APPEND}) == "append");
  CHECK(mode_of("openat", {0xffffff9c, path, O_RDWR | O_APPEND}) == "read_write");
  CHECK(mode_of("openat", {0xffffff9c, path, O_PATH}).empty());
  CHECK(mode_of("openat", {0xffffff9c, path, O_ACCMODE}).empty());
  CHECK(mode_of("creat", {path, 0600}) == "write");
  CHECK(mode_of("socket", {2, 1, 0}).empty());
  window.call("openat2", {0xffffff9c, path, window.memory.put_word(O_WRONLY), 24}, 4);
  CHECK(window.preparation.steps().at(0).mode == "write");
}
