// The command line of ptop: what it is called, what it means, what is wrong with it.
#include "options.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "command_line.hpp"
#include "one_shot.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/number.hpp"
#include "ptop/render/descriptors.hpp"

namespace ptop::app {
namespace {

constexpr double min_interval_s = 0.1, max_interval_s = 3600;

constexpr const char* exit_statuses =
    "Exit status: 0 something matched, 1 nothing matched, 2 wrong usage,\n"
    "3 no such process or it may not be read, 4 internal error.";

void add_proc_option(CLI::App& app, Options& options) {
  app.add_option("--proc", options.proc, "read this tree instead of /proc (a recorded one, a container's)")
      ->type_name("DIR")
      ->group("What is read");
}

void set_columns(Options& options, const std::string& list) {
  if (list.empty())
    throw cli::UsageError("--columns: the list is empty; use for example -o pid,user,command");
  options.columns = list;
}

CLI::Option* add_columns_option(CLI::App& app, Options& options, const std::string& text) {
  return app
      .add_option_function<std::string>(
          "-o,--columns", [&options](const std::string& list) { set_columns(options, list); }, text)
      ->type_name("COLS")
      ->group("Columns and order");
}

void set_format(Options& options, Format format) {
  if (options.format != Format::automatic && options.format != format)
    throw cli::UsageError("--json, --jsonl and --csv: give one of them");
  options.format = format;
}

void add_format_option(CLI::App& app, Options& options, const std::string& name, Format format,
                       const std::string& text) {
  app.add_flag_callback(
         name, [&options, format] { set_format(options, format); }, text)
      ->group("Format");
}

void add_format_options(CLI::App& app, Options& options) {
  add_format_option(app, options, "--json", Format::json, "one JSON document");
  add_format_option(app, options, "--jsonl", Format::jsonl, "JSON Lines: an object for each row");
  add_format_option(app, options, "--csv", Format::csv, "comma-separated values (RFC 4180), text escaped");
}

void add_threads_option(CLI::App& app, Options& options) {
  app.add_flag("--threads", options.threads, "a row for each thread")->group("What is read");
}

void add_table_options(CLI::App& app, Options& options) {
  add_columns_option(app, options, "the columns, by key, separated by commas");
  app.add_option("--sort", options.sort, "sort by this column; with '-' before it, largest first")
      ->type_name("[-]COL")
      ->group("Columns and order");
  app.add_flag("--tree", options.tree, "children below their parents, the command indented")
      ->group("Columns and order");
  app.add_flag("!--no-headers", options.headers, "no line with the columns' titles")
      ->group("Columns and order");
}

void add_look_options(CLI::App& app, Options& options) {
  app.add_flag("--ascii", options.ascii, "draw with ASCII characters only")->group("Look");
  cli::add_colour_option(app, options.colour)->group("Look");
}

void set_interval(Options& options, const std::string& text) {
  double seconds = 0;
  const bool number = CLI::detail::lexical_cast(text, seconds);
  if (!number || !(seconds >= min_interval_s && seconds <= max_interval_s)) {
    throw cli::UsageError(fmt::format("--delay: '{}' is not a number of seconds from {} to {}", escaped(text),
                                      min_interval_s, max_interval_s));
  }
  options.interval_s = seconds;
}

void set_config(Options& options, const std::string& file) {
  if (file.empty()) throw cli::UsageError("--config: the name of the file is empty");
  options.config = file;
}

void set_pid(Options& options, const std::string& text) {
  const std::vector<Pid> pids = cli::parse_pids(text);
  if (pids.size() != 1) throw cli::UsageError(fmt::format("tree: '{}' is more than one pid", escaped(text)));
  options.pid = pids.front();
}

void add_query(CLI::App& app, Options& options) {
  app.add_option("QUERY", options.query, "only the processes that match, as in 'state=Z or rss>1G'")
      ->type_name("QUERY");
  app.footer(
      fmt::format("QUERY: only these processes, as in 'state=Z or rss>1G', zombie, nginx,\n"
                  "tree=4711; see QUERIES in ptop(1).\n\n{}",
                  exit_statuses));
}

CLI::App& add_command(CLI::App& app, Options& options, Command command, const std::string& name,
                      const std::string& text, const std::string& usage) {
  CLI::App& sub = *app.add_subcommand(name, text);
  cli::dress(sub, {usage});
  sub.footer(exit_statuses);
  sub.callback([&options, command] { options.command = command; });
  return sub;
}

void add_ps(CLI::App& app, Options& options) {
  CLI::App& ps = add_command(app, options, Command::ps, "ps", "print the processes as a table",
                             "ptop ps [OPTIONS] [QUERY]");
  add_query(ps, options);
  add_table_options(ps, options);
  add_format_options(ps, options);
  add_look_options(ps, options);
  add_threads_option(ps, options);
  add_proc_option(ps, options);
}

void add_tree(CLI::App& app, Options& options) {
  CLI::App& tree =
      add_command(app, options, Command::tree, "tree", "print the tree: pid, state, user, age, what is wrong",
                  "ptop tree [OPTIONS] [PID]");
  tree.add_option_function<std::string>(
          "PID", [&options](const std::string& text) { set_pid(options, text); },
          "only this process and those below")
      ->type_name("PID");
  add_look_options(tree, options);
  add_proc_option(tree, options);
}

void add_pids(Options& options, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    for (const Pid pid : cli::parse_pids(word)) options.pids.push_back(pid);
  }
}

void set_sections(Options& options, const std::string& list) {
  if (list.empty()) throw cli::UsageError("--sections: the list is empty; use for example -s files,limits");
  options.sections = list;
}

void add_show(CLI::App& app, Options& options) {
  CLI::App& show = add_command(app, options, Command::show, "show",
                               "print everything about a process, in sections a person can read",
                               "ptop show [OPTIONS] PID...");
  show.add_option_function<std::vector<std::string>>(
          "PID", [&options](const std::vector<std::string>& words) { add_pids(options, words); },
          "the processes, or threads")
      ->type_name("PID")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  show.add_option_function<std::string>(
          "-s,--sections", [&options](const std::string& list) { set_sections(options, list); },
          "only these, separated by commas: family, program, state, user, cpu, memory, io, files, signals, "
          "limits, namespaces, cgroup, ipc, threads")
      ->type_name("LIST")
      ->group("What is read");
  add_format_option(show, options, "--json", Format::json, "one JSON document, as of dump --full");
  add_format_option(show, options, "--jsonl", Format::jsonl, "JSON Lines: an object for each process");
  add_look_options(show, options);
  add_proc_option(show, options);
}

void set_port(Options& options, const std::string& text) {
  const auto port = parse_number<std::uint16_t>(text);
  if (!port || *port == 0)
    throw cli::UsageError(fmt::format("--port: '{}' is not a port from 1 to 65535", escaped(text)));
  options.port = *port;
}

void set_path(Options& options, const std::string& text) {
  if (text.empty()) throw cli::UsageError("--path: the path is empty");
  options.path = text;
}

void add_fds(CLI::App& app, Options& options) {
  CLI::App& fds =
      add_command(app, options, Command::fds, "fds", "print open files and who is at their other ends",
                  "ptop fds [OPTIONS] [PID...]");
  fds.add_option_function<std::vector<std::string>>(
         "PID", [&options](const std::vector<std::string>& words) { add_pids(options, words); },
         "only the files of these processes")
      ->type_name("PID")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  fds.add_option_function<std::string>(
         "--path", [&options](const std::string& text) { set_path(options, text); },
         "who holds this file, by whatever name: open, mapped, as cwd, root or exe")
      ->type_name("FILE")
      ->group("What is read");
  fds.add_option_function<std::string>(
         "--port", [&options](const std::string& text) { set_port(options, text); },
         "who listens on this port, or is connected by it")
      ->type_name("PORT")
      ->group("What is read");
  std::vector<std::string_view> keys;
  for (const render::DescriptorColumn& column : render::descriptor_columns()) keys.push_back(column.key);
  add_columns_option(fds, options,
                     fmt::format("the columns, by key, separated by commas: {}", fmt::join(keys, ", ")))
      ->type_name("KEYS");
  fds.add_option("--sort", options.sort, "sort by this column; with '-' before it, largest first")
      ->type_name("[-]KEY")
      ->group("Columns and order");
  fds.add_flag("!--no-headers", options.headers, "no line with the columns' titles")
      ->group("Columns and order");
  add_format_options(fds, options);
  add_look_options(fds, options);
  add_proc_option(fds, options);
}

void add_dump(CLI::App& app, Options& options) {
  CLI::App& dump =
      add_command(app, options, Command::dump, "dump", "print a snapshot as one JSON document for scripts",
                  "ptop dump [OPTIONS] [QUERY]");
  add_query(dump, options);
  add_columns_option(dump, options, "only these keys of each process, separated by commas");
  dump.add_flag("--full", options.full,
                "all columns, open files, namespaces and limits; with -o only the columns there")
      ->group("Columns and order");
  add_format_options(dump, options);
  add_threads_option(dump, options);
  add_proc_option(dump, options);
}

}  // namespace

