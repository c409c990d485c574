#include "ptop/decode/syscall_table.hpp"

#include <set>
#include <string>

#include "support/catch.hpp"
#include "unistd_64.hpp"

using namespace ptop;
using namespace ptop::decode;

TEST_CASE("syscalls: the x86-64 table is ascending and names nothing twice", "[decode]") {
  std::set<std::string_view> names;
  std::int64_t last = -1;
  for (const SyscallRow& row : syscalls(Arch::x86_64)) {
    INFO(row.name);
    CHECK(row.nr.raw() > last);
    CHECK(names.insert(row.name).second);
    last = row.nr.raw();
  }
}

TEST_CASE("syscalls: the x86-64 table has every call of asm/unistd_64.h", "[decode]") {
  REQUIRE(std::size(header_calls) > 300);
  for (const HeaderCall& call : header_calls) {
    INFO(call.name);
    const SyscallRow* row = find_syscall(Arch::x86_64, SyscallNo(call.nr));
    REQUIRE(row != nullptr);
    CHECK(row->name == call.name);
    CHECK(find_syscall(Arch::x86_64, call.name) == row);
  }
}

TEST_CASE("syscalls: the i386 table has every call of asm/unistd_32.h", "[decode]") {
  REQUIRE(std::size(header_calls_32) > 300);
  for (const HeaderCall& call : header_calls_32) {
    INFO(call.name);
    const SyscallRow* row = find_syscall(Arch::i386, SyscallNo(call.nr));
    REQUIRE(row != nullptr);
    CHECK(row->name == call.name);
  }
}

TEST_CASE("find_syscall: numbers of x32 with their bit and without", "[decode]") {
  constexpr std::int64_t bit = 0x40000000;
  CHECK(find_syscall(Arch::x32, SyscallNo(bit | 39))->name == "getpid");
  CHECK(find_syscall(Arch::x32, SyscallNo(39))->name == "getpid");
  CHECK(find_syscall(Arch::x32, SyscallNo(bit | 514))->name == "ioctl");
  CHECK(find_syscall(Arch::x32, SyscallNo(bit | 16))->name == "ioctl#64");  // a number of x86-64 alone
  CHECK(find_syscall(Arch::x32, SyscallNo(bit | 600)) == nullptr);
}

TEST_CASE("find_arch: every name leads back to its convention", "[decode]") {
  for (const Arch arch : machine_arches()) CHECK(find_arch(arch_name(arch)) == arch);
  CHECK_FALSE(find_arch("i486"));
}

TEST_CASE("find_syscall: numbers and names that are none", "[decode]") {
  CHECK(find_syscall(Arch::x86_64, SyscallNo(400)) == nullptr);  // a gap between both halves of the table
  CHECK(find_syscall(Arch::x86_64, SyscallNo(-1)) == nullptr);
  CHECK(find_syscall(Arch::x86_64, "opennat") == nullptr);
  CHECK(syscalls(Arch::aarch64).empty());
}

TEST_CASE("find_group: every group has a name that leads back to it", "[decode]") {
  for (int i = 0; i <= static_cast<int>(Group::pure); ++i) {
    CHECK(find_group(group_name(static_cast<Group>(i))) == static_cast<Group>(i));
  }
  CHECK(find_group("net") == Group::network);
  CHECK_FALSE(find_group("%file"));
}
