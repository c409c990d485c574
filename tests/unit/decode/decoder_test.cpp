// Calls through both stops, against memory made of bytes.
#include "ptop/decode/decoder.hpp"

#include "stage.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::decode;

namespace {

constexpr std::uint64_t at_fdcwd = static_cast<std::uint64_t>(-100);

struct Case {
  std::string_view call;
  std::array<std::uint64_t, 6> args;
  std::int64_t result;
  std::string_view expected;
};

}  // namespace

TEST_CASE("decode: calls whose arguments are numbers", "[decode]") {
  const auto c = GENERATE(values<Case>({
      {"close", {0xffffffff00000003}, 0, "fd=fd 3"},
      {"mmap",
       {0, 8192, 3, 0x22, ~0ULL, 0},
       0x7f0000000000,
       "addr=NULL, len=8192, prot=PROT_READ|PROT_WRITE, flags=MAP_PRIVATE|MAP_ANONYMOUS, fd=fd -1, off=0x0"},
      {"mprotect", {0x1000, 4096, 0}, 0, "start=@0x1000, len=4096, prot=PROT_NONE"},
      {"lseek", {3, ~0ULL, 1}, -29, "fd=fd 3, offset=-1, whence=SEEK_CUR"},
      {"lseek", {3, 0, 99}, -22, "fd=fd 3, offset=0, whence=0x63 SEEK_???"},
      {"kill", {~0ULL, 9}, 0, "pid=pid -1, sig=SIGKILL"},
      {"kill", {5, 0}, 0, "pid=pid 5, sig=0"},
      {"fchown", {3, 0xffffffff, 0}, 0, "fd=fd 3, user=-1, group=0"},
      {"umask", {022}, 022, "mask=022"},
      {"socket", {1, 1 | 02000000, 0}, 3, "family=AF_UNIX, type=SOCK_STREAM|SOCK_CLOEXEC, protocol=0"},
      {"socket", {2, 2, 17}, 3, "family=AF_INET, type=SOCK_DGRAM, protocol=IPPROTO_UDP"},
      {"dup3", {3, 4, 02000000}, 4, "oldfd=fd 3, newfd=fd 4, flags=O_CLOEXEC"},
      {"unshare", {0x20000}, 0, "unshare_flags=CLONE_NEWNS"},
      {"futex", {0x1000, 129, 1}, 0, "uaddr=@0x1000, op=FUTEX_WAKE_PRIVATE, val=1"},
      {"fcntl", {3, 1}, 0, "fd=fd 3, cmd=F_GETFD"},
      {"fcntl", {3, 2, 1}, 0, "fd=fd 3, cmd=F_SETFD, arg=FD_CLOEXEC"},
      {"ioctl",
       {3, 0xffffffff, 1},
       -25,
       "fd=fd 3, cmd=_IOC(_IOC_READ|_IOC_WRITE, 0xff, 0xff, 0x3fff), arg=0x1"},
      {"clone",
       {0x1200011, 0, 0, 0x7000},
       9,
       "child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=@0x7000"},
      {"mremap",
       {0x1000, 1, 2, 1, 0x5000},
       0x1000,
       "addr=@0x1000, old_len=1, new_len=2, flags=MREMAP_MAYMOVE"},
      {"mremap",
       {0x1000, 1, 2, 3, 0x5000},
       0x5000,
       "addr=@0x1000, old_len=1, new_len=2, flags=MREMAP_MAYMOVE|MREMAP_FIXED, new_addr=@0x5000"},
      {"ioctl", {3, 0x5451, 7}, 0, "fd=fd 3, cmd=FIOCLEX"},
      {"prctl", {38, 1}, 0, "option=PR_SET_NO_NEW_PRIVS, arg2=1, arg3=0x0, arg4=0x0, arg5=0x0"},
      {"getpid", {1, 2, 3}, 7, ""},
      {"access", {0, 0x10}, -14, "filename=NULL, mode=0x10"},
  }));
  Stage stage;
  INFO(c.call);
  CHECK(stage.both(c.call, c.args, c.result) == c.expected);
}

