// strace's options, strace's defaults: strace(1) of 6.1.
#include "strace_options.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <getopt.h>
#include <unistd.h>

#include <fmt/format.h>

#include "command_line.hpp"
#include "option_values.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/message.hpp"
#include "ptop/trace/unwind.hpp"
#include "strace_help.hpp"
#include "strace_values.hpp"

namespace ptop::ptrace_fork {
namespace {

constexpr std::string_view switch_word = "--strace";
constexpr char short_options[] = "+:a:Ab:cCdDe:E:fFhiI:kno:O:p:P:qrs:S:tTu:U:vVwxX:yYzZ";

/// Long options without a letter, and those whose letter takes no value.
enum Long : int {
  long_abbrev = 256,
  long_verbose,
  long_raw,
  long_trace,
  long_signal,
  long_status,
  long_read,
  long_write,
  long_inject,
  long_fault,
  long_kvm,
  long_quiet,
  long_decode_fds,
  long_decode_pids,
  long_relative,
  long_absolute,
  long_times,
  long_hex,
  long_daemonize,
  long_separately,
  long_seccomp,
  long_tips,
  long_json_file,
  long_no_share_cpu,
};

const option long_options[] = {
    {"abbrev", required_argument, nullptr, long_abbrev},
    {"absolute-timestamps", optional_argument, nullptr, long_absolute},
    {"attach", required_argument, nullptr, 'p'},
    {"columns", required_argument, nullptr, 'a'},
    {"const-print-style", required_argument, nullptr, 'X'},
    {"daemonise", optional_argument, nullptr, long_daemonize},
    {"daemonize", optional_argument, nullptr, long_daemonize},
    {"daemonized", optional_argument, nullptr, long_daemonize},
    {"debug", no_argument, nullptr, 'd'},
    {"decode-fds", optional_argument, nullptr, long_decode_fds},
    {"decode-pids", required_argument, nullptr, long_decode_pids},
    {"detach-on", required_argument, nullptr, 'b'},
    {"env", required_argument, nullptr, 'E'},
    {"failed-only", no_argument, nullptr, 'Z'},
    {"failing-only", no_argument, nullptr, 'Z'},
    {"fault", required_argument, nullptr, long_fault},
    {"follow-forks", no_argument, nullptr, 'f'},
    {"help", no_argument, nullptr, 'h'},
    {"inject", required_argument, nullptr, long_inject},
    {"instruction-pointer", no_argument, nullptr, 'i'},
    {"interruptible", required_argument, nullptr, 'I'},
    {"json-file", required_argument, nullptr, long_json_file},  // ours
    {"kvm", required_argument, nullptr, long_kvm},
    {"no-abbrev", no_argument, nullptr, 'v'},
    {"output", required_argument, nullptr, 'o'},
    {"output-append-mode", no_argument, nullptr, 'A'},
    {"output-separately", no_argument, nullptr, long_separately},
    {"quiet", optional_argument, nullptr, long_quiet},
    {"raw", required_argument, nullptr, long_raw},
    {"no-share-cpu", no_argument, nullptr, long_no_share_cpu},  // ours
    {"read", required_argument, nullptr, long_read},
    {"reads", required_argument, nullptr, long_read},
    {"relative-timestamps", optional_argument, nullptr, long_relative},
    {"seccomp-bpf", no_argument, nullptr, long_seccomp},
    {"signal", required_argument, nullptr, long_signal},
    {"signals", required_argument, nullptr, long_signal},
    {"silence", optional_argument, nullptr, long_quiet},
    {"silent", optional_argument, nullptr, long_quiet},
    {"stack-traces", no_argument, nullptr, 'k'},
    {"status", required_argument, nullptr, long_status},
    {"string-limit", required_argument, nullptr, 's'},
    {"strings-in-hex", optional_argument, nullptr, long_hex},
    {"successful-only", no_argument, nullptr, 'z'},
    {"summary", no_argument, nullptr, 'C'},
    {"summary-columns", required_argument, nullptr, 'U'},
    {"summary-only", no_argument, nullptr, 'c'},
    {"summary-sort-by", required_argument, nullptr, 'S'},
    {"summary-syscall-overhead", required_argument, nullptr, 'O'},
    {"summary-wall-clock", no_argument, nullptr, 'w'},
    {"syscall-number", no_argument, nullptr, 'n'},
    {"syscall-times", optional_argument, nullptr, long_times},
    {"tips", optional_argument, nullptr, long_tips},
    {"trace", required_argument, nullptr, long_trace},
    {"trace-path", required_argument, nullptr, 'P'},
    {"user", required_argument, nullptr, 'u'},
    {"verbose", required_argument, nullptr, long_verbose},
    {"version", no_argument, nullptr, 'V'},
    {"write", required_argument, nullptr, long_write},
    {"writes", required_argument, nullptr, long_write},
    {nullptr, 0, nullptr, 0},
};

enum class Asked { trace, version, help };

/// How often an option was given, where that counts, and what waits for the others.
struct Times {
  int quiet = 0, clock = 0, fds = 0, hex = 0, follows = 0, aside = 0;
  bool quiet_attach = false, quiet_exit = false, quiet_paths = false, quiet_personality = false,
       quiet_execve = false;
  bool relative = false, separately = false, wall = false, count_looks = false;
  std::vector<std::string> paths;
};

/// What strace has and the dialect has not.
[[noreturn]] void refuse_missing(std::string_view option, std::string_view reason) {
  throw cli::UsageError(fmt::format("{}: this option of strace is not here: {}", option, reason));
}
constexpr std::string_view changes_nothing = "ptrace-fork never changes what a program does";
constexpr std::string_view knows_no_exits = "why a virtual CPU of kvm came back is not shown";

decode::SyscallSet parse_set(std::string_view qualifier, const std::string& text) {
  auto set = decode::SyscallSet::parse(text);
  if (!set) throw cli::UsageError(fmt::format("-e {}: {}", qualifier, set.error().what));
  return *set;
}

decode::SyscallSet parse_complement(std::string_view qualifier, const std::string& text) {
  return parse_set(qualifier, text.starts_with('!') ? text.substr(1) : "!" + text);
}

void set_descriptor_words(Options& options, std::string_view text) {
  StraceDialect& dialect = *options.strace;
  const std::array<SetWord, 4> words{{{"path", &options.fd_paths},
                                      {"socket", &dialect.sockets},
                                      {"dev", &dialect.devices},
                                      {"pidfd", &dialect.pidfds}}};
  parse_word_set("-e decode-fds", text, words);
}

void set_quiet_words(Times& times, std::string_view text) {
  const std::array<SetWord, 5> words{{{"attach", &times.quiet_attach},
                                      {"exit", &times.quiet_exit},
                                      {"path-resolution", &times.quiet_paths},
                                      {"personality", &times.quiet_personality},
                                      {"thread-execve", &times.quiet_execve}}};
  parse_word_set("-e quiet", text, words);
}

void set_pid_words(Options& options, std::string_view text) {
  const std::array<SetWord, 2> words{
      {{"comm", &options.strace->text.comms}, {"pidns", &options.strace->outer_pids}}};
  parse_word_set("--decode-pids", text, words);
}

void set_status_words(Options& options, std::string_view text) {
  bool successful = false, failed = false, unfinished = false, unavailable = false, detached = false;
  const std::array<SetWord, 5> words{{{"successful", &successful},
                                      {"failed", &failed},
                                      {"unfinished", &unfinished},
                                      {"unavailable", &unavailable},
                                      {"detached", &detached}}};
  parse_word_set("-e status", text, words);
  follow::CallStatuses& statuses = options.strace->text.statuses = {};
  if (successful) statuses |= follow::CallStatus::successful;
  if (failed) statuses |= follow::CallStatus::failed;
  if (unfinished) statuses |= follow::CallStatus::unfinished;
  options.strace->text.detached = detached;
}

// strace(1), "-e": these qualifiers change how calls look; trace=, signal= and status= choose them.
void set_qualifier(Options& options, Times& times, const std::string& qualifier, const std::string& value) {
  const auto is = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), qualifier) != names.end();
  };
  StraceDialect& dialect = *options.strace;
  if (is({"trace", "t"})) return set_expression(options, "trace=" + value);
  if (is({"signal", "signals", "s"})) return set_expression(options, "signal=" + value);
  if (is({"status"})) return set_status_words(options, value);
  if (is({"abbrev", "a"})) return void(dialect.whole = parse_complement(qualifier, value));
  if (is({"verbose", "v"})) return void(dialect.structures = parse_set(qualifier, value));
  if (is({"raw", "x"})) return void(dialect.raw = parse_set(qualifier, value));
  if (is({"decode-fd", "decode-fds"})) return set_descriptor_words(options, value);
  if (is({"decode-pid", "decode-pids"})) return set_pid_words(options, value);
  if (is({"quiet", "silent", "silence", "q"})) return set_quiet_words(times, value);
  if (is({"read", "reads", "r"})) return void(dialect.data.read = parse_descriptor_set("-e read", value));
  if (is({"write", "writes", "w"}))
    return void(dialect.data.written = parse_descriptor_set("-e write", value));
  if (is({"inject", "fault"})) refuse_missing(fmt::format("-e {}=", qualifier), changes_nothing);
  if (is({"kvm"})) refuse_missing("-e kvm=", knows_no_exits);
  throw cli::UsageError(
      fmt::format("-e {}=: strace has no such qualifier; see strace(1)", escaped(qualifier)));
}

