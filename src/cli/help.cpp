// --help in GNU style: usage lines, what it is, commands, options by group.
#include "help.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "command_line.hpp"

namespace ptop::cli {
namespace {

constexpr std::size_t line_width = 79;
constexpr std::size_t text_column = 29;

// Words of `text` from column `indent` on, at most line_width wide; a newline in `text` stays one.
void append_wrapped(std::string& out, std::string_view text, std::size_t indent, std::size_t column) {
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(" \n");
    const std::string_view word = text.substr(0, end);
    const bool at_start = column == indent;
    if (!at_start && column + 1 + word.size() > line_width) {
      fmt::format_to(std::back_inserter(out), "\n{:{}}", "", indent);
      column = indent;
    } else if (!at_start) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    if (end == text.npos) break;
    if (text[end] == '\n') {
      fmt::format_to(std::back_inserter(out), "\n{:{}}", "", indent);
      column = indent;
    }
    text.remove_prefix(end + 1);
  }
  out += '\n';
}

void append_entry(std::string& out, std::string_view label, std::string_view text) {
  std::string head = fmt::format("  {}", label);
  if (head.size() + 2 > text_column) {
    out += head + '\n';
    head.clear();
  }
  fmt::format_to(std::back_inserter(out), "{:<{}}", head, text_column);
  append_wrapped(out, text, text_column, text_column);
}

// Long options line up whether or not they have a short name.
std::string aligned_label(const CLI::Option& option) {
  return (option.get_snames().empty() ? "    " : "") + option_label(option);
}

void append_commands(std::string& out, const CLI::App& app) {
  const auto commands = app.get_subcommands({});
  if (commands.empty()) return;
  out += "\nCommands:\n";
  for (const CLI::App* command : commands) append_entry(out, command->get_name(), command->get_description());
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* app, std::string /*name*/, CLI::AppFormatMode) const {
  std::string out;
  for (const std::string& line : usage_) {
    out += (out.empty() ? "Usage: " : "   or: ") + line + '\n';
  }
  out += '\n';
  append_wrapped(out, app->get_description(), 0, 0);
  append_commands(out, *app);
  for (const std::string& group : option_groups(*app)) {
    out += '\n' + group + ":\n";
    for (const CLI::Option* option : options_of_group(*app, group)) {
      append_entry(out, aligned_label(*option), option->get_description());
    }
  }
  if (!app->get_footer().empty()) out += '\n' + app->get_footer() + '\n';
  return out;
}

std::vector<std::string> option_groups(const CLI::App& app) {
  std::vector<std::string> groups = app.get_groups();
  groups.erase(std::remove(groups.begin(), groups.end(), ""), groups.end());
  groups.erase(std::remove_if(groups.begin(), groups.end(),
                              [&](const std::string& group) { return options_of_group(app, group).empty(); }),
               groups.end());
  std::stable_partition(groups.begin(), groups.end(),
                        [](const std::string& group) { return group != "Help"; });
  return groups;
}

std::vector<const CLI::Option*> options_of_group(const CLI::App& app, const std::string& group) {
  return app.get_options(
      [&](const CLI::Option* option) { return option->get_group() == group && option->nonpositional(); });
}

}  // namespace ptop::cli
