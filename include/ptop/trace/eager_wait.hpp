// Whether to ask again and again for the next stop, or to sleep until it comes.
#pragma once

#include <cstdint>

namespace ptop::trace {

/// A tracer that sleeps leaves its processor idle, and an idle processor of a virtual machine is halted:
/// waking it takes longer than most tasks need to come to their next system call. Asking for some
/// microseconds instead costs less, but only where a stop comes so soon and nobody else wants the processor.
/// So this keeps count of both, and sleeps for a while when it does not pay.
class EagerWait {
 public:
  EagerWait();
  explicit EagerWait(bool several_processors) : several_(several_processors) {}

  /// Before a wait: whether to ask first.
  bool worth_trying() { return several_ && (sleeps_left_ == 0 || --sleeps_left_ == 0); }
  /// Afterwards: whether a stop came meanwhile. `preemptions`: how often this thread has lost its processor
  /// to others since it began to run; asked for once a round.
  template <class Count>
  void tried(bool came, Count preemptions) {
    missed_ += came ? 0 : 1;
    if (++tries_ < round && missed_ <= most_missed) return;
    const std::uint64_t lost = preemptions();
    settle(missed_ > most_missed || lost - lost_before_ > most_lost);
    lost_before_ = lost;
  }

 private:
  static constexpr unsigned round = 64, most_missed = 16, most_lost = 16;
  static constexpr unsigned first_sleeps = 512, most_sleeps = 16384;
  void settle(bool in_vain);

  bool several_;
  unsigned tries_ = 0, missed_ = 0;
  unsigned sleeps_left_ = 0, next_sleeps_ = first_sleeps;
  std::uint64_t lost_before_ = 0;
};

}  // namespace ptop::trace
