// write(2), with the signals held back that it sends beside its error.
#include "ptop/base/message.hpp"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <string>

#include <unistd.h>

namespace ptop {
namespace {

/// Both go to the thread that writes. The dispositions stay as they are: programs inherit them.
class HeldBack {
 public:
  HeldBack() noexcept {
    sigset_t pending;
    ::sigpending(&pending);
    sigemptyset(&ours_);
    for (const int signal : {SIGPIPE, SIGXFSZ}) {
      if (sigismember(&pending, signal) == 0) sigaddset(&ours_, signal);
    }
    ::pthread_sigmask(SIG_BLOCK, &ours_, &before_);
  }
  ~HeldBack() {
    const timespec at_once{};
    while (::sigtimedwait(&ours_, nullptr, &at_once) > 0 || errno == EINTR) {
    }
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  HeldBack(const HeldBack&) = delete;
  HeldBack& operator=(const HeldBack&) = delete;

 private:
  sigset_t ours_{}, before_{};
};

}  // namespace

int write_or_lose(int fd, std::string_view text) noexcept {
  const HeldBack signals;
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return n < 0 ? errno : EIO;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return 0;
}

void say(std::string_view who, std::string_view line) {
  std::string whole(who);
  whole += ": ";
  whole += line;
  whole += '\n';
  write_or_lose(STDERR_FILENO, whole);
}

}  // namespace ptop