TEST_CASE("decode_enter: openat shows its mode only when it may create", "[decode]") {
  Stage stage;
  const auto path = stage.memory.put(0x1000, std::string_view("/etc/hostname\0", 14));
  CHECK(stage.enter("openat", {at_fdcwd, path, 02000000, 0644}) ==
        "dfd=AT_FDCWD, filename=\"/etc/hostname\", flags=O_RDONLY|O_CLOEXEC");
  CHECK(stage.enter("openat", {7, path, 01101, 0644}) ==
        "dfd=fd 7, filename=\"/etc/hostname\", flags=O_WRONLY|O_CREAT|O_TRUNC, mode=0644");
  CHECK(stage.enter("open", {path, 020200002, 0600}) ==
        "filename=\"/etc/hostname\", flags=O_RDWR|O_TMPFILE, mode=0600");
}

TEST_CASE("decode_enter: a path may end at an unmapped page", "[decode]") {
  Stage stage;
  const auto path = stage.memory.put_at_page_end(std::string_view("/a/b\0", 5));
  CHECK(stage.enter("unlink", {path}) == "pathname=\"/a/b\"");
}

TEST_CASE("decode_enter: a path that runs into an unmapped page is unreadable", "[decode]") {
  Stage stage;
  const auto path = stage.memory.put_at_page_end("/a/b");
  CHECK(stage.enter("unlink", {path}) == "pathname=unreadable 0x1fffc");
}

TEST_CASE("decode_enter: a path is not bounded by the string limit, but by PATH_MAX", "[decode]") {
  Stage stage;
  const std::string name(1000, 'p');
  CHECK(stage.enter("unlink", {stage.memory.put(0x1ff0, name + '\0')}) == "pathname=\"" + name + "\"");
  const std::string endless(9000, 'p');
  CHECK(stage.enter("unlink", {stage.memory.put(0x8000, endless)}) ==
        "pathname=\"" + endless.substr(0, 4096) + "\"...");
}

TEST_CASE("decode_enter: a short path costs one read", "[decode]") {
  Stage stage;
  const auto path = stage.memory.put(0x1000, std::string("/etc/hostname\0", 14) + std::string(4082, 'x'));
  stage.memory.reads = 0;
  stage.enter("unlink", {path});
  CHECK(stage.memory.reads == 1);
}

TEST_CASE("decode_exit: read shows what came, bounded by the string limit", "[decode]") {
  Stage stage;
  const auto buffer = stage.memory.put(0x1000, "hello world");
  CHECK(stage.enter("read", {3, buffer, 4096}) == "fd=fd 3, buf=?, count=4096");
  CHECK(stage.exit(5) == "fd=fd 3, buf=\"hello\", count=4096");
  CHECK(stage.both("read", {3, buffer, 4096}, 0) == "fd=fd 3, buf=\"\", count=4096");
  stage.options.string_limit = 4;
  CHECK(stage.both("read", {3, buffer, 4096}, 11) == "fd=fd 3, buf=\"hell\"..., count=4096");
}

TEST_CASE("decode_exit: out arguments of a failed call are addresses", "[decode]") {
  Stage stage;
  CHECK(stage.both("read", {3, 0x1000, 4096}, -9) == "fd=fd 3, buf=@0x1000, count=4096");
  CHECK(stage.both("fstat", {3, 0x1000}, -9) == "fd=fd 3, statbuf=@0x1000");
}

TEST_CASE("decode_exit: an out argument that cannot be read shows its address", "[decode]") {
  Stage stage;
  CHECK(stage.both("read", {3, 0x1000, 8}, 8) == "fd=fd 3, buf=unreadable 0x1000, count=8");
  CHECK(stage.both("pipe2", {0x1000, 0}, 0) == "fildes=unreadable 0x1000, flags=0x0");
}

TEST_CASE("decode_enter: write's bytes come from its length", "[decode]") {
  Stage stage;
  const auto buffer = stage.memory.put_at_page_end("abc");
  CHECK(stage.enter("write", {1, buffer, 3}) == "fd=fd 1, buf=\"abc\", count=3");
  CHECK(stage.enter("write", {1, buffer, 4}) == "fd=fd 1, buf=unreadable 0x1fffd, count=4");
}

namespace {
struct MadeUpNames : DescriptorNames {
  DescriptorName name(std::int32_t fd, Arena& arena) override {
    return {.path = arena.copy(fd == 3 ? "/etc/hostname" : "")};
  }
  std::string_view working_directory(Arena& arena) override { return arena.copy("/home"); }
};
}  // namespace

