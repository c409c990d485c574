// Names of signals and error numbers. Tables of our own: strerror(3) and strsignal(3) speak the user's
// language, and scripts compare what we print.
#include "ptop/base/names.hpp"

#include <signal.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>

#include <fmt/format.h>

#include "ptop/base/number.hpp"

namespace ptop {
namespace {

struct SignalRow {
  int number;
  std::string_view name, text;
};

// Row i is signal i.
constexpr SignalRow signal_rows[] = {
    {0, "", ""},
    {SIGHUP, "SIGHUP", "hangup"},
    {SIGINT, "SIGINT", "interrupt"},
    {SIGQUIT, "SIGQUIT", "quit"},
    {SIGILL, "SIGILL", "illegal instruction"},
    {SIGTRAP, "SIGTRAP", "trace or breakpoint trap"},
    {SIGABRT, "SIGABRT", "aborted"},
    {SIGBUS, "SIGBUS", "bus error"},
    {SIGFPE, "SIGFPE", "arithmetic exception"},
    {SIGKILL, "SIGKILL", "killed"},
    {SIGUSR1, "SIGUSR1", "user signal 1"},
    {SIGSEGV, "SIGSEGV", "segmentation fault"},
    {SIGUSR2, "SIGUSR2", "user signal 2"},
    {SIGPIPE, "SIGPIPE", "broken pipe"},
    {SIGALRM, "SIGALRM", "alarm clock"},
    {SIGTERM, "SIGTERM", "terminated"},
    {SIGSTKFLT, "SIGSTKFLT", "stack fault"},
    {SIGCHLD, "SIGCHLD", "a child changed state"},
    {SIGCONT, "SIGCONT", "continue"},
    {SIGSTOP, "SIGSTOP", "stopped, cannot be caught"},
    {SIGTSTP, "SIGTSTP", "stopped from the terminal"},
    {SIGTTIN, "SIGTTIN", "stopped, terminal input in the background"},
    {SIGTTOU, "SIGTTOU", "stopped, terminal output in the background"},
    {SIGURG, "SIGURG", "urgent data on a socket"},
    {SIGXCPU, "SIGXCPU", "CPU time limit exceeded"},
    {SIGXFSZ, "SIGXFSZ", "file size limit exceeded"},
    {SIGVTALRM, "SIGVTALRM", "virtual timer expired"},
    {SIGPROF, "SIGPROF", "profiling timer expired"},
    {SIGWINCH, "SIGWINCH", "window size changed"},
    {SIGIO, "SIGIO", "I/O possible"},
    {SIGPWR, "SIGPWR", "power failure"},
    {SIGSYS, "SIGSYS", "bad system call"},
};

constexpr bool rows_match_numbers() {
  for (int i = 0; i < static_cast<int>(std::size(signal_rows)); ++i) {
    if (signal_rows[i].number != i) return false;
  }
  return true;
}
static_assert(rows_match_numbers());

// The kernel's numbering, as strace shows it. A libc keeps the first two or three for itself: its SIGRTMIN is
// later.
constexpr int first_real_time = 32, last_signal = 64;

struct Alias {
  std::string_view name;
  int number;
};
constexpr Alias aliases[] = {{"IOT", SIGABRT}, {"CLD", SIGCHLD}, {"POLL", SIGIO}, {"UNUSED", SIGSYS}};

std::optional<int> valid(std::optional<int> number) {
  return number && *number >= 1 && *number <= last_signal ? number : std::nullopt;
}

/// "RT_3", "RTMIN", "RTMIN+1", "RTMAX-2": the last three counted as the C library counts.
std::optional<int> parse_real_time(std::string_view name) {
  if (name.starts_with("RT_")) {
    const auto offset = parse_number<int>(name.substr(3));
    if (!offset || *offset < 0 || *offset > last_signal - first_real_time) return std::nullopt;
    return first_real_time + *offset;
  }
  const bool from_min = name.starts_with("RTMIN"), from_max = name.starts_with("RTMAX");
  if (!from_min && !from_max) return std::nullopt;
  const int base = from_min ? SIGRTMIN : SIGRTMAX;
  const auto rest = name.substr(5);
  if (rest.empty()) return base;
  const auto offset = parse_number<int>(rest.substr(1));
  if (rest[0] != (from_min ? '+' : '-') || !offset || *offset < 0 || *offset > SIGRTMAX - SIGRTMIN) {
    return std::nullopt;
  }
  return from_min ? base + *offset : base - *offset;
}

struct ErrnoRow {
  int number;
  std::string_view name, text;
};
constexpr ErrnoRow errno_rows[] = {
#include "errno_table.inc"
};

constexpr int errno_limit = 531;
constexpr auto errno_index = [] {
  std::array<std::uint8_t, errno_limit> index{};  // row + 1; 0: no such number
  static_assert(std::size(errno_rows) < 255);
  for (std::size_t i = 0; i < std::size(errno_rows); ++i) {
    index[static_cast<std::size_t>(errno_rows[i].number)] = static_cast<std::uint8_t>(i + 1);
  }
  return index;
}();

const ErrnoRow* find_errno(int number) {
  if (number < 0 || number >= errno_limit) return nullptr;
  const std::uint8_t row = errno_index[static_cast<std::size_t>(number)];
  return row == 0 ? nullptr : &errno_rows[row - 1];
}

}  // namespace

std::string signal_name(int signal) {
  if (signal < 1 || signal > last_signal) return fmt::format("SIG_{}", signal);
  if (signal >= first_real_time) return fmt::format("SIGRT_{}", signal - first_real_time);
  return std::string(signal_rows[signal].name);
}

std::string_view signal_text(int signal) {
  if (signal < 1 || signal > last_signal) return "";
  return signal >= first_real_time ? "real-time signal" : signal_rows[signal].text;
}

std::optional<int> parse_signal(std::string_view text) {
  if (const auto number = parse_number<int>(text)) return valid(number);
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string_view name = upper;
  if (name.starts_with("SIG")) name.remove_prefix(3);
  if (name.empty()) return std::nullopt;
  for (const SignalRow& row : signal_rows) {
    if (row.number != 0 && row.name.substr(3) == name) return row.number;
  }
  for (const Alias& alias : aliases) {
    if (alias.name == name) return alias.number;
  }
  return valid(parse_real_time(name));
}

std::vector<int> signals_in_mask(std::uint64_t mask) {
  std::vector<int> signals;
  for (int bit = 0; bit < last_signal; ++bit) {
    if ((mask >> bit & 1U) != 0) signals.push_back(bit + 1);
  }
  return signals;
}

std::string_view errno_name(int error_number) {
  const ErrnoRow* row = find_errno(error_number);
  return row == nullptr ? "" : row->name;
}

std::string_view errno_text(int error_number) {
  const ErrnoRow* row = find_errno(error_number);
  return row == nullptr ? "" : row->text;
}

}  // namespace ptop
