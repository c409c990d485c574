// CLI11's apps, the column table and the system-call table to plain data.
#include "spec.hpp"

#include <algorithm>
#include <csignal>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "ptop/base/names.hpp"
#include "ptop/decode/syscall_table.hpp"
#include "ptop/follow/filter.hpp"
#include "ptop/model/columns.hpp"
#include "ptop/render/descriptors.hpp"
#include "settings.hpp"
#include "src/cli/command_line.hpp"
#include "src/cli/help.hpp"

namespace ptop::gen {
namespace {

Value value_of(const std::string& name) {
  if (name == "DIR") return Value::directory;
  if (name == "FILE") return Value::file;
  if (name == "COLS") return Value::columns;
  if (name == "[-]COL") return Value::column;
  if (name == "KEYS") return Value::fd_columns;
  if (name == "[-]KEY") return Value::fd_column;
  if (name == "PID") return Value::pid;
  if (name == "PID[,PID...]") return Value::pids;
  if (name == "SET") return Value::calls;
  if (name == "CALL") return Value::call;
  if (name == "EVENTS") return Value::events;
  if (name == "ABI") return Value::abi;
  if (name == "USER") return Value::user;
  if (name == "WHEN") return Value::when;
  return Value::text;
}

// Of all others the last one is taken. Flags that count are TakeAll, or Sum in a newer CLI11.
bool repeats(const CLI::Option& option) {
  const auto policy = option.get_multi_option_policy();
  return policy != CLI::MultiOptionPolicy::TakeLast && policy != CLI::MultiOptionPolicy::Throw;
}

OptionSpec read_option(const CLI::Option& option) {
  const bool flag = option.get_items_expected_max() == 0;
  OptionSpec spec;
  spec.names = cli::option_names(option);
  spec.value_name = flag ? std::string{} : option.get_type_name();
  spec.help = option.get_description();
  spec.group = option.get_group();
  spec.value = flag ? Value::none : value_of(spec.value_name);
  spec.repeats = repeats(option);
  return spec;
}

CommandSpec read_command(const CLI::App& app) {
  CommandSpec command;
  command.name = app.get_name();
  command.help = app.get_description();
  for (const std::string& group : cli::option_groups(app)) {
    for (const CLI::Option* option : cli::options_of_group(app, group)) {
      command.options.push_back(read_option(*option));
    }
  }
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    command.operand = option->get_type_name();
    command.operand_value = value_of(command.operand);
  }
  return command;
}

}  // namespace

ProgramSpec read_program(const CLI::App& app, bool runs_program) {
  ProgramSpec program;
  program.self = read_command(app);
  program.runs_program = runs_program;
  for (const CLI::App* command : app.get_subcommands({})) program.commands.push_back(read_command(*command));
  return program;
}

namespace {

/// Each action once, with the words of its first row.
std::vector<Word> read_actions() {
  std::vector<Word> words;
  for (const app::Binding& binding : app::bindings()) {
    const std::string name(app::action_name(binding.action));
    const bool known = std::any_of(words.begin(), words.end(), [&](const Word& w) { return w.name == name; });
    if (!known) words.push_back({name, std::string(binding.help)});
  }
  return words;
}

}  // namespace

Vocabulary read_vocabulary() {
  Vocabulary words;
  for (const app::Option& option : app::options())
    words.settings.push_back({std::string(option.key), fmt::format("{}. {}", option.title, option.help)});
  for (const app::MeterKind& kind : app::meter_kinds())
    words.meters.push_back({std::string(kind.key), std::string(kind.title)});
  words.actions = read_actions();
  for (const model::Column& column : model::columns()) {
    words.columns.push_back({std::string(column.key), std::string(column.help)});
  }
  for (const render::DescriptorColumn& column : render::descriptor_columns()) {
    words.fd_columns.push_back({std::string(column.key), std::string(column.help)});
  }
  for (unsigned g = 0; g <= static_cast<unsigned>(decode::Group::pure); ++g) {
    words.groups.push_back('%' + std::string(decode::group_name(static_cast<decode::Group>(g))));
  }
  for (const decode::SyscallRow& row : decode::syscalls(decode::Arch::x86_64))
    words.calls.emplace_back(row.name);
  for (const decode::Arch arch : decode::machine_arches()) words.abis.emplace_back(decode::arch_name(arch));
  for (unsigned s = 0; s <= static_cast<unsigned>(follow::CallStatus::unfinished); ++s)
    words.statuses.emplace_back(follow::call_status_name(static_cast<follow::CallStatus>(s)));
  for (int number = 1; number <= SIGSYS; ++number) words.signals.push_back(signal_name(number).substr(3));
  for (unsigned k = 0; k <= static_cast<unsigned>(follow::EventKind::note); ++k)
    words.events.emplace_back(follow::event_kind_name(static_cast<follow::EventKind>(k)));
  return words;
}

std::string function_name(const ProgramSpec& program) {
  std::string name = '_' + program.self.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

bool takes(const CommandSpec& command, Value value) {
  return std::any_of(command.options.begin(), command.options.end(),
                     [&](const OptionSpec& option) { return option.value == value; });
}

std::vector<std::string> names_with_value(const ProgramSpec& program, Value value) {
  std::vector<std::string> names;
  auto add = [&](const CommandSpec& command) {
    for (const OptionSpec& option : command.options) {
      if (option.value != value) continue;
      for (const std::string& name : option.names) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
  };
  add(program.self);
  for (const CommandSpec& command : program.commands) add(command);
  return names;
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + '\'';
}

}  // namespace ptop::gen
