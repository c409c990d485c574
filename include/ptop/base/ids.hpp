// Numbers with a meaning: each has a type of its own, explicit in and explicit out.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace ptop {

/// One number, one meaning. Construction and raw() are both explicit, so a tid is never taken for a pid.
template <class Tag, class Rep = std::int32_t>
class Id {
 public:
  using Raw = Rep;
  constexpr Id() = default;
  explicit constexpr Id(Rep raw) : raw_(raw) {}
  constexpr Rep raw() const { return raw_; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  Rep raw_{};
};

using Tid = Id<struct TidTag>;  ///< one task; what ptrace(2) takes
using Pid = Id<struct PidTag>;  ///< a thread group: the kernel's tgid, everybody's "process"
using Uid = Id<struct UidTag, std::uint32_t>;
using Gid = Id<struct GidTag, std::uint32_t>;
using SyscallNo = Id<struct SyscallNoTag, std::int64_t>;     ///< meaningless without an Arch beside it
using TraceeAddr = Id<struct TraceeAddrTag, std::uint64_t>;  ///< not to be dereferenced in this process
using Ticks = Id<struct TicksTag, std::uint64_t>;            ///< 1 / sysconf(_SC_CLK_TCK) seconds

/// Of a task that leads its thread group, and only of it, the tid is the pid.
constexpr Tid leader_of(Pid pid) { return Tid(pid.raw()); }

/// Identity that survives pid reuse: pid and start time (proc_pid_stat(5) field 22), in ticks since boot.
struct TaskKey {
  Tid tid;
  Ticks start;
  friend auto operator<=>(const TaskKey&, const TaskKey&) = default;
};
struct ProcessKey {
  Pid pid;
  Ticks start;
  friend auto operator<=>(const ProcessKey&, const ProcessKey&) = default;
};

}  // namespace ptop

template <class Tag, class Rep>
struct std::hash<ptop::Id<Tag, Rep>> {
  std::size_t operator()(ptop::Id<Tag, Rep> id) const noexcept { return std::hash<Rep>{}(id.raw()); }
};
template <>
struct std::hash<ptop::TaskKey> {
  std::size_t operator()(const ptop::TaskKey& k) const noexcept {
    return std::hash<std::uint64_t>{}(k.start.raw() * 0x9e3779b97f4a7c15U +
                                      static_cast<std::uint32_t>(k.tid.raw()));
  }
};
template <>
struct std::hash<ptop::ProcessKey> {
  std::size_t operator()(const ptop::ProcessKey& k) const noexcept {
    return std::hash<ptop::TaskKey>{}({ptop::Tid(k.pid.raw()), k.start});
  }
};
