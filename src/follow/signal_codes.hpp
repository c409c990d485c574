// Signals that bring the codes of another one: the exit signal of a child those of SIGCHLD, F_SETSIG of
// fcntl(2) those of SIGIO (fs/fcntl.c, send_sigio_to_task).
#pragma once

#include <csignal>
#include <optional>
#include <vector>

#include "ptop/base/ids.hpp"

namespace ptop::follow {

/// Whose codes si_code is one of, where not of the signal itself. `is_known_child`: si_pid is a child that
/// ended with this signal. Otherwise the codes of a signal that has some of its own are its own, and a
/// descriptor is told from a child by si_band, which goes with the code.
std::optional<int> signal_of_code(const siginfo_t& info, bool is_known_child);

/// Ends that were announced with another signal than SIGCHLD, or with none if it was ignored.
class ExitSignals {
 public:
  void ended(Pid child, Pid parent, int signal);
  bool any(Pid parent, int signal) const;
  bool take(Pid child, Pid parent, int signal);  ///< false: not known
  void forget(Pid parent);

 private:
  struct End {
    Pid child, parent;
    int signal;
    bool operator==(const End&) const = default;
  };
  std::vector<End> ends_;  ///< oldest first
};

}  // namespace ptop::follow
