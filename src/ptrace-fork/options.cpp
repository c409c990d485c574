// The command line of ptrace-fork: what it is called, what it means, what is wrong with it.
#include "options.hpp"

#include <algorithm>
#include <array>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "command_line.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/number.hpp"
#include "ptop/insight/selection.hpp"

namespace ptop::ptrace_fork {
namespace {

constexpr std::size_t max_string_limit = std::size_t{1} << 20U;

template <class T>
T parsed(std::string_view option, Result<T> result) {
  if (!result) throw cli::UsageError(fmt::format("{}: {}", option, result.error().what));
  return std::move(*result);
}

// strace's -e takes QUALIFIER=SET; a bare SET means trace=SET.
void set_expression(Options& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string qualifier = equals == text.npos ? "trace" : text.substr(0, equals);
  const std::string set = equals == text.npos ? text : text.substr(equals + 1);
  if (set.empty()) throw cli::UsageError("-e: the set is empty; use for example -e trace=openat,%process");
  if (qualifier == "trace" || qualifier == "t") {
    options.trace = set;
  } else if (qualifier == "signal" || qualifier == "signals" || qualifier == "s") {
    options.filter.signals = parsed("-e signal", follow::parse_signal_set(set));
  } else if (qualifier == "status") {
    options.filter.statuses = parsed("-e status", follow::parse_call_statuses(set));
  } else {
    throw cli::UsageError(fmt::format("-e: '{}=' is not known here; there are trace=, signal= and status=",
                                      escaped(qualifier)));
  }
}

/// "500ms", "10", "1.5s", "2m", "1h"; a bare number is of seconds.
std::uint64_t parse_duration(std::string_view option, const std::string& text) {
  constexpr std::array<std::pair<std::string_view, double>, 6> units{
      {{"", 1e9}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}}};
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto number = parse_number<double>(std::string_view(text).substr(0, end));
  const auto unit =
      std::ranges::find(units, std::string_view(text).substr(end), [](const auto& u) { return u.first; });
  constexpr double longest = 1e18;
  if (!number || unit == units.end() || *number * unit->second > longest) {
    throw cli::UsageError(
        fmt::format("{}: '{}' is no duration; use for example 500ms, 10s or 2m", option, escaped(text)));
  }
  return static_cast<std::uint64_t>(*number * unit->second);
}

template <class T>
T parse_count(std::string_view option, const std::string& text) {
  const auto number = parse_number<T>(text);
  if (!number) throw cli::UsageError(fmt::format("{}: '{}' is not a number", option, escaped(text)));
  return *number;
}

void set_user(Options& options, const std::string& name) {
  const auto number = parse_number<std::uint32_t>(name);
  const passwd* const entry = number ? ::getpwuid(*number) : ::getpwnam(name.c_str());
  if (!entry) throw cli::UsageError(fmt::format("-u: there is no user '{}'", escaped(name)));
  if (::geteuid() != 0 && entry->pw_uid != ::geteuid())
    throw cli::UsageError("-u: only root can run a program as another user");
  int count = 64;
  std::vector<gid_t> groups(static_cast<std::size_t>(count));
  while (::getgrouplist(entry->pw_name, entry->pw_gid, groups.data(), &count) < 0)
    groups.resize(static_cast<std::size_t>(count));
  groups.resize(static_cast<std::size_t>(count));
  options.run_as = trace::RunAs{Uid(entry->pw_uid), Gid(entry->pw_gid), {groups.begin(), groups.end()}};
}

void set_environment(Options& options, const std::string& text) {
  if (text.empty() || text.front() == '=') throw cli::UsageError("-E: use NAME=VALUE, or NAME to remove it");
  options.environment.push_back(text);
}

void set_string_limit(Options& options, const std::string& text) {
  const auto number = parse_number<std::size_t>(text);
  if (!number || *number > max_string_limit) {
    throw cli::UsageError(
        fmt::format("-s: '{}' is not a number of bytes from 0 to {}", escaped(text), max_string_limit));
  }
  options.string_limit = *number;
}

void set_query(Options& options, const std::string& text) {
  auto query = insight::parse_selection(text);
  if (!query) throw cli::UsageError("--only: " + model::explain(query.error(), text));
  options.only = std::move(*query);
}

void set_output(Options& options, const std::string& text) {
  if (text.empty()) throw cli::UsageError("-o: the name of the file is empty");
  options.output = text;
}

void add_pid_options(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         "-p,--attach",
         [&options](const std::vector<std::string>& lists) {
           for (const std::string& list : lists) {
             for (const Pid pid : cli::parse_pids(list)) options.pids.push_back(pid);
           }
         },
         "attach to these processes instead of starting one; may be repeated")
      ->type_name("PID[,PID...]")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->group("Which processes");
  app.add_flag("--tree", options.tree, "with -p: their living descendants too")->group("Which processes");
  app.add_flag("--threads,!--no-threads", options.threads,
               "log the births and ends of threads too; off by default")
      ->group("Which processes");
}