void set_any_expression(Options& options, Times& times, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos) return set_qualifier(options, times, "trace", text);
  set_qualifier(options, times, text.substr(0, equals), text.substr(equals + 1));
}

void set_aside(Options& options, Times& times, std::string_view text) {
  constexpr std::array<std::string_view, 3> levels{"grandchild", "pgroup", "session"};
  const auto level = std::find(levels.begin(), levels.end(), text.empty() ? levels.front() : text);
  if (level == levels.end())
    throw cli::UsageError(
        fmt::format("--daemonize: '{}' is not known; use grandchild, pgroup or session", escaped(text)));
  options.daemonize = true;
  times.aside = static_cast<int>(level - levels.begin()) + 1;
}

void set_detach_on(Options& options, std::string_view call) {
  if (call != "execve")
    throw cli::UsageError(fmt::format("-b: '{}' is not known; use execve", escaped(call)));
  options.strace->detach_at_exec = true;
}

/// -z and -Z say what -e status= says; of several the last one counts.
void set_only(Options& options, follow::CallStatus status) {
  static const follow::CallStatuses usual = render::StraceOptions{}.statuses;
  if (options.strace->text.statuses != usual && options.strace->text.statuses != follow::CallStatuses(status))
    say("strace",
        "Only the last of -z/--successful-only/-Z/--failed-only options will take effect. See status "
        "qualifier for more complex filters.");
  options.strace->text.statuses = status;
  options.strace->text.detached = false;
}

