// System calls that are counted and not told one by one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace ptop::follow {

struct CallCount {
  std::uint64_t calls = 0, errors = 0, total_ns = 0, longest_ns = 0;

  void add(const CallCount& more) {
    calls += more.calls;
    errors += more.errors;
    total_ns += more.total_ns;
    longest_ns = std::max(longest_ns, more.longest_ns);
  }
};

/// By the names of the calls.
using CallTally = std::map<std::string, CallCount, std::less<>>;

struct SyscallDone;
void count(CallTally& tally, const SyscallDone& call);

}  // namespace ptop::follow
