// The master's end of a pseudoterminal, which never blocks.
#include "live_program.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/format.h>

#include "emulation/emulation.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t most_unsent = std::size_t{1} << 20;

/// Line discipline as the kernel begins with, and erasing whole characters of UTF-8.
void set_modes(int terminal) {
  termios modes{};
  if (tcgetattr(terminal, &modes) != 0) return;
  modes.c_iflag |= IUTF8;
  tcsetattr(terminal, TCSANOW, &modes);
}

}  // namespace

Result<LiveProgram> LiveProgram::open() {
  Fd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
  if (master.get() < 0) return fail(os_error("posix_openpt"));
  std::array<char, 64> name{};
  if (::grantpt(master.get()) != 0 || ::unlockpt(master.get()) != 0 ||
      ::ptsname_r(master.get(), name.data(), name.size()) != 0)
    return fail(os_error("pseudoterminal"));
  Fd terminal(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (terminal.get() < 0) return fail(os_error(name.data()));
  set_modes(terminal.get());
  return LiveProgram(std::move(master), std::move(terminal));
}

void LiveProgram::send(std::string_view bytes) {
  if (unsent_.size() + bytes.size() > most_unsent) return;
  unsent_ += bytes;
  write_more();
}

void LiveProgram::write_more() {
  while (!unsent_.empty() && master_.get() >= 0) {
    const ssize_t wrote = ::write(master_.get(), unsent_.data(), unsent_.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0 && errno != EAGAIN) unsent_.clear();
    if (wrote <= 0) return;
    unsent_.erase(0, static_cast<std::size_t>(wrote));
  }
}

void LiveProgram::set_size(int rows, int columns) {
  const winsize size{.ws_row = static_cast<unsigned short>(rows),
                     .ws_col = static_cast<unsigned short>(columns),
                     .ws_xpixel = 0,
                     .ws_ypixel = 0};
  if (master_.get() >= 0) ::ioctl(master_.get(), TIOCSWINSZ, &size);
}

/// EIO: the last one has closed its end.
std::string_view LiveProgram::read() {
  const ssize_t got = ::read(master_.get(), buffer_.data(), buffer_.size());
  if (got > 0) return {buffer_.data(), static_cast<std::size_t>(got)};
  if (got == 0 || (errno != EAGAIN && errno != EINTR)) hang_up();
  return {};
}

std::vector<std::string> environment_for_program() {
  static constexpr std::string_view of_another[] = {
      "TERM=",     "LINES=",      "COLUMNS=", "TERMCAP=", "TERM_PROGRAM=", "TERM_PROGRAM_VERSION=",
      "WINDOWID=", "VTE_VERSION="};
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (std::ranges::none_of(of_another, [&](std::string_view name) { return text.starts_with(name); }))
      out.emplace_back(text);
  }
  out.push_back(fmt::format("TERM={}", Emulation::term_name));
  return out;
}

}  // namespace ptop::app
