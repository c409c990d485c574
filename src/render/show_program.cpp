// Program: what it runs, with which arguments, where, and in which environment.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/procfs/cmdline.hpp"
#include "ptop/render/process_table.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

constexpr std::size_t line_of_arguments = 8, length_of_line = 160, arguments_shown = 40;
constexpr std::size_t longest_argument = 400, longest_variable = 200;
constexpr std::string_view deleted_mark = " (deleted)";

/// "" while the path still leads to the file it runs.
std::string_view what_became_of_it(const Sample& sample) {
  if (!sample.has(Source::exe_file))
    return lost_its_file(sample) ? ", deleted or replaced since it was started" : "";
  const ExeFile& file = sample.more().exe_file;
  if (sample.exe->starts_with("/memfd:")) return "";
  if (!file.named) return ", deleted since it was started";
  const bool is_same = file.named->device == file.running.device && file.named->inode == file.running.inode;
  return is_same ? "" : ", replaced since it was started: it runs the file that was there before";
}

void add_executable(Lines& lines, const Subject& s) {
  if (!lines.has("executable", s.sample, Source::exe)) return;
  std::string_view path = *s.sample.exe;
  if (path.ends_with(deleted_mark)) path.remove_suffix(deleted_mark.size());
  StyledText text(escaped(path), Role::name);
  const std::string_view changed = what_became_of_it(s.sample);
  if (!changed.empty()) text.add(std::string(changed), Role::warning);
  lines.add("executable", std::move(text));
}

/// In one line when a person can take it in, one below the other otherwise.
void add_arguments(Lines& lines, const Subject& s) {
  if (!lines.has("command", s.sample, Source::cmdline)) return;
  const auto words = procfs::parse_cmdline(s.sample.cmdline);
  if (words.empty())
    return lines.add("command", StyledText("it has no arguments, not even a name", Role::faint));
  if (words.size() <= line_of_arguments || s.sample.cmdline.size() <= length_of_line) {
    return lines.add("command", shorten_middle(s.cell(ColumnId::command),
                                               line_of_arguments * longest_argument, s.options.ascii));
  }
  for (std::size_t i = 0; i < std::min(words.size(), arguments_shown); ++i) {
    lines.add(i == 0 ? fmt::format("{} arguments", words.size()) : "",
              shorten_middle(escaped_command_line(words[i]), longest_argument, s.options.ascii));
  }
  if (words.size() > arguments_shown)
    lines.add("", StyledText(fmt::format("and {} more", words.size() - arguments_shown), Role::faint));
}

/// What changes how a program runs; the rest is counted. LD_* and MALLOC_* count as well.
bool is_notable(std::string_view variable) {
  constexpr std::array<std::string_view, 14> names{
      "PATH",         "HOME",         "SHELL", "LANG",    "LC_ALL",    "TERM",
      "TMPDIR",       "PYTHONPATH",   "TZ",    "DISPLAY", "CLASSPATH", "JAVA_TOOL_OPTIONS",
      "NODE_OPTIONS", "NOTIFY_SOCKET"};
  const std::string_view name = variable.substr(0, variable.find('='));
  return name.starts_with("LD_") || name.starts_with("MALLOC_") ||
         std::find(names.begin(), names.end(), name) != names.end();
}

void add_environment(Lines& lines, const Subject& s) {
  if (!lines.has("environment", s.sample, Source::environ)) return;
  const auto variables = procfs::parse_cmdline(s.sample.more().environment);
  const auto notable =
      static_cast<std::size_t>(std::count_if(variables.begin(), variables.end(), is_notable));
  if (variables.empty()) return lines.add("environment", StyledText("empty", Role::faint));
  const std::string_view tail = notable == 0 ? "" : notable == variables.size() ? ":" : ", among them:";
  lines.add("environment", counted(variables.size(), "variable", "variables").append(tail));
  for (const std::string_view variable : variables) {
    if (is_notable(variable))
      lines.add("", shorten_middle(escaped(variable), longest_variable, s.options.ascii));
  }
}

void add_directories(Lines& lines, const Subject& s) {
  if (lines.has("directory", s.sample, Source::cwd)) lines.add("directory", escaped(*s.sample.cwd));
  if (!s.sample.has(Source::root) || s.sample.more().root == "/") return;
  StyledText text(escaped(s.sample.more().root));
  lines.add("root", text.add(", not the machine's", Role::warning));
}

}  // namespace

void show_program(Lines& lines, const Subject& s) {
  if (s.is_kernel_thread() || s.is_zombie()) return;
  add_executable(lines, s);
  add_arguments(lines, s);
  add_directories(lines, s);
  add_environment(lines, s);
  lines.add_known("umask", s.cell(ColumnId::umask));
}

}  // namespace ptop::render
