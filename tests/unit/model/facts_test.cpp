// Mappings' roles, System V and POSIX segments, namespaces, adopters, the age of a state, system calls by
// name.
#include "ptop/model/ipc.hpp"
#include "ptop/model/mapping_role.hpp"
#include "ptop/model/namespaces.hpp"
#include "ptop/model/syscall_text.hpp"

#include "made_snapshot.hpp"
#include "stage.hpp"

using namespace ptop;
using namespace ptop::model;
using Indices = std::vector<std::uint32_t>;

namespace {

std::vector<std::string> roles_of(const std::string& maps, std::string_view exe = "/bin/prog") {
  const auto parsed = procfs::parse_maps(maps);
  REQUIRE(parsed);
  std::vector<std::string> names;
  for (const MappingRole role : mapping_roles(*parsed, exe)) names.emplace_back(mapping_role_name(role));
  return names;
}
using Names = std::vector<std::string>;

void mark(Sample& sample, Source source) { sample.availability.set(source, Availability::present); }

/// The extras of a sample, to be changed.
Extras& extras_of(Sample& sample) { return sample.extras.change(); }

void put_into(Sample& sample, const std::string& type, std::uint64_t inode) {
  extras_of(sample).namespaces.push_back({type, type, inode});
  mark(sample, Source::namespaces);
}

procfs::SyscallState inside(std::int64_t nr, std::array<std::uint64_t, 6> args,
                            std::uint64_t sp = 0x7ffe00000000) {
  return {procfs::SyscallState::Where::inside, SyscallNo(nr), args, TraceeAddr(sp), TraceeAddr(1)};
}

}  // namespace

TEST_CASE("mapping_roles: a program, its library, and what the kernel gives everybody", "[model]") {
  CHECK(roles_of("1000-2000 r-xp 00000000 08:01 5 /bin/prog\n"
                 "2000-3000 rw-p 00001000 08:01 5 /bin/prog\n"
                 "3000-4000 rw-p 00000000 00:00 0\n"
                 "5000-6000 rw-p 00000000 00:00 0 [heap]\n"
                 "7000-8000 r-xp 00000000 08:01 6 /lib/x.so\n"
                 "8000-9000 r--p 00001000 08:01 6 /lib/x.so\n"
                 "9000-a000 r--p 00000000 08:01 7 /lib/locale\n"
                 "b000-c000 rw-s 00000000 08:01 8 /tmp/db\n"
                 "d000-e000 rw-p 00000000 00:00 0 [stack]\n"
                 "e000-f000 r--p 00000000 00:00 0 [vvar]\n"
                 "f000-10000 r-xp 00000000 00:00 0 [vdso]\n") ==
        Names{"text", "data", "data", "heap", "library_text", "library_data", "file", "shared_file", "stack",
              "kernel", "vdso"});
}

TEST_CASE("mapping_roles: memory behind a library may be anybody's", "[model]") {
  CHECK(roles_of("1000-2000 rw-p 00001000 08:01 5 /bin/prog\n"
                 "2000-3000 rw-p 00000000 00:00 0\n"
                 "3000-4000 rw-p 00000000 00:00 0\n"
                 "7000-8000 r-xp 00000000 08:01 6 /lib/x.so\n"
                 "8000-9000 rw-p 00001000 08:01 6 /lib/x.so\n"
                 "9000-a000 rw-p 00000000 00:00 0\n") ==
        Names{"data", "data", "anonymous", "library_text", "library_data", "anonymous"});
}

TEST_CASE("mapping_roles: shared memory of every make", "[model]") {
  CHECK(roles_of("1000-2000 rw-s 00000000 00:01 9 /SYSV0000002a (deleted)\n"
                 "2000-3000 rw-s 00000000 00:1a 3 /dev/shm/ring\n"
                 "3000-4000 rw-s 00000000 00:01 4 /memfd:x (deleted)\n"
                 "4000-5000 rw-s 00000000 00:01 5 /dev/zero (deleted)\n"
                 "5000-6000 rw-s 00000000 00:05 6 /dev/fb0\n"
                 "6000-7000 rw-s 00000000 00:0e 7 anon_inode:[io_uring]\n") ==
        Names{"sysv_shm", "shared_memory", "shared_memory", "shared_memory", "device", "device"});
}

TEST_CASE("mapping_roles: memory right above a small guard is a thread's stack", "[model]") {
  CHECK(roles_of("10000-11000 ---p 00000000 00:00 0\n11000-20000 rw-p 00000000 00:00 0\n") ==
        Names{"guard", "thread_stack"});
  CHECK(roles_of("10000-11000 ---p 00000000 00:00 0\n12000-20000 rw-p 00000000 00:00 0\n") ==
        Names{"guard", "anonymous"});
  // What malloc(3) holds in reserve is larger than any guard.
  CHECK(roles_of("1000000-4000000 ---p 00000000 00:00 0\n4000000-4100000 rw-p 00000000 00:00 0\n") ==
        Names{"guard", "anonymous"});
}

