// What is particular to a family of calls: structures by option or operation, masks as sets, dates, results
// with a meaning.
#include <ctime>

#include "stage.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::decode;

namespace {

std::string detail_of(Stage& stage, std::string_view name, std::array<std::uint64_t, 6> args,
                      std::int64_t value) {
  stage.both(name, args, value);
  std::string out;
  for (const Field& field : stage.call.detail)
    out += (out.empty() ? "" : ", ") + std::string(field.name) + (field.name.empty() ? "" : " ") +
           printed(*field.value);
  return out;
}

/// The local zone is somebody else's, while this lives.
class Zone {
 public:
  explicit Zone(const char* zone) { ::setenv("TZ", zone, 1), ::tzset(); }
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;
  ~Zone() { ::unsetenv("TZ"), ::tzset(); }
};

}  // namespace

TEST_CASE("decode: times of files have the date in the local zone, a second with too many nanoseconds none",
          "[decode]") {
  const Zone zone("TST-2");
  Stage stage;
  const std::array<std::int64_t, 4> times{1700000000, 123456789, 5, 1000000000};
  CHECK(stage.enter("utimensat", {3, 0, stage.memory.put_object(0x1000, times), 0}) ==
        "dfd=fd 3, filename=NULL, utimes=[{tv_sec=1700000000, tv_nsec=123456789} /* "
        "2023-11-15T00:13:20.123456789+0200 */, {tv_sec=5, tv_nsec=1000000000}], flags=0x0");
}

TEST_CASE("decode: half of two times is an address", "[decode]") {
  Stage stage;
  const std::array<std::int64_t, 2> half{1, 2};
  stage.memory.put_object(0x1000, half);
  CHECK(stage.enter("utimes", {0, 0x1000}) == "filename=NULL, utimes=unreadable 0x1000");
}

TEST_CASE("decode: an option of prctl says how many arguments there are and what its result is", "[decode]") {
  Stage stage;
  CHECK(stage.enter("prctl", {3, 1, 2, 3, 4}) == "option=PR_GET_DUMPABLE");
  CHECK(stage.enter("prctl", {23, 21, 2, 3, 4}) == "option=PR_CAPBSET_READ, arg2=CAP_SYS_ADMIN");
  CHECK(stage.enter("prctl", {47, 4, 1, 0, 0}) ==
        "option=PR_CAP_AMBIENT, arg2=PR_CAP_AMBIENT_CLEAR_ALL, arg3=0x1, arg4=0x0, arg5=0x0");
  CHECK(stage.enter("prctl", {55, 0x7f, 0, 0, 0}) ==
        "option=PR_SET_TAGGED_ADDR_CTRL, arg2=PR_TAGGED_ADDR_ENABLE|PR_MTE_TCF_MASK|0xf<<PR_MTE_TAG_SHIFT, "
        "arg3=0x0, "
        "arg4=0x0, arg5=0x0");
  CHECK(detail_of(stage, "prctl", {3}, 1) == "SUID_DUMP_USER");
  CHECK(detail_of(stage, "prctl", {27}, 0x11) == "SECBIT_NOROOT|SECBIT_KEEP_CAPS");
  CHECK(detail_of(stage, "prctl", {27}, 0).empty());
  CHECK(stage.both("prctl", {2, stage.memory.put_object(0x1000, 9)}, 0) ==
        "option=PR_GET_PDEATHSIG, arg2=[SIGKILL]");
}

TEST_CASE("decode: select shows its sets as descriptors, and which of them are ready", "[decode]") {
  Stage stage;
  stage.memory.put_object(0x1000, std::uint64_t{0x28});
  stage.memory.put_object(0x2000, std::array<std::int64_t, 2>{1, 5});
  CHECK(stage.enter("select", {6, 0x1000, 0, 0, 0x2000}) ==
        "n=6, inp=[fd 3, fd 5], outp=NULL, exp=NULL, tvp={tv_sec=1, tv_usec=5}");
  CHECK(detail_of(stage, "select", {6, 0x1000, 0, 0, 0x2000}, 2) == "in [3, 5], left {tv_sec=1, tv_usec=5}");
  CHECK(detail_of(stage, "select", {6, 0x1000, 0, 0, 0x2000}, 0) == "Timeout");
  CHECK(stage.enter("select", {~0ULL, 0x1000, 0, 0, 0}).find("inp=unreadable 0x1000") != std::string::npos);
}

TEST_CASE("decode: capabilities have 32 or 64 bits, by the version in the header", "[decode]") {
  Stage stage;
  stage.memory.put_object(0x2000, std::array<std::uint32_t, 6>{1, 0, 0, 1U << 31, 0, 2});
  stage.memory.put_object(0x1000, std::array<std::uint32_t, 2>{0x20080522, 0});
  CHECK(stage.enter("capset", {0x1000, 0x2000}) ==
        "header={version=_LINUX_CAPABILITY_VERSION_3, pid=pid 0}, data={effective=1<<CAP_CHOWN|0x80000000, "
        "permitted=0x0, inheritable=1<<CAP_MAC_ADMIN}");
  stage.memory.put_object(0x1000, std::array<std::uint32_t, 2>{0x19980330, 0});
  CHECK(stage.enter("capset", {0x1000, 0x2000})
            .ends_with("data={effective=1<<CAP_CHOWN, permitted=0x0, inheritable=0x0}"));
}