TEST_CASE("decode: with names a descriptor shows its path, AT_FDCWD the working directory", "[decode]") {
  Stage stage;
  MadeUpNames names;
  stage.options.descriptors = &names;
  const auto path = stage.memory.put_at_page_end(std::string_view("x", 2));
  CHECK(stage.enter("close", {3}) == "fd=fd 3 /etc/hostname");
  CHECK(stage.enter("close", {4}) == "fd=fd 4");
  const auto at = static_cast<std::uint64_t>(-100);
  CHECK(stage.enter("openat", {at, path, 0}).starts_with("dfd=AT_FDCWD /home, "));
  CHECK(printed(decode_result(stage.call, {3, false}, stage.memory, stage.arena, stage.options)) ==
        "fd 3 /etc/hostname");
}

TEST_CASE("decode_enter: an unknown number has six hex arguments and a name of its own", "[decode]") {
  Stage stage;
  const RawCall raw{Arch::x86_64, SyscallNo(500), {1, 2, 0, 0, 0, 0xff}};
  Call call = decode_enter(raw, stage.memory, stage.arena, stage.options);
  CHECK(printed(call) == "arg1=0x1, arg2=0x2, arg3=0x0, arg4=0x0, arg5=0x0, arg6=0xff");
  CHECK(call_name(raw, stage.arena) == "syscall_0x1f4");
  decode_exit(call, {-38, true}, stage.memory, stage.arena, stage.options);
  CHECK(printed(decode_result(call, {-38, true}, stage.memory, stage.arena, {})) == "-38");
  CHECK(call_name(RawCall{Arch::i386, SyscallNo(3), {}}, stage.arena) == "read");
  CHECK(call_name(RawCall{Arch::aarch64, SyscallNo(3), {}}, stage.arena) == "syscall_0x3");
}

TEST_CASE("decode_enter: execve shows argv, and the environment as a count unless verbose", "[decode]") {
  Stage stage;
  const auto path = stage.memory.put(0x1000, std::string_view("/bin/ls\0", 8));
  const auto word = stage.memory.put(0x2000, std::string_view("-l\0", 3));
  const auto argv = stage.memory.put_object(0x3000, std::array<std::uint64_t, 3>{path, word, 0});
  const auto envp = stage.memory.put_object(0x4000, std::array<std::uint64_t, 2>{word, 0});
  CHECK(stage.enter("execve", {path, argv, envp}) ==
        "filename=\"/bin/ls\", argv=[\"/bin/ls\", \"-l\"], envp=@0x4000 /* 1 vars */");
  stage.options.verbose = true;
  CHECK(stage.enter("execve", {path, argv, envp}) ==
        "filename=\"/bin/ls\", argv=[\"/bin/ls\", \"-l\"], envp=[\"-l\"]");
}

TEST_CASE("decode_enter: a hole in argv leaves the other words readable", "[decode]") {
  Stage stage;
  const auto word = stage.memory.put(0x2000, std::string_view("-l\0", 3));
  const auto argv = stage.memory.put_object(0x3000, std::array<std::uint64_t, 3>{0xdead0000, word, 0});
  CHECK(stage.enter("execve", {0, argv, 0}) ==
        "filename=NULL, argv=[unreadable 0xdead0000, \"-l\"], envp=NULL");
}

TEST_CASE("decode_enter: argv that ends in unmapped memory is shown up to there", "[decode]") {
  Stage stage;
  const auto argv = stage.memory.put_object(0x3000, std::array<std::uint64_t, 2>{1, 2});
  CHECK(stage.enter("execve", {0, argv, 0}) ==
        "filename=NULL, argv=[unreadable 0x1, unreadable 0x2, ... /* 0x3010 */], envp=NULL");
}

TEST_CASE("decode_exit: stat in its short form names mode and size, of a device its number", "[decode]") {
  Stage stage;
  std::array<std::uint64_t, 18> st{};  // st_mode is the low half of word 3, st_rdev word 5, st_size word 6
  st[3] = 0100644;
  st[6] = 7;
  CHECK(stage.both("fstat", {3, stage.memory.put_object(0x1000, st)}, 0) ==
        "fd=fd 3, statbuf={st_mode=S_IFREG|0644, st_size=7, ...}");
  st[3] = 0020620;
  st[5] = 0x8802;
  CHECK(stage.both("fstat", {1, stage.memory.put_object(0x1000, st)}, 0) ==
        "fd=fd 1, statbuf={st_mode=S_IFCHR|0620, st_rdev=makedev(0x88, 0x2), ...}");
}

