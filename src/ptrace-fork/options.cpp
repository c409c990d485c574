// The command line of ptrace-fork: what it is called, what it means, what is wrong with it.
#include "options.hpp"

#include <algorithm>

#include <unistd.h>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "command_line.hpp"
#include "option_values.hpp"
#include "ptop/insight/selection.hpp"
#include "ptop/render/syscall_list.hpp"

namespace ptop::ptrace_fork {
namespace {

void set_query(Options& options, const std::string& text) {
  if (text.find_first_not_of(" \t\n") == text.npos)
    throw cli::UsageError("--only: the query is empty; use for example --only 'name=make'");
  auto query = insight::parse_selection(text);
  if (!query) throw cli::UsageError("--only: " + model::explain_in_line(query.error(), text));
  options.only = std::move(*query);
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
           if (text.empty() || text == "!")
             throw cli::UsageError("--events: the set is empty; use for example --events exec,exit");
           options.events = text;
           options.filter.kinds = parsed("--events", follow::parse_event_kinds(text));
         },
         "log only these events: attach, fork, vfork, clone, exec, exec_failed, recipe, exit, reaped, "
         "reparent, signal, "
         "stop, continue, syscall, inherited, fd_audit, detach, lost, note; all or none; '!' before the list "
         "inverts it")
      ->type_name("EVENTS")
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
  app.add_flag("-v,--verbose", options.verbose, "whole command lines, environments and structures")
      ->group("What is logged");
  app.add_flag("--recipe", options.recipes,
               "how each program is prepared: what its process does from its birth to its exec; and execs "
               "that fail there")
      ->group("What is logged");
  app.add_flag(
         "--fd-audit", options.fd_audit,
         "which descriptors cross an exec: who opened them, whether anything says that it was meant, and "
         "what was seen to be done with them")
      ->group("What is logged");
  app.add_flag(
         "--seccomp-bpf", options.seccomp_bpf,
         "with -e: a program that is started stops at these system calls only, which is much faster; it "
         "is killed when ptrace-fork is, and can see the filter")
      ->group("What is logged");
  app.add_flag(
         "--share-cpu,!--no-share-cpu", options.share_cpu,
         "with -e: tracer and program share a processor while that is faster; on by default, the program "
         "still sees its own affinity")
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
           options.filter.most = parse_count<std::uint64_t>("--max-events", text, 1);
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
  app.add_flag("-r,--relative-timestamps", options.since_last,
               "the time since the line before; with -t behind the clock")
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
  app.add_flag("-C,--with-counts", options.count_calls,
               "that table behind the log; all calls are counted unless -e says which")
      ->group("Look");
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
  app.add_flag_callback(
         "--strace",
         [] { throw cli::UsageError("--strace comes first: ptrace-fork --strace [OPTIONS] PROG"); },
         "as the first word: strace's options, defaults and line format, as far as they are there")
      ->group("Look");
  app.add_flag("--json", options.json, "JSON Lines, schema ptop.events/1")->group("Look");
  app.add_option_function<std::string>(
         "--json-file", [&options](const std::string& text) { set_json_file(options, text); },
         "write that to this file as well, whatever the log looks like")
      ->type_name("FILE")
      ->group("Look");
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
  if (options.seccomp_bpf && !options.pids.empty()) {
    throw cli::UsageError("--seccomp-bpf is for a program that is started: a running one takes no filter");
  }
  if (options.seccomp_bpf && !options.trace) {
    throw cli::UsageError("--seccomp-bpf needs -e trace=SET: without it no system call stops anyway");
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

std::string_view machine_abi() { return decode::arch_name(decode::machine_arches().front()); }

void add_table_options(CLI::App& app, Options& options) {
  app.add_flag("--list-syscalls", options.list_syscalls,
               "no log: the table of system calls, or those of -e, with what is known of each argument; "
               "--json for programs")
      ->group("System calls");
  app.add_option_function<std::string>(
         "--explain", [&options](const std::string& name) { options.explain = name; },
         "no log: what this system call is for, and its arguments; --json for programs")
      ->type_name("CALL")
      ->group("System calls");
  std::vector<std::string> abis;
  for (const decode::Arch arch : decode::machine_arches()) abis.emplace_back(decode::arch_name(arch));
  const std::string all = fmt::format("{}", fmt::join(abis, ", "));
  app.add_option_function<std::string>(
         "--abi",
         [&options, abis, all](const std::string& name) {
           if (std::ranges::find(abis, name) == abis.end())
             throw cli::UsageError(fmt::format("--abi: '{}' is none of {}", escaped(name), all));
           options.abi = name;
         },
         "of which calling convention both tell: " + all)
      ->type_name("ABI")
      ->group("System calls");
}

void check_table(const Options& options) {
  const char* const asked = options.explain ? "--explain" : "--list-syscalls";
  if (options.explain && options.list_syscalls)
    throw cli::UsageError("--explain tells of one call, --list-syscalls of all: give one of them");
  if (!options.program.empty() || !options.pids.empty())
    throw cli::UsageError(fmt::format("{} follows nothing: leave out PROG and -p", asked));
  if (!options.output.empty() || !options.json_file.empty())
    throw cli::UsageError(fmt::format("{} writes to standard output: leave out {}, and redirect that", asked,
                                      options.output.empty() ? "--json-file" : "-o"));
  if (options.explain && options.trace)
    throw cli::UsageError("--explain tells of one call: leave out -e, or ask for --list-syscalls -e SET");
}

int tell_of_calls(const Options& options) {
  check_table(options);
  render::LineOutput out(STDOUT_FILENO, true);
  const decode::Arch arch = *decode::find_arch(options.abi.value_or(std::string(machine_abi())));
  if (options.list_syscalls) {
    const auto wanted = parsed("-e trace", decode::SyscallSet::parse(options.trace.value_or("all")));
    options.json ? render::write_syscalls_json(out, arch, wanted) : render::write_syscalls(out, arch, wanted);
  } else {
    const auto told = options.json ? render::explain_syscall_json(out, arch, *options.explain)
                                   : render::explain_syscall(out, arch, *options.explain);
    if (!told) throw cli::UsageError("--explain: " + told.error().what);
  }
  return cli::status_of_output("ptrace-fork", out.error(), own_failure);
}

/// What --events leaves when events that nothing asks for do not come.
follow::EventKinds coming(const Options& options) {
  using follow::EventKind;
  follow::EventKinds kinds = options.filter.kinds;
  if (!options.trace && !options.count_calls) kinds.remove(EventKind::syscall);
  if (!options.trace && !options.count_calls && !options.recipes) kinds.remove(EventKind::exec_failed);
  if (!options.recipes) kinds.remove(EventKind::recipe);
  if (!options.fd_audit) {
    kinds.remove(EventKind::inherited);
    kinds.remove(EventKind::fd_audit);
  }
  return kinds;
}

/// The tables count all calls, whatever their status.
void check_call_options(const Options& options) {
  if (options.trace) return;
  const bool in_json = options.count_calls && !options.json_file.empty();
  const char* const option = options.durations                                             ? "-T"
                             : options.fd_paths && !options.recipes && !in_json            ? "-y"
                             : options.filter.statuses != follow::FilterOptions().statuses ? "-e status="
                                                                                           : nullptr;
  if (option)
    throw cli::UsageError(fmt::format("{} is about system calls: say which, with -e trace=SET", option));
}

/// Of a log that is JSON, or that -c leaves out.
void check_look(const Options& options) {
  const char* const times = options.time != render::TimeStyle::since_start ? "-t"
                            : options.since_last                           ? "-r"
                                                                           : nullptr;
  if (times && options.json)
    throw cli::UsageError(fmt::format("{} is about the text: --json has the time of each event", times));
  if (!options.only_counts) return;
  const bool in_json = !options.json_file.empty();
  const char* const logged = times                          ? times
                             : options.durations            ? "-T"
                             : options.recipes && !in_json  ? "--recipe"
                             : options.fd_paths && !in_json ? "-y"
                                                            : nullptr;
  if (logged)
    throw cli::UsageError(fmt::format("-c leaves no log for {}: use -C for the log and the table", logged));
}

/// What would be accepted and have no effect at all.
void check_effects(const Options& options) {
  const follow::EventKinds none;
  const follow::EventKinds kinds = options.filter.kinds;
  if (options.events && kinds != none && coming(options) == none) {
    const char* const option = kinds.has(follow::EventKind::syscall)       ? "-e"
                               : kinds.has(follow::EventKind::exec_failed) ? "-e or --recipe"
                               : kinds.has(follow::EventKind::recipe)      ? "--recipe"
                                                                           : "--fd-audit";
    throw cli::UsageError(
        fmt::format("--events {}: there are no such events without {}", escaped(*options.events), option));
  }
  check_look(options);
  check_call_options(options);
  if (options.abi) throw cli::UsageError("--abi is about --list-syscalls and --explain: give one of them");
}

/// -c and -C count all calls unless -e says which; the log of -C has those that it would have.
void count_all(Options& options) {
  if (!options.count_calls || options.trace) return;
  options.trace = "all";
  if (options.events.value_or("!").starts_with('!')) options.filter.kinds.remove(follow::EventKind::syscall);
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
  add_table_options(app, options);
}

std::optional<int> parse_options(int argc, char** argv, Options& options) {
  CLI::App app;
  describe_options(app, options);
  // Everything from PROG on belongs to PROG, also what looks like an option of ours.
  auto [own, program] = cli::split_at_first_operand(app, {argv + 1, argv + argc});
  if (const auto status = cli::parse(app, own, own_failure)) return status;
  options.program = std::move(program);
  try {
    if (options.list_syscalls || options.explain) return tell_of_calls(options);
    check_together(options);
    check_effects(options);
    check_outputs(options);
    count_all(options);
  } catch (const cli::UsageError& error) {
    return cli::complain(app.get_name(), error.what());
  }
  return std::nullopt;
}

}  // namespace ptop::ptrace_fork
