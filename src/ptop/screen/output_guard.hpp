// A terminal that takes nothing must not keep ptop from ending.
#pragma once

#include <pthread.h>

#include <atomic>
#include <thread>

#include "ptop/base/fd.hpp"
#include "terminal_output.hpp"

namespace ptop::app {

/// Who takes or gives back a terminal that is stopped, or that nobody reads, waits for it, and signals wait
/// in their descriptor. A thread looks on: when SIGTERM, SIGHUP or SIGQUIT were not taken for a second
/// because of that, standard output becomes /dev/null and the wait is interrupted. ptop then ends as ever,
/// but for what the terminal did not take.
class OutputGuard {
 public:
  /// `signals`: the signalfd(2) of the calling thread, which is the one that writes; all that it tells is
  /// blocked.
  OutputGuard(int signals, TerminalOutput& output);
  ~OutputGuard();
  OutputGuard(const OutputGuard&) = delete;
  OutputGuard& operator=(const OutputGuard&) = delete;

  /// Lives while the terminal is written to.
  class Writing {
   public:
    explicit Writing(OutputGuard& guard) : guard_(guard) { guard_.writing_ = true; }
    ~Writing() { guard_.writing_ = false; }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

   private:
    OutputGuard& guard_;
  };

  /// What is written from now on is the last: it, too, is waited for no longer than that.
  void end();

 private:
  void run();
  bool wants_end() const;
  bool wait(int patience_ms, bool for_signals);
  void wake() const;
  void give_up() const;

  int signals_;
  TerminalOutput& output_;
  Fd wake_;
  pthread_t writer_;
  std::atomic<bool> writing_ = false, ending_ = false, done_ = false;
  std::thread thread_;
};

}  // namespace ptop::app
