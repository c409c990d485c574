#include "birth.hpp"

#include <csignal>
#include <cstring>

#include <linux/sched.h>

#include "support/catch.hpp"

using namespace ptop;
using follow::birth_call;

namespace {

class Bytes : public decode::MemoryReader {
 public:
  explicit Bytes(std::string bytes = {}) : bytes_(std::move(bytes)) {}
  std::size_t read(std::uint64_t address, std::span<std::byte> out) override {
    if (address >= bytes_.size()) return 0;
    const auto part = std::string_view(bytes_).substr(address, out.size());
    std::memcpy(out.data(), part.data(), part.size());
    return part.size();
  }

 private:
  std::string bytes_;
};

trace::SyscallEnter call(std::int64_t nr, std::uint64_t first = 0, std::uint64_t second = 0) {
  return {SyscallNo(nr), {first, second}};
}

}  // namespace

TEST_CASE("birth_call: fork and vfork of both conventions", "[follow]") {
  Bytes none;
  CHECK(birth_call(call(57), false, none)->exit_signal == SIGCHLD);
  CHECK(birth_call(call(57), false, none)->flags == 0);
  CHECK(birth_call(call(2), true, none)->flags == 0);
  CHECK(birth_call(call(58), false, none)->flags == (CLONE_VFORK | CLONE_VM));
  CHECK(birth_call(call(190), true, none)->flags == (CLONE_VFORK | CLONE_VM));
}

TEST_CASE("birth_call: clone keeps its exit signal in the low byte", "[follow]") {
  Bytes none;
  const auto birth = birth_call(call(56, CLONE_PARENT | SIGUSR1), false, none);
  REQUIRE(birth.has_value());
  CHECK(birth->exit_signal == SIGUSR1);
  CHECK(birth->flags == CLONE_PARENT);
  CHECK(birth->parents_sibling());
  CHECK_FALSE(birth->thread());
}

TEST_CASE("birth_call: a thread has no exit signal", "[follow]") {
  Bytes none;
  const auto birth = birth_call(call(56, CLONE_THREAD | CLONE_VM | CLONE_SIGHAND), false, none);
  REQUIRE(birth.has_value());
  CHECK(birth->thread());
  CHECK_FALSE(birth->exit_signal.has_value());
}

TEST_CASE("birth_call: clone3 reads its struct, and fails softly where there is none", "[follow]") {
  clone_args args{};
  args.flags = CLONE_NEWPID;
  args.exit_signal = SIGCHLD;
  Bytes memory(std::string(reinterpret_cast<const char*>(&args), CLONE_ARGS_SIZE_VER0));
  CHECK(birth_call(call(435, 0, CLONE_ARGS_SIZE_VER0), false, memory)->flags == CLONE_NEWPID);
  CHECK(birth_call(call(435, 0, CLONE_ARGS_SIZE_VER0), true, memory)->exit_signal == SIGCHLD);
  CHECK_FALSE(birth_call(call(435, 0, CLONE_ARGS_SIZE_VER0 - 8), false, memory).has_value());
  CHECK_FALSE(birth_call(call(435, 9999, CLONE_ARGS_SIZE_VER0), false, memory).has_value());
}

TEST_CASE("birth_call: clone3's wanted pids, cgroup and pidfd", "[follow]") {
  struct {
    clone_args args{};
    pid_t wanted[2]{7, 4711};
  } laid;
  laid.args.flags = CLONE_PIDFD | CLONE_INTO_CGROUP;
  laid.args.pidfd = 0x1000;
  laid.args.cgroup = 5;
  laid.args.set_tid = sizeof laid.args;
  laid.args.set_tid_size = 2;
  Bytes memory(std::string(reinterpret_cast<const char*>(&laid), sizeof laid));
  const auto birth = birth_call(call(435, 0, sizeof laid.args), false, memory);
  REQUIRE(birth.has_value());
  CHECK(birth->set_tid == std::vector{Pid(7), Pid(4711)});
  CHECK(birth->cgroup_fd == 5);
  CHECK(birth->pidfd_address == 0x1000);
}

TEST_CASE("birth_call: clone has room for a pidfd where the parent's tid goes", "[follow]") {
  Bytes none;
  trace::SyscallEnter entered = call(56, CLONE_PIDFD | SIGCHLD);
  entered.args[2] = 0x2000;
  CHECK(birth_call(entered, false, none)->pidfd_address == 0x2000);
  CHECK_FALSE(birth_call(call(56, SIGCHLD), false, none)->pidfd_address.has_value());
}

TEST_CASE("birth_call: an x32 number is the 64-bit call, any other call is none", "[follow]") {
  Bytes none;
  CHECK(birth_call(call(0x40000000 | 57), false, none).has_value());
  CHECK_FALSE(birth_call(call(0), false, none).has_value());
  CHECK_FALSE(birth_call(call(57), true, none).has_value());
}
