// A program of 64 bits that makes system calls of 32 bits (int 0x80), and of x32: needs no library of either.
//
//   i386_calls CASE             a few calls that belong together
//   i386_calls numbers A…       all numbers of i386, with these six arguments; a filter (seccomp(2)) answers
//   them
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using Args = std::uint32_t[6];

long i386(long nr, const Args& a) {
  long result = nr;
  const std::uint64_t sixth = a[5];
  register std::uint64_t sixth_argument asm("r15") = sixth;
  asm volatile("push %%rbp\n\tmov %%r15, %%rbp\n\tint $0x80\n\tpop %%rbp"
               : "+a"(result)
               : "b"(a[0]), "c"(a[1]), "d"(a[2]), "S"(a[3]), "D"(a[4]), "r"(sixth_argument)
               : "memory", "r8", "r9", "r10", "r11");
  return result;
}

/// Memory that 32 bits can name; nothing is mapped behind it.
char* const low = reinterpret_cast<char*>(0x10000);
constexpr std::size_t low_size = 8192;
std::uint32_t in_low(std::size_t offset) { return static_cast<std::uint32_t>(0x10000 + offset); }
template <class T>
std::uint32_t put(const T& value, std::size_t offset) {
  std::memcpy(low + offset, &value, sizeof value);
  return in_low(offset);
}

void run_mixed() {
  ::syscall(SYS_getppid);
  i386(64, {});  // getppid
  ::syscall(SYS_getppid);
}

void run_structures() {
  const std::uint32_t path = put("/", 0);
  i386(195, {path, in_low(256)});  // stat64
  i386(106, {path, in_low(256)});  // stat
  i386(18, {path, in_low(256)});   // oldstat
  const std::uint32_t proc = put("/proc", 32);
  i386(99, {proc, in_low(256)});       // statfs
  i386(268, {proc, 84, in_low(256)});  // statfs64
  i386(268, {proc, 7, in_low(256)});
  i386(77, {0, in_low(256)});   // getrusage
  i386(76, {7, in_low(256)});   // getrlimit
  i386(191, {3, in_low(256)});  // ugetrlimit
  const std::uint32_t iovec[] = {path, 1, in_low(low_size - 2), 2};
  i386(146, {static_cast<std::uint32_t>(-1), put(iovec, 64), 2});  // writev
  i386(67, {2, 0, in_low(256)});                                   // sigaction
  i386(126, {0, 0, in_low(256)});                                  // sigprocmask
  i386(68, {});                                                    // sgetmask
  i386(48, {10, 1});                                               // signal
  i386(48, {10, 0});
  i386(59, {in_low(256)});   // oldolduname
  i386(109, {in_low(256)});  // olduname
}

void run_times() {
  const std::uint32_t narrow[] = {0, 5}, moments[] = {0, 0};
  const std::uint64_t wide[] = {0, 5};
  i386(162, {put(narrow, 0), in_low(64)});                                       // nanosleep
  i386(407, {1, 0, put(wide, 0), in_low(64)});                                   // clock_nanosleep_time64
  i386(265, {99, in_low(0)});                                                    // clock_gettime
  i386(403, {99, in_low(0)});                                                    // clock_gettime64
  i386(406, {1, in_low(0)});                                                     // clock_getres_time64
  i386(271, {in_low(4096), put(moments, 0)});                                    // utimes
  i386(320, {static_cast<std::uint32_t>(-1), in_low(4096), put(narrow, 0), 0});  // utimensat
  i386(412, {static_cast<std::uint32_t>(-1), in_low(4096), put(wide, 0), 0});    // utimensat_time64
  i386(142, {0, 0, 0, 0, put(narrow, 0)});                                       // _newselect
}

void run_halves() {
  const int file = ::open("/proc/self/exe", O_RDONLY);
  const auto fd = static_cast<std::uint32_t>(file);
  i386(180, {fd, in_low(0), 4, 0, 0});  // pread64
  i386(180, {fd, in_low(0), 4, 0xfffffffb, 0xffffffff});
  i386(140, {fd, 0, 100, in_low(0), 0});  // _llseek
  i386(140, {fd, 1, 2, in_low(0), 77});
  i386(19, {fd, static_cast<std::uint32_t>(-100), 1});         // lseek
  i386(225, {fd, 4096, 1, 10});                                // readahead
  i386(194, {static_cast<std::uint32_t>(-1), 5, 1});           // ftruncate64
  i386(272, {static_cast<std::uint32_t>(-1), 1, 2, 3, 4, 5});  // fadvise64_64
  i386(192, {0, 4096, 1, 2, fd, 3});                           // mmap2
}

void run_many_in_one() {
  const std::uint32_t words[] = {1, 1, 0, 0, 0, 0};
  const std::uint32_t at = put(words, 0);
  for (std::uint32_t call = 0; call <= 21; ++call) {
    const std::uint32_t bad[] = {static_cast<std::uint32_t>(-1), 0, 0, 0, 0, 0};
    i386(102, {call, call == 1 ? at : put(bad, 64)});  // socketcall
  }
  i386(102, {1, 0xdead0000});
  const auto none = static_cast<std::uint32_t>(-1);
  const std::uint32_t kludge[] = {in_low(512), 5};
  for (const std::uint32_t call : {0, 1, 4, 11, 13, 14, 21, 22, 24, 99})
    i386(117, {call, none, 0, 0, in_low(512), 0});  // ipc
  i386(117, {0x1000c, none, 0, 04000, in_low(512), 5});
  i386(117, {3, none, 0, 2, put(kludge, 0), 0});
  const std::uint32_t map[] = {0, 4096, 1, 0x22, none, 0};
  i386(90, {put(map, 0)});  // mmap
  i386(90, {0xdead0000});
  const std::uint32_t moment[] = {0, 5}, wait[] = {0, 0, 0, 0, put(moment, 64)};
  i386(82, {put(wait, 0)});  // select
  i386(82, {0xdead0000});
}

void run_x32() {
  constexpr long bit = 0x40000000;
  ::syscall(bit | 39), ::syscall(bit | 1, -1, low, 3), ::syscall(bit | 16, -1, 0x5401, 0);
  ::syscall(bit | 514, -1, 0x5401, 0), ::syscall(bit | 600, 1, 2, 3, 4, 5, 6), ::syscall(39);
}

void run_numbers(char** words) {
  sock_filter filter[] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, arch)},
                          {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, AUDIT_ARCH_I386},
                          {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | ENOSYS},
                          {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};
  const sock_fprog program{4, filter};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) ::_exit(77);
  Args args{};
  for (std::size_t i = 0; i < 6 && words[i] != nullptr; ++i)
    args[i] = static_cast<std::uint32_t>(std::strtoul(words[i], nullptr, 0));
  for (long nr = 0; nr <= 450; ++nr) i386(nr, args);
}

struct Case {
  const char* name;
  void (*run)();
};
constexpr Case cases[] = {{"mixed", run_mixed},   {"structures", run_structures},   {"times", run_times},
                          {"halves", run_halves}, {"many_in_one", run_many_in_one}, {"x32", run_x32}};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  // A kernel without it has no call of number 64 there, or kills.
  const pid_t probe = ::fork();
  if (probe == 0) ::_exit(i386(20, {}) > 0 ? 0 : 77);
  int status = 0;
  if (::waitpid(probe, &status, 0) != probe || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return 77;
  ::mmap(low, low_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (std::strcmp(argv[1], "numbers") == 0) return run_numbers(argv + 2), 0;
  for (const Case& c : cases) {
    if (std::strcmp(argv[1], c.name) == 0) return c.run(), 0;
  }
  return 2;
}