TEST_CASE("decode: clone3 shows bytes behind what is known unless all are 0", "[decode]") {
  Stage stage;
  std::array<std::uint64_t, 12> args{};
  CHECK(stage.enter("clone3", {stage.memory.put_object(0x1000, args), 96}).find("bytes") ==
        std::string::npos);
  args[11] = 0x1234;
  CHECK(stage.enter("clone3", {stage.memory.put_object(0x1000, args), 96})
            .find("/* bytes 88..95 */ \"\\x34\\x12\\x00\\x00\\x00\\x00\\x00\\x00\"") != std::string::npos);
}

TEST_CASE("decode: rt_sigreturn finds the mask in the frame its stack pointer points to", "[decode]") {
  Stage stage;
  stage.memory.put_object(0x1000 + 296, std::uint64_t{0x4001});
  const RawCall raw{.nr = SyscallNo(15), .stack_pointer = 0x1000};
  CHECK(printed(decode_enter(raw, stage.memory, stage.arena, stage.options)) == "frame={mask=[HUP TERM]}");
}

TEST_CASE("decode: a semaphore's permissions are read when set, and written when asked for", "[decode]") {
  Stage stage;
  struct {
    std::uint32_t key = 7, uid = 1, gid = 2, cuid = 3, cgid = 4, mode = 0640;
    std::uint64_t more[12] = {};
  } const set;
  stage.memory.put_object(0x1000, set);
  CHECK(stage.enter("semctl", {5, 0, 1, 0x1000}) ==
        "semid=5, semnum=0, cmd=IPC_SET, arg={sem_perm={uid=1, gid=2, mode=0640}}");
  CHECK(stage.both("semctl", {5, 0, 2, 0x1000}, 0).find("key=7, cuid=3, cgid=4}, sem_otime=0") !=
        std::string::npos);
  CHECK(stage.enter("semctl", {5, 0, 0x102, 0x1000}).find("cmd=IPC_64|IPC_STAT") != std::string::npos);
}

TEST_CASE("decode: FUTEX_WAKE_OP is taken to pieces", "[decode]") {
  Stage stage;
  CHECK(stage.enter("futex", {0x1000, 5, 1, 1, 0x1040, 0x95123456})
            .ends_with("val3=FUTEX_OP_OPARG_SHIFT<<28|FUTEX_OP_ADD<<28|0x123<<12|FUTEX_OP_CMP_GE<<24|0x456"));
  CHECK(stage.enter("futex", {0x1000, 7, 1, 2, 3, 4}) == "uaddr=@0x1000, op=FUTEX_UNLOCK_PI");
}

TEST_CASE("decode: ptrace's data is what the request makes of it", "[decode]") {
  Stage stage;
  CHECK(stage.enter("ptrace", {7, 5, 0, 10}) == "request=PTRACE_CONT, pid=pid 5, addr=NULL, data=SIGUSR1");
  CHECK(stage.enter("ptrace", {3, 5, 128, 0x10}) == "request=PTRACE_PEEKUSER, pid=pid 5, addr=8*RIP, data=?");
  CHECK(stage.enter("ptrace", {16, 5, 1, 2}) == "request=PTRACE_ATTACH, pid=pid 5");
  CHECK(
      stage.enter("ptrace", {0x4206, 5, 0, 0x41}).ends_with("data=PTRACE_O_TRACESYSGOOD|PTRACE_O_TRACEEXIT"));
}

TEST_CASE("decode: mount looks at its type and data as the flags tell it", "[decode]") {
  Stage stage;
  const auto text = stage.memory.put_at_page_end(std::string_view("x", 2));
  CHECK(
      stage.enter("mount", {text, text, text, 1, text}).ends_with("type=\"x\", flags=MS_RDONLY, data=\"x\""));
  CHECK(stage.enter("mount", {text, text, 5, 0x1000, 6}).ends_with("type=@0x5, flags=MS_BIND, data=@0x6"));
  CHECK(
      stage.enter("mount", {text, text, 5, 0x20, text}).ends_with("type=@0x5, flags=MS_REMOUNT, data=\"x\""));
}

TEST_CASE("decode: pages of a huge size are named by its logarithm", "[decode]") {
  Stage stage;
  CHECK(stage.enter("mmap", {0, 0, 3, 0x40022 | 21ULL << 26, ~0ULL, 0})
            .find("MAP_HUGETLB|21<<MAP_HUGE_SHIFT") != std::string::npos);
  CHECK(stage.enter("mmap", {0, 0, 3, 0x22 | 21ULL << 26, ~0ULL, 0}).find("0x54000000") != std::string::npos);
}

TEST_CASE("decode: lists in lists end, whatever a tracee says how long they are", "[decode]") {
  Stage stage;
  stage.options.verbose = true;
  // Each message is made of the same bytes, and has as many buffers as there is room for.
  std::string page(1 << 16, '\0');
  for (std::size_t at = 0; at + 64 <= page.size(); at += 64) {
    const std::uint64_t buffers = 0x10000, count = 4096;
    std::memcpy(page.data() + at + 16, &buffers, sizeof buffers);
    std::memcpy(page.data() + at + 24, &count, sizeof count);
  }
  stage.memory.put(0x10000, page);
  const std::string line = stage.both("sendmmsg", {3, 0x10000, 1024, 0, 0, 0}, 1024);
  CHECK(line.size() < std::size_t{64} << 20);
  std::size_t buffers = 0;
  for (std::size_t at = line.find("iov_base"); at != line.npos; at = line.find("iov_base", at + 1)) ++buffers;
  CHECK(buffers > 4096);
  CHECK(buffers <= 1 << 16);
}
