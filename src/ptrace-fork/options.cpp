// The command line of ptrace-fork: what it is called, what it means, what is wrong with it.
#include "options.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "command_line.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/number.hpp"

namespace ptop::ptrace_fork {
namespace {

constexpr std::size_t max_string_limit = std::size_t{1} << 20U;

// strace's -e takes QUALIFIER=SET; a bare SET means trace=SET.
void set_trace(Options& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string qualifier = equals == text.npos ? "trace" : text.substr(0, equals);
  if (qualifier != "trace" && qualifier != "t") {
    throw cli::UsageError(fmt::format("-e: '{}=' is not known here; use -e trace=SET", escaped(qualifier)));
  }
  const std::string set = equals == text.npos ? text : text.substr(equals + 1);
  if (set.empty()) throw cli::UsageError("-e: the set is empty; use for example -e trace=openat,%process");
  options.trace = set;
}

void set_string_limit(Options& options, const std::string& text) {
  const auto number = parse_number<std::size_t>(text);
  if (!number || *number > max_string_limit) {
    throw cli::UsageError(
        fmt::format("-s: '{}' is not a number of bytes from 0 to {}", escaped(text), max_string_limit));
  }
  options.string_limit = *number;
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
  app.add_option_function<std::string>(
         "-e,--trace", [&options](const std::string& text) { set_trace(options, text); },
         "log these system calls too: all, none, names and %groups separated by commas; '!' before the set "
         "inverts it. -e trace=SET is the same, as in strace(1)")
      ->type_name("SET")
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
  app.add_flag("-y,--decode-fds", options.fd_paths, "the path behind each file descriptor")
      ->group("What is logged");
}

void add_look_options(CLI::App& app, Options& options) {
  app.add_flag("--json", options.json, "JSON Lines, schema ptop.events/1")->group("Look");
  app.add_option_function<std::string>(
         "-o,--output", [&options](const std::string& text) { set_output(options, text); },
         "write the log to this file instead of stderr")
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
  } catch (const cli::UsageError& error) {
    return cli::complain(app.get_name(), error.what());
  }
  return std::nullopt;
}

}  // namespace ptop::ptrace_fork
