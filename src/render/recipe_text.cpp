// A word for each action, then its particulars.
#include "recipe_text.hpp"

#include <algorithm>
#include <climits>
#include <csignal>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/render/decoded_text.hpp"
#include "ptop/render/units.hpp"

namespace ptop::render {
namespace {

using follow::Recipe;
using follow::RecipeStep;

std::string signal_words(const std::vector<int>& signals) {
  std::string text;
  for (const int signal : signals)
    text += fmt::format("{}{}", text.empty() ? "" : " ", signal_name(signal).substr(3));
  return text;
}

constexpr int last_signal = 64;
constexpr std::size_t most_signals = 16;

/// Those that a process can set, and that are not in `signals`.
std::vector<int> other_signals(const std::vector<int>& signals) {
  std::vector<int> others;
  for (int signal = 1; signal <= last_signal; ++signal) {
    const bool fixed = signal == SIGKILL || signal == SIGSTOP;
    if (!fixed && std::find(signals.begin(), signals.end(), signal) == signals.end())
      others.push_back(signal);
  }
  return others;
}

std::string signal_list(const std::vector<int>& signals) {
  if (signals.size() <= most_signals) return signal_words(signals);
  const auto others = other_signals(signals);
  if (others.size() > most_signals) return fmt::format("{} signals", signals.size());
  return others.empty() ? "all" : "all but " + signal_words(others);
}

std::string range_words(const std::vector<follow::ClosedRange>& ranges) {
  std::string text;
  for (const auto& [first, last] : ranges) {
    if (!text.empty()) text += ", ";
    if (last == INT_MAX)
      text += fmt::format("{} and up", first);
    else
      text += first == last ? fmt::format("{}", first) : fmt::format("{}-{}", first, last);
  }
  return text;
}

std::string call_words(const RecipeStep& step) {
  std::string text(step.call);
  text += '(';
  append_arguments(text, step.args);
  return text + ')';
}

std::string arrow(const RecipeStep& step, bool ascii) {
  if (!step.fd || !step.to) return call_words(step);
  return fmt::format("{} {} {}", *step.fd, ascii ? "->" : "→", *step.to);
}

std::string particulars(const RecipeStep& step, bool ascii) {
  if (step.action == "dup") return arrow(step, ascii);
  if (step.action == "pipe" && step.call != "socketpair" && step.fd && step.to)
    return fmt::format("{} to read, {} to write", *step.fd, *step.to);
  if (step.action == "open" && step.fd)
    return fmt::format("{} as {}", step.path.empty() ? call_words(step) : escaped(step.path), *step.fd);
  if (step.action == "default" || step.action == "ignore") return signal_list(step.signals);
  if (!step.closed.empty()) return range_words(step.closed);
  if (step.action == "close_on_exec" || step.action == "keep") return fmt::format("{}", step.fd.value_or(-1));
  if (step.action == "setsid") return "new session";
  if (step.action == "setpgid")
    return step.number.value_or(0) == 0 ? "new process group" : fmt::format("process group {}", *step.number);
  if (step.action == "chdir" && !step.path.empty()) return escaped(step.path);
  return call_words(step);
}

std::string step_line(const RecipeStep& step, bool ascii) {
  std::string line = fmt::format("{:14}{}", step.action, particulars(step, ascii));
  if (step.error_number != 0) line += fmt::format("  failed: {}", errno_name(step.error_number));
  return line;
}

std::string gets_line(const Recipe& recipe) {
  std::string line;
  for (const auto& open : recipe.descriptors) line += fmt::format("  {} {}", open.fd, escaped(open.target));
  if (!recipe.blocked.empty()) line += fmt::format("  blocked {}", signal_list(recipe.blocked));
  if (!recipe.ignored.empty()) line += fmt::format("  ignored {}", signal_list(recipe.ignored));
  return line.empty() ? line : fmt::format("{:14}{}", "gets", line.substr(2));
}

}  // namespace

std::string recipe_headline(const Recipe& recipe) {
  return fmt::format("{} call{} in {}{}", recipe.calls, recipe.calls == 1 ? "" : "s",
                     human_duration(recipe.window_ns), recipe.execed ? "" : ", and no exec");
}

std::vector<std::string> recipe_lines(const Recipe& recipe, bool ascii) {
  std::vector<std::string> lines;
  for (const RecipeStep& step : recipe.steps) lines.push_back(step_line(step, ascii));
  if (auto gets = gets_line(recipe); !gets.empty()) lines.push_back(std::move(gets));
  return lines;
}

}  // namespace ptop::render
