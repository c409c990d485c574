// The Reader over recorded trees, over trees made on the spot, and over the live /proc.
#include "ptop/procfs/reader.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "ptop/procfs/cmdline.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace ptop;
using namespace ptop::procfs;
namespace fs = std::filesystem;

namespace {

Reader open_fixture(const std::string& story) {
  auto reader = Reader::open(test::fixtures() + "/proc/" + story);
  REQUIRE(reader);
  return std::move(*reader);
}

/// A tree of our own, gone at the end of the test.
class Tree {
 public:
  Tree() {
    std::string name = (fs::temp_directory_path() / "ptop-procfs-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    root_ = name;
    write("stat", "cpu 1 2 3 4\nbtime 5\n");
  }
  ~Tree() { fs::remove_all(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  std::string root() const { return root_.string(); }
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << text;
  }
  void link(const std::string& name, const std::string& target) const {
    fs::create_directories((root_ / name).parent_path());
    fs::create_symlink(target, root_ / name);
  }

 private:
  fs::path root_;
};

}  // namespace

TEST_CASE("Reader: a recorded tree carries its own clock rate and page size", "[procfs]") {
  const Tree tree;
  tree.write(".ptop/system", "clock_ticks 250\npage_size 65536\nfuture 1\n");
  const auto reader = Reader::open(tree.root());
  REQUIRE(reader);
  CHECK(reader->system_info().clock_ticks == 250);
  CHECK(reader->system_info().page_size == 65536);
  CHECK(reader->system_info().boot_time == 5);
}

TEST_CASE("Reader: without the side file the machine's own figures hold", "[procfs]") {
  const Tree tree;
  const auto reader = Reader::open(tree.root());
  REQUIRE(reader);
  CHECK(reader->system_info().clock_ticks == static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK)));
}

TEST_CASE("Reader: an odd side file or stat is malformed, a missing root is gone", "[procfs]") {
  const Tree tree;
  tree.write(".ptop/system", "clock_ticks 0\n");
  CHECK(Reader::open(tree.root()).error().code == Errc::malformed);
  tree.write("stat", "nothing\n");
  CHECK(Reader::open(tree.root()).error().code == Errc::malformed);
  CHECK(Reader::open(tree.root() + "/none").error().code == Errc::gone);
}

TEST_CASE("Reader: pids are the entries that are numbers, ascending, each time anew", "[procfs]") {
  const Tree tree;
  for (const char* name :
       {"10/x", "9/x", "1000000/x", "0/x", "007/x", "-1/x", "1a/x", "self/x", "99999999999/x"}) {
    tree.write(name, "");
  }
  auto reader = Reader::open(tree.root());
  REQUIRE(reader);
  CHECK(reader->pids() == std::vector{Pid(9), Pid(10), Pid(1000000)});
  tree.write("11/x", "");
  CHECK(reader->pids() == std::vector{Pid(9), Pid(10), Pid(11), Pid(1000000)});
}

TEST_CASE("Reader: files larger than the buffer are read whole, empty ones too", "[procfs]") {
  const Tree tree;
  const std::string large(2 * 1024 * 1024 + 1, 'a');
  tree.write("1/cmdline", large);
  tree.write("1/environ", "");
  auto reader = Reader::open(tree.root());
  auto dir = reader->open_process(Pid(1));
  REQUIRE(dir);
  const auto cmdline = dir->read_cmdline();
  REQUIRE(cmdline);
  CHECK(*cmdline == large);
  CHECK(dir->read_environ() == std::string());
}

TEST_CASE("Reader: a long link target is not cut", "[procfs]") {
  const Tree tree;
  std::string target;
  while (target.size() < 4000) target += "/directory";
  tree.link("1/cwd", target);
  auto reader = Reader::open(tree.root());
  CHECK(reader->open_process(Pid(1))->read_link("cwd") == target);
}