TEST_CASE("mapping_roles: the program is known though its file was deleted", "[model]") {
  CHECK(roles_of("1000-2000 r-xp 00000000 08:01 5 /bin/prog (deleted)\n", "/bin/prog (deleted)") ==
        Names{"text"});
}

TEST_CASE("ipc_use: segments that are mapped, made, and queues it was last at", "[model]") {
  Snapshot snapshot = snapshot_of({{.pid = 7, .ppid = 1}});
  Sample& sample = snapshot.processes.change(0);
  put_into(sample, "ipc", 100);
  extras_of(sample).maps = procfs::parse_maps(
                               "1000-3000 rw-s 00000000 00:01 9 /SYSVffffffff (deleted)\n"
                               "4000-5000 r--s 00000000 00:1a 3 /dev/shm/ring (deleted)\n"
                               "6000-7000 rw-p 00000000 00:1a 3 /dev/shm/private\n")
                               .value();
  procfs::SharedMemory segment, other;
  segment.id = 9;
  segment.mode = 01600;
  segment.attached = 2;
  other.id = 10;
  other.creator = Pid(7);
  procfs::MessageQueue queue;
  queue.id = 4;
  queue.last_sender = Pid(7);
  snapshot.sysvipc.shm = Fact(Result<std::vector<procfs::SharedMemory>>({segment, other}));
  snapshot.sysvipc.msg = Fact(Result<std::vector<procfs::MessageQueue>>({queue}));
  snapshot.sysvipc.ipc_namespace = 100;

  const IpcUse use = ipc_use(snapshot, sample);
  REQUIRE(use.attached.size() == 1);
  CHECK(use.attached[0].id == 9);
  CHECK(use.attached[0].key == -1);
  CHECK(use.attached[0].size == 0x2000);
  CHECK(use.attached[0].writable);
  CHECK(use.attached[0].removed);
  REQUIRE(use.attached[0].segment != nullptr);
  CHECK(use.attached[0].segment->attached == 2);
  REQUIRE(use.posix.size() == 1);  // a private mapping shares nothing
  CHECK(use.posix[0].path == "/dev/shm/ring");
  CHECK(use.posix[0].removed);
  CHECK_FALSE(use.posix[0].writable);
  REQUIRE(use.created.size() == 1);
  CHECK(use.created[0]->id == 10);
  REQUIRE(use.sent.size() == 1);
  CHECK(use.sent[0]->id == 4);
  CHECK(use.received.empty());

  snapshot.sysvipc.ipc_namespace = 101;  // the same number is another segment there
  const IpcUse foreign = ipc_use(snapshot, sample);
  REQUIRE(foreign.attached.size() == 1);
  CHECK(foreign.attached[0].segment == nullptr);
  CHECK(foreign.created.empty());
  CHECK(foreign.sent.empty());
}

TEST_CASE("namespace_members: by their own namespace, not by that of children to come", "[model]") {
  Snapshot snapshot = snapshot_of({{.pid = 1, .ppid = 0}, {.pid = 2, .ppid = 1}, {.pid = 3, .ppid = 1}});
  put_into(snapshot.processes.change(0), "pid", 5);
  extras_of(snapshot.processes.change(0)).namespaces.push_back({"pid_for_children", "pid", 6});
  put_into(snapshot.processes.change(1), "pid", 6);
  CHECK(namespace_members(snapshot, 5) == Indices{0});
  CHECK(namespace_members(snapshot, 6) == Indices{1});
  CHECK(namespace_of(snapshot.processes[0], "pid") == 5U);
  CHECK(namespace_of(snapshot.processes[0], "net") == std::nullopt);
  CHECK(namespace_of(snapshot.processes[2], "pid") == std::nullopt);
}

TEST_CASE("adopter_of: init, when nobody is between", "[model]") {
  Stage stage(snapshot_of({{.pid = 1, .ppid = 0, .start = 1},
                           {.pid = 10, .ppid = 1},
                           {.pid = 11, .ppid = 10},
                           {.pid = 2, .ppid = 0, .start = 1, .flags = 0x200000}}));
  const auto of = [&](int pid) {
    return adopter_of(stage.snapshot, stage.tree, stage.classes, stage.row(Pid(pid)).index);
  };
  REQUIRE(of(10));
  CHECK(of(10)->pid == Pid(1));
  CHECK(of(10)->evidence == AdopterEvidence::only_ancestor);
  CHECK_FALSE(of(11));  // 10 may be a subreaper that nobody can know of
  CHECK_FALSE(of(1));
  CHECK_FALSE(of(2));
}

