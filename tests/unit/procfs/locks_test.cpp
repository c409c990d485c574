// parse_locks and parse_lock.
#include "ptop/procfs/locks.hpp"

#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

TEST_CASE("parse_locks: holders, and behind each who waits", "[procfs]") {
  const auto locks = parse_locks(
      "1: LEASE  ACTIVE    READ 28612 fe:00:11012145 0 EOF\n"
      "2: OFDLCK ADVISORY  WRITE -1 fe:00:11012144 100 EOF\n"
      "2: -> OFDLCK ADVISORY  READ -1 fe:00:11012144 150 150\n"
      "3: POSIX  ADVISORY  READ 28612 fe:00:11012144 2 6\n"
      "4: FLOCK  ADVISORY  WRITE 28612 103:1f:7 0 EOF\n"
      "4: -> FLOCK  ADVISORY  READ 28614 103:1f:7 0 EOF\n"
      "4:  -> FLOCK  ADVISORY  WRITE 28617 103:1f:7 0 EOF\n");
  REQUIRE(locks);
  REQUIRE(locks->size() == 4);
  const HeldLock& lease = (*locks)[0];
  CHECK(lease.id == 1);
  CHECK(lease.lock.kind == LockKind::lease);
  CHECK(lease.lock.mode == LockMode::active);
  CHECK(lease.lock.access == LockAccess::read);
  CHECK(lease.lock.pid == Pid(28612));
  CHECK(lease.lock.device == DeviceNumber{0xfe, 0});
  CHECK(lease.lock.inode == 11012145);
  CHECK_FALSE(lease.lock.end);
  CHECK(lease.waiters.empty());

  const HeldLock& ofd = (*locks)[1];
  CHECK(ofd.lock.kind == LockKind::ofd);
  CHECK_FALSE(ofd.lock.pid);
  CHECK(ofd.lock.start == 100);
  REQUIRE(ofd.waiters.size() == 1);
  CHECK(ofd.waiters[0].lock.end == 150U);
  CHECK(ofd.waiters[0].depth == 1);

  CHECK((*locks)[2].lock.end == 6U);
  const HeldLock& flock = (*locks)[3];
  CHECK(flock.lock.device == DeviceNumber{0x103, 0x1f});
  REQUIRE(flock.waiters.size() == 2);
  CHECK(flock.waiters[1].depth == 2);
  CHECK(flock.waiters[1].lock.pid == Pid(28617));
  CHECK(flock.waiters[1].lock.access == LockAccess::write);
}

TEST_CASE("parse_locks: a lock whose file is gone has no inode", "[procfs]") {
  const auto locks = parse_locks("1: POSIX  *NOINODE* READ 12 <none>:0 0 EOF\n");
  REQUIRE(locks);
  CHECK((*locks)[0].lock.inode == 0);
  CHECK((*locks)[0].lock.mode == LockMode::other);
}

TEST_CASE("parse_locks: a kind of a newer kernel is kept", "[procfs]") {
  const auto lock = parse_lock("1: FUTURE SOMEHOW   MAYBE 12 00:15:9 0 0");
  REQUIRE(lock);
  CHECK(lock->kind == LockKind::other);
  CHECK(lock->mode == LockMode::other);
  CHECK(lock->access == LockAccess::other);
  CHECK(lock->inode == 9);
}

TEST_CASE("parse_locks: no lock is an empty list", "[procfs]") {
  const auto locks = parse_locks("");
  REQUIRE(locks);
  CHECK(locks->empty());
}

TEST_CASE("parse_locks: a row cut short, or a waiter without a holder, is malformed", "[procfs]") {
  const std::string text =
      GENERATE("\n", "1:\n", "1: POSIX\n", "1: POSIX ADVISORY READ x fe:00:1 0 EOF\n",
               "1: POSIX ADVISORY READ 1 fe:1 0 EOF\n", "1: POSIX ADVISORY READ 1 fe:00:1 0\n",
               "1: POSIX ADVISORY READ 1 fe:00:1 0 END\n", "1: -> POSIX ADVISORY READ 1 fe:00:1 0 EOF\n",
               "1: POSIX ADVISORY READ 1 fe:00:1 18446744073709551616 EOF\n");
  CHECK(parse_locks(text).error().code == Errc::malformed);
}

TEST_CASE("parse_lock: a waiter's row is none", "[procfs]") {
  CHECK_FALSE(parse_lock("1: -> POSIX ADVISORY READ 1 fe:00:1 0 EOF"));
}

TEST_CASE("lock_kind_name: the kernel's words", "[procfs]") {
  CHECK(lock_kind_name(LockKind::ofd) == "OFDLCK");
  CHECK(lock_kind_name(LockKind::other) == "other");
  CHECK(lock_mode_name(LockMode::breaking) == "BREAKING");
  CHECK(lock_access_name(LockAccess::none) == "UNLCK");
}
