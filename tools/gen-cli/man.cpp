// The generated parts of the man pages, in mdoc.
#include <stdexcept>

#include <fmt/format.h>

#include "spec.hpp"

namespace ptop::gen {
namespace {

// roff gives a meaning to backslashes, and at the start of a line to dots and apostrophes.
std::string text(std::string_view words) {
  std::string out;
  for (const char c : words) {
    if (c == '\\')
      out += "\\e";
    else if (c == '\n')
      out += ' ';
    else
      out += c;
  }
  if (!out.empty() && (out[0] == '.' || out[0] == '\'')) out.insert(0, "\\&");
  return out;
}

/// Each sentence on a line of its own, as roff wants them.
std::string sentences(std::string_view words) {
  std::string out;
  while (!words.empty()) {
    const std::size_t end = words.find(". ");
    out += text(words.substr(0, end == words.npos ? end : end + 1)) + '\n';
    words.remove_prefix(end == words.npos ? words.size() : end + 2);
  }
  return out;
}

std::string flag(const std::string& name) { return "Fl " + name.substr(1); }

std::string item(const OptionSpec& option) {
  std::string line = ".It";
  for (const std::string& name : option.names)
    line += (&name == &option.names.front() ? " " : " , ") + flag(name);
  if (option.value == Value::none) return line + '\n';
  const bool attached = option.value == Value::when;
  return line + (attached ? " Ns = Ns" : "") + " Ar " + option.value_name + '\n';
}

std::string options_section(const ProgramSpec& program) {
  std::string out, group;
  for (const OptionSpec& option : program.self.options) {
    if (option.group != group) {
      if (!group.empty()) out += ".El\n";
      group = option.group;
      out += fmt::format(".Ss {}\n.Bl -tag -width Ds\n", group);
    }
    out += item(option) + text(option.help) + ".\n";
  }
  return out + ".El\n";
}

std::string commands_section(const ProgramSpec& program) {
  std::string out = ".Bl -tag -width Ds\n";
  for (const CommandSpec& command : program.commands) {
    out += ".It Ic " + command.name + " Oo Ar options Oc";
    if (!command.operand.empty()) out += " Op Ar " + command.operand;
    out += '\n' + text(command.help) + ".\nOptions:\n";
    for (const OptionSpec& option : command.options) {
      const bool last = &option == &command.options.back();
      out += '.' + flag(option.names.back()) + (last ? " .\n" : " ,\n");
    }
  }
  return out + ".El\n";
}

std::string columns_section(const std::vector<Word>& columns, std::string_view widest = "start_ticks") {
  std::string out = fmt::format(".Bl -tag -width {} -compact\n", widest);
  for (const Word& column : columns) out += fmt::format(".It Cm {}\n{}", column.name, sentences(column.help));
  return out + ".El\n";
}

std::string section(std::string_view name, const ProgramSpec& program, const Vocabulary& words) {
  if (name == "OPTIONS") return options_section(program);
  if (name == "COMMANDS") return commands_section(program);
  if (name == "COLUMNS") return columns_section(words.columns);
  if (name == "FD COLUMNS") return columns_section(words.fd_columns);
  if (name == "SETTINGS") return columns_section(words.settings, "Ds");
  if (name == "METERS") return columns_section(words.meters, "psi_memory");
  if (name == "ACTIONS") return columns_section(words.actions, "autogroup_nicer");
  throw std::runtime_error(fmt::format("man page asks for the unknown part '{}'", name));
}

}  // namespace

std::string man_page(std::string_view page, const ProgramSpec& program, const Vocabulary& words) {
  constexpr std::string_view begin = ".\\\" BEGIN ", end = ".\\\" END ";
  std::string out;
  while (true) {
    const std::size_t at = page.find(begin);
    if (at == page.npos) return out += page;
    const std::size_t line_end = page.find('\n', at);
    const std::string_view name = page.substr(at + begin.size(), line_end - at - begin.size());
    const std::size_t close = page.find(fmt::format("{}{}\n", end, name), line_end);
    if (close == page.npos)
      throw std::runtime_error(fmt::format("man page does not end its part '{}'", name));
    out += page.substr(0, line_end + 1);
    out += section(name, program, words);
    page.remove_prefix(close);
  }
}

}  // namespace ptop::gen
