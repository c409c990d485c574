#include <cerrno>

#include <linux/prctl.h>

#include "preparation_window.hpp"

using namespace ptop;
using namespace ptop::follow;
using namespace ptop::follow::test;

namespace {

/// In the order of `capability_sets`.
constexpr std::size_t effective = 0, permitted = 1, inheritable = 2, ambient = 3, bounding = 4;

/// A call that leaves it with other rights.
void change(Window& window, std::string_view name, const Rights& after,
            std::array<std::uint64_t, 6> args = {}) {
  const auto* const row = decode::find_syscall(decode::Arch::x86_64, name);
  window.preparation.enter({.nr = row->nr, .args = args}, window.memory);
  window.before.rights = after;
  window.preparation.leave({.value = 0}, window.memory);
}

}  // namespace

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

TEST_CASE("Preparation: capabilities that leave the bounding set one by one are one step", "[follow]") {
  Window window{.memory = {}, .before = {.rights = {.capabilities = {7, 7, 0, 0, 7}}}};
  const auto* const row = decode::find_syscall(decode::Arch::x86_64, "prctl");
  const auto drop = [&](std::uint64_t capability) {
    window.preparation.enter({.nr = row->nr, .args = {PR_CAPBSET_DROP, capability}}, window.memory);
    window.before.rights.capabilities[4] &= ~(std::uint64_t{1} << capability);
    window.preparation.leave({.value = 0}, window.memory);
  };
  drop(0);
  drop(2);
  drop(2);
  window.call("prctl", {PR_CAPBSET_DROP, 50}, -EINVAL);
  drop(1);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions(3, "credentials"));
  REQUIRE(steps[0].capabilities.size() == 1);
  CHECK(steps[0].capabilities[0].set == "bounding");
  CHECK(steps[0].capabilities[0].before == 7);
  CHECK(steps[0].capabilities[0].after == 2);
  CHECK(steps[1].error_number == EINVAL);
  CHECK(steps[2].capabilities[0].before == 2);
  CHECK(steps[2].capabilities[0].after == 0);
}

TEST_CASE("Preparation: capabilities that no exec leaves are told where none comes", "[follow]") {
  Window window{.memory = {}, .before = {.rights = {.capabilities = {7, 7, 0, 0, 7}}}};
  change(window, "capset", {.capabilities = {0, 0, 0, 0, 7}});
  CHECK(window.actions().empty());
  const auto steps = window.preparation.steps({.execed = false});
  REQUIRE(Window::actions_of(steps) == Actions{"credentials"});
  REQUIRE(steps[0].capabilities.size() == 2);
  CHECK(steps[0].capabilities[0].set == capability_sets[effective]);
  CHECK(steps[0].capabilities[1].set == capability_sets[permitted]);
}

TEST_CASE("Preparation: beside capabilities that an exec leaves, those that it does not", "[follow]") {
  Window window{.memory = {}, .before = {.rights = {.capabilities = {7, 7, 0, 0, 7}}}};
  change(window, "capset", {.capabilities = {1, 3, 2, 0, 7}});
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"credentials"});
  REQUIRE(steps[0].capabilities.size() == 1);
  CHECK(steps[0].capabilities[0].set == capability_sets[inheritable]);
  window.call("capset", {}, -EPERM);
  CHECK(window.actions() == Actions{"credentials", "credentials"});
}

TEST_CASE("Preparation: capabilities made ambient one by one are one step", "[follow]") {
  Window window{.memory = {}, .before = {.rights = {.capabilities = {7, 7, 7, 0, 7}}}};
  change(window, "prctl", {.capabilities = {7, 7, 7, 1, 7}}, {PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 0});
  change(window, "prctl", {.capabilities = {7, 7, 7, 3, 7}}, {PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 1});
  window.call("prctl", {PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 1}, 0);
  window.call("prctl", {PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, 1}, 1);
  change(window, "prctl", {.capabilities = {7, 7, 7, 3, 3}}, {PR_CAPBSET_DROP, 2});
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"credentials", "credentials"});
  REQUIRE(steps[0].capabilities.size() == 1);
  CHECK(steps[0].capabilities[0].set == capability_sets[ambient]);
  CHECK(steps[0].capabilities[0].before == 0);
  CHECK(steps[0].capabilities[0].after == 3);
  CHECK(steps[1].capabilities[0].set == capability_sets[bounding]);
}

TEST_CASE("told_capabilities: what a user does not imply", "[follow]") {
  CHECK(told_capabilities(0, 7, 7) == std::nullopt);
  CHECK(told_capabilities(0, 3, 7) == 3);
  CHECK(told_capabilities(0, 0, 7) == 0);
  CHECK(told_capabilities(1000, 0, 7) == std::nullopt);
  CHECK(told_capabilities(1000, 1, 7) == 1);
}
