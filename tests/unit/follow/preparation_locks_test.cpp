#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>

#include "preparation_window.hpp"

using namespace ptop;
using namespace ptop::follow;
using namespace ptop::follow::test;

namespace {

std::uint64_t put_lock(Window& window, short type, std::int64_t start = 0, std::int64_t length = 0) {
  std::string bytes(32, '\0');
  std::memcpy(bytes.data(), &type, sizeof type);
  std::memcpy(bytes.data() + 8, &start, sizeof start);
  std::memcpy(bytes.data() + 16, &length, sizeof length);
  return window.memory.put(bytes);
}

void open_file(Window& window, std::uint64_t flags = 0) {
  window.call("openat", {0xffffff9c, window.memory.put("/lock"), O_RDWR | flags}, 3);
}

const WindowEnd standard_and_3{.crossed = std::vector{0, 1, 2, 3}};

}  // namespace

TEST_CASE("Preparation: locks of files that the program has", "[follow]") {
  Window window;
  open_file(window);
  window.call("flock", {3, LOCK_EX | LOCK_NB}, 0);
  window.call("fcntl", {0, F_SETLK, put_lock(window, F_RDLCK)}, 0);
  window.call("fcntl", {3, F_OFD_SETLKW, put_lock(window, F_WRLCK)}, 0);
  window.call("fcntl", {3, F_SETLKW, put_lock(window, F_WRLCK, 5, 10)}, 0);
  window.call("fcntl", {3, F_GETLK, put_lock(window, F_WRLCK)}, 0);
  const auto steps = window.preparation.steps(standard_and_3);
  REQUIRE(Window::actions_of(steps) == Actions{"open", "lock", "lock", "lock", "lock"});
  CHECK(steps[1].fd == 3);
  CHECK(steps[1].mode == "exclusive");
  CHECK(steps[1].call == "flock");
  CHECK(steps[2].fd == 0);
  CHECK(steps[2].mode == "shared");
  CHECK(steps[3].mode == "exclusive");
  CHECK(steps[4].mode.empty());  // of some bytes
}

TEST_CASE("Preparation: locks of files that the program does not have are counted only", "[follow]") {
  Window window;
  open_file(window, O_CLOEXEC);
  window.call("flock", {3, LOCK_EX}, 0);
  window.call("fcntl", {3, F_SETLK, put_lock(window, F_WRLCK)}, 0);
  CHECK(window.preparation.steps({.crossed = std::vector{0, 1, 2}}).empty());
  window.call("close", {3}, 0);
  CHECK(window.actions().empty());
}

TEST_CASE("Preparation: a lock that could not be taken has failed", "[follow]") {
  Window window;
  open_file(window, O_CLOEXEC);
  window.call("flock", {3, LOCK_EX | LOCK_NB}, -EWOULDBLOCK);
  window.call("fcntl", {3, F_SETLK, put_lock(window, F_WRLCK)}, -EAGAIN);
  const auto steps = window.preparation.steps({.crossed = std::vector{0, 1, 2}});
  REQUIRE(Window::actions_of(steps) == Actions{"open", "lock", "lock"});
  CHECK(steps[1].error_number == EWOULDBLOCK);
  CHECK(steps[2].error_number == EAGAIN);
  CHECK(window.preparation.failed(1 << 8));
}

TEST_CASE("Preparation: the last lock counts", "[follow]") {
  Window window;
  open_file(window);
  window.call("flock", {3, LOCK_SH}, 0);
  window.call("flock", {3, LOCK_EX}, 0);
  auto steps = window.preparation.steps(standard_and_3);
  REQUIRE(Window::actions_of(steps) == Actions{"open", "lock"});
  CHECK(steps[1].mode == "exclusive");
  window.call("fcntl", {3, F_OFD_SETLK, put_lock(window, F_WRLCK, 5, 1)}, 0);
  window.call("fcntl", {3, F_OFD_SETLK, put_lock(window, F_UNLCK)}, 0);
  CHECK(window.actions() == Actions{"open", "lock"});
  window.call("flock", {3, LOCK_UN}, 0);
  CHECK(window.actions() == Actions{"open"});
  window.call("flock", {0, LOCK_UN}, 0);  // that its parent may have taken
  steps = window.preparation.steps(standard_and_3);
  REQUIRE(Window::actions_of(steps) == Actions{"open", "lock"});
  CHECK(steps[1].mode == "none");
}

TEST_CASE("Preparation: a lock goes with the file, that of a process with any of its descriptors",
          "[follow]") {
  Window window;
  open_file(window);
  window.call("flock", {3, LOCK_EX}, 0);
  window.call("fcntl", {3, F_SETLK, put_lock(window, F_WRLCK)}, 0);
  window.call("dup2", {3, 9}, 9);
  CHECK(window.actions() == Actions{"open", "lock", "lock", "dup"});
  window.call("close", {3}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"open", "lock", "dup", "close"});
  CHECK(steps[1].call == "flock");
}

TEST_CASE("Preparation: i386 has two forms of a lock", "[follow]") {
  Window window;
  open_file(window);
  std::string narrow(16, '\0'), wide(24, '\0');
  narrow[0] = F_WRLCK;
  wide[0] = F_RDLCK;
  wide[12] = 5;  // l_len
  constexpr std::uint64_t set_of_64_bits = 13;
  window.call("fcntl64", {3, F_SETLK, window.memory.put(narrow)}, 0, decode::Arch::i386);
  window.call("fcntl64", {3, set_of_64_bits, window.memory.put(wide)}, 0, decode::Arch::i386);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"open", "lock", "lock"});
  CHECK(steps[1].mode == "exclusive");
  CHECK(steps[2].mode.empty());
}
