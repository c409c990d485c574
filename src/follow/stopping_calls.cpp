// A set of system calls as runs of numbers.
#include "stopping_calls.hpp"

namespace ptop::follow {
namespace {

constexpr std::uint32_t last_listed = decode::SyscallSet::limit - 1;
constexpr std::uint32_t last_number = ~std::uint32_t{0};

std::vector<trace::CallRange> runs_of(const decode::SyscallSet& calls) {
  std::vector<trace::CallRange> runs;
  for (std::uint32_t number = 0; number <= decode::SyscallSet::limit; ++number) {
    if (!calls.contains(decode::machine_arches().front(), SyscallNo(number))) continue;
    const std::uint32_t last = number > last_listed ? last_number : number;  // all others are one
    if (!runs.empty() && runs.back().last + 1 == number)
      runs.back().last = last;
    else
      runs.push_back({number, last});
  }
  return runs;
}

}  // namespace

bool shares_processor_with_filter(const Options& options) {
  const decode::Arch arch = decode::machine_arches().front();
  const auto* const opening = decode::find_syscall(arch, "openat");
  return options.share_processor && opening && options.syscalls.contains(arch, opening->nr);
}

decode::SyscallSet stopping_calls(const Options& options) {
  decode::SyscallSet calls = options.syscalls;
  if (shares_processor_with_filter(options)) calls |= affinity_calls();
  return calls;
}

std::vector<sock_filter> stopping_filter(const decode::SyscallSet& calls) {
  const auto runs = runs_of(calls);
  const bool all = runs.size() == 1 && runs.front().first == 0 && runs.front().last == last_number;
  if (runs.empty() || all) return {};
  return trace::call_filter(runs);
}

}  // namespace ptop::follow
