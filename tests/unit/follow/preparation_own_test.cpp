#include <cerrno>

#include <fcntl.h>
#include <linux/prctl.h>
#include <sys/resource.h>

#include "preparation_window.hpp"

using namespace ptop;
using namespace ptop::follow;
using namespace ptop::follow::test;

namespace {

constexpr std::uint64_t own = 77, other = 78;
constexpr std::uint64_t io_process = 1, io_group = 2, io_user = 3;

std::uint64_t put_limit(Window& window, std::uint64_t soft, std::uint64_t hard) {
  const std::array<std::uint64_t, 2> limit{soft, hard};
  return window.memory.put(std::string(reinterpret_cast<const char*>(limit.data()), sizeof limit));
}

std::uint64_t address_of(const RecipeStep& step, std::size_t argument) {
  const auto* const number = std::get_if<decode::Unsigned>(&step.args[argument].value->what);
  return number ? number->value : 0;
}

}  // namespace

TEST_CASE("Preparation: what it does to other processes is counted only", "[follow]") {
  const auto prepare = [](Window& window, std::uint64_t whom) {
    const auto limit = put_limit(window, 50, 50), text = window.memory.put("5"),
               mask = window.memory.put_word(1);
    window.call("prlimit64", {whom, RLIMIT_NPROC, limit, 0}, 0);
    window.call("setpriority", {PRIO_PROCESS, whom, 5}, 0);
    window.call("ioprio_set", {io_process, whom, 3U << 13U}, 0);
    window.call("sched_setaffinity", {whom, 8, mask}, 0);
    window.call("sched_setscheduler", {whom, 0, 0x5000}, 0);
    window.call("sched_setparam", {whom, 0x5000}, 0);
    window.call("sched_setattr", {whom, 0x5000, 0}, 0);
    window.call("setpgid", {whom, whom}, 0);
    window.before.paths[3] = "/proc/" + std::to_string(whom) + "/oom_score_adj";
    window.call("write", {3, text, 1}, 1);
  };
  Window of_others, of_itself, of_itself_by_0;
  prepare(of_others, other);
  CHECK(of_others.actions().empty());
  of_others.call("setpgid", {other, 0}, -ESRCH);
  CHECK(of_others.actions().empty());
  CHECK(of_others.preparation.calls() == 10);
  const Actions all{"limit",      "scheduling", "scheduling", "scheduling", "scheduling",
                    "scheduling", "scheduling", "setpgid",    "write"};
  prepare(of_itself, own);
  CHECK(of_itself.actions() == all);
  of_itself_by_0.before.paths[3] = "/proc/self/oom_score_adj";
  prepare(of_itself_by_0, 0);
  CHECK(of_itself_by_0.actions().size() == all.size() - 1);  // /proc/0 is nobody
}

TEST_CASE("Preparation: its own files in /proc, by any name, and those of nobody", "[follow]") {
  const auto is_told = [](std::string_view path) {
    Window window{.memory = {}, .before = {.paths = {{3, std::string(path)}}}};
    window.call("write", {3, window.memory.put("5"), 1}, 1);
    return window.actions() == Actions{"write"};
  };
  CHECK(is_told("/proc/self/oom_score_adj"));
  CHECK(is_told("/proc/thread-self/oom_score_adj"));
  CHECK(is_told("/proc/77/oom_score_adj"));
  CHECK(is_told("/proc/sys/kernel/core_pattern"));
  CHECK(is_told("/sys/fs/cgroup/x/cgroup.procs"));
  CHECK_FALSE(is_told("/proc/78/oom_score_adj"));
  CHECK_FALSE(is_told("/proc/7/oom_score_adj"));
}

TEST_CASE("Preparation: groups of processes that it belongs to are its own", "[follow]") {
  Window window;
  window.call("setpriority", {PRIO_PGRP, 0, 5}, 0);
  window.call("setpriority", {PRIO_USER, 0, 5}, 0);
  window.call("ioprio_set", {io_group, 0, 3U << 13U}, 0);
  CHECK(window.actions() == Actions(3, "scheduling"));
  window.call("setpriority", {PRIO_PGRP, 78, 5}, 0);
  window.call("setpriority", {PRIO_USER, 77, 5}, 0);
  window.call("ioprio_set", {io_user, 77, 3U << 13U}, 0);
  CHECK(window.actions() == Actions(3, "scheduling"));
}

TEST_CASE("Preparation: a limit is told as it is at the end", "[follow]") {
  Window window{.memory = {}, .before = {.limits = {{RLIMIT_CORE, {0, 100}}}}};
  const auto core = put_limit(window, 0, 100), more = put_limit(window, 100, 100),
             files = put_limit(window, 9, 9);
  window.call("setrlimit", {RLIMIT_CORE, core}, 0);
  CHECK(window.actions().empty());  // as it was
  window.call("setrlimit", {RLIMIT_CORE, more}, 0);
  window.call("setrlimit", {RLIMIT_NOFILE, files}, 0);
  window.call("prlimit64", {0, RLIMIT_NOFILE, files, 0}, 0);
  CHECK(window.actions() == Actions{"limit", "limit"});
  CHECK(window.preparation.steps()[1].call == "setrlimit");
  window.call("setrlimit", {RLIMIT_NOFILE, core}, 0);
  REQUIRE(window.actions() == Actions{"limit", "limit"});
  window.before.limits[RLIMIT_CORE] = {100, 100};
  window.call("prlimit64", {77, RLIMIT_CORE, core, 0}, 0);
  CHECK(window.actions() == Actions{"limit"});
  window.call("setrlimit", {RLIMIT_NOFILE, core}, -EPERM);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"limit", "limit"});
  CHECK(steps[1].error_number == EPERM);
}

