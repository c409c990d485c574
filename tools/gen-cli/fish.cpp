// fish: one `complete` line for each option of each command.
#include <fmt/format.h>

#include "spec.hpp"

namespace ptop::gen {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + '\'';
}

std::string value_part(Value value, const std::string& function) {
  switch (value) {
    case Value::none:
      return "";
    case Value::file:
      return " -r -F";
    case Value::directory:
      return " -x -a '(__fish_complete_directories)'";
    case Value::columns:
      return fmt::format(" -x -a '(__fish_complete_list , _{}_columns)'", function);
    case Value::column:
      return fmt::format(" -x -a '(_{}_column)'", function);
    case Value::fd_columns:
      return fmt::format(" -x -a '(__fish_complete_list , _{}_fd_columns)'", function);
    case Value::fd_column:
      return fmt::format(" -x -a '(_{}_fd_column)'", function);
    case Value::pids:
      return " -x -a '(__fish_complete_list , __fish_complete_pids)'";
    case Value::pid:
      return " -x -a '(__fish_complete_pids)'";
    case Value::calls:
      return fmt::format(" -x -a '(_{}_expression)'", function);
    case Value::call:
      return fmt::format(" -x -a '(_{}_calls)'", function);
    case Value::events:
      return fmt::format(" -x -a '(_{}_events)'", function);
    case Value::abi:
      return fmt::format(" -x -a '(_{}_abis)'", function);
    case Value::user:
      return " -x -a '(__fish_complete_users)'";
    case Value::when:
      return " -x -a 'auto always never'";
    case Value::text:
      break;
  }
  return " -x";
}

std::string option_line(const ProgramSpec& program, const OptionSpec& option, const std::string& condition) {
  std::string out = "complete -c " + program.self.name;
  if (!condition.empty()) out += " -n " + quoted(condition);
  for (const std::string& name : option.names) {
    out += name.size() == 2 ? " -s " + name.substr(1) : " -l " + name.substr(2);
  }
  return out + " -d " + quoted(option.help) + value_part(option.value, function_name(program)) + '\n';
}

std::string columns_functions(const std::vector<Word>& columns, const std::string& function) {
  std::string lines, reversed;
  for (const Word& column : columns) {
    lines += fmt::format("    printf '%s\\t%s\\n' {} {}\n", quoted(column.name), quoted(column.help));
    reversed += fmt::format(" {}", column.name);
  }
  return fmt::format(
      "function _{0}_columns\n{1}end\n\nfunction _{0}_column\n    _{0}_columns\n"
      "    string match -q -- '-*' (commandline -ct); and printf '-%s\\n'{2}\nend\n\n",
      function, lines, reversed);
}

// A set may begin with --trace=, trace=, '!' and a quote; what is offered must begin with the same but the
// quote and the option.
std::string calls_functions(const Vocabulary& words, const std::string& function) {
  return fmt::format(
      R"(function _{0}_set
    set -l before (string match -r -- '^["\']?(?:--[a-z]+=)?((?:[a-z]+=)?!?(?:[^,]*,)*)' (commandline -ct))[2]
    printf '%s\n' $before{{all,none}} $before$argv
end

function _{0}_calls
    printf '%s\n' {1}
end

function _{0}_events
    _{0}_set {2}
end

function _{0}_abis
    printf '%s\n' {3}
end

function _{0}_expression
    set -l word (commandline -ct)
    switch (string replace -r -- '^["\']?(?:--trace=)?' '' $word)
        case 's=*' 'signal=*' 'signals=*'
            set -l signals {4}
            string match -q -r -- '[=!,]SIG[^,]*$' $word; and set signals SIG$signals
            _{0}_set $signals
        case 'status=*'
            _{0}_set {5}
        case '*'
            printf '%s\n' trace= signal= status=
            _{0}_set {6} (_{0}_calls)
    end
end

)",
      function, fmt::join(words.calls, " "), fmt::join(words.events, " "), fmt::join(words.abis, " "),
      fmt::join(words.signals, " "), fmt::join(words.statuses, " "), fmt::join(words.groups, " "));
}

/// The program that is run: the first word that is no option's, or, of one with commands, what follows "--"
/// before any of them.
std::string program_part(const ProgramSpec& program, const std::string& no_command) {
  std::string valued;
  for (const OptionSpec& option : program.self.options) {
    if (option.value == Value::none) continue;
    for (const std::string& name : option.names) valued += ' ' + name;
  }
  const std::string when = no_command.empty()
                               ? std::string{}
                               : " -n " + quoted("contains -- -- (commandline -opc); and " + no_command);
  return fmt::format("\ncomplete -c {}{} -x -a '(__fish_complete_subcommand --{})'\n", program.self.name,
                     when, valued);
}

}  // namespace

std::string fish_completion(const ProgramSpec& program, const Vocabulary& words) {
  const std::string& name = program.self.name;
  const std::string function = function_name(program);
  std::string all, out = fmt::format(
                       "# fish completion for {}. Generated by tools/gen-cli from the program's own tables: "
                       "do not edit.\n\n",
                       name);
  if (!names_with_value(program, Value::columns).empty()) out += columns_functions(words.columns, function);
  if (!names_with_value(program, Value::fd_columns).empty())
    out += columns_functions(words.fd_columns, function + "_fd");
  if (!names_with_value(program, Value::calls).empty()) out += calls_functions(words, function);
  for (const CommandSpec& command : program.commands) all += ' ' + command.name;

  out += fmt::format("complete -c {} -f\n", name);
  const std::string none = all.empty() ? std::string{} : "not __fish_seen_subcommand_from" + all;
  for (const OptionSpec& option : program.self.options) out += option_line(program, option, none);
  for (const CommandSpec& command : program.commands) {
    out += fmt::format("\ncomplete -c {} -n {} -a {} -d {}\n", name, quoted(none), command.name,
                       quoted(command.help));
    const std::string seen = "__fish_seen_subcommand_from " + command.name;
    for (const OptionSpec& option : command.options) out += option_line(program, option, seen);
    if (!command.operand.empty()) {
      out += fmt::format("complete -c {} -n {}{}\n", name, quoted(seen),
                         value_part(command.operand_value, function));
    }
  }
  out += program_part(program, none);
  return out;
}

}  // namespace ptop::gen
