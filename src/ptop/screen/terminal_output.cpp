#include "terminal_output.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ptop::app {

TerminalOutput::TerminalOutput()
    : terminal_(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)),
      captured_(::memfd_create("ptop-frame", MFD_CLOEXEC)),
      idle_again_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      thread_([this] { run(); }) {}

TerminalOutput::~TerminalOutput() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

/// Where there is no memory to be had as a file, the terminal gets it now.
void TerminalOutput::later(const std::function<void()>& draw) {
  if (!terminal_ || !captured_ || ::dup2(captured_.get(), STDOUT_FILENO) < 0) return draw();
  draw();
  ::dup2(terminal_.get(), STDOUT_FILENO);
  std::string bytes = take_captured();
  if (bytes.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    next_ += bytes;
  }
  changed_.notify_all();
}

std::string TerminalOutput::take_captured() {
  std::string bytes;
  std::array<char, 16384> piece;
  ::lseek(captured_.get(), 0, SEEK_SET);
  for (ssize_t got = 0; (got = ::read(captured_.get(), piece.data(), piece.size())) > 0;)
    bytes.append(piece.data(), static_cast<std::size_t>(got));
  ::lseek(captured_.get(), 0, SEEK_SET);
  static_cast<void>(::ftruncate(captured_.get(), 0));
  return bytes;
}

bool TerminalOutput::idle() const {
  const std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  static_cast<void>(::read(idle_again_.get(), &count, sizeof count));
  return next_.empty() && !writing_;
}

void TerminalOutput::wait() const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return next_.empty() && !writing_; });
}

void TerminalOutput::give_up(int interrupting) {
  const Fd nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (!nowhere) return;
  ::dup3(nowhere.get(), terminal_.get(), O_CLOEXEC);
  ::dup2(nowhere.get(), STDOUT_FILENO);
  pthread_kill(thread_.native_handle(), interrupting);
}

void TerminalOutput::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !next_.empty(); });
    if (next_.empty()) return;
    const std::string bytes = std::exchange(next_, {});
    writing_ = true;
    lock.unlock();
    write_all(bytes);
    lock.lock();
    writing_ = false;
    changed_.notify_all();
    const std::uint64_t one = 1;
    static_cast<void>(::write(idle_again_.get(), &one, sizeof one));
  }
}

/// Whoever shares the terminal may have made it one that does not wait.
void TerminalOutput::write_all(const std::string& bytes) const {
  std::string_view left = bytes;
  while (!left.empty()) {
    const ssize_t written = ::write(terminal_.get(), left.data(), left.size());
    if (written >= 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd room{terminal_.get(), POLLOUT, 0};
      ::poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace ptop::app
