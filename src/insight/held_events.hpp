// Events kept for later. What an event borrows is copied.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "ptop/decode/decoded.hpp"
#include "ptop/follow/call_tally.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::insight {

struct HeldEvent;
using HeldPtr = std::shared_ptr<HeldEvent>;

struct HeldEvent {
  follow::Event event;
  std::vector<std::string_view> flag_names;  ///< of a birth
  bool told = false;
  std::vector<HeldPtr> ends;  ///< of a birth: the end of who was born, and what came after it
  bool settled = false;       ///< of a birth: nothing comes before these ends any more
};

/// Of births, execs and whatever else borrows nothing but names of flags, which live in tables.
HeldPtr hold(const follow::Event& event);

/// Of one process, the oldest first.
class HeldEvents {
 public:
  /// Keeps a copy. What is one too many, or too large, is counted only; of a system call see also tally().
  void add(const follow::Event& event);
  void add(HeldPtr event);
  void count_only(const follow::SyscallDone& call) { follow::count(tally_, call); }
  std::uint64_t dropped() const { return dropped_; }
  /// Of the system calls that are not held.
  const follow::CallTally& tally() const { return tally_; }
  /// And none is held any more.
  std::vector<HeldPtr> take();

 private:
  bool is_full(const follow::Event& event);
  void take_over(follow::Event& event);

  std::vector<HeldPtr> events_;
  std::unique_ptr<decode::Arena> arena_;
  follow::CallTally tally_;
  std::uint64_t dropped_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace ptop::insight
