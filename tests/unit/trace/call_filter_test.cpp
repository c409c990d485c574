#include "ptop/trace/call_filter.hpp"

#include <cstddef>
#include <cstring>

#include <asm/unistd.h>
#include <linux/audit.h>
#include <linux/seccomp.h>

#include "support/catch.hpp"

using namespace ptop;

namespace {

/// As the kernel runs it (net/core/filter.c), as far as the instructions used go.
std::uint32_t answer_of(const std::vector<sock_filter>& program, const seccomp_data& data) {
  std::uint32_t value = 0;
  for (std::size_t at = 0; at < program.size(); ++at) {
    const sock_filter& step = program[at];
    bool holds = false;
    switch (step.code) {
      case BPF_LD | BPF_W | BPF_ABS:
        std::memcpy(&value, reinterpret_cast<const char*>(&data) + step.k, sizeof value);
        continue;
      case BPF_RET | BPF_K:
        return step.k;
      case BPF_JMP | BPF_JEQ | BPF_K:
        holds = value == step.k;
        break;
      case BPF_JMP | BPF_JGE | BPF_K:
        holds = value >= step.k;
        break;
      case BPF_JMP | BPF_JGT | BPF_K:
        holds = value > step.k;
        break;
      default:
        FAIL("an instruction that is not known here: " << step.code);
    }
    at += holds ? step.jt : step.jf;
  }
  FAIL("runs off its end");
  return 0;
}

bool stops(const std::vector<sock_filter>& program, std::uint32_t number,
           std::uint32_t arch = AUDIT_ARCH_X86_64) {
  seccomp_data data{};
  data.nr = static_cast<int>(number);
  data.arch = arch;
  const auto answer = answer_of(program, data);
  REQUIRE((answer == SECCOMP_RET_TRACE || answer == SECCOMP_RET_ALLOW));
  return answer == SECCOMP_RET_TRACE;
}

}  // namespace

TEST_CASE("call_filter: the calls of the ranges stop, and no others", "[trace]") {
  const auto program = trace::call_filter(std::vector<trace::CallRange>{{0, 2}, {59, 59}, {257, 300}});
  for (std::uint32_t number = 0; number < 1200; ++number) {
    const bool wanted = number <= 2 || number == 59 || (number >= 257 && number <= 300);
    CHECK(stops(program, number) == wanted);
  }
}

TEST_CASE("call_filter: a range may go on to the last number", "[trace]") {
  const auto program = trace::call_filter(std::vector<trace::CallRange>{{5, 5}, {400, ~0U}});
  CHECK_FALSE(stops(program, 399));
  CHECK(stops(program, 400));
  CHECK(stops(program, 5000));
}

TEST_CASE("call_filter: calls of other conventions always stop", "[trace]") {
  const auto program = trace::call_filter(std::vector<trace::CallRange>{{257, 257}});
  CHECK(stops(program, 3, AUDIT_ARCH_I386));
  CHECK(stops(program, 3, AUDIT_ARCH_AARCH64));
  CHECK(stops(program, __X32_SYSCALL_BIT | 3U));
  CHECK_FALSE(stops(program, 3));
}

TEST_CASE("call_filter: what the kernel would not take is empty", "[trace]") {
  std::vector<trace::CallRange> every_other;
  for (std::uint32_t number = 0; number < BPF_MAXINSNS; ++number)
    every_other.push_back({2 * number, 2 * number});
  CHECK(trace::call_filter(every_other).empty());
}