void add_what_options(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         "-e,--trace",
         [&options](const std::vector<std::string>& list) {
           for (const std::string& text : list) set_expression(options, text);
         },
         "log these system calls too: all, none, names and %groups separated by commas; '!' before the set "
         "inverts it. -e trace=SET is the same, as in strace(1); -e signal=SET: only these signals; -e "
         "status=SET: "
         "only calls that were successful, failed or unfinished")
      ->type_name("SET")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false)
      ->group("What is logged");
  app.add_option_function<std::string>(
         "--events",
         [&options](const std::string& text) {
           options.filter.kinds = parsed("--events", follow::parse_event_kinds(text));
         },
         "log only these events: attach, fork, vfork, clone, exec, exec_failed, recipe, exit, reaped, "
         "reparent, signal, "
         "stop, continue, syscall, inherited, fd_audit, detach; '!' before the list inverts it")
      ->type_name("SET")
      ->group("What is logged");
  app.add_option_function<std::string>(
         "--depth",
         [&options](const std::string& text) {
           options.filter.depth = parse_count<std::uint32_t>("--depth", text);
         },
         "log only processes so deep in the tree; 0: where following began; the deeper ones are followed all "
         "the same")
      ->type_name("N")
      ->group("What is logged");
  app.add_option_function<std::string>(
         "--only", [&options](const std::string& text) { set_query(options, text); },
         "log only processes that match, as ptop ps would, and the births, execs and ends of their ancestors")
      ->type_name("QUERY")
      ->group("What is logged");
  app.add_option_function<std::string>(
         "-s,--string-limit", [&options](const std::string& text) { set_string_limit(options, text); },
         "print at most this many bytes of a string (32)")
      ->type_name("N")
      ->group("What is logged");
  app.add_flag("-v,--verbose", options.verbose, "whole environments and structures")->group("What is logged");
  app.add_flag("--recipe", options.recipes,
               "how each program is prepared: what its process does from its birth to its exec; and execs "
               "that fail")
      ->group("What is logged");
  app.add_flag(
         "--fd-audit", options.fd_audit,
         "which descriptors cross an exec: who opened them, whether anything says that it was meant, and "
         "what was seen to be done with them")
      ->group("What is logged");
  app.add_flag("-y,--decode-fds", options.fd_paths, "the path behind each file descriptor")
      ->group("What is logged");
}

void add_end_options(CLI::App& app, Options& options) {
  app.add_option_function<std::string>(
         "--timeout",
         [&options](const std::string& text) { options.timeout_ns = parse_duration("--timeout", text); },
         "let everything go after this time; the program runs on")
      ->type_name("DURATION")
      ->group("When the log ends");
  app.add_option_function<std::string>(
         "--max-events",
         [&options](const std::string& text) {
           options.filter.most = parse_count<std::uint64_t>("--max-events", text);
         },
         "let everything go after so many events")
      ->type_name("N")
      ->group("When the log ends");
}

void add_program_options(CLI::App& app, Options& options) {
  app.add_option_function<std::vector<std::string>>(
         "-E,--env",
         [&options](const std::vector<std::string>& list) {
           for (const std::string& text : list) set_environment(options, text);
         },
         "a variable of the program's environment; NAME alone removes it; may be repeated")
      ->type_name("NAME[=VALUE]")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->group("The program");
  app.add_option_function<std::string>(
         "-u,--user", [&options](const std::string& text) { set_user(options, text); },
         "run the program with the IDs and groups of this user")
      ->type_name("USER")
      ->group("The program");
  app.add_flag(
         "-D,--daemonize", options.daemonize,
         "follow from a detached grandchild, so that the program is a child of the caller as if untraced")
      ->group("The program");
  app.add_option("--argv0", options.argv0, "what the program finds as its argv[0]")
      ->type_name("NAME")
      ->group("The program");
}