TEST_CASE("Reader: descriptors ascend by number", "[procfs]") {
  const Tree tree;
  tree.link("1/fd/10", "/dev/null");
  tree.link("1/fd/0", "pipe:[123]");
  tree.link("1/fd/9", "socket:[7]");
  auto reader = Reader::open(tree.root());
  const auto fds = reader->open_process(Pid(1))->read_fds();
  REQUIRE(fds);
  REQUIRE(fds->size() == 3);
  CHECK((*fds)[0].fd == 0);
  CHECK((*fds)[0].link.kind == FdKind::pipe);
  CHECK((*fds)[1].fd == 9);
  CHECK((*fds)[2].fd == 10);
  CHECK((*fds)[2].link.target == "/dev/null");
}

TEST_CASE("Reader: what is not there is gone", "[procfs]") {
  const Tree tree;
  tree.write("1/x", "");
  auto reader = Reader::open(tree.root());
  auto dir = reader->open_process(Pid(1));
  REQUIRE(dir);
  CHECK(dir->read_stat().error().code == Errc::gone);
  CHECK(dir->read_link("exe").error().code == Errc::gone);
  CHECK(dir->read_fds().error().code == Errc::gone);
  CHECK(dir->tids().error().code == Errc::gone);
  CHECK(reader->read_stat(Pid(2)).error().code == Errc::gone);
  CHECK(reader->open_process(Pid(2)).error().code == Errc::gone);
}

TEST_CASE("Reader: fixture odd_comm keeps names byte for byte", "[procfs]") {
  auto reader = open_fixture("odd_comm");
  CHECK(reader.read_stat(Pid(20409))->comm == "a) R 1 (b\n\x1b[31");
  CHECK(reader.read_stat(Pid(20410))->comm == "\xff\xfe)");
  CHECK(reader.read_stat(Pid(20411))->comm.empty());
  CHECK(reader.open_process(Pid(20409))->read_status()->ppid == Pid(20319));
}

TEST_CASE("Reader: fixture threads has five tasks, each with a stat", "[procfs]") {
  auto reader = open_fixture("threads");
  const auto tids = reader.open_process(Pid(21749))->tids();
  REQUIRE(tids);
  REQUIRE(tids->size() == 5);
  for (const Tid tid : *tids) {
    CHECK(reader.read_thread_stat(Pid(21749), tid)->tid == tid);
    CHECK(reader.open_thread(Pid(21749), tid)->read_status()->tgid == Pid(21749));
  }
}

TEST_CASE("Reader: fixture nested_pid_namespace shows the pid in each namespace", "[procfs]") {
  auto reader = open_fixture("nested_pid_namespace");
  CHECK(reader.open_process(Pid(21883))->read_status()->ns_pid == std::vector{Pid(21883), Pid(1)});
  CHECK(reader.open_process(Pid(21884))->read_status()->ns_pid == std::vector{Pid(21884), Pid(2)});
}

TEST_CASE("Reader: fixture kernel_threads has no exe, no arguments, no memory", "[procfs]") {
  auto reader = open_fixture("kernel_threads");
  auto dir = reader.open_process(Pid(2));
  CHECK(dir->read_stat()->is_kernel_thread());
  CHECK(dir->read_cmdline() == std::string());
  CHECK_FALSE(dir->read_status()->vm_rss);
  CHECK(dir->read_link("exe").error().code == Errc::gone);
}

TEST_CASE("Reader: the live /proc tells about this very process", "[procfs]") {
  auto reader = Reader::open();
  REQUIRE(reader);
  const Pid self(getpid());
  const auto pids = reader->pids();
  REQUIRE(pids);
  CHECK(std::is_sorted(pids->begin(), pids->end()));
  CHECK(std::binary_search(pids->begin(), pids->end(), self));
  auto dir = reader->open_process(self);
  REQUIRE(dir);
  CHECK(dir->read_stat()->ppid == Pid(getppid()));
  CHECK(dir->read_status()->uid.effective == Uid(geteuid()));
  CHECK(dir->read_statm()->resident > 0);
  CHECK(dir->read_link("cwd") == fs::current_path().string());
  CHECK_FALSE(parse_cmdline(*dir->read_cmdline()).empty());
  CHECK(reader->read_uptime()->up > 0);
  CHECK(reader->read_meminfo()->total > 0);
  CHECK(reader->read_system_stat()->cpus.size() >= 1);
  CHECK_FALSE(reader->read_hostname()->empty());
}