TEST_CASE("Preparation: i386 has limits of 32 bits", "[follow]") {
  Window window{.memory = {}, .before = {.limits = {{RLIMIT_CORE, {0, RLIM_INFINITY}}}}};
  const auto same = window.memory.put_word(std::uint64_t{UINT32_MAX} << 32U);
  window.call("setrlimit", {RLIMIT_CORE, same}, 0, decode::Arch::i386);
  CHECK(window.actions().empty());
  const auto both = window.memory.put_word(std::uint64_t{5} << 32U | 5);
  window.call("setrlimit", {RLIMIT_CORE, both}, 0, decode::Arch::i386);
  CHECK(window.actions() == Actions{"limit"});
}

TEST_CASE("Preparation: a priority is told as it is at the end", "[follow]") {
  Window window{.memory = {}, .before = {.nice = 5}};
  window.call("setpriority", {PRIO_PROCESS, 0, 5}, 0);
  CHECK(window.actions().empty());
  window.call("setpriority", {PRIO_PROCESS, 0, 10}, 0);
  window.call("setpriority", {PRIO_PROCESS, own, 10}, 0);
  CHECK(window.actions() == Actions{"scheduling"});
  window.call("setpriority", {PRIO_PROCESS, 0, 12}, 0);
  CHECK(window.actions() == Actions{"scheduling"});
  window.call("setpriority", {PRIO_PROCESS, 0, 100}, 0);  // 19
  window.call("setpriority", {PRIO_PROCESS, 0, 5}, 0);
  CHECK(window.actions().empty());
  window.call("setpriority", {PRIO_PROCESS, 0, 10}, 0);
  window.call("setpriority", {PRIO_PGRP, 0, 7}, 0);
  window.call("setpriority", {PRIO_PROCESS, 0, 5}, 0);
  CHECK(window.actions() == Actions{"scheduling", "scheduling"});  // the group has its own
}

TEST_CASE("Preparation: processors and the priority of its input are told once", "[follow]") {
  Window window;
  const auto first = window.memory.put_word(1), second = window.memory.put_word(2);
  window.call("sched_setaffinity", {0, 8, first}, 0);
  window.call("sched_setaffinity", {own, 8, first}, 0);
  CHECK(window.actions() == Actions{"scheduling"});
  window.call("ioprio_set", {io_process, 0, 3U << 13U}, 0);
  window.call("sched_setaffinity", {0, 8, second}, 0);
  window.call("ioprio_set", {io_process, 0, 2U << 13U}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"scheduling", "scheduling"});
  CHECK(steps[0].call == "sched_setaffinity");
  CHECK(steps[1].call == "ioprio_set");
}

TEST_CASE("Preparation: its own group is a new one, whether it says so by 0 or by its number", "[follow]") {
  Window window;
  window.call("setpgid", {0, 0}, 0);
  CHECK(window.preparation.steps().at(0).number == 0);
  window.call("setpgid", {77, 77}, 0);  // as it is
  window.call("setpgid", {0, 77}, 0);
  REQUIRE(window.actions() == Actions{"setpgid"});
  window.call("setpgid", {0, 78}, -EPERM);
  window.call("setpgid", {0, 79}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"setpgid", "setpgid"});
  CHECK(steps[0].number == 78);
  CHECK(steps[0].error_number == EPERM);
  CHECK(steps[1].number == 79);
}

TEST_CASE("Preparation: an option of a process is told as it is at the end", "[follow]") {
  Window window;
  window.call("prctl", {PR_SET_PDEATHSIG, 9}, 0);
  window.call("prctl", {PR_SET_NO_NEW_PRIVS, 1}, 0);
  window.call("prctl", {PR_SET_NO_NEW_PRIVS, 1}, 0);
  window.call("prctl", {PR_SET_PDEATHSIG, 15}, 0);
  const auto steps = window.preparation.steps();
  REQUIRE(Window::actions_of(steps) == Actions{"prctl", "prctl"});
  CHECK(address_of(steps[0], 1) == 1);
  window.call("prctl", {PR_SET_PDEATHSIG, 0}, 0);
  CHECK(window.actions() == Actions{"prctl"});
}

TEST_CASE("Preparation: a child begins without a signal for its parent's death, a program may have one",
          "[follow]") {
  Window child;
  child.call("prctl", {PR_SET_PDEATHSIG, 0}, 0);
  CHECK(child.actions().empty());
  Window program{.memory = {}, .before = {.forked = false}};
  program.call("prctl", {PR_SET_PDEATHSIG, 0}, 0);
  CHECK(program.actions() == Actions{"prctl"});
}

TEST_CASE("Preparation: another user takes the signal for the parent's death away", "[follow]") {
  Window window;
  window.call("prctl", {PR_SET_PDEATHSIG, 9}, 0);
  const auto* const row = decode::find_syscall(decode::Arch::x86_64, "setuid");
  window.preparation.enter({.nr = row->nr, .args = {5}}, window.memory);
  window.before.rights.ids[0] = 5;
  window.preparation.leave({.value = 0}, window.memory);
  window.call("prctl", {PR_SET_PDEATHSIG, 9}, 0);
  CHECK(window.actions() == Actions{"credentials", "prctl"});
}