TEST_CASE("adopter_of: who adopted before, and systemd of a user", "[model]") {
  Snapshot snapshot = snapshot_of({{.pid = 1, .ppid = 0, .start = 1, .sid = 1, .pgid = 1},
                                   {.pid = 10, .ppid = 1, .sid = 10, .pgid = 10},
                                   {.pid = 11, .ppid = 10, .sid = 10, .pgid = 10},
                                   {.pid = 12, .ppid = 10, .start = 50, .sid = 10, .pgid = 10},
                                   {.pid = 20, .ppid = 1, .sid = 20, .pgid = 20},
                                   {.pid = 21, .ppid = 20, .sid = 20, .pgid = 20}});
  Sample* manager = &snapshot.processes.change(4);
  manager->stat.comm = "systemd";
  manager->cmdline = std::string("/lib/systemd/systemd\0--user\0", 28);
  mark(*manager, Source::cmdline);
  Stage stage(std::move(snapshot));
  const auto of = [&](int pid) {
    return adopter_of(stage.snapshot, stage.tree, stage.classes, stage.row(Pid(pid)).index);
  };
  REQUIRE(of(11));  // 12 is older than 10
  CHECK(of(11)->pid == Pid(10));
  CHECK(of(11)->evidence == AdopterEvidence::adopted_before);
  REQUIRE(of(21));
  CHECK(of(21)->pid == Pid(20));
  CHECK(of(21)->evidence == AdopterEvidence::systemd_user);
}

TEST_CASE("state_age: since it last ran, and never longer than it exists", "[model]") {
  Snapshot snapshot = snapshot_of({{.pid = 5, .ppid = 1, .start = 1000}});
  Sample& sample = snapshot.processes.change(0);
  CHECK_FALSE(state_age(snapshot, sample));
  snapshot.sched_clocks = {{.now_ns = 30'000'000'000, .cpu = 0}};
  extras_of(sample).sched.last_ran_ns = 25'000'000'000;
  CHECK_FALSE(state_age(snapshot, sample));  // not read
  mark(sample, Source::sched);
  CHECK(state_age(snapshot, sample) == 5'000'000'000U);

  snapshot.host.info.clock_ticks = 100;
  snapshot.host.uptime.up = 12.0;
  snapshot.host.availability[static_cast<std::size_t>(HostSource::uptime)] = Availability::present;
  CHECK(state_age(snapshot, sample) == 2'000'000'000U);

  sample.stat.state = procfs::TaskState::running;
  CHECK_FALSE(state_age(snapshot, sample));
}

TEST_CASE("state_age: a clock behind the last time it ran is an age of nothing", "[model]") {
  Snapshot snapshot = snapshot_of({{.pid = 5, .ppid = 1}});
  snapshot.sched_clocks = {{.now_ns = 1000, .cpu = 0}};
  extras_of(snapshot.processes.change(0)).sched.last_ran_ns = 2000;
  mark(snapshot.processes.change(0), Source::sched);
  CHECK(state_age(snapshot, snapshot.processes[0]) == 0U);
}

TEST_CASE("syscall_name: of the table of the task's ABI, numbers for what is in none", "[model]") {
  CHECK(syscall_name(inside(0, {})) == "read");
  CHECK(syscall_name(inside(500, {})) == "syscall_0x1f4");
  CHECK(syscall_name(inside(0, {}, 0xffffd000)) == "restart_syscall");  // of a 32-bit program
  CHECK(syscall_name(inside(162, {}, 0xffffd000)) == "nanosleep");
  CHECK(syscall_name(inside(0x40000000, {}, 0xffffd000)) == "read");  // of x32
  CHECK(syscall_name({}).empty());
}

TEST_CASE("syscall_arguments: those that the call has, with their names", "[model]") {
  const auto read = syscall_arguments(inside(0, {3, 0x1000, 64, 9, 9, 9}));
  REQUIRE(read.size() == 3);
  CHECK(read[0].is_descriptor);
  CHECK(read[0].value == 3);
  CHECK(read[1].value == 0x1000);
  CHECK(read[2].name == "count");
  CHECK(read[2].value == 64);
  CHECK(syscall_arguments(inside(500, {1, 2, 3, 4, 5, 6})).size() == 6);
  CHECK(syscall_arguments({}).empty());
}

TEST_CASE("syscall_descriptor: the lower half of the first argument", "[model]") {
  CHECK(syscall_descriptor(inside(0, {0xdead00000003, 0, 0, 0, 0, 0})) == 3);
  CHECK_FALSE(syscall_descriptor(inside(257, {0xffffff9c, 0, 0, 0, 0, 0})));  // AT_FDCWD
  CHECK_FALSE(syscall_descriptor(inside(34, {})));                            // pause
}
