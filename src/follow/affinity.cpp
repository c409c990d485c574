// Sharing a processor with the tracees, and the calls by which a program could see that.
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <linux/sched.h>

#include "memory.hpp"
#include "state.hpp"
#include "stopping_calls.hpp"

namespace ptop::follow {
namespace {

constexpr unsigned long_rest = trace::SharingPolicy::longest_rest;

enum class Tells : std::uint8_t {
  affinity,   ///< the first argument says of whom; 0: of the caller
  to_fork,    ///< nothing: the child is traced, if newborns are
  to_clone,   ///< flags in a register
  to_clone3,  ///< flags in memory
  by_file,    ///< a path, in the argument after this one's number of arguments
};

struct TellingCall {
  std::string_view name;
  Tells what;
  std::size_t path = 0;  ///< its register
};

constexpr std::array telling_calls{TellingCall{"fork", Tells::to_fork},
                                   TellingCall{"vfork", Tells::to_fork},
                                   TellingCall{"sched_getaffinity", Tells::affinity},
                                   TellingCall{"sched_setaffinity", Tells::affinity},
                                   TellingCall{"clone", Tells::to_clone},
                                   TellingCall{"clone3", Tells::to_clone3},
                                   TellingCall{"open", Tells::by_file, 0},
                                   TellingCall{"openat", Tells::by_file, 1},
                                   TellingCall{"openat2", Tells::by_file, 1}};

const TellingCall* find_telling(const decode::RawCall& raw) {
  const auto* const row = decode::find_syscall(raw.arch, raw.nr);
  if (!row) return nullptr;
  const auto* const found = std::ranges::find(telling_calls, row->name, &TellingCall::name);
  return found == telling_calls.end() ? nullptr : found;
}

/// A task that is not traced would keep the affinity that it was born with.
bool makes_untraced(const TellingCall& call, const decode::RawCall& raw, decode::MemoryReader& memory) {
  if (call.what == Tells::to_fork) return false;
  std::uint64_t flags = raw.args[0];
  if (call.what == Tells::to_clone3 &&
      memory.read(raw.args[0], std::as_writable_bytes(std::span(&flags, 1))) != sizeof flags)
    return false;
  return (flags & CLONE_UNTRACED) != 0;
}

/// /proc/PID/status has Cpus_allowed.
bool is_status_file(std::uint64_t path, decode::MemoryReader& memory) {
  std::array<char, 64> bytes;
  const std::size_t got = memory.read(path, std::as_writable_bytes(std::span(bytes)));
  const std::string_view text(bytes.data(), got);
  const auto end = text.find('\0');
  return end != text.npos && text.substr(0, end).ends_with("status");
}

}  // namespace

decode::SyscallSet affinity_calls() {
  std::string names;
  for (const TellingCall& call : telling_calls)
    if (call.what != Tells::to_fork) names.append("?").append(call.name).append(",");
  names.pop_back();
  return *decode::SyscallSet::parse(names);
}

bool Follower::State::may_share_processor() const {
  if (!options_.share_processor || detaching_ || silent_ || options_.syscalls.empty()) return false;
  return !filtered_ || shares_processor_with_filter(options_);
}

/// At each stop at a system call. A task that left for one call has had its answer by now, and comes back.
void Follower::State::share_processor(Task& task) {
  if (!may_share_processor()) return;
  using Way = trace::SharingPolicy::Way;
  const bool inside = task.call && task.call->inside;
  const Way way = filtered_ ? Way::of_few : inside ? Way::out_of_call : Way::into_call;
  processor_.stopped(task.tid, way, emitter_.now());
  engine_.set_shared_processor(processor_.is_shared());
}

/// At the entry of a call: the kernel gives the true answer to a task that has its own affinity again.
void Follower::State::mind_affinity(Task& task, const decode::RawCall& raw) {
  if (!processor_.is_shared()) return;
  const TellingCall* const call = find_telling(raw);
  if (!call) return;
  TaskMemory memory(task.tid);
  const auto whom = static_cast<std::int32_t>(raw.args[0]);
  switch (call->what) {
    case Tells::affinity:
      if (whom != 0 && whom != task.tid.raw()) return processor_.part(trace::SharingPolicy::first_rest);
      return processor_.leave(task.tid);
    case Tells::to_fork:
    case Tells::to_clone:
    case Tells::to_clone3:
      if (!options_.newborns || makes_untraced(*call, raw, memory)) processor_.leave(task.tid);
      return;
    case Tells::by_file:
      if (is_status_file(raw.args[call->path], memory)) processor_.part(long_rest);
      return;
  }
}

}  // namespace ptop::follow