void add_time_options(CLI::App& app, Options& options) {
  app.add_flag_function(
         "-t",
         [&options](std::int64_t count) {
           options.time = count >= 3   ? render::TimeStyle::epoch_us
                          : count == 2 ? render::TimeStyle::clock_us
                                       : render::TimeStyle::clock;
         },
         "wall clock time on each line; -tt with microseconds, -ttt in seconds since 1970")
      ->group("Look");
  app.add_flag("-r,--relative-timestamps", options.since_last, "the time since the line before")
      ->group("Look");
  app.add_flag("-T,--syscall-times", options.durations, "how long each system call took")->group("Look");
  app.add_flag("--summary", options.summary,
               "at the end the process tree with times, costs and exit statuses")
      ->group("Look");
  app.add_flag_function(
         "-c,--summary-only",
         [&options](std::int64_t) {
           options.count_calls = options.only_counts = true;
           options.filter.kinds = {};
         },
         "only a table at the end: each system call's count, errors and time; all calls unless -e says which")
      ->group("Look");
  app.add_flag("-C,--with-counts", options.count_calls, "that table behind the log")->group("Look");
  app.add_flag_function(
         "-q,--quiet",
         [&options](std::int64_t count) {
           for (const auto kind : {follow::EventKind::attach, follow::EventKind::detach})
             options.filter.kinds.remove(kind);
           if (count > 1) options.filter.kinds.remove(follow::EventKind::exit);
         },
         "no lines about attaching and detaching; -qq none about exits either")
      ->group("Look");
}

void add_look_options(CLI::App& app, Options& options) {
  app.add_flag("--json", options.json, "JSON Lines, schema ptop.events/1")->group("Look");
  app.add_option_function<std::string>(
         "-o,--output", [&options](const std::string& text) { set_output(options, text); },
         "write the log to this file instead of stderr; with '|' first, to this command's standard input")
      ->type_name("FILE")
      ->group("Look");
  cli::add_colour_option(app, options.colour)->group("Look");
}

void check_together(const Options& options) {
  if (options.program.empty() && options.pids.empty()) {
    throw cli::UsageError("nothing to follow: give a program to run, or -p PID to attach to a process");
  }
  if (!options.program.empty() && !options.pids.empty()) {
    throw cli::UsageError("-p attaches and PROG starts a program: give one of them, not both");
  }
  const bool about_program =
      !options.environment.empty() || options.argv0 || options.run_as || options.daemonize;
  if (options.program.empty() && about_program) {
    throw cli::UsageError(
        "-D, -E, -u and --argv0 are about a program that is started: give one instead of -p");
  }
  if (options.json && options.count_calls) {
    throw cli::UsageError("-c and -C are text: leave out --json, or ask jq to count");
  }
  if (options.json && options.summary) {
    throw cli::UsageError("--summary is text: leave out --json, or ask jq for a summary of the JSON");
  }
  if (options.tree && options.pids.empty()) {
    throw cli::UsageError(
        "--tree needs -p: a program that is started is always followed with its descendants");
  }
}

}  // namespace

void describe_options(CLI::App& app, Options& options) {
  app.name("ptrace-fork");
  app.description(
      "Run a program, or attach to processes, and log what the process tree does: forks, execs, exits, "
      "signals, stops; system calls when asked for.");
  cli::dress(app, {"ptrace-fork [OPTIONS] [--] PROG [ARG...]", "ptrace-fork [OPTIONS] -p PID[,PID...]"});
  app.footer(
      "Exit status: the program's own; ptrace-fork dies of the signal that killed the\n"
      "program. 125 own failure, 126 not executable, 127 not found, 2 wrong usage.");
  add_pid_options(app, options);
  add_what_options(app, options);
  add_end_options(app, options);
  add_program_options(app, options);
  add_time_options(app, options);
  add_look_options(app, options);
}

std::optional<int> parse_options(int argc, char** argv, Options& options) {
  CLI::App app;
  describe_options(app, options);
  // Everything from PROG on belongs to PROG, also what looks like an option of ours.
  auto [own, program] = cli::split_at_first_operand(app, {argv + 1, argv + argc});
  if (const auto status = cli::parse(app, std::move(own))) return status;
  options.program = std::move(program);
  try {
    check_together(options);
    if (options.only_counts && !options.trace) options.trace = "all";
  } catch (const cli::UsageError& error) {
    return cli::complain(app.get_name(), error.what());
  }
  return std::nullopt;
}

}  // namespace ptop::ptrace_fork
