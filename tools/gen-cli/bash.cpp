// bash: one function per program, on top of bash-completion's _init_completion and _command_offset.
#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include "spec.hpp"

namespace ptop::gen {
namespace {

std::string option_words(const CommandSpec& command) {
  std::string words;
  for (const OptionSpec& option : command.options) {
    for (const std::string& name : option.names) words += (words.empty() ? "" : " ") + name;
  }
  return words;
}

std::string pattern(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, " | "));
}

struct Completer {
  Value value;
  const char* code;
};
constexpr Completer completers[] = {
    {Value::directory, "FUNCTION_files -d"},
    {Value::file, "FUNCTION_files"},
    {Value::columns, "FUNCTION_list \"${columns[*]}\""},
    {Value::column, "FUNCTION_column"},
    {Value::pids, "FUNCTION_list \"$(FUNCTION_pids)\""},
    {Value::calls, "FUNCTION_expression"},
    {Value::call, "mapfile -t COMPREPLY < <(compgen -W \"${calls[*]}\" -- \"$cur\")"},
    {Value::events, "FUNCTION_list \"all none ${events[*]}\""},
    {Value::abi, "mapfile -t COMPREPLY < <(compgen -W \"${abis[*]}\" -- \"$cur\")"},
    {Value::user, "mapfile -t COMPREPLY < <(compgen -u -- \"$cur\")"},
    {Value::when, "mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- \"$cur\")"},
    {Value::text, "COMPREPLY=()"},
};

std::string with_function(std::string code, const std::string& function) {
  for (std::size_t at = 0; (at = code.find("FUNCTION", at)) != code.npos; at += function.size())
    code.replace(at, 8, function);
  return code;
}

struct Completion {
  const Completer* completer;
  std::vector<std::string> names;
};

// A name that two commands give different values to is completed as the first completer says: in a `case` the
// first pattern wins.
std::vector<Completion> completions(const ProgramSpec& program) {
  std::vector<Completion> all;
  std::set<std::string> taken;
  for (const Completer& completer : completers) {
    auto names = names_with_value(program, completer.value);
    std::erase_if(names, [&](const std::string& name) { return !taken.insert(name).second; });
    if (!names.empty()) all.push_back({&completer, std::move(names)});
  }
  return all;
}

std::string value_cases(const ProgramSpec& program) {
  std::string out;
  for (const auto& [completer, names] : completions(program))
    out += fmt::format("    {})\n      {}\n      return\n      ;;\n", pattern(names),
                       with_function(completer->code, function_name(program)));
  return out;
}

std::vector<std::string> all_valued(const ProgramSpec& program) {
  std::vector<std::string> names;
  for (const Completion& completion : completions(program))
    names.insert(names.end(), completion.names.begin(), completion.names.end());
  return names;
}

// Words are broken at '=', ':', '@' and an opening quote: readline replaces $word, the end of $cur. Of it a
// reply keeps what stands before the last name: an inverted set stays one.
constexpr const char* list_function = R"(FUNCTION_list() {
  local last=${cur##*[,!=\"\']} before
  before=${word%"$last"}
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "$last")
  compopt -o nospace
}
)";
constexpr const char* files_function = R"(FUNCTION_files() {
  _filedir "$@"
  COMPREPLY=("${COMPREPLY[@]#"${cur%"$word"}"}")
}
)";
constexpr const char* expression_function = R"(FUNCTION_expression() {
  local set=${cur#[\"\']}
  case $set in
    s=* | signal=* | signals=*)
      [[ ${set##*[,!=]} != SIG* ]] || signals=("${signals[@]/#/SIG}")
      FUNCTION_list "all none ${signals[*]}"
      ;;
    status=*) FUNCTION_list "all none ${statuses[*]}" ;;
    *[=,!]*) FUNCTION_list "all none ${groups[*]} ${calls[*]}" ;;
    *) FUNCTION_list "trace= signal= status= all none ${groups[*]} ${calls[*]}" ;;
  esac
}
)";
// _command_offset counts words as readline breaks them; in $words they are whole, and there are no
// redirections.
constexpr const char* program_function = R"(FUNCTION_program() {
  local word joined start=0 i=0
  for word in "${words[@]:0:$1+1}"; do
    joined=
    while ((i <= COMP_CWORD)); do
      [[ $joined ]] || start=$i
      joined+=${COMP_WORDS[i++]}
      [[ $joined != "$word" ]] || break
      [[ $word == "$joined"* ]] || joined=
    done
  done
  _command_offset "$start"
}
)";
constexpr const char* pids_function = R"(FUNCTION_pids() {
  local pids=(/proc/[0-9]*)
  printf '%s\n' "${pids[@]#/proc/}"
}
)";
constexpr const char* column_function = R"(FUNCTION_column() {
  local before=
  [[ $cur != -* ]] || before=-
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "${columns[*]}" -- "${cur#-}")
}
)";
constexpr const char* main_head = R"(
FUNCTION() {
  local cur prev words cword split word=${2#[\"\']}
  _init_completion -s -n :@ || return
  [[ $word != [=:@] ]] || word=
)";

std::string columns_array(const std::vector<Word>& columns) {
  std::string out = "columns=(";
  for (const Word& column : columns) out += (out.back() == '(' ? "" : " ") + column.name;
  return out + ")\n";
}

std::string call_arrays(const Vocabulary& words) {
  return fmt::format(
      "  local calls=({})\n  local groups=({})\n  local signals=({})\n  local statuses=({})\n"
      "  local events=({})\n  local abis=({})\n",
      fmt::join(words.calls, " "), fmt::join(words.groups, " "), fmt::join(words.signals, " "),
      fmt::join(words.statuses, " "), fmt::join(words.events, " "), fmt::join(words.abis, " "));
}

std::string command_cases(const ProgramSpec& program, const Vocabulary& words) {
  std::string out;
  for (const CommandSpec& command : program.commands) {
    out += fmt::format("    {})\n      options='{}'\n", command.name, option_words(command));
    if (command.operand_value == Value::pid)
      out += fmt::format("      operands=$({}_pids)\n", function_name(program));
    if (takes(command, Value::fd_columns)) out += "      " + columns_array(words.fd_columns);
    out += "      ;;\n";
  }
  return out;
}

}  // namespace

