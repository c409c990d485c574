// Types of descriptors, and who is found at their other ends: on made-up snapshots.
#include "ptop/model/descriptors.hpp"

#include <sys/stat.h>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::model;
using procfs::FdAccess;
using procfs::parse_fd_link;

namespace {

std::optional<procfs::FileStatus> status(std::uint32_t mode, procfs::DeviceNumber rdev = {}) {
  return procfs::FileStatus{.mode = mode, .device = {8, 1}, .rdev = rdev, .inode = 7, .size = 0};
}

Descriptor descriptor(int fd, std::string_view target, FdAccess access = FdAccess::read_write,
                      std::optional<procfs::FileStatus> file = std::nullopt) {
  Descriptor d;
  d.fd = fd;
  d.link = parse_fd_link(target);
  d.access = access;
  d.file = file;
  d.type = descriptor_type(d.link, d.file);
  return d;
}

std::shared_ptr<const procfs::FdInfo> fdinfo(std::string_view more) {
  auto info = procfs::parse_fdinfo("pos:\t0\nflags:\t02\nmnt_id:\t1\n" + std::string(more));
  REQUIRE(info);
  return std::make_shared<const procfs::FdInfo>(std::move(*info));
}

DescriptorOwner process(std::int32_t pid, std::vector<Descriptor> descriptors) {
  DescriptorOwner owner;
  owner.key = {Pid(pid), Ticks(100)};
  owner.comm = "made";
  owner.net_namespace = 1;
  owner.descriptors = std::move(descriptors);
  return owner;
}

procfs::InetAddress address(std::array<std::uint8_t, 4> bytes, std::uint16_t port) {
  procfs::InetAddress made{.v6 = false, .bytes = {}, .port = port};
  std::copy(bytes.begin(), bytes.end(), made.bytes.begin());
  return made;
}

procfs::InetAddress mapped(std::array<std::uint8_t, 4> bytes, std::uint16_t port) {
  procfs::InetAddress made{.v6 = true, .bytes = {}, .port = port};
  made.bytes[10] = made.bytes[11] = 0xff;
  std::copy(bytes.begin(), bytes.end(), made.bytes.begin() + 12);
  return made;
}

procfs::InetSocket connection(procfs::InetAddress local, procfs::InetAddress remote, std::uint64_t inode) {
  procfs::InetSocket socket;
  socket.local = local;
  socket.remote = remote;
  socket.state = procfs::SocketState::established;
  socket.inode = inode;
  return socket;
}

using Places = std::vector<Place>;

}  // namespace

TEST_CASE("descriptor_type: the link decides, and the file's mode for a path", "[model]") {
  const auto type = [](std::string_view target,
                       const std::optional<procfs::FileStatus>& file = std::nullopt) {
    return descriptor_type_name(descriptor_type(parse_fd_link(target), file));
  };
  CHECK(type("pipe:[1]") == "pipe");
  CHECK(type("socket:[1]") == "socket");
  CHECK(type("anon_inode:[eventpoll]") == "epoll");
  CHECK(type("anon_inode:inotify") == "inotify");
  CHECK(type("anon_inode:bpf-map") == "bpf_map");
  CHECK(type("anon_inode:[something new]") == "anon_inode");
  CHECK(type("/memfd:x (deleted)") == "memfd");
  CHECK(type("net:[4026531840]") == "namespace");
  CHECK(type("/x") == "unknown");
  CHECK(type("/x", status(S_IFREG)) == "regular");
  CHECK(type("/x", status(S_IFIFO)) == "fifo");
  CHECK(type("/x", status(S_IFLNK)) == "symlink");
  CHECK(type("/dev/null", status(S_IFCHR, {1, 3})) == "char");
  CHECK(type("/dev/ptmx", status(S_IFCHR, {5, 2})) == "pty_master");
  CHECK(type("/dev/pts/4", status(S_IFCHR, {136, 4})) == "pty_slave");
}

TEST_CASE("DescriptorEnds: the other end of a pipe can do the opposite", "[model]") {
  DescriptorSnapshot made;
  made.processes.push_back(process(10, {descriptor(1, "pipe:[5]", FdAccess::write)}));
  made.processes.push_back(
      process(11, {descriptor(0, "pipe:[5]", FdAccess::read), descriptor(3, "pipe:[6]", FdAccess::read),
                   descriptor(4, "pipe:[5]", FdAccess::write)}));
  made.processes.push_back(process(12, {descriptor(0, "pipe:[5]", FdAccess::unknown)}));
  const DescriptorEnds ends(made);
  CHECK(ends.other_ends({0, 0}) == Places{{1, 0}});
  CHECK(ends.other_ends({1, 0}) == Places{{0, 0}, {1, 2}});
  CHECK(ends.other_ends({1, 1}).empty());
  CHECK(ends.other_ends({2, 0}).empty());
}

TEST_CASE("DescriptorEnds: a unix socket's peer is found by inode", "[model]") {
  DescriptorSnapshot made;
  made.processes.push_back(process(10, {descriptor(3, "socket:[5]")}));
  made.processes.push_back(process(11, {descriptor(4, "socket:[6]"), descriptor(5, "socket:[7]")}));
  add_unix_sockets(made.sockets, 1,
                   std::vector<sockets::UnixDiag>{{5, 1, 1, 6, {}}, {6, 1, 1, 5, {}}, {7, 1, 10, {}, {}}});
  const DescriptorEnds ends(made);
  CHECK(ends.other_ends({0, 0}) == Places{{1, 0}});
  CHECK(ends.other_ends({1, 0}) == Places{{0, 0}});
  CHECK(ends.other_ends({1, 1}).empty());
  CHECK(ends.same_open_file({0, 0}) == Places{});
}

