// A command line as plain data, taken from CLI11, and what its values may be. The writers print it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace ptop::gen {

struct Word {
  std::string name, help;
};

/// What may stand after an option; from the name of its value in --help.
enum class Value : unsigned char {
  none,
  text,
  directory,
  file,
  columns,
  column,
  fd_columns,
  fd_column,
  pids,
  pid,
  calls,  ///< or signals or statuses: of -e
  call,
  events,
  abi,
  user,
  when
};

struct OptionSpec {
  std::vector<std::string> names;  ///< "-o", "--columns"
  std::string value_name, help, group;
  Value value = Value::none;
  bool repeats = false;  ///< each time it is given counts
};

struct CommandSpec {
  std::string name, help;
  std::vector<OptionSpec> options;
  std::string operand;  ///< "PID"; empty: takes none
  Value operand_value = Value::none;
};

struct ProgramSpec {
  CommandSpec self;
  std::vector<CommandSpec> commands;
  bool runs_program = false;  ///< PROG [ARG…] follows the options
};

/// What columns, system calls and so on there are. A set of them can also be `all` or `none`.
struct Vocabulary {
  std::vector<Word> columns;     ///< of processes
  std::vector<Word> fd_columns;  ///< of open files
  std::vector<Word> settings;    ///< options of the screen
  std::vector<Word> meters;
  std::vector<Word> actions;                     ///< of keys
  std::vector<std::string> groups, calls, abis;  ///< of system calls; a group has its %
  std::vector<std::string> statuses;             ///< how a call ends
  std::vector<std::string> signals;              ///< without SIG
  std::vector<std::string> events;
};

ProgramSpec read_program(const CLI::App& app, bool runs_program);
Vocabulary read_vocabulary();

std::string bash_completion(const ProgramSpec& program, const Vocabulary& words);
std::string zsh_completion(const ProgramSpec& program, const Vocabulary& words);
std::string fish_completion(const ProgramSpec& program, const Vocabulary& words);

/// `page` with everything between `.\" BEGIN name` and `.\" END name` made anew; names: COMMANDS, OPTIONS,
/// COLUMNS, FD COLUMNS, SETTINGS, METERS, ACTIONS.
std::string man_page(std::string_view page, const ProgramSpec& program, const Vocabulary& words);

/// "_ptrace_fork": the program's name as part of a shell function's name.
std::string function_name(const ProgramSpec& program);
/// Whether an option of the command takes such a value.
bool takes(const CommandSpec& command, Value value);
/// Every name of every option whose value is of one of these kinds, without doubles.
std::vector<std::string> names_with_value(const ProgramSpec& program, Value value);
/// Single quotes for bash, zsh and (with \') fish.
std::string shell_quoted(std::string_view text);

}  // namespace ptop::gen
