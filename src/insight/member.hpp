// A followed process as --only knows it: its kin, and what is held back of it. Decides when it is safe to
// tell an end: a process that matches late brings out the births and execs of all above it, which must not
// come after their ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "held_events.hpp"
#include "ptop/model/sample.hpp"

namespace ptop::insight {

enum class Level : std::uint8_t { unknown, ancestor, matched };

/// Alive, dead and not collected, or above one of those.
struct Member {
  Member() = default;
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;
  /// Not by recursion: a chain of dead parents may be long.
  ~Member() {
    for (auto above = std::move(parent); above && above.use_count() == 1;)
      above = std::exchange(above->parent, nullptr);
  }

  ProcessKey key;
  Pid ppid;
  std::uint32_t depth = 0;
  std::shared_ptr<Member> parent;  ///< who made it
  Level level = Level::unknown;
  bool asked = false;         ///< since it is what it is: it has started a program, or will not soon
  bool seen_at_exit = false;  ///< `sample` is as of its exit stop
  bool over = false;          ///< ended, or no longer followed
  bool open = true;           ///< it, or somebody below it, may still match and bring out its birth
  std::size_t open_children = 0;
  std::uint64_t born_ns = 0;
  std::optional<model::Sample> sample;
  HeldPtr birth;             ///< never null
  HeldPtr exec, reparented;  ///< the last ones
  HeldEvents held;
  std::vector<std::uint64_t> stories;  ///< of open files, that it is not known to match for
  bool matches() const { return level == Level::matched; }
};
using MemberPtr = std::shared_ptr<Member>;

/// Held events on their way out.
class Telling {
 public:
  /// Each goes out once, whoever asks for it.
  void add(const HeldPtr& held) {
    if (held && !std::exchange(held->told, true)) events_.push_back(held);
  }
  /// And, if all is over, the ends behind it.
  void add_birth(const HeldPtr& birth) {
    add(birth);
    if (!birth->settled) return;
    for (const HeldPtr& end : birth->ends) add(end);
  }
  /// In the order in which they happened.
  std::vector<HeldPtr> take();

 private:
  std::vector<HeldPtr> events_;
};

/// Nothing of what is above its ends can come out any more: they may.
void settle(Member& member, Telling& telling);
/// Its birth is told, or never will be. Settles those above it for whom it was the last one.
void close(Member& member, Telling& telling);

}  // namespace ptop::insight