std::string bash_completion(const ProgramSpec& program, const Vocabulary& words) {
  const std::string function = function_name(program);
  std::vector<std::string> commands;
  for (const CommandSpec& command : program.commands) commands.push_back(command.name);

  std::string out = fmt::format(
      "# bash completion for {}. Generated by tools/gen-cli from the program's own tables: do not edit.\n"
      "# shellcheck shell=bash disable=SC2034,SC2119,SC2120,SC2154\n\n",
      program.self.name);
  for (const char* part : {list_function, files_function, pids_function, program_function})
    out += with_function(part, function);
  const bool columns = !names_with_value(program, Value::columns).empty();
  const bool calls = !names_with_value(program, Value::calls).empty();
  if (columns) out += with_function(column_function, function);
  if (calls) out += with_function(expression_function, function);

  out += with_function(main_head, function);
  if (columns) out += "  local " + columns_array(words.columns);
  if (calls) out += call_arrays(words);
  out += fmt::format("  local options='{}' operands='{}' i\n", option_words(program.self),
                     fmt::join(commands, " "));

  // The first word that is no option and no option's value: a command, or the program to run.
  out += fmt::format(
      "  for ((i = 1; i < cword; i++)); do\n    case ${{words[i]}} in\n      {})\n        ((++i))\n        "
      ";;\n"
      "      --)\n        ((++i))\n        break\n        ;;\n      -*) ;;\n      *) break ;;\n    esac\n  "
      "done\n",
      pattern(all_valued(program)));
  if (program.runs_program) {
    out += with_function(
        "  if ((i < cword)) || { ((i == cword)) && [[ ${words[i]} != -* || $prev == -- ]]; }; then\n"
        "    FUNCTION_program \"$i\"\n    return\n  fi\n",
        function);
  } else {
    // ptop -- PROG: only before a command; one of its own has been passed by no "--".
    out += with_function(
        "  if ((i <= cword)) && [[ ${words[i - 1]} == -- ]]; then\n    FUNCTION_program \"$i\"\n    return\n "
        " "
        "fi\n"
        "  if ((i < cword)); then\n    operands=\n    case ${words[i]} in\n",
        function);
    std::string cases = command_cases(program, words);
    for (std::size_t at = 0; at < cases.size();) {
      const std::size_t end = cases.find('\n', at);
      out += "  " + cases.substr(at, end - at) + '\n';
      at = end + 1;
    }
    out += "    esac\n  fi\n";
  }
  out += fmt::format("  case $prev in\n{}  esac\n", value_cases(program));
  out +=
      "  ! $split || return\n"
      "  if [[ $cur == -* ]]; then\n    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$cur\")\n"
      "  else\n    mapfile -t COMPREPLY < <(compgen -W \"$operands\" -- \"$cur\")\n  fi\n";
  out += fmt::format("}}\ncomplete -F {} {}\n", function, program.self.name);
  return out;
}

}  // namespace ptop::gen
