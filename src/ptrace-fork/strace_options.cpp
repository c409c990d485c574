// strace's options, strace's defaults: strace(1).
#include "strace_options.hpp"

#include <algorithm>
#include <cstring>

#include <getopt.h>

#include <fmt/format.h>

#include "command_line.hpp"
#include "option_values.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::ptrace_fork {
namespace {

constexpr std::string_view switch_word = "--strace";
constexpr char short_options[] = "+:a:cCe:E:fFno:p:qrs:tTu:vVhyzZ";
constexpr std::string_view not_there_yet = "AbdDhiIkKLNOPSUwWxXY";

constexpr int seccomp_bpf = 256;  // beyond the letters

const option long_options[] = {
    {"columns", required_argument, nullptr, 'a'},
    {"summary-only", no_argument, nullptr, 'c'},
    {"summary", no_argument, nullptr, 'C'},
    {"env", required_argument, nullptr, 'E'},
    {"follow-forks", no_argument, nullptr, 'f'},
    {"syscall-number", no_argument, nullptr, 'n'},
    {"output", required_argument, nullptr, 'o'},
    {"attach", required_argument, nullptr, 'p'},
    {"string-limit", required_argument, nullptr, 's'},
    {"user", required_argument, nullptr, 'u'},
    {"no-abbrev", no_argument, nullptr, 'v'},
    {"version", no_argument, nullptr, 'V'},
    {"seccomp-bpf", no_argument, nullptr, seccomp_bpf},
    {"successful-only", no_argument, nullptr, 'z'},
    {"failed-only", no_argument, nullptr, 'Z'},
    {nullptr, 0, nullptr, 0},
};

enum class Asked { trace, version };

/// How often an option was given, where that counts.
struct Times {
  int quiet = 0, clock = 0, decode_fds = 0;
};

// strace(1), "-e": these qualifiers change how calls look; trace=, signal= and status= choose them.
void set_qualifier(Options& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string qualifier = equals == text.npos ? "trace" : text.substr(0, equals);
  const std::string value = equals == text.npos ? text : text.substr(equals + 1);
  const auto is = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), qualifier) != names.end();
  };
  if (is({"abbrev", "a", "verbose", "v"}) && (value == "none" || value == "all")) {
    const bool abbreviates = is({"abbrev", "a"}) == (value == "all");
    if (is({"abbrev", "a"})) options.verbose = !abbreviates;
  } else if (is({"decode-fd", "decode-fds"}) && (value == "all" || value == "path" || value == "none")) {
    options.fd_paths = value != "none";
  } else if (is({"quiet", "silent", "silence", "q"})) {
    options.strace->exits = value.find("exit") == value.npos && value != "all";
  } else if (is({"trace", "t", "signal", "signals", "s", "status"})) {
    set_expression(options, text);
  } else {
    throw cli::UsageError(
        fmt::format("-e {}: this qualifier is not there yet; trace=, signal=, status=, "
                    "abbrev=, decode-fds= and quiet= are",
                    escaped(text)));
  }
}

void set_column(Options& options, const std::string& text) {
  options.strace->column = parse_count<std::size_t>("-a", text);
}

void take(Options& options, Times& times, int letter, const std::string& value) {
  render::StraceOptions& strace = *options.strace;
  switch (letter) {
    case 'a':
      return set_column(options, value);
    case 'c':
      options.count_calls = options.only_counts = true;
      options.filter.kinds = {};
      return;
    case 'C':
      options.count_calls = true;
      return;
    case 'e':
      return set_qualifier(options, value);
    case 'E':
      return set_environment(options, value);
    case 'f':
    case 'F':
      strace.follows = true;
      return;
    case 'n':
      strace.numbers = true;
      return;
    case 'o':
      return set_output(options, value);
    case 'p':
      for (const Pid pid : cli::parse_pids(value)) options.pids.push_back(pid);
      return;
    case 'q':
      ++times.quiet;
      return;
    case 'r':
      strace.relative_digits = 6;
      return;
    case 's':
      return set_string_limit(options, value);
    case 't':
      ++times.clock;
      return;
    case 'T':
      strace.duration_digits = 6;
      return;
    case 'u':
      return set_user(options, value);
    case 'v':
      options.verbose = true;
      return;
    case 'y':
      options.fd_paths = true;
      return;
    case seccomp_bpf:
      options.seccomp_bpf = true;
      return;
    case 'z':
      strace.failed = false;
      return;
    case 'Z':
      strace.successful = false;
      return;
    default:
      break;
  }
}

[[noreturn]] void refuse(char** argv) {
  const std::string word =
      ::optopt != 0 ? fmt::format("-{}", static_cast<char>(::optopt)) : std::string(argv[::optind - 1]);
  if (::optopt != 0 && not_there_yet.find(static_cast<char>(::optopt)) != not_there_yet.npos)
    throw cli::UsageError(fmt::format("{}: this option of strace is not there yet", word));
  throw cli::UsageError(
      fmt::format("{}: there is no such option in strace's dialect; see strace(1), or leave "
                  "out --strace for our own",
                  escaped(word)));
}

void settle(Options& options, const Times& times) {
  render::StraceOptions& strace = *options.strace;
  strace.time = times.clock == 0   ? render::StraceTime::none
                : times.clock == 1 ? render::StraceTime::wall
                : times.clock == 2 ? render::StraceTime::wall_us
                                   : render::StraceTime::epoch_us;
  if (times.quiet >= 2) strace.exits = false;
  strace.attaches = times.quiet == 0;
  if (strace.follows)
    strace.pid = options.output.empty() ? render::StracePid::when_several : render::StracePid::always;
  options.threads = true;
  options.seccomp_bpf &= strace.follows && options.pids.empty();  // strace(1)
  if (!options.trace) options.trace = "all";
  if (options.program.empty() == options.pids.empty())
    throw cli::UsageError("must have PROG [ARGS] or -p PID");
}

Asked parse(int argc, char** argv, Options& options) {
  Times times;
  ::optind = 1;
  ::opterr = 0;
  for (int letter = 0; (letter = ::getopt_long(argc, argv, short_options, long_options, nullptr)) != -1;) {
    if (letter == 'V') return Asked::version;
    if (letter == ':')
      throw cli::UsageError(fmt::format("-{}: its value is missing", static_cast<char>(::optopt)));
    if (letter == '?' || letter == 'h') refuse(argv);
    take(options, times, letter, ::optarg == nullptr ? "" : ::optarg);
  }
  options.program.assign(argv + ::optind, argv + argc);
  settle(options, times);
  return Asked::trace;
}

}  // namespace

bool asks_for_strace(int argc, char** argv) {
  const std::string_view name = argc > 0 ? argv[0] : "";
  if (name.substr(name.rfind('/') + 1) == "strace") return true;
  return argc > 1 && argv[1] == switch_word;
}

std::optional<int> parse_strace_options(int argc, char** argv, Options& options) {
  options.strace.emplace();
  const bool is_switch = argc > 1 && argv[1] == switch_word;
  if (is_switch) {
    std::rotate(argv, argv + 1, argv + 2);
    --argc;
    ++argv;
  }
  try {
    if (parse(argc, argv, options) == Asked::trace) return std::nullopt;
    fmt::print("{}\n", cli::version_line("ptrace-fork"));
    return cli::exit_ok;
  } catch (const cli::UsageError& error) {
    return cli::complain("strace", error.what());
  }
}

}  // namespace ptop::ptrace_fork