void describe_options(CLI::App& app, Options& options) {
  app.name("ptop");
  app.description(
      "See every process on a Linux machine as a live tree.\n"
      "Without a command: the live screen on a terminal, the table (ps) otherwise.\n"
      "With a program after --: the live screen, which follows the program in a terminal of its own.");
  cli::dress(app, {"ptop [OPTIONS]", "ptop [OPTIONS] -- PROG [ARG...]", "ptop ps [OPTIONS] [QUERY]",
                   "ptop tree [OPTIONS] [PID]", "ptop show [OPTIONS] PID...", "ptop fds [OPTIONS] [PID...]",
                   "ptop dump [OPTIONS] [QUERY]"});
  app.footer(exit_statuses);
  app.require_subcommand(0, 1);
  app.add_option_function<std::string>(
         "-d,--delay", [&options](const std::string& text) { set_interval(options, text); },
         "refresh the screen this often (0.1 to 3600)")
      ->type_name("SECONDS")
      ->group("Live screen");
  app.add_flag("--readonly", options.readonly, "send no signal, change no priority and follow nothing")
      ->group("Live screen");
  app.add_flag(
         "--plain", options.plain,
         "for screen readers: no lines and boxes, words instead of bars, the cursor on the selected row")
      ->group("Live screen");
  app.add_option_function<std::string>(
         "--config", [&options](const std::string& file) { set_config(options, file); },
         "keep the screen's settings in this file instead of ~/.config/ptop/ptop.toml")
      ->type_name("FILE")
      ->group("Live screen");
  app.add_flag("!--no-mouse", options.mouse, "leave the mouse to the terminal, for selecting text")
      ->group("Live screen");
  add_table_options(app, options);
  add_format_options(app, options);
  add_look_options(app, options);
  add_threads_option(app, options);
  add_proc_option(app, options);
  add_ps(app, options);
  add_tree(app, options);
  add_show(app, options);
  add_fds(app, options);
  add_dump(app, options);
}