TEST_CASE("decode_exit: wait4 tells how the child ended", "[decode]") {
  const auto [status, expected] = GENERATE(table<std::uint32_t, std::string>({
      {0x0300, "[{WIFEXITED(s) && WEXITSTATUS(s) == 3}]"},
      {0x0009, "[{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL}]"},
      {0x008b, "[{WIFSIGNALED(s) && WTERMSIG(s) == SIGSEGV && WCOREDUMP(s)}]"},
      {0x137f, "[{WIFSTOPPED(s) && WSTOPSIG(s) == SIGSTOP}]"},
      {0xffff, "[{WIFCONTINUED(s)}]"},
  }));
  Stage stage;
  CHECK(stage.both("wait4", {~0ULL, stage.memory.put_object(0x1000, status), 0, 0}, 42) ==
        "upid=pid -1, stat_addr=" + expected + ", options=0x0, ru=NULL");
}

TEST_CASE("decode_exit: wait4 without news wrote no status", "[decode]") {
  Stage stage;
  CHECK(stage.both("wait4", {~0ULL, 0x1000, 1, 0}, 0) ==
        "upid=pid -1, stat_addr=@0x1000, options=WNOHANG, ru=NULL");
}

TEST_CASE("decode: signal masks list what they hold, or what they leave out", "[decode]") {
  const auto [mask, expected] = GENERATE(table<std::uint64_t, std::string>({
      {0, "[]"},
      {1ULL << 16 | 2, "[INT CHLD]"},
      {1ULL << 31 | 1ULL << 32, "[RTMIN RT_1]"},
      {~0ULL, "~[]"},
      {~(1ULL << 8), "~[KILL]"},
  }));
  Stage stage;
  CHECK(stage.enter("rt_sigprocmask", {2, stage.memory.put_object(0x1000, mask), 0, 8}) ==
        "how=SIG_SETMASK, nset=" + expected + ", oset=?, sigsetsize=8");
}

TEST_CASE("decode: the time left is there only when a signal ended the sleep", "[decode]") {
  Stage stage;
  const auto t = stage.memory.put_object(0x1000, std::array<std::int64_t, 2>{1, 5});
  CHECK(stage.both("nanosleep", {t, t}, 0) == "rqtp={tv_sec=1, tv_nsec=5}, rmtp=@0x1000");
  CHECK(stage.both("nanosleep", {t, t}, -516) == "rqtp={tv_sec=1, tv_nsec=5}, rmtp={tv_sec=1, tv_nsec=5}");
}

TEST_CASE("decode: socket addresses by family", "[decode]") {
  const auto [bytes, expected] = GENERATE(table<std::string, std::string>({
      {std::string("\1\0/run/x\0zz", 11), "{sa_family=AF_UNIX, sun_path=\"/run/x\"}"},
      {std::string("\1\0\0ab", 5), "{sa_family=AF_UNIX, sun_path=\"\\0ab\"}"},
      {std::string("\1\0", 2), "{sa_family=AF_UNIX}"},
      {std::string("\2\0\0\x35\x7f\0\0\1\0\0\0\0\0\0\0\0", 16),
       "{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"127.0.0.1\")}"},
      {std::string("\xa\0\0\x50\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0", 28),
       "{sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), "
       "sin6_addr=inet_pton(AF_INET6, \"::1\", &sin6_addr), sin6_scope_id=0}"},
      {std::string("\2\0\0\x35", 4), "{sa_family=AF_INET, sa_data=\"\\05\"}"},
  }));
  Stage stage;
  const auto address = stage.memory.put_at_page_end(bytes);
  CHECK(stage.enter("connect", {3, address, bytes.size()}) ==
        "fd=fd 3, uservaddr=" + expected + ", addrlen=" + std::to_string(bytes.size()));
}

TEST_CASE("decode: clone3 reads as much of its structure as the caller has", "[decode]") {
  Stage stage;
  const std::array<std::uint64_t, 8> args{0x4100, 0, 0, 0, 17, 0x7000, 0x9000, 0};
  CHECK(stage.enter("clone3", {stage.memory.put_object(0x1000, args), 64}) ==
        "uargs={flags=CLONE_VM|CLONE_VFORK, exit_signal=SIGCHLD, stack=@0x7000, stack_size=0x9000}, size=64");
  CHECK(stage.enter("clone3", {0x1000, 32}) == "uargs=unreadable 0x1000, size=32");
}

