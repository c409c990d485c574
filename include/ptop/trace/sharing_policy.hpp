// Whether tracer and tracees should share a processor, judged by nothing but when stops come and whose they
// are.
#pragma once

#include <array>
#include <cstdint>

#include "ptop/base/ids.hpp"

namespace ptop::trace {

/// A stop and its end are two hand-overs between tracer and tracee. On one processor each is a switch;
/// between two it has to wake a processor that is idle meanwhile, which takes several times as long. One task
/// at a time loses nothing by sharing. Tasks that compute beside each other do: they should share only while
/// they come to their stops so fast that each of them does little else. So stops are counted in rounds, and
/// with them those that came while another task was outside of any system call; where only few calls stop,
/// those that came after a stop of another task: tasks alternate beside each other, and else take turns.
class SharingPolicy {
 public:
  enum class Advice : std::uint8_t { keep, share, part };
  /// `of_few`: most calls do not stop, and what a task does between its stops is not known.
  enum class Way : std::uint8_t { into_call, out_of_call, of_few };

  static constexpr unsigned round = 64;                          ///< stops
  static constexpr std::uint64_t slow_ns = 1'000'000;            ///< between stops: nothing to gain any more
  static constexpr std::uint64_t busy_ns = 50'000;               ///< several that stop sooner do little else
  static constexpr unsigned first_rest = 8, longest_rest = 512;  ///< rounds

  /// A system-call stop of `tid`, on its way into a call or out of it. `now_ns`: any monotonic clock.
  /// `shared`: how it is now.
  Advice stopped(Tid tid, Way way, std::uint64_t now_ns, bool shared);
  void ended(Tid tid);

  /// Not before so many rounds from now.
  void rest(unsigned rounds) { rest_ = rounds > rest_ ? rounds : rest_; }

 private:
  /// One of those that stopped last. Tid(): a free place.
  struct Seen {
    Tid tid;
    bool computing = false;
    bool this_round = false;
  };
  void note(Tid tid, Way way);
  bool is_beside_others(Tid tid, Way way) const;
  void begin_round(std::uint64_t now_ns);
  Advice judge(std::uint64_t interval_ns, bool side_by_side, bool shared);

  std::array<Seen, 8> seen_{};
  Tid last_;
  unsigned stops_ = 0, beside_ = 0;
  std::uint64_t begin_ns_ = 0;
  unsigned rest_ = 0, next_rest_ = first_rest;
  bool settling_ = false;  ///< the round after the change says nothing
};

}  // namespace ptop::trace
