// The fixture descriptors: a process with one of nearly every kind of descriptor, recorded on Linux 6.18, and
// children that wait for its locks.
#include <algorithm>

#include "ptop/procfs/reader.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

struct Fixture {
  Reader reader = std::move(*Reader::open(test::fixtures() + "/proc/descriptors"));
  TaskDir dir = std::move(*reader.open_process(Pid(28674)));
};

}  // namespace

TEST_CASE("Fixture descriptors: every descriptor has an info, and the anonymous ones their particulars",
          "[procfs]") {
  Fixture fixture;
  const auto fds = fixture.dir.read_fds();
  REQUIRE(fds);
  CHECK(fds->size() == 48);
  std::size_t with_particulars = 0;
  for (const FdEntry& entry : *fds) {
    const auto info = fixture.dir.open_fds()->read_info(entry.fd);
    REQUIRE(info);
    const bool has_particulars = !std::holds_alternative<std::monostate>(info->particulars);
    CHECK(has_particulars == (entry.link.kind == FdKind::anon_inode));
    with_particulars += has_particulars;
  }
  CHECK(with_particulars == 14);
}

TEST_CASE("Fixture descriptors: who waits stands behind who holds", "[procfs]") {
  Fixture fixture;
  const auto locks = fixture.reader.read_locks();
  REQUIRE(locks);
  const auto held = std::find_if(locks->begin(), locks->end(),
                                 [](const HeldLock& lock) { return lock.lock.kind == LockKind::flock; });
  REQUIRE(held != locks->end());
  CHECK(held->lock.pid == Pid(28674));
  REQUIRE(held->waiters.size() == 2);
  const auto waiter = held->waiters[0].lock.pid;
  REQUIRE(waiter);
  auto waiting = fixture.reader.open_process(*waiter);
  REQUIRE(waiting);
  CHECK(waiting->read_stat()->ppid == Pid(28674));
  CHECK(waiting->read_syscall()->nr == SyscallNo(73));  // flock on x86-64
  CHECK(waiting->read_wchan().value() == "locks_lock_inode_wait");
}

TEST_CASE("Fixture descriptors: the tables of its network namespace", "[procfs]") {
  Fixture fixture;
  CHECK(fixture.dir.read_inet_sockets(InetProtocol::tcp)->size() == 3);
  CHECK(fixture.dir.read_inet_sockets(InetProtocol::udplite)->size() == 1);
  CHECK(fixture.dir.read_inet_sockets(InetProtocol::raw6)->size() == 1);
  CHECK(fixture.dir.read_net_packet()->size() == 1);
  CHECK(fixture.dir.read_net_netlink().has_value());
  const auto sockets = fixture.dir.read_net_unix();
  REQUIRE(sockets);
  CHECK(sockets->size() == 7);
  CHECK(std::any_of(sockets->begin(), sockets->end(),
                    [](const UnixSocket& socket) { return socket.path == "/tmp/descriptors/s p\nq"; }));
}

TEST_CASE("Fixture descriptors: what of a task the recording has, it reads", "[procfs]") {
  Fixture fixture;
  CHECK(fixture.dir.read_comm() == "factory");
  CHECK(fixture.dir.read_limits()->size() == 16);
  CHECK(fixture.dir.read_namespaces()->size() == 10);
  CHECK(fixture.dir.read_io().has_value());
  CHECK(fixture.dir.read_smaps_rollup().has_value());
  CHECK(fixture.dir.read_mountinfo().has_value());
  CHECK(fixture.dir.read_attr_current().error().code == Errc::unsupported);
  const auto maps = fixture.dir.read_maps();
  REQUIRE(maps);
  CHECK(std::any_of(maps->begin(), maps->end(),
                    [](const Mapping& mapping) { return mapping.path == "/tmp/descriptors/m\nap"; }));
  CHECK(fixture.reader.open_thread(Pid(28674), Tid(28674))->read_children()->size() >= 4);
  CHECK(fixture.reader.read_boot_id() == "00000000-0000-4000-8000-000000000000");
  CHECK(fixture.reader.read_pressure(PressureResource::irq).error().code == Errc::unsupported);
}
