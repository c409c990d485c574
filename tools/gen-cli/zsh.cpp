// zsh: _arguments specifications with the help texts as descriptions.
#include <fmt/format.h>

#include "spec.hpp"

namespace ptop::gen {
namespace {

// Inside an _arguments specification brackets and colons have a meaning.
std::string spec_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string action(Value value, const std::string& function) {
  switch (value) {
    case Value::directory:
      return "_files -/";
    case Value::file:
      return "_files";
    case Value::columns:
      return function + "_columns";
    case Value::column:
      return function + "_column";
    case Value::fd_columns:
      return function + "_fd_columns";
    case Value::fd_column:
      return function + "_fd_column";
    case Value::pids:
      return "_sequence " + function + "_pids";
    case Value::pid:
      return function + "_pids";
    case Value::calls:
      return function + "_expression";
    case Value::call:
      return " " + function + "_calls compadd -";
    case Value::events:
      return function + "_events";
    case Value::abi:
      return function + "_abis";
    case Value::user:
      return "_users";
    case Value::when:
      return "(auto always never)";
    case Value::text:
    case Value::none:
      break;
  }
  return " ";
}

// -o+ takes its value joined or apart, --columns= after '=' or apart.
std::string argument(const OptionSpec& option, const std::string& name, const std::string& function) {
  const bool valued = option.value != Value::none;
  const bool long_name = name.size() > 2;
  std::string exclusive, spec = name;
  for (const std::string& other : option.names) exclusive += (exclusive.empty() ? "" : " ") + other;
  if (valued) spec += long_name ? "=" : "+";
  spec += '[' + spec_text(option.help) + ']';
  if (valued) spec += ':' + spec_text(option.value_name) + ':' + action(option.value, function);
  const std::string repeated = option.repeats ? "*" : "(" + exclusive + ")";
  return shell_quoted(repeated + spec);
}

std::string arguments(const CommandSpec& command, const std::string& function, std::string_view indent,
                      std::string_view more = "") {
  std::string out = fmt::format("_arguments -s -S -C{}", more);
  for (const OptionSpec& option : command.options) {
    for (const std::string& name : option.names) {
      out += fmt::format(" \\\n{}  {}", indent, argument(option, name, function));
    }
  }
  if (!command.operand.empty()) {
    out += fmt::format(
        " \\\n{}  {}", indent,
        shell_quoted("1:" + spec_text(command.operand) + ":" + action(command.operand_value, function)));
  }
  return out;
}

std::string columns_functions(const std::vector<Word>& columns, const std::string& function) {
  std::string values, described;
  for (const Word& column : columns) {
    values += fmt::format(" \\\n    {}", shell_quoted(column.name + '[' + spec_text(column.help) + ']'));
    described += fmt::format("\n    {}", shell_quoted(column.name + ':' + spec_text(column.help)));
  }
  return fmt::format(
      "{0}_columns() {{\n  _values -s , column{1}\n}}\n\n"
      "{0}_column() {{\n  local -a columns=({2}\n  )\n  compset -P -\n  _describe -t columns column "
      "columns\n}}\n\n",
      function, values, described);
}

// zsh writes IPREFIX in place of what was typed, without the backslash of \!: the '!' would be the history's.
std::string calls_functions(const Vocabulary& words, const std::string& function) {
  return fmt::format(
      "{0}_set() {{\n  compset -P '!' && [[ -z $compstate[quote] ]] && IPREFIX=${{IPREFIX%!}}'\\!'\n  "
      "_sequence compadd - all none $@\n}}\n\n"
      "{0}_calls() {{\n  local -a calls=({1})\n  $@ $calls\n}}\n\n"
      "{0}_events() {{\n  {0}_set {2}\n}}\n\n"
      "{0}_abis() {{\n  compadd \"$@\" - {3}\n}}\n\n"
      "{0}_expression() {{\n  local -a groups=({4}) signals=({5})\n"
      "  if compset -P '(s|signal|signals)='; then\n"
      "    [[ ${{PREFIX##*[,!]}} != SIG* ]] || signals=(SIG$^signals)\n    {0}_set $signals\n"
      "  elif compset -P status=; then\n    {0}_set {6}\n  else\n"
      "    compset -P '(t|trace)=' || compadd -S '' - trace= signal= status=\n"
      "    {0}_calls {0}_set $groups\n  fi\n}}\n\n",
      function, fmt::join(words.calls, " "), fmt::join(words.events, " "), fmt::join(words.abis, " "),
      fmt::join(words.groups, " "), fmt::join(words.signals, " "), fmt::join(words.statuses, " "));
}

std::string commands_part(const ProgramSpec& program, const std::string& function) {
  std::string cases;
  for (const CommandSpec& command : program.commands) {
    cases += fmt::format("        {})\n          {} && ret=0\n          ;;\n", command.name,
                         arguments(command, function, "          "));
  }
  return fmt::format(
      "  case $state in\n    command)\n      _describe -t commands command commands && ret=0\n      ;;\n"
      "    arguments)\n      case $line[1] in\n{}      esac\n      ;;\n  esac\n  return ret\n}}\n\n",
      cases);
}

std::string commands_list(const ProgramSpec& program) {
  std::string list;
  for (const CommandSpec& command : program.commands) {
    list += fmt::format("\n    {}", shell_quoted(command.name + ':' + spec_text(command.help)));
  }
  return fmt::format("  local -a commands=({}\n  )\n", list);
}

/// What follows "--" is a program, unless a command comes before it.
std::string program_part(const ProgramSpec& program) {
  std::string names;
  for (const CommandSpec& command : program.commands) names += (names.empty() ? "" : "|") + command.name;
  return fmt::format(
      "  local -i end=${{words[(i)--]}}\n"
      "  if (( end < CURRENT )) && [[ -z ${{(M)words[2,end]:#({})}} ]]; then\n"
      "    shift $end words\n    (( CURRENT -= end ))\n    _normal\n    return\n  fi\n",
      names);
}

}  // namespace

std::string zsh_completion(const ProgramSpec& program, const Vocabulary& words) {
  const std::string function = function_name(program);
  std::string out =
      fmt::format("#compdef {}\n# Generated by tools/gen-cli from the program's own tables: do not edit.\n\n",
                  program.self.name);
  if (!names_with_value(program, Value::columns).empty()) out += columns_functions(words.columns, function);
  if (!names_with_value(program, Value::fd_columns).empty())
    out += columns_functions(words.fd_columns, function + "_fd");
  if (!names_with_value(program, Value::calls).empty()) out += calls_functions(words, function);
  // zsh's own _pids knows only the processes of this terminal.
  out += fmt::format("{0}_pids() {{\n  local -a pids=(/proc/<1->(/N:t))\n  compadd \"$@\" - $pids\n}}\n\n",
                     function);
  out += function + "() {\n";
  if (program.runs_program) {
    out += "  " + arguments(program.self, function, "  ") +
           " \\\n    '(-)1:program:_command_names -e' \\\n    '*::argument:_normal'\n}\n\n";
  } else {
    out += program_part(program);
    out += "  local curcontext=$curcontext state line ret=1\n" + commands_list(program);
    // -A: what follows a command is the command's, though an option of ours may have the same name.
    out += "  " + arguments(program.self, function, "  ", " -A '-*'") +
           " \\\n    '1: :->command' \\\n    '*:: :->arguments' && ret=0\n";
    out += commands_part(program, function);
  }
  return out + function + " \"$@\"\n";
}

}  // namespace ptop::gen
