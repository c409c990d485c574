#include "descriptor_ledger.hpp"

#include <fcntl.h>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::insight;
using follow::DescriptorPurpose;
using follow::DescriptorUse;

namespace {

// No such process: looks are given, kcmp(2) has no answer.
const ProcessKey parent{Pid(999'999'001), Ticks(1)}, child{Pid(999'999'002), Ticks(2)};
constexpr std::uint64_t ms = 1'000'000;

Seen file(int fd, std::uint64_t inode, std::uint32_t flags = O_RDONLY, std::int64_t position = 0) {
  return {.fd = fd,
          .link = procfs::parse_fd_link("/srv/" + std::to_string(inode)),
          .position = position,
          .flags = flags,
          .inode = inode,
          .mount_id = 1};
}

Seen pipe_end(int fd, const std::string& target, std::uint32_t flags) {
  return {.fd = fd, .link = procfs::parse_fd_link(target), .position = 0, .flags = flags};
}

/// A kernel in which descriptors whose numbers differ by tens lead to one open file.
std::optional<std::strong_ordering> order_of_units(Pid, int a, Pid, int b) { return a % 10 <=> b % 10; }

struct Followed {
  procfs::Reader reader = *procfs::Reader::open();
  Ledger ledger;
  std::vector<std::string> argv{"prog"};
  std::vector<Pid> pids;
  bool launcher = false;

  std::vector<follow::InheritedDescriptor> exec(const std::vector<Seen>& seen, std::uint64_t at = 10 * ms) {
    return ledger.execed(child, "/bin/prog", seen,
                         {.argv = argv, .environment = {}, .pids = pids, .prepares_another = launcher},
                         reader, at);
  }
  void fork(const std::vector<Seen>& seen, std::uint64_t at = 5 * ms) {
    ledger.born(parent, child, child.pid, seen, at);
  }
};

}  // namespace

TEST_CASE("Ledger: what the parent opened since the last look crosses the child's exec as a leak",
          "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({file(3, 7)});
  const auto got = f.exec({file(3, 7)});
  REQUIRE(got.size() == 1);
  CHECK(got[0].is_leak());
  CHECK(got[0].origin.opener == parent);
  CHECK(got[0].origin.program == "/bin/sh");
  CHECK(got[0].origin.after_ns == 1 * ms);
  CHECK(got[0].origin.until_ns == 5 * ms);
  CHECK(got[0].execs == 1);
}

TEST_CASE("Ledger: what was there when following began is from before, and no leak", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {file(3, 7)}, 1 * ms);
  f.fork({file(3, 7)});
  const auto got = f.exec({file(3, 7)});
  CHECK(got[0].origin.before);
  CHECK_FALSE(got[0].is_leak());
}

TEST_CASE("Ledger: purposes between birth and exec", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({file(3, 7, O_CLOEXEC), pipe_end(4, "pipe:[8]", O_WRONLY | O_CLOEXEC)});
  const auto got = f.exec({file(3, 7), file(5, 9), pipe_end(6, "pipe:[8]", O_WRONLY)});
  REQUIRE(got.size() == 3);
  CHECK(got[0].purpose == DescriptorPurpose::unmarked);
  CHECK(got[1].purpose == DescriptorPurpose::opened);
  CHECK(got[1].origin.opener == child);
  CHECK(got[2].purpose == DescriptorPurpose::placed);
  CHECK(got[2].origin.opener == parent);
}

TEST_CASE("Ledger: who opens files long after its birth does not prepare an exec", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({});
  CHECK(f.exec({file(3, 7)}, 3000 * ms)[0].is_leak());
}

TEST_CASE("Ledger: a file of another inode under the same number is another file", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {file(3, 7)}, 1 * ms);
  f.fork({file(3, 7)});
  CHECK_FALSE(f.exec({file(3, 8)})[0].origin.before);
}

TEST_CASE("Ledger: execs add up along the way of one open file", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({file(3, 7)});
  (void)f.exec({file(3, 7)});
  CHECK(f.exec({file(3, 7)})[0].execs == 2);
}

TEST_CASE("Ledger: a call that opened what had the number before is not the one that opened this",
          "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.ledger.opened_by_call(parent.pid, 3, {"openat", "/srv/6"});
  f.ledger.opened_by_call(parent.pid, 4, {"openat", "/srv/8 (deleted)"});
  f.fork({file(3, 7), file(4, 8)});
  const auto got = f.exec({file(3, 7), file(4, 8)});
  CHECK(got[0].origin.call.empty());
  CHECK(got[1].origin.call == "openat");
}

