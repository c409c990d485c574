// What is drawn goes to the terminal by a thread of its own: a terminal that takes nothing holds up nobody
// else.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "ptop/base/fd.hpp"

namespace ptop::app {

/// Standard output is taken over while it lives. All calls from one thread.
class TerminalOutput {
 public:
  TerminalOutput();
  /// What was drawn last is waited for.
  ~TerminalOutput();
  TerminalOutput(const TerminalOutput&) = delete;
  TerminalOutput& operator=(const TerminalOutput&) = delete;

  /// What `draw` writes to standard output reaches the terminal later, and all of it. Never blocks.
  void later(const std::function<void()>& draw);
  /// Whether the terminal took all of that. Who draws more before piles it up.
  bool idle() const;
  /// Readable when it may be idle again; read by idle().
  int fd() const { return idle_again_.get(); }
  /// Waits until it is.
  void wait() const;

  /// From any thread, as often as wanted: the terminal is not waited for any longer, and what comes now is
  /// lost. `interrupting`: a signal whose handler does nothing and restarts no call.
  void give_up(int interrupting);

 private:
  void run();
  void write_all(const std::string& bytes) const;
  std::string take_captured();

  Fd terminal_;    ///< what standard output was
  Fd captured_;    ///< memory; standard output while something is drawn
  Fd idle_again_;  ///< eventfd(2)
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::string next_;  ///< not begun yet
  bool writing_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace ptop::app
