// The program that was started, as its caller sees it through us: what we are sent is meant for it, we stop
// when it stops, and end as it did.
#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <optional>

#include "ptop/follow/follower.hpp"
#include "signals.hpp"

namespace ptop::ptrace_fork {

class Job {
 public:
  /// `stops_with_it`: whoever waits for us must see a job that stops.
  Job(follow::Follower& follower, bool stops_with_it);
  ~Job();
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  /// The first request to end goes to the program, which decides; the same once more, or any when we
  /// attached, detaches; another one while that takes its time (a parent in vfork cannot be stopped) ends us
  /// at once. What the program got itself, as the terminal and kill(2) of our whole group send it, is no
  /// request to us.
  void obey(const Asked& asked);

  /// Stops us when the program was stopped by the same cause as a job of the shell. Who is stopped by
  /// somebody else may be continued by somebody else, and we are needed for that.
  void stop_if_due();

  /// The program runs on untraced after a detach; its end is still ours to report.
  std::optional<int> wait_for_program();

  int asked() const { return left_for_ ? left_for_->signal : 0; }  ///< the signal we end by; 0: none
  bool ends_at_once() const { return at_once_; }

 private:
  using Moment = std::chrono::steady_clock::time_point;
  struct Got {
    int code = 0;
    pid_t sender = 0;
    Moment at;
  };
  struct Stop {
    int signal = 0;
    Got how;
  };
  enum class Pending : std::uint8_t { no, soon, held_back };

  bool program_runs() const { return follower_.program() && !follower_.program_status(); }
  bool in_our_group() const;
  bool is_of_the_tree(pid_t sender) const;
  bool got_itself(const Asked& asked) const;
  Pending pending(int signal) const;
  bool is_once_more(const Asked& asked, Pending pending) const;
  bool is_copy_of_request(const Asked& asked) const;
  void leave(const Asked& asked);
  void obey_after_log(const Asked& asked);
  void asked_to_stop(const Asked& asked);
  bool is_stop_of_ours(const Stop& stop) const;
  bool leads_the_terminal() const;
  void stop_now(int signal);
  void program_stopped(int signal);
  void program_waited(int status);

  follow::Follower& follower_;
  bool stops_with_it_;
  std::array<Got, NSIG> got_{};       ///< by signal: how the program got it last
  std::optional<Asked> passed_on_;    ///< the last signal given to the program
  std::optional<Asked> left_for_;     ///< the request to end that we obeyed
  std::optional<Asked> stop_asked_;   ///< SIGTSTP that we got and have not obeyed
  std::optional<Stop> program_stop_;  ///< it is stopped, and we are not
  Moment continued_;
  bool at_once_ = false;
};

}  // namespace ptop::ptrace_fork