TEST_CASE("add_unix_sockets: names are spelled as /proc/net/unix does", "[model]") {
  SocketTable table;
  add_unix_sockets(table, 1,
                   std::vector<sockets::UnixDiag>{{5, 1, 10, {}, std::string("\0a\0b", 4)},
                                                  {6, 1, 10, {}, std::string("/run/x\0", 7)}});
  CHECK(std::get<UnixEnd>(table.at(5).detail).name == "@a@b");
  CHECK(std::get<UnixEnd>(table.at(6).detail).name == "/run/x");
  CHECK(std::get<UnixEnd>(table.at(6).detail).listening);
}

TEST_CASE("DescriptorEnds: an inet connection ends in the same network namespace", "[model]") {
  const auto near = address({127, 0, 0, 1}, 80), far = address({127, 0, 0, 1}, 999);
  DescriptorSnapshot made;
  made.processes.push_back(process(10, {descriptor(3, "socket:[5]")}));
  made.processes.push_back(process(11, {descriptor(4, "socket:[6]")}));
  add_inet_sockets(made.sockets, 1, procfs::InetProtocol::tcp, {connection(near, far, 5)});
  SECTION("same width") {
    add_inet_sockets(made.sockets, 1, procfs::InetProtocol::tcp, {connection(far, near, 6)});
    CHECK(DescriptorEnds(made).other_ends({0, 0}) == Places{{1, 0}});
    CHECK(DescriptorEnds(made).other_ends({1, 0}) == Places{{0, 0}});
  }
  SECTION("a dual-stack server's side") {
    add_inet_sockets(made.sockets, 1, procfs::InetProtocol::tcp6,
                     {connection(mapped({127, 0, 0, 1}, 999), mapped({127, 0, 0, 1}, 80), 6)});
    CHECK(DescriptorEnds(made).other_ends({0, 0}) == Places{{1, 0}});
    CHECK(DescriptorEnds(made).other_ends({1, 0}) == Places{{0, 0}});
  }
  SECTION("elsewhere the same addresses mean another machine") {
    add_inet_sockets(made.sockets, 2, procfs::InetProtocol::tcp, {connection(far, near, 6)});
    CHECK(DescriptorEnds(made).other_ends({0, 0}).empty());
  }
}

TEST_CASE("DescriptorEnds: ptys of a container do not end outside of it", "[model]") {
  auto inside = status(S_IFCHR, {136, 4});
  inside->device = {0, 50};
  auto outside = status(S_IFCHR, {136, 4});
  outside->device = {0, 22};
  auto master = status(S_IFCHR, {5, 2});
  master->device = {0, 50};
  DescriptorSnapshot made;
  made.processes.push_back(process(10, {descriptor(3, "/dev/pts/ptmx", FdAccess::read_write, master)}));
  made.processes[0].descriptors[0].info = fdinfo("tty-index:\t4\n");
  made.processes.push_back(process(11, {descriptor(0, "/dev/pts/4", FdAccess::read_write, outside)}));
  made.processes.push_back(process(12, {descriptor(0, "/dev/pts/4", FdAccess::read_write, inside)}));
  const DescriptorEnds ends(made);
  CHECK(ends.other_ends({0, 0}) == Places{{2, 0}});
  CHECK(ends.other_ends({2, 0}) == Places{{0, 0}});
}

TEST_CASE("DescriptorEnds: a lock names who waits, and who waits names the holder", "[model]") {
  DescriptorSnapshot made;
  for (const int pid : {10, 11, 12})
    made.processes.push_back(process(pid, {descriptor(3, "/x", FdAccess::read_write, status(S_IFREG))}));
  made.processes[0].descriptors[0].info = fdinfo("lock:\t1: OFDLCK  ADVISORY  WRITE -1 08:01:7 0 9\n");
  auto locks = procfs::parse_locks(
      "1: OFDLCK ADVISORY  WRITE -1 08:01:7 0 9\n"
      "1: -> OFDLCK ADVISORY  WRITE -1 08:01:7 0 9\n"
      "1: -> POSIX  ADVISORY  READ 12 08:01:7 0 9\n"
      "1: -> OFDLCK ADVISORY  WRITE -1 08:01:7 5 5\n");
  REQUIRE(locks);
  made.locks = *locks;
  made.waiters.push_back({made.processes[1].key, 3, procfs::LockKind::ofd});
  const DescriptorEnds ends(made);
  const auto held = ends.locks({0, 0});
  REQUIRE(held.size() == 1);
  CHECK_FALSE(held[0].waiting);
  CHECK(held[0].others == Places{{1, 0}, {2, 0}});
  CHECK(held[0].nameless == 1);
  const auto waiting = ends.locks({2, 0});
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].waiting);
  CHECK(waiting[0].others == Places{{0, 0}});
}

TEST_CASE("is_held_file: identity counts, and of a deleted file the name", "[model]") {
  const FileId seven{{8, 1}, 7}, eight{{8, 1}, 8};
  const auto open = descriptor(3, "/other name", FdAccess::read, status(S_IFREG));
  CHECK(is_held_file(open, "/x", seven));
  CHECK_FALSE(is_held_file(open, "/other name", eight));
  CHECK(is_held_file(descriptor(3, "/x (deleted)", FdAccess::read, status(S_IFREG)), "/x", eight));
  CHECK(is_held_file(descriptor(3, "/x"), "/x", std::nullopt));
}
