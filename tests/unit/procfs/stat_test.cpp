// parse_stat against the lines a kernel may write and those it never would.
#include "ptop/procfs/stat.hpp"

#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

/// Fields 3 to 52 of a shell on Linux 6.x, each with a value of its own where that is possible.
const std::string fields_3_to_24 =
    "S 40 41 42 34819 43 4194304 10 11 12 13 14 15 16 17 20 -5 3 0 107149 3133440 360";
const std::string fields_25_to_52 =
    " 18446744073709551615 94057266483200 94057266503081 140731952297216 0 0 0 0 4096 1256 1 0 0 17 7 9 2 77 "
    "0 "
    "0"
    " 94057266519088 94057266520704 94057619468288 140731952298582 140731952298655 140731952298655"
    " 140731952300011 768";

std::string stat_of(const std::string& comm) {
  return "5906 (" + comm + ") " + fields_3_to_24 + fields_25_to_52 + "\n";
}

}  // namespace

TEST_CASE("parse_stat: every field lands in its place", "[procfs]") {
  const auto stat = parse_stat(stat_of("bash"));
  REQUIRE(stat);
  CHECK(stat->tid == Tid(5906));
  CHECK(stat->comm == "bash");
  CHECK(stat->state == TaskState::sleeping);
  CHECK(stat->ppid == Pid(40));
  CHECK(stat->pgid == Pid(41));
  CHECK(stat->sid == Pid(42));
  CHECK(stat->tty_nr == 34819);
  CHECK(stat->tpgid == 43);
  CHECK(stat->flags == 4194304);
  CHECK(stat->minflt == 10);
  CHECK(stat->waited_for->minflt == 11);
  CHECK(stat->majflt == 12);
  CHECK(stat->waited_for->majflt == 13);
  CHECK(stat->utime == Ticks(14));
  CHECK(stat->stime == Ticks(15));
  CHECK(stat->waited_for->utime == Ticks(16));
  CHECK(stat->waited_for->stime == Ticks(17));
  CHECK(stat->priority == 20);
  CHECK(stat->nice == -5);
  CHECK(stat->threads == 3);
  CHECK(stat->start == Ticks(107149));
  CHECK(stat->vsize == 3133440);
  CHECK(stat->rss_pages == 360);
  CHECK(stat->ignored_signals == 4096);
  CHECK(stat->exit_signal == 17);
  CHECK(stat->processor == 7);
  CHECK(stat->rt_priority == 9);
  CHECK(stat->policy == 2);
  CHECK(stat->blkio_delay == Ticks(77));
  CHECK(stat->exit_code == 768);
  CHECK_FALSE(stat->is_kernel_thread());
}

TEST_CASE("parse_stat: comm may contain a closing parenthesis", "[procfs]") {
  const std::string comm =
      GENERATE("a) R 1 (b", ")", "(", "", " ", "\n", "x\ny) S 1", "\x1b[31m", "\xff\xfe", "0 0 0");
  const auto stat = parse_stat(stat_of(comm));
  REQUIRE(stat);
  CHECK(stat->comm == comm);
  CHECK(stat->ppid == Pid(40));
}

TEST_CASE("parse_stat: comm is not cut at 15 bytes, as kernel workers have longer ones", "[procfs]") {
  const auto stat = parse_stat(stat_of("kworker/u8:2-ext4-rsv-conversion"));
  REQUIRE(stat);
  CHECK(stat->comm == "kworker/u8:2-ext4-rsv-conversion");
}

TEST_CASE("parse_stat: fields after rss may be missing", "[procfs]") {
  const auto stat = parse_stat("1 (init) " + fields_3_to_24);
  REQUIRE(stat);
  CHECK(stat->rss_pages == 360);
  CHECK(stat->exit_signal == 0);
  CHECK(stat->exit_code == 0);
}

TEST_CASE("parse_stat: fields a newer kernel appends are ignored", "[procfs]") {
  CHECK(parse_stat("1 (init) " + fields_3_to_24 + fields_25_to_52 + " 1 future -7\n"));
}

TEST_CASE("parse_stat: a state letter this build does not know survives", "[procfs]") {
  auto text = stat_of("x");
  text[text.find(") S") + 2] = 'W';
  const auto stat = parse_stat(text);
  REQUIRE(stat);
  CHECK(letter(stat->state) == 'W');
  CHECK(task_state_name(stat->state) == "unknown");
}

TEST_CASE("parse_stat: group and session of a task being reaped are -1", "[procfs]") {
  const auto stat = parse_stat("7 (x) Z 1 -1 -1 0 -1 4194304 0 0 0 0 0 0 0 0 20 0 1 0 107149 0 0");
  REQUIRE(stat);
  CHECK(stat->pgid == Pid(-1));
  CHECK(stat->sid == Pid(-1));
}

TEST_CASE("parse_stat: a negative device number is a large one", "[procfs]") {
  const auto stat = parse_stat("7 (x) S 1 7 7 -2147448832 7 4194304 0 0 0 0 0 0 0 0 20 0 1 0 107149 0 0");
  REQUIRE(stat);
  CHECK(stat->tty_nr == 0x80008800U);
}

TEST_CASE("parse_stat: what is no stat line is malformed and keeps its text", "[procfs]") {
  const std::string text =
      GENERATE(as<std::string>{}, "", "\n", "1", "1 (", "1 (x", "1 (x)", "1 x) S 1", "(x) S 1 1 1", ")(",
               "x (y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0",
               "-1 (y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0",
               "0 (y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0",
               "4294967297 (y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0",  // overflow
               "1(y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0",
               "1 (y) SS 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0",
               "1 (y) 5 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0",
               "1 (y) S 1x 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0 0",
               "1 (y) S 1 1 1 0 -1 0 0 0 0 0 -3 0 0 0 20 0 1 0 1 0 0",  // negative time
               "1 (y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 18446744073709551616 0 0",
               "1 (y) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 0");  // one short
  const auto stat = parse_stat(text);
  REQUIRE_FALSE(stat);
  CHECK(stat.error().code == Errc::malformed);
  CHECK(stat.error().what.find(text.substr(0, text.find('\n'))) != std::string::npos);
}

TEST_CASE("parse_stat: a known field after rss that is no number is malformed", "[procfs]") {
  CHECK_FALSE(parse_stat("1 (init) " + fields_3_to_24 + " 1 2 3 junk"));
}

TEST_CASE("parse_stat: every beginning of a line either parses or is malformed", "[procfs]") {
  const std::string whole = stat_of("a b) (c");
  const std::size_t least = whole.find(" 360") + 2;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto stat = parse_stat(std::string_view(whole).substr(0, length));
    if (length < least) {
      INFO(length);
      CHECK_FALSE(stat);
    }
    if (!stat) CHECK(stat.error().code == Errc::malformed);
  }
}

TEST_CASE("task_state_name: each letter of the kernel has a word", "[procfs]") {
  const auto [state, name] =
      GENERATE(table<TaskState, std::string_view>({{TaskState::running, "running"},
                                                   {TaskState::sleeping, "sleeping"},
                                                   {TaskState::disk_sleep, "disk sleep"},
                                                   {TaskState::stopped, "stopped"},
                                                   {TaskState::tracing_stop, "tracing stop"},
                                                   {TaskState::zombie, "zombie"},
                                                   {TaskState::dead, "dead"},
                                                   {TaskState::idle, "idle"},
                                                   {TaskState::parked, "parked"}}));
  CHECK(task_state_name(state) == name);
}