TEST_CASE("Reader: reads through the directory of a dead process are gone", "[procfs]") {
  auto reader = Reader::open();
  REQUIRE(reader);
  int hold[2];
  REQUIRE(pipe(hold) == 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte = 0;
    close(hold[1]);
    _exit(static_cast<int>(read(hold[0], &byte, 1)));  // until the parent closes its end
  }
  close(hold[0]);
  auto dir = reader->open_process(Pid(child));
  REQUIRE(dir);
  CHECK(dir->read_stat());
  close(hold[1]);
  REQUIRE(waitpid(child, nullptr, 0) == child);
  CHECK(dir->read_stat().error().code == Errc::gone);
  CHECK(dir->read_status().error().code == Errc::gone);
  CHECK(dir->read_cmdline().error().code == Errc::gone);
  CHECK(dir->read_fds().error().code == Errc::gone);
}

TEST_CASE("Reader: what a recording was denied is denied, to root as well", "[procfs]") {
  const Tree tree;
  tree.write("7/stat", "");
  tree.link("7/environ", "environ");  // a file or directory: a link to itself
  tree.link("7/fd", "fd");
  tree.link("7/ns", "ns");
  tree.write("7/exe", "");  // a link: a file
  auto reader = Reader::open(tree.root());
  REQUIRE(reader);
  auto task = reader->open_process(Pid(7));
  REQUIRE(task);
  CHECK(task->read_environ().error().code == Errc::denied);
  CHECK(task->open_fds().error().code == Errc::denied);
  CHECK(task->read_fds().error().code == Errc::denied);
  CHECK(task->read_namespaces().error().code == Errc::denied);
  CHECK(task->read_link("exe").error().code == Errc::denied);
  CHECK(task->read_limits().error().code == Errc::unsupported);
}

TEST_CASE("Reader: a recording tells the files behind its links", "[procfs]") {
  const Tree tree;
  tree.write("7/.ptop/files",
             "link fd/3 500\nfile fd/3 81a4 65024 0:0 11395155 5\nfile fd/4 2190 6 5:2 91 0\nfuture 1\n");
  tree.link("7/fd/3", "/nowhere");
  tree.link("7/fd/4", "/dev/ptmx");
  auto reader = Reader::open(tree.root());
  REQUIRE(reader);
  auto task = reader->open_process(Pid(7));
  REQUIRE(task);
  auto fds = task->open_fds();
  REQUIRE(fds);
  const auto file = fds->status(3), terminal = fds->status(4);
  REQUIRE(file);
  REQUIRE(terminal);
  CHECK(file->mode == 0100644);
  CHECK(file->device == DeviceNumber{254, 0});
  CHECK(file->inode == 11395155);
  CHECK(file->size == 5);
  CHECK(terminal->rdev == DeviceNumber{5, 2});
  CHECK(fds->access(3) == FdAccess::read);
  CHECK(fds->access(4) == FdAccess::unknown);
  CHECK(fds->status(5).error().code == Errc::unsupported);
}

TEST_CASE("Reader: a recording has the mounts and namespaces of whoever made it", "[procfs]") {
  const Tree tree;
  auto reader = Reader::open(tree.root());
  REQUIRE(reader);
  CHECK(reader->read_own_mountinfo().error().code == Errc::unsupported);
  CHECK(reader->read_own_namespace("ipc").error().code == Errc::unsupported);
  tree.write("self/mountinfo", "30 20 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  tree.link("self/ns/ipc", "ipc:[4026531839]");
  CHECK(reader->read_own_mountinfo()->size() == 1);
  CHECK(reader->read_own_namespace("ipc")->inode == 4026531839);
  CHECK(reader->machine_root() == tree.root() + "/.ptop/machine");
  CHECK(Reader::open()->machine_root().empty());
}
