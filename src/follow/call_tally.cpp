// One more call of a name.
#include "ptop/follow/call_tally.hpp"

#include "ptop/follow/event.hpp"

namespace ptop::follow {

void count(CallTally& tally, const SyscallDone& call) {
  auto found = tally.find(call.name);
  if (found == tally.end()) found = tally.emplace(std::string(call.name), CallCount{}).first;
  const std::uint64_t took = call.duration_ns.value_or(0);
  found->second.add(
      {.calls = 1, .errors = call.error_number != 0 ? 1U : 0U, .total_ns = took, .longest_ns = took});
}

}  // namespace ptop::follow