/// Options that are about the look of lines. False: it is another one.
bool take_look(Options& options, Times& times, int letter, const std::string& value) {
  render::StraceOptions& text = options.strace->text;
  switch (letter) {
    case 'a':
      text.column = parse_count<std::size_t>("-a", value);
      return true;
    case 'i':
      text.instructions = true;
      return true;
    case 'k':
      if (!trace::can_unwind()) throw cli::UsageError("-k: this ptrace-fork was built without libunwind");
      options.strace->stacks = true;
      return true;
    case 'n':
      text.numbers = true;
      return true;
    case 'q':
      ++times.quiet;
      return true;
    case 'r':
      text.relative_digits = 6;
      return true;
    case 's':
      set_string_limit(options, value);
      return true;
    case 't':
      ++times.clock;
      return true;
    case 'T':
      text.duration_digits = 6;
      return true;
    case 'v':
      options.verbose = true;
      return true;
    case 'x':
      ++times.hex;
      return true;
    case 'X':
      text.style.constants = parse_constant_style(value);
      return true;
    case 'y':
      ++times.fds;
      return true;
    case 'Y':
      text.comms = true;
      return true;
    case long_relative:
      text.relative_digits = value.empty() ? 6 : parse_precision("--relative-timestamps", value);
      return true;
    case long_absolute:
      set_absolute_timestamps(text, value.empty() ? "time" : value);
      return true;
    case long_times:
      text.duration_digits = value.empty() ? 6 : parse_precision("--syscall-times", value);
      return true;
    case long_hex:
      text.style.hex = parse_hex_strings(value);
      return true;
    case long_decode_fds:
      set_descriptor_words(options, value.empty() ? "path" : value);
      return true;
    case long_decode_pids:
      set_pid_words(options, value);
      return true;
    case long_quiet:
      set_quiet_words(times, value.empty() ? "attach,personality" : value);
      return true;
    default:
      return false;
  }
}

