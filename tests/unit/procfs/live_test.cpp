// The reader against the running kernel: what this process makes, its files must tell.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "ptop/procfs/reader.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

struct Self {
  Reader reader = std::move(*Reader::open());
  TaskDir dir = std::move(*reader.open_process(Pid(getpid())));
};

template <class T>
T particulars_of(int fd) {
  Self self;
  const auto info = self.dir.open_fds()->read_info(fd);
  REQUIRE(info);
  REQUIRE(std::holds_alternative<T>(info->particulars));
  return std::get<T>(info->particulars);
}

std::uint64_t inode_of(int fd) {
  struct stat st {};
  REQUIRE(fstat(fd, &st) == 0);
  return st.st_ino;
}

/// A file with no name any more.
Fd scratch_file() {
  std::string name = (std::filesystem::temp_directory_path() / "ptop-live-XXXXXX").string();
  Fd file(mkstemp(name.data()));
  REQUIRE(file);
  unlink(name.c_str());
  return file;
}

/// A file of /proc that not every kernel has, and not everybody may read.
template <class T>
bool is_there(const Result<T>& result) {
  if (result) return true;
  CHECK((result.error().code == Errc::unsupported || result.error().code == Errc::denied));
  return false;
}

}  // namespace

TEST_CASE("TaskDir: the single values of this process", "[procfs]") {
  Self self;
  CHECK(self.dir.read_comm() == "unit_procfs");
  if (const auto io = self.dir.read_io(); is_there(io)) CHECK(io->rchar > 0U);
  if (const auto sched = self.dir.read_schedstat(); is_there(sched)) CHECK(sched->timeslices > 0);
  is_there(self.dir.read_oom_score());
  is_there(self.dir.read_oom_score_adj());
  is_there(self.dir.read_loginuid());
  is_there(self.dir.read_sessionid());
  is_there(self.dir.read_wchan());
  is_there(self.dir.read_stack());
  is_there(self.dir.read_autogroup());
  is_there(self.dir.read_attr_current());
  is_there(self.dir.read_cpuset());
  if (const auto slack = self.dir.read_timerslack_ns(); is_there(slack)) CHECK(*slack > 0);
  if (const auto personality = self.dir.read_personality(); is_there(personality))
    CHECK((*personality & 0xffU) == 0);
  // It reads its own file, so it is in read(2), and that is what the file says of a task that runs.
  if (const auto call = self.dir.read_syscall(); is_there(call))
    CHECK(call->where != SyscallState::Where::outside);
}

TEST_CASE("TaskDir: limits as getrlimit tells them", "[procfs]") {
  Self self;
  const auto limits = self.dir.read_limits();
  REQUIRE(limits);
  const auto nofile = std::find_if(limits->begin(), limits->end(), [](const Limit& limit) {
    return limit.resource == LimitResource::nofile;
  });
  REQUIRE(nofile != limits->end());
  struct rlimit expected {};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &expected) == 0);
  CHECK(nofile->soft == expected.rlim_cur);
}

TEST_CASE("TaskDir: namespaces by the inode of their files", "[procfs]") {
  Self self;
  const auto links = self.dir.read_namespaces();
  REQUIRE(links);
  const auto pid =
      std::find_if(links->begin(), links->end(), [](const NsLink& link) { return link.name == "pid"; });
  REQUIRE(pid != links->end());
  const Fd ns(open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC));
  CHECK(pid->inode == inode_of(ns.get()));
  CHECK(std::any_of(links->begin(), links->end(), [](const NsLink& link) {
    return link.name == "pid_for_children" && link.type == "pid";
  }));
}

TEST_CASE("TaskDir: a mapping of one's own is among the maps", "[procfs]") {
  const Fd file = scratch_file();
  REQUIRE(ftruncate(file.get(), 4096) == 0);
  void* memory = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, file.get(), 0);
  REQUIRE(memory != MAP_FAILED);
  Self self;
  const auto maps = self.dir.read_maps();
  REQUIRE(maps);
  const auto mine = std::find_if(maps->begin(), maps->end(), [&](const Mapping& mapping) {
    return mapping.start == TraceeAddr(reinterpret_cast<std::uint64_t>(memory));
  });
  REQUIRE(mine != maps->end());
  CHECK(mine->kind == MappingKind::file);
  CHECK(mine->deleted);
  CHECK(mine->shared);
  CHECK(mine->inode == inode_of(file.get()));
  munmap(memory, 4096);
  if (const auto sums = self.dir.read_smaps_rollup(); is_there(sums)) CHECK(sums->pss > 0U);
}