TEST_CASE("Ledger: a story is told when the last who had it is gone, with what each did", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({file(3, 7), file(4, 8), file(5, 9), file(6, 10), file(7, 11)});
  (void)f.exec({file(3, 7), file(4, 8), file(5, 9), file(6, 10), file(7, 11)});
  f.ledger.used_by_call(child.pid, 7);
  f.ledger.leaving(child.pid, {file(3, 7), file(4, 8, O_RDONLY, 99), file(5, 9, O_CLOEXEC), file(7, 11)});
  f.ledger.gone(child.pid);
  CHECK(f.ledger.take_finished().empty());  // its parent has them still
  f.ledger.gone(parent.pid);
  const auto stories = f.ledger.take_finished();
  REQUIRE(stories.size() == 5);
  // The first: where not even the type is known, nothing is claimed.
  const DescriptorUse uses[] = {DescriptorUse::unknown, DescriptorUse::moved, DescriptorUse::marked,
                                DescriptorUse::closed, DescriptorUse::called};
  for (std::size_t i = 0; i < stories.size(); ++i) {
    CAPTURE(i);
    REQUIRE(stories[i].holders.size() == 1);
    CHECK(stories[i].holders[0].use == uses[i]);
    CHECK(stories[i].at_exit == (uses[i] == DescriptorUse::closed ? 0 : 1));
  }
  CHECK(stories[0].untouched == 0);
}

TEST_CASE("Ledger: a file that never crossed an exec has no story", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({file(3, 7, O_CLOEXEC)});
  (void)f.exec({});
  f.ledger.gone(child.pid);
  f.ledger.gone(parent.pid);
  CHECK(f.ledger.take_finished().empty());
}

TEST_CASE("Ledger: of a process killed before the last look nothing is claimed", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({file(3, 7)});
  (void)f.exec({file(3, 7)});
  f.ledger.gone(child.pid);
  f.ledger.gone(parent.pid);
  const auto stories = f.ledger.take_finished();
  REQUIRE(stories.size() == 1);
  CHECK(stories[0].holders[0].use == DescriptorUse::unknown);
  CHECK(stories[0].at_exit == 0);
}

TEST_CASE("Ledger: only eight holders are kept, leaks before others", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  for (int i = 0; i < 20; ++i) {
    f.fork({file(3, 7)});
    f.argv = i < 10 ? std::vector<std::string>{"cat", "/dev/fd/3"} : std::vector<std::string>{"cat"};
    (void)f.exec({file(3, 7)});
    f.ledger.gone(child.pid);
  }
  f.ledger.gone(parent.pid);
  const auto stories = f.ledger.take_finished();
  REQUIRE(stories.size() == 1);
  CHECK(stories[0].execs == 20);
  CHECK(stories[0].leaks == 10);
  REQUIRE(stories[0].holders.size() == 8);
  for (const auto& holder : stories[0].holders) CHECK(holder.purpose == DescriptorPurpose::none);
}

TEST_CASE("Ledger: holders stand in the order of their execs, leaks before others", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({file(3, 7)});
  f.argv = {"flock", "3"};
  (void)f.exec({file(3, 7)}, 10 * ms);
  const ProcessKey other{Pid(999'999'003), Ticks(3)};
  const std::vector<std::string> words{"cat"};
  for (const std::uint64_t at : {20 * ms, 30 * ms}) {
    f.ledger.born(child, other, other.pid, {file(3, 7)}, at);
    (void)f.ledger.execed(other, "/bin/cat", {file(3, 7)}, {.argv = words, .environment = {}, .pids = {}},
                          f.reader, at);
    f.argv = {"cat"};
    if (at == 20 * ms) (void)f.exec({file(3, 7)}, 25 * ms);
  }
  for (const ProcessKey key : {other, child, parent}) f.ledger.gone(key.pid);
  const auto stories = f.ledger.take_finished();
  REQUIRE(stories.size() == 1);
  CHECK(stories[0].leaks == 3);
  std::vector<std::uint64_t> times;
  for (const auto& holder : stories[0].holders) times.push_back(holder.exec_ns / ms);
  CHECK(times == std::vector<std::uint64_t>{20, 25, 30, 10});
}

TEST_CASE("Ledger: what a launcher closed before it started another program has not leaked", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/java", {}, 1 * ms);
  f.fork({file(3, 7), file(4, 8), file(5, 9)});
  f.launcher = true;
  const auto got = f.exec({file(3, 7), file(4, 8), file(5, 9)}, 10 * ms);
  for (const auto& one : got) {
    CHECK(one.purpose == DescriptorPurpose::launcher);
    CHECK_FALSE(one.is_leak());
  }
  f.launcher = false;
  CHECK(f.exec({file(4, 8)}, 20 * ms)[0].is_leak());
  f.fork({file(3, 7), file(5, 9)}, 30 * ms);
  f.launcher = true;
  (void)f.exec({file(3, 7), file(5, 9)}, 40 * ms);
  f.ledger.leaving(child.pid, {file(5, 9)});  // it started nothing
  for (const ProcessKey key : {child, parent}) f.ledger.gone(key.pid);
  const auto stories = f.ledger.take_finished();
  REQUIRE(stories.size() == 3);
  for (const auto& story : stories) {
    CAPTURE(story.fd);
    CHECK(story.execs == 2);
    CHECK(story.leaks == (story.fd == 3 ? 0 : story.fd == 4 ? 2 : 1));
  }
}