/// Options of the table at the end.
bool take_count(Options& options, Times& times, int letter, const std::string& value) {
  render::StraceCountOptions& counts = options.strace->counts;
  switch (letter) {
    case 'c':
      options.only_counts = true;
      return true;
    case 'C':
      options.count_calls = true;
      return true;
    case 'S':
      counts.sort = parse_count_sort(value);
      times.count_looks = true;
      return true;
    case 'U':
      counts.columns = parse_count_columns(value);
      times.count_looks = true;
      return true;
    case 'O':
      counts.overhead_ns = parse_overhead(value);
      times.count_looks = true;
      return true;
    case 'w':
      counts.wall = times.wall = true;
      return true;
    default:
      return false;
  }
}

struct QualifierOption {
  int letter;
  const char* qualifier;
};
constexpr QualifierOption qualifier_options[] = {
    {long_abbrev, "abbrev"}, {long_verbose, "verbose"}, {long_raw, "raw"},   {long_trace, "trace"},
    {long_signal, "signal"}, {long_status, "status"},   {long_read, "read"}, {long_write, "write"},
};

/// -e, and options that are qualifiers with a name of their own.
bool take_qualifier(Options& options, Times& times, int letter, const std::string& value) {
  if (letter == 'e') {
    set_any_expression(options, times, value);
    return true;
  }
  const auto found = std::ranges::find(qualifier_options, letter, &QualifierOption::letter);
  if (found == std::end(qualifier_options)) return false;
  set_qualifier(options, times, found->qualifier, value);
  return true;
}

void take(Options& options, Times& times, int letter, const std::string& value) {
  if (take_look(options, times, letter, value) || take_count(options, times, letter, value) ||
      take_qualifier(options, times, letter, value))
    return;
  switch (letter) {
    case 'A':
      options.strace->append = true;
      return;
    case 'b':
      return set_detach_on(options, value);
    case 'd':
      refuse_missing("-d, --debug", "it shows the inside of strace, which this is not");
    case 'D':
      ++times.aside;
      options.daemonize = true;
      return;
    case long_daemonize:
      return set_aside(options, times, value);
    case 'E':
      return set_environment(options, value);
    case 'f':
    case 'F':
      ++times.follows;
      return;
    case 'I':
      options.strace->deaf = parse_interruptible(value);
      return;
    case long_no_share_cpu:
      options.share_cpu = false;
      return;
    case long_json_file:
      return set_json_file(options, value);
    case long_separately:
      times.separately = true;
      return;
    case 'o':
      return set_output(options, value);
    case 'p':
      for (const Pid pid : cli::parse_pids(value)) options.pids.push_back(pid);
      return;
    case 'P':
      times.paths.push_back(value);
      return;
    case 'u':
      return set_user(options, value);
    case long_inject:
      refuse_missing("--inject", changes_nothing);
    case long_fault:
      refuse_missing("--fault", changes_nothing);
    case long_kvm:
      refuse_missing("--kvm", knows_no_exits);
    case long_tips:
      refuse_missing("--tips", "strace(1) and ptrace-fork(1) have examples");
    case long_seccomp:
      options.seccomp_bpf = true;
      return;
    case 'z':
      return set_only(options, follow::CallStatus::successful);
    case 'Z':
      return set_only(options, follow::CallStatus::failed);
    default:
      return;
  }
}

[[noreturn]] void refuse(char** argv) {
  const std::string word =
      ::optopt != 0 ? fmt::format("-{}", static_cast<char>(::optopt)) : std::string(argv[::optind - 1]);
  throw cli::UsageError(
      fmt::format("{}: there is no such option in strace's dialect; see strace(1), or leave "
                  "out --strace for our own",
                  escaped(word)));
}

