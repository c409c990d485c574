// The environment of a new program against that of who called exec.
#include "exec_changes.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"

namespace ptop::render {
namespace {

constexpr std::size_t value_columns = 48;  // of one variable
constexpr std::size_t most_shown = 8;      // variables; the rest is counted
constexpr std::string_view heading = "env ";

/// NAME=VALUE with the value quoted, so that blanks in it do not look like a new variable.
std::string assignment(std::string_view variable, const EnvironmentStyle& style) {
  const std::size_t equals = variable.find('=', 1);  // one in front is part of a name, as follow has it
  std::string text = escaped(variable.substr(0, equals));
  if (text.empty()) text = "''";  // an empty string: nobody sees it otherwise
  if (equals == std::string_view::npos) return text;
  const auto value = variable.substr(equals + 1);
  text += '=';
  if (!value.empty()) text += escaped_command_line(value);
  return style.whole ? text : shorten_middle(text, value_columns, style.ascii);
}

}  // namespace

std::vector<std::string> environment_words(const follow::EnvironmentChange& change,
                                           const EnvironmentStyle& style) {
  std::vector<std::string> words;
  std::size_t count = 0;
  const auto list = [&](char sign, const std::vector<std::string>& variables) {
    for (const std::string& variable : variables) {
      if (variable == "_" || variable.starts_with("_=")) continue;
      if (++count <= most_shown || style.whole) words.push_back(sign + assignment(variable, style));
    }
  };
  list('+', change.added);
  list('-', change.removed);
  list('~', change.changed);
  if (count > words.size()) words.push_back(fmt::format("and {} more", count - words.size()));
  return words;
}

std::string environment_in_line(const std::vector<std::string>& words) {
  return words.empty() ? "" : fmt::format("  {}{}", heading, fmt::join(words, " "));
}

std::vector<std::string> environment_lines(const std::vector<std::string>& words, std::size_t columns,
                                           const EnvironmentStyle& style) {
  std::vector<std::string> lines;
  std::size_t used = 0;
  const std::size_t room = columns - std::min(columns, heading.size());
  for (const std::string& whole : words) {
    const std::string word = style.whole ? whole : shorten_middle(whole, room, style.ascii);
    const std::size_t width = display_width(word);
    if (lines.empty() || used + 1 + width > columns) {
      lines.push_back(lines.empty() ? std::string(heading) : std::string(heading.size(), ' '));
      used = heading.size();
    } else {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += word;
    used += width;
  }
  return lines;
}

}  // namespace ptop::render