TEST_CASE("Ledger: the call that opened it is known where it was moved to another number", "[insight]") {
  Followed f;
  f.ledger.begin(parent, "/bin/bash", {}, 1 * ms);
  f.ledger.opened_by_call(parent.pid, 3, {"openat", "/srv/7"});
  f.ledger.opened_by_call(parent.pid, 6, {"openat", "/srv/8"});
  f.ledger.opened_by_call(parent.pid, 11, {"dup2", "/srv/8"});
  f.ledger.opened_by_call(parent.pid, 12, {"dup2", "/srv/9"});
  const std::vector<Seen> seen{file(10, 7), file(11, 8), file(12, 9), file(13, 10)};
  f.fork(seen);
  const auto got = f.exec(seen);
  REQUIRE(got.size() == 4);
  CHECK(got[0].origin.call == "openat");
  CHECK(got[1].origin.call == "openat");
  CHECK(got[2].origin.call == "dup2");
  CHECK(got[3].origin.call.empty());
}

TEST_CASE("Ledger: an exec counts once for an open file with several numbers", "[insight]") {
  Followed f{.ledger = Ledger(order_of_units)};
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  const std::vector<Seen> seen{file(3, 7), file(4, 7), file(13, 7), file(23, 7)};
  f.fork(seen);
  f.argv = {"cat", "/dev/fd/3"};
  const auto got = f.exec(seen);
  REQUIRE(got.size() == 4);
  CHECK_FALSE(got[0].is_leak());
  CHECK(got[2].is_leak());
  CHECK(got[0].story == got[3].story);
  CHECK(got[0].story != got[1].story);
  f.ledger.leaving(child.pid, {file(3, 7), file(4, 7), file(13, 7)});
  f.ledger.gone(child.pid);
  f.ledger.gone(parent.pid);
  const auto stories = f.ledger.take_finished();
  REQUIRE(stories.size() == 2);
  const auto& story = stories[0].fd == 3 ? stories[0] : stories[1];
  CHECK(story.fd == 3);
  CHECK(story.execs == 1);
  CHECK(story.leaks == 1);
  CHECK(story.at_exit == 1);
  REQUIRE(story.holders.size() == 1);
  CHECK(story.holders[0].fd == 13);  // the number that leaked
  CHECK(story.holders[0].purpose == DescriptorPurpose::none);
  CHECK(story.holders[0].at_exit);
  CHECK(story.holders[0].use != DescriptorUse::closed);
}

TEST_CASE("Ledger: a duplicate of a standard descriptor is whose that is", "[insight]") {
  Followed f{.ledger = Ledger(order_of_units)};
  f.ledger.begin(parent, "/bin/bash", {file(1, 7), file(2, 8)}, 1 * ms);
  const std::vector<Seen> seen{file(1, 7), file(2, 8), file(11, 7)};
  f.fork(seen);
  const auto got = f.exec(seen);
  REQUIRE(got.size() == 1);
  CHECK(got[0].fd == 11);
  CHECK(got[0].origin.before);
  CHECK(got[0].execs == 1);
  f.ledger.gone(child.pid);
  f.ledger.gone(parent.pid);
  const auto stories = f.ledger.take_finished();
  REQUIRE(stories.size() == 1);
  CHECK(stories[0].fd == 11);
}

TEST_CASE("Ledger: what a child duplicates before its exec counts with the original", "[insight]") {
  Followed f{.ledger = Ledger(order_of_units)};
  f.ledger.begin(parent, "/bin/sh", {}, 1 * ms);
  f.fork({file(4, 7, O_CLOEXEC)});
  const auto got = f.exec({file(4, 7), file(14, 7)});
  REQUIRE(got.size() == 2);
  CHECK(got[0].purpose == DescriptorPurpose::unmarked);
  CHECK(got[1].purpose == DescriptorPurpose::placed);
  CHECK(got[0].story == got[1].story);
}

TEST_CASE("AlikeFiles: few questions find the duplicates among many descriptors of one file", "[insight]") {
  static int questions = 0;
  questions = 0;
  AlikeFiles alike(child.pid, [](Pid, int a, Pid, int b) -> std::optional<std::strong_ordering> {
    ++questions;
    return a % 300 * 7 % 300 <=> b % 300 * 7 % 300;
  });
  for (int fd = 0; fd < 300; ++fd) alike.add(file(fd, 7));
  for (int fd = 300; fd < 310; ++fd) CHECK(alike.find_or_add(file(fd, 7)) == fd - 300);
  CHECK_FALSE(alike.find_or_add(file(400, 8)));
  CHECK(questions < 310 * 10);
}
