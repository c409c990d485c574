// A program of somebody who installed libptop.
#include <cstdio>

#include <ptop/decode/syscall_set.hpp>
#include <ptop/procfs/stat.hpp>

int main() {
  const auto stat = ptop::procfs::parse_stat(
      "1 (init) S 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 9 4096 10 18446744073709551615 1 1 0 0 0 0 0 0 "
      "0 0 0 0 "
      "17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
  if (!stat) return std::puts(ptop::describe(stat.error()).c_str()), 1;
  const auto calls = ptop::decode::SyscallSet::parse("/^open");
  if (!calls) return std::puts(ptop::describe(calls.error()).c_str()), 1;
  std::printf("pid %d state %c\n", stat->tid.raw(), ptop::procfs::letter(stat->state));
}
