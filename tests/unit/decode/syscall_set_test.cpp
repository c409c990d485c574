#include "ptop/decode/syscall_set.hpp"

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::decode;

namespace {

bool holds(const SyscallSet& set, std::string_view name) {
  return set.contains(Arch::x86_64, find_syscall(Arch::x86_64, name)->nr);
}
SyscallSet parsed(std::string_view text) {
  const auto set = SyscallSet::parse(text);
  REQUIRE(set);
  return *set;
}

}  // namespace

TEST_CASE("SyscallSet: names and numbers", "[decode]") {
  const SyscallSet set = parsed("openat,0,?nosuch,read");
  CHECK(holds(set, "openat"));
  CHECK(holds(set, "read"));
  CHECK_FALSE(holds(set, "write"));
  CHECK_FALSE(set.contains(Arch::x86_64, SyscallNo(5000)));
}

TEST_CASE("SyscallSet: all holds unknown numbers, none is empty", "[decode]") {
  CHECK(parsed("all").contains(Arch::x86_64, SyscallNo(5000)));
  CHECK(parsed("all").contains(Arch::x86_64, SyscallNo(500)));
  CHECK(parsed("none").empty());
  CHECK_FALSE(parsed("!none").empty());
  CHECK(parsed("!all").empty());
}

TEST_CASE("SyscallSet: ! turns the whole set around", "[decode]") {
  const SyscallSet set = parsed("!read,write");
  CHECK_FALSE(holds(set, "read"));
  CHECK_FALSE(holds(set, "write"));
  CHECK(holds(set, "openat"));
  CHECK(set.contains(Arch::x86_64, SyscallNo(5000)));
}

TEST_CASE("SyscallSet: groups with and without %", "[decode]") {
  const auto text = GENERATE("%file", "file");
  const SyscallSet set = parsed(text);
  CHECK(holds(set, "openat"));
  CHECK(holds(set, "execve"));
  CHECK_FALSE(holds(set, "read"));
  CHECK(holds(parsed("%net"), "socket"));
  CHECK(holds(parsed("%%stat"), "statx"));
  CHECK_FALSE(holds(parsed("stat"), "newfstatat"));  // without % a name goes before a group
  CHECK(holds(parsed("stat"), "stat"));
}

TEST_CASE("SyscallSet: regular expressions", "[decode]") {
  const SyscallSet set = parsed("/^(get|set)xattr$");
  CHECK(holds(set, "getxattr"));
  CHECK_FALSE(holds(set, "fgetxattr"));
  const auto bad = SyscallSet::parse("/(");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().what.find("bad regular expression '('") == 0);
}

TEST_CASE("SyscallSet: an unknown name is answered with the nearest one", "[decode]") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"opnat", "unknown system call 'opnat', did you mean 'openat'?"},
      {"%proces", "unknown system call '%proces', did you mean '%process'?"},
      {"read,frobnicate_all",
       "unknown system call 'frobnicate_all'; use names such as openat, numbers, groups such as %file, all, "
       "none"},
      {"read,,write", "empty item in a set of system calls"},
      {"", "empty item in a set of system calls"},
      {"4000", "system call number 4000 is out of range"},
  }));
  const auto set = SyscallSet::parse(text);
  REQUIRE_FALSE(set);
  CHECK(set.error().code == Errc::malformed);
  CHECK(set.error().what == expected);
}

TEST_CASE("SyscallSet: a name means the calls of that name in every convention", "[decode]") {
  const SyscallSet set = parsed("openat,socket");
  CHECK(set.contains(Arch::x86_64, SyscallNo(257)));
  CHECK(set.contains(Arch::i386, SyscallNo(295)));
  CHECK_FALSE(set.contains(Arch::i386, SyscallNo(257)));  // remap_file_pages
  CHECK(set.contains(Arch::x32, SyscallNo(0x40000000 | 257)));
  CHECK(parsed("mmap2").contains(Arch::i386, SyscallNo(192)));
  CHECK(parsed("20").contains(Arch::i386, SyscallNo(20)));
}

TEST_CASE("SyscallSet: a suffix says which convention is meant", "[decode]") {
  CHECK_FALSE(parsed("read@32").contains(Arch::x86_64, SyscallNo(0)));
  CHECK(parsed("read@32").contains(Arch::i386, SyscallNo(3)));
  CHECK_FALSE(parsed("read@64").contains(Arch::i386, SyscallNo(3)));
  CHECK(parsed("all@x32").contains(Arch::x32, SyscallNo(0)));
  CHECK_FALSE(SyscallSet::parse("mmap2@64"));
}

TEST_CASE("SyscallSet: what socketcall(2) stands for counts, not the number of it", "[decode]") {
  const SyscallRow* socket = nullptr;
  for (const SyscallRow& row : inner_syscalls(Arch::i386)) {
    if (row.name == "socket") socket = &row;
  }
  REQUIRE(socket != nullptr);
  const Call call{{.arch = Arch::i386, .nr = SyscallNo(102)}, socket, {}};
  CHECK(parsed("socket").contains(call));
  CHECK_FALSE(parsed("socketcall").contains(call));
}