TEST_CASE("clone_flags: those of clone3 have no exit signal among them", "[decode]") {
  Arena arena;
  CHECK(printed(Decoded{clone_flags(0x4100, arena)}) == "CLONE_VM|CLONE_VFORK");
  CHECK(printed(Decoded{clone_flags(0x20000080, arena)}) == "CLONE_NEWTIME|CLONE_NEWPID");
}

TEST_CASE("decode_result: the kind comes from the row, errors are numbers", "[decode]") {
  const auto c = GENERATE(values<Case>({
      {"openat", {}, 3, "fd 3"},
      {"fork", {}, 99, "pid 99"},
      {"brk", {}, 0x5000, "@0x5000"},
      {"umask", {}, 022, "022"},
      {"read", {}, 12, "12"},
      {"openat", {}, -2, "-2"},
  }));
  Stage stage;
  stage.enter(c.call, c.args);
  CHECK(printed(decode_result(stage.call, {c.result, c.result < 0}, stage.memory, stage.arena, {})) ==
        c.expected);
}

TEST_CASE("decode: raw arguments are the registers in the order of the kernel", "[decode]") {
  Stage stage;
  stage.options.raw = true;
  CHECK(stage.both("close", {0xffffffff00000003}, 0) == "fd=0xffffffff00000003");
  CHECK(stage.both("clone", {0x11, 0x2000, 3, 4, 5}, 7) ==
        "flags=0x11, child_stack=0x2000, parent_tid=0x3, child_tidptr=0x4, tls=0x5");
}

TEST_CASE("decode: without structures their addresses are shown, strings as they are", "[decode]") {
  Stage stage;
  stage.options.structures = false;
  const auto path = stage.memory.put(0x1000, {"/etc", 5});
  stage.memory.put(0x7000, std::string(144, 1));
  CHECK(stage.both("newfstatat", {at_fdcwd, path, 0x7000, 0}, 0).find("statbuf=@0x7000") !=
        std::string::npos);
  CHECK(stage.enter("newfstatat", {at_fdcwd, path, 0x7000, 0}).find("filename=\"/etc\"") !=
        std::string::npos);
}

TEST_CASE("decode: requests with the size of a structure have their names for both kinds of callers",
          "[decode]") {
  const auto request = [](Arch arch, std::uint64_t code) {
    Stage stage;
    const RawCall raw{arch, find_syscall(arch, "ioctl")->nr, {3, code, 0}};
    return printed(decode_enter(raw, stage.memory, stage.arena, stage.options));
  };
  CHECK(request(Arch::x86_64, 0x401054d5).find("TUNATTACHFILTER") != std::string::npos);
  CHECK(request(Arch::i386, 0x400854d5).find("TUNATTACHFILTER") != std::string::npos);
  CHECK(request(Arch::i386, 0x401054d5).find("TUNATTACHFILTER") == std::string::npos);
  CHECK(request(Arch::i386, 0x402c4580).find("EVIOCSFF") != std::string::npos);
  CHECK(request(Arch::i386, 0x80046601).find("FS_IOC32_GETFLAGS") != std::string::npos);
  CHECK(request(Arch::i386, 0xc044560f).find("VIDIOC_QBUF_TIME32") != std::string::npos);
  CHECK(request(Arch::i386, 0xc04c560f).find("VIDIOC_QBUF,") != std::string::npos);
}

TEST_CASE("decode: with names of processes a pid shows its command", "[decode]") {
  struct Names : ProcessNames {
    std::string_view comm(std::int64_t pid, Arena& arena) override {
      return arena.copy(pid == 5 ? "sh" : "");
    }
    std::int64_t outside(std::int64_t pid) override { return 1000 + pid; }
  } names;
  Stage stage;
  stage.options.processes = &names;
  stage.enter("kill", {5, 9});
  const auto* pid = std::get_if<ProcessId>(&stage.call.arguments.front().value->what);
  REQUIRE(pid != nullptr);
  CHECK(pid->comm == "sh");
  CHECK(pid->outside == 1005);
  stage.enter("kill", {static_cast<std::uint64_t>(-5), 9});
  const auto* group = std::get_if<ProcessId>(&stage.call.arguments.front().value->what);
  REQUIRE(group != nullptr);
  CHECK(group->comm.empty());
  CHECK(group->outside == 1005);
}