void settle_look(Options& options, const Times& times) {
  StraceDialect& dialect = *options.strace;
  render::StraceOptions& text = dialect.text;
  if (times.clock > 0) {
    text.clock = times.clock >= 3 ? render::StraceClock::unix_time : render::StraceClock::time;
    text.clock_digits = times.clock >= 2 ? 6 : 0;
  }
  if (times.hex > 0) text.style.hex = times.hex == 1 ? HexBytes::odd_strings : HexBytes::always;
  if (times.fds > 0) options.fd_paths = true;
  if (times.fds > 1) dialect.sockets = dialect.devices = dialect.pidfds = true;
  text.attaches = times.quiet == 0 && !times.quiet_attach;
  text.conventions = times.quiet == 0 && !times.quiet_personality;
  text.exits = times.quiet < 2 && !times.quiet_exit;
  text.superseded = times.quiet < 3 && !times.quiet_execve;
}

void settle_output(Options& options, const Times& times) {
  StraceDialect& dialect = *options.strace;
  render::StraceOptions& text = dialect.text;
  text.follows = dialect.counts.follows = times.follows > 0;
  // strace(1), -q: whoever started the program himself and has the log in a file knows.
  if (!options.output.empty() && options.pids.empty()) text.attaches = text.conventions = false;
  text.aside = options.daemonize;
  if (dialect.append && options.output.empty())
    say("strace", "-A/--output-append-mode has no effect without -o/--output");
  const bool separately = times.separately || times.follows > 1;
  dialect.separate = separately && !options.output.empty();
  const bool several = text.follows || options.pids.size() > 1;
  if (several && !dialect.separate)
    text.pid = options.output.empty() ? render::StracePid::when_several : render::StracePid::always;
  if (dialect.separate && (options.only_counts || options.count_calls))
    throw cli::UsageError("-c and -C count all processes: leave out -ff, or -o");
  if (dialect.separate && options.output.front() == '|')
    throw cli::UsageError("-ff writes files: -o cannot be a command then");
}

/// -c: of the log only who is attached to and let go remains.
void leave_only_messages(Options& options) {
  using enum follow::EventKind;
  options.filter.kinds = {attach, fork, vfork, clone, exec, exit};
  options.strace->text.exits = options.strace->text.superseded = false;
}

void settle(Options& options, const Times& times) {
  settle_look(options, times);
  settle_output(options, times);
  if (options.only_counts && options.count_calls)
    throw cli::UsageError("-c and -C are mutually exclusive: only the table, or the table behind the log");
  if (times.wall && !options.only_counts && !options.count_calls)
    throw cli::UsageError("-w is about the table: give -c or -C too");
  if (options.only_counts) options.count_calls = true;
  if (options.only_counts) leave_only_messages(options);
  if (times.aside > 0)
    options.strace->aside = static_cast<StraceDialect::Aside>(std::min(times.aside, 3) - 1);
  for (const std::string& path : times.paths)
    add_path(*options.strace, path, times.quiet >= 3 || times.quiet_paths);
  options.seccomp_bpf &= options.strace->text.follows && options.pids.empty();  // strace(1)
  if (options.seccomp_bpf && options.strace->detach_at_exec) {
    say("strace", "--seccomp-bpf is left out: with its filter -b could not let a program go");
    options.seccomp_bpf = false;
  }
  options.threads = true;
  if (!options.trace) options.trace = "all";
  if (options.program.empty() == options.pids.empty())
    throw cli::UsageError("must have PROG [ARGS] or -p PID");
  check_outputs(options);
}

Asked parse(int argc, char** argv, Options& options) {
  Times times;
  ::optind = 1;
  ::opterr = 0;
  for (int letter = 0; (letter = ::getopt_long(argc, argv, short_options, long_options, nullptr)) != -1;) {
    if (letter == 'V') return Asked::version;
    if (letter == 'h') return Asked::help;
    if (letter == ':') throw cli::UsageError(fmt::format("{}: its value is missing", argv[::optind - 1]));
    if (letter == '?') refuse(argv);
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
    const Asked asked = parse(argc, argv, options);
    if (asked == Asked::trace) return std::nullopt;
    const std::string text(asked == Asked::version ? cli::version_line("ptrace-fork") : strace_help);
    return cli::status_of_output("strace", write_or_lose(STDOUT_FILENO, text + "\n"), own_failure);
  } catch (const cli::UsageError& error) {
    return cli::complain("strace", error.what());
  }
}

}  // namespace ptop::ptrace_fork