namespace {

/// The position of the "--" that a program follows; the end when there is none. A command has its own "--".
std::size_t find_program(CLI::App& app, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") return i;
    const auto is_command = [&](const CLI::App* command) { return command->get_name() == words[i]; };
    if (std::ranges::any_of(app.get_subcommands({}), is_command)) break;
  }
  return words.size();
}

/// What contradicts a program that is to be started in the screen; "": nothing.
std::string_view objection_to_program(const Options& options) {
  if (options.program.empty()) return "-- needs a program after it: ptop -- PROG [ARG...]";
  if (options.readonly) return "--readonly follows nothing, so it starts no program";
  if (options.proc != "/proc") return "--proc: a program is started on this machine, not in another /proc";
  if (options.format != Format::automatic || options.threads)
    return "a program is started in the live screen, not for a table; ptrace-fork logs one";
  return "";
}

}  // namespace

std::optional<int> parse_options(int argc, char** argv, Options& options) {
  if (argc < 2) return std::nullopt;  // the screen stays for days, and what describes options with it
  CLI::App app;
  describe_options(app, options);
  std::vector<std::string> words(argv + 1, argv + argc);
  const std::size_t end = find_program(app, words);
  const bool starts = end < words.size();
  if (starts) options.program.assign(words.begin() + static_cast<std::ptrdiff_t>(end) + 1, words.end());
  words.resize(end);
  if (const auto status = cli::parse(app, words, internal_error)) return status;
  if (const auto why = starts ? objection_to_program(options) : ""; !why.empty())
    return cli::complain("ptop", why);
  return std::nullopt;
}

}  // namespace ptop::app
