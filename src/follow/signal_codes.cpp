// Positive si_codes. Source: kernel/signal.c (do_notify_parent), fs/fcntl.c.
#include "signal_codes.hpp"

#include <algorithm>
#include <iterator>

#include <poll.h>

namespace ptop::follow {
namespace {

/// fs/fcntl.c, band_table: of POLL_IN and what follows it.
constexpr long bands[] = {POLLIN | POLLRDNORM,           POLLOUT | POLLWRNORM | POLLWRBAND,
                          POLLIN | POLLRDNORM | POLLMSG, POLLERR,
                          POLLPRI | POLLRDBAND,          POLLHUP | POLLERR};

/// Of these F_SETSIG sends no codes of SIGIO (sig_specific_sicodes).
bool has_codes_of_its_own(int signal) {
  return signal == SIGILL || signal == SIGFPE || signal == SIGSEGV || signal == SIGBUS || signal == SIGTRAP ||
         signal == SIGCHLD || signal == SIGSYS;
}

std::optional<int> unless_own(int of, int signal) { return of == signal ? std::nullopt : std::optional(of); }

}  // namespace

std::optional<int> signal_of_code(const siginfo_t& info, bool is_known_child) {
  const int signal = info.si_signo, code = info.si_code;
  if (code < POLL_IN || code > POLL_HUP) return std::nullopt;
  const bool may_be_end = code <= CLD_DUMPED;
  if (may_be_end && is_known_child) return unless_own(SIGCHLD, signal);
  if (has_codes_of_its_own(signal)) return std::nullopt;
  if (!may_be_end || info.si_band == bands[code - POLL_IN]) return unless_own(SIGIO, signal);
  return SIGCHLD;
}

void ExitSignals::ended(Pid child, Pid parent, int signal) {
  constexpr std::size_t most = 1024;  // most are taken at once, those of an ignored signal never
  if (ends_.size() >= most) ends_.erase(ends_.begin());
  ends_.push_back({child, parent, signal});
}

bool ExitSignals::any(Pid parent, int signal) const {
  return std::ranges::any_of(ends_,
                             [&](const End& end) { return end.parent == parent && end.signal == signal; });
}

bool ExitSignals::take(Pid child, Pid parent, int signal) {
  const auto found = std::ranges::find(ends_, End{child, parent, signal});
  if (found == ends_.end()) return false;
  ends_.erase(found);
  return true;
}

void ExitSignals::forget(Pid parent) {
  std::erase_if(ends_, [&](const End& end) { return end.parent == parent; });
}

}  // namespace ptop::follow