TEST_CASE("TaskDir: maps longer than a page are read to the end", "[procfs]") {
  constexpr int pages = 400;  // every other one of another protection, so that the kernel keeps them apart
  auto* memory =
      static_cast<char*>(mmap(nullptr, pages * 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  REQUIRE(memory != MAP_FAILED);
  for (int page = 0; page < pages; page += 2) REQUIRE(mprotect(memory + page * 4096, 4096, PROT_NONE) == 0);
  Self self;
  const auto maps = self.dir.read_maps();
  REQUIRE(maps);
  CHECK(maps->size() >= pages);
  CHECK(
      std::any_of(maps->begin(), maps->end(), [](const Mapping& m) { return m.kind == MappingKind::stack; }));
  munmap(memory, pages * 4096);
}

TEST_CASE("TaskDir: fdinfo of an eventfd, an epoll, a timerfd", "[procfs]") {
  const Fd event(eventfd(31, EFD_CLOEXEC));
  CHECK(particulars_of<EventfdInfo>(event.get()).count == 31);

  const Fd epoll(epoll_create1(EPOLL_CLOEXEC));
  epoll_event wanted{.events = EPOLLIN, .data = {.u64 = 0xabcdef}};
  REQUIRE(epoll_ctl(epoll.get(), EPOLL_CTL_ADD, event.get(), &wanted) == 0);
  const auto targets = particulars_of<EpollInfo>(epoll.get()).targets;
  REQUIRE(targets.size() == 1);
  CHECK(targets[0].fd == event.get());
  CHECK(targets[0].data == 0xabcdef);
  CHECK((targets[0].events & EPOLLIN) != 0);

  const Fd timer(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  const itimerspec times{.it_interval = {7, 9}, .it_value = {3600, 0}};
  REQUIRE(timerfd_settime(timer.get(), 0, &times, nullptr) == 0);
  const auto info = particulars_of<TimerfdInfo>(timer.get());
  CHECK(info.clock == CLOCK_MONOTONIC);
  CHECK(info.interval.seconds == 7);
  CHECK(info.interval.nanoseconds == 9);
  CHECK(info.value.seconds <= 3600);
}

TEST_CASE("TaskDir: fdinfo of a file has position, flags and locks, and locks has them too", "[procfs]") {
  const Fd file = scratch_file();
  REQUIRE(lseek(file.get(), 5, SEEK_SET) == 5);
  REQUIRE(flock(file.get(), LOCK_EX) == 0);
  Self self;
  const auto info = self.dir.open_fds()->read_info(file.get());
  REQUIRE(info);
  CHECK(info->position == 5);
  CHECK((info->flags & O_ACCMODE) == O_RDWR);
  REQUIRE(info->locks.size() == 1);
  CHECK(info->locks[0].kind == LockKind::flock);
  CHECK(info->locks[0].access == LockAccess::write);
  CHECK(info->locks[0].pid == Pid(getpid()));

  const auto locks = self.reader.read_locks();
  REQUIRE(locks);
  CHECK(std::any_of(locks->begin(), locks->end(),
                    [&](const HeldLock& held) { return held.lock.inode == inode_of(file.get()); }));
  CHECK(self.dir.open_fds()->read_info(99999).error().code == Errc::gone);
}

TEST_CASE("TaskDir: sockets of each family are in their tables", "[procfs]") {
  const Fd tcp(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  REQUIRE(bind(tcp.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(listen(tcp.get(), 1) == 0);
  REQUIRE(getsockname(tcp.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  Self self;
  const auto sockets = self.dir.read_inet_sockets(InetProtocol::tcp);
  REQUIRE(sockets);
  const auto mine = std::find_if(sockets->begin(), sockets->end(), [&](const InetSocket& socket) {
    return socket.inode == inode_of(tcp.get());
  });
  REQUIRE(mine != sockets->end());
  CHECK(mine->local.port == ntohs(address.sin_port));
  CHECK(inet_address_text(mine->local).starts_with("127.0.0.1:"));
  CHECK(mine->state == SocketState::listen);

  int pair[2];
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
  const Fd one(pair[0]), other(pair[1]);
  const auto unix_sockets = self.dir.read_net_unix();
  REQUIRE(unix_sockets);
  CHECK(std::any_of(unix_sockets->begin(), unix_sockets->end(),
                    [&](const UnixSocket& socket) { return socket.inode == inode_of(one.get()); }));
  is_there(self.dir.read_net_netlink());
  is_there(self.dir.read_net_packet());
}

TEST_CASE("TaskDir: the mount of a file is among the mounts", "[procfs]") {
  Self self;
  const auto mounts = self.dir.read_mountinfo();
  REQUIRE(mounts);
  CHECK(std::any_of(mounts->begin(), mounts->end(),
                    [](const Mount& mount) { return mount.point == "/proc" && mount.type == "proc"; }));
}

TEST_CASE("Reader: tables of the system read, or say that they are not there", "[procfs]") {
  Self self;
  for (const auto resource :
       {PressureResource::cpu, PressureResource::memory, PressureResource::io, PressureResource::irq}) {
    is_there(self.reader.read_pressure(resource));
  }
  is_there(self.reader.read_sysvipc_shm());
  is_there(self.reader.read_sysvipc_sem());
  is_there(self.reader.read_sysvipc_msg());
  is_there(self.reader.read_swaps());
  if (const auto devices = self.reader.read_devices(); is_there(devices))
    CHECK_FALSE(devices->character.empty());
  if (const auto drivers = self.reader.read_tty_drivers(); is_there(drivers)) CHECK_FALSE(drivers->empty());
  if (const auto id = self.reader.read_boot_id(); is_there(id)) CHECK(id->size() == 36);
}
