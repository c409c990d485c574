// A word for each action, then its particulars.
#include "recipe_text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <climits>
#include <csignal>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <linux/capability.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/model/kernel_names.hpp"
#include "ptop/render/decoded_text.hpp"
#include "ptop/render/units.hpp"
#include "wrap.hpp"

namespace ptop::render {
namespace {

using follow::Recipe;
using follow::RecipeStep;

/// SIGCANCEL and SIGSETXID of the C library, which it keeps to itself.
bool is_internal(int signal) { return signal == 32 || signal == 33; }

std::vector<int> without_internal(std::vector<int> signals) {
  std::erase_if(signals, is_internal);
  return signals;
}

std::string signal_words(const std::vector<int>& signals) {
  std::string text;
  for (const int signal : signals)
    text += fmt::format("{}{}", text.empty() ? "" : " ", signal_name(signal).substr(3));
  return text;
}

constexpr int last_signal = 64;
constexpr std::size_t most_signals = 16;

/// Those that a program can set, and that are not in `signals`.
std::vector<int> other_signals(const std::vector<int>& signals) {
  std::vector<int> others;
  for (int signal = 1; signal <= last_signal; ++signal) {
    const bool fixed = signal == SIGKILL || signal == SIGSTOP;
    if (!fixed && !is_internal(signal) && std::find(signals.begin(), signals.end(), signal) == signals.end())
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

/// The descriptor of the directory that a path begins at.
std::optional<int> directory_of(const RecipeStep& step) {
  if (step.path.starts_with('/') || step.args.empty() || step.args.front().value == nullptr)
    return std::nullopt;
  const auto* const fd = std::get_if<decode::FileDescriptor>(&step.args.front().value->what);
  return fd != nullptr && fd->value >= 0 ? std::optional(fd->value) : std::nullopt;
}

std::string_view mode_words(const RecipeStep& step) {
  if (step.mode == "read_write") return " to read and write";
  if (step.mode == "read") return " to read";
  if (step.mode == "write") return " to write";
  return step.mode == "append" ? " to append" : "";
}

std::string file_words(const RecipeStep& step) {
  if (step.path.empty()) return call_words(step);
  const auto directory = directory_of(step);
  return directory ? fmt::format("{} in {}", escaped(step.path), *directory) : escaped(step.path);
}

/// What was written there, or what became the terminal by being opened.
std::string path_words(const RecipeStep& step) {
  if (step.action != "write") return file_words(step);
  std::string text;
  if (step.args.size() > 1) append_decoded(text, *step.args[1].value);
  return fmt::format("{} to {}", text, escaped(step.path));
}

std::string capability_list(std::uint64_t mask) {
  std::string text;
  for (const std::string_view name : model::capability_names(mask))
    text.append(text.empty() ? "" : " ").append(name);
  return text;
}

/// Or what is missing, where that is less.
std::string shortest_capability_list(std::uint64_t mask) {
  constexpr std::uint64_t all = (std::uint64_t{2} << CAP_LAST_CAP) - 1;
  const std::uint64_t missing = all & ~mask;
  if (mask == 0) return "none";
  if (missing == 0) return "all";
  return std::popcount(missing) < std::popcount(mask) ? "all but " + capability_list(missing)
                                                      : capability_list(mask);
}

/// The fewest words: what it is now, or what is new, or what is gone.
std::string capability_words(const follow::CapabilityChange& change) {
  const std::uint64_t added = change.after & ~change.before, removed = change.before & ~change.after;
  if (std::popcount(change.after) <= std::popcount(added | removed))
    return fmt::format("{} {}", change.set, shortest_capability_list(change.after));
  std::string text(change.set);
  if (added != 0) text += " and " + capability_list(added);
  if (removed != 0) text += " without " + capability_list(removed);
  return text;
}

std::string all_capability_words(const std::vector<follow::CapabilityChange>& changes) {
  std::string text;
  for (const auto& change : changes) text.append(text.empty() ? "" : "; ").append(capability_words(change));
  return text;
}

std::string lock_words(const RecipeStep& step) {
  return fmt::format("{} {} ({})", *step.fd, step.mode == "none" ? "unlocked" : step.mode, step.call);
}

std::string particulars(const RecipeStep& step, bool ascii) {
  if (step.action == "dup") return arrow(step, ascii);
  if (step.action == "pipe" && step.call != "socketpair" && step.fd && step.to)
    return fmt::format("{} to read, {} to write", *step.fd, *step.to);
  if (step.action == "open" && !step.fd && !step.path.empty())
    return fmt::format("{}{}", file_words(step), mode_words(step));
  if (step.action == "open" && step.fd)
    return fmt::format("{} as {}{}", file_words(step), *step.fd, mode_words(step));
  if (step.action == "lock" && step.fd && !step.mode.empty()) return lock_words(step);
  if (step.action == "default" || step.action == "ignore") return signal_list(step.signals);
  if (!step.closed.empty()) return range_words(step.closed);
  if (step.action == "close_on_exec" || step.action == "keep") return fmt::format("{}", step.fd.value_or(-1));
  if (step.action == "setsid") return "new session";
  if (!step.capabilities.empty()) return all_capability_words(step.capabilities);
  if (!step.path.empty() && (step.action == "terminal" || step.action == "write")) return path_words(step);
  if (step.action == "setpgid")
    return step.number.value_or(0) == 0 ? "new process group" : fmt::format("process group {}", *step.number);
  if (step.action == "chdir" && !step.path.empty()) return escaped(step.path);
  return call_words(step);
}

constexpr std::size_t action_columns = 14, least_words = 16;

std::string step_end(const RecipeStep& step) {
  std::string line;
  if (!step.cloexec.empty()) line += fmt::format("  close-on-exec: {}", fmt::join(step.cloexec, " "));
  if (step.unfinished) line += "  killed in it";
  if (step.error_number != 0) line += fmt::format("  failed: {}", errno_name(step.error_number));
  return line;
}

bool is_item(std::string_view word) {
  static constexpr std::array<std::string_view, 11> others{"and",         "up",      "without",   "all",
                                                           "but",         "none",    "effective", "permitted",
                                                           "inheritable", "ambient", "bounding"};
  return !word.empty() && std::ranges::find(others, word) == others.end();
}

std::size_t items_of(std::string_view words) {
  std::size_t count = 0;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (is_item(words.substr(0, end))) ++count;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return count;
}

std::string_view whole_words(std::string_view words, std::size_t columns) {
  const std::string_view some = clip(words, columns);
  if (some.size() == words.size()) return words;
  const std::size_t end = words[some.size()] == ' ' ? some.size() : some.rfind(' ');
  return end == some.npos || end < some.size() / 2 ? some : some.substr(0, end);
}

/// Of a list it says how much is missing.
std::string cut(std::string_view words, std::size_t columns, bool is_list, bool ascii) {
  const std::string_view mark = ascii ? "..." : "…";
  if (!is_list) return fmt::format("{}{}", whole_words(words, columns), mark);
  constexpr std::size_t count_columns = 16;  // ... and 1000 more
  std::string_view shown = whole_words(words, columns - std::min(columns, count_columns));
  const std::size_t missing = items_of(words.substr(shown.size()));
  while (shown.ends_with(',') || shown.ends_with(';')) shown.remove_suffix(1);
  return fmt::format("{} {} and {} more", shown, mark, missing);
}

/// The end of a path tells more than its middle, and the beginning of a call
/// more than its end.
void add_step(std::vector<std::string>& lines, const RecipeStep& step, const Wrap& wrap) {
  constexpr std::size_t most_lines = 3;
  std::string words = particulars(step, wrap.ascii);
  const std::string end = step_end(step), path = escaped(step.path);
  const std::size_t room = wrap.columns - std::min(wrap.columns, action_columns + display_width(end));
  const auto at = path.empty() ? words.npos : words.find(path);
  const std::size_t around = display_width(words) - display_width(path);
  if (wrap.columns != 0 && at != words.npos && room >= around + least_words)
    words.replace(at, path.size(), shorten_middle(path, room - around, wrap.ascii));
  const std::size_t most = most_lines * (wrap.columns - std::min(wrap.columns, wrap.hang));
  if (wrap.columns != 0 && display_width(words) > most)
    words = cut(words, most, !step.closed.empty() || !step.capabilities.empty(), wrap.ascii);
  auto some = wrapped(fmt::format("{:{}}{}{}", step.action, action_columns, words, end), wrap);
  std::ranges::move(some, std::back_inserter(lines));
}

std::string gets_line(const Recipe& recipe, const Wrap& wrap = {}) {
  std::string line;
  for (const auto& open : recipe.descriptors) {
    const std::string number = fmt::format("{} ", open.fd), end = open.deleted ? " (deleted)" : "";
    const std::size_t around = wrap.hang + number.size() + end.size();
    const std::size_t room = wrap.columns - std::min(wrap.columns, around);
    const std::string target = escaped(open.target);
    line += fmt::format("  {}{}{}", number,
                        wrap.columns == 0 ? target : shorten_middle(target, room, wrap.ascii), end);
  }
  if (!recipe.blocked.empty()) line += fmt::format("  blocked {}", signal_list(recipe.blocked));
  if (const auto ignored = without_internal(recipe.ignored); !ignored.empty())
    line += fmt::format("  ignored {}", signal_list(ignored));
  if (recipe.capabilities)
    line += fmt::format("  capabilities {}", shortest_capability_list(*recipe.capabilities));
  return line.empty() ? line : fmt::format("{:{}}{}", "gets", action_columns, line.substr(2));
}

bool is_mark(const RecipeStep& step) {
  return (step.action == "keep" || step.action == "close_on_exec") && step.error_number == 0 &&
         !step.unfinished;
}

/// What says more in fewer lines: marks one after the other are one step, and
/// of signals only those of programs.
std::vector<RecipeStep> steps_for_people(const Recipe& recipe) {
  std::vector<RecipeStep> steps;
  for (const RecipeStep& step : recipe.steps) {
    const bool continues = !steps.empty() && is_mark(step) && is_mark(steps.back());
    if (!continues || steps.back().action != step.action) steps.push_back(step);
    RecipeStep& told = steps.back();
    if (is_mark(step)) {
      if (step.fd) told.closed.push_back({*step.fd, *step.fd});
      if (continues && told.action == step.action)
        told.closed.insert(told.closed.end(), step.closed.begin(), step.closed.end());
      follow::join_ranges(told.closed);
    }
    const bool had_signals = !told.signals.empty();
    if (told.error_number == 0) told.signals = without_internal(std::move(told.signals));
    if (had_signals && told.signals.empty()) steps.pop_back();
  }
  return steps;
}

}  // namespace

std::string recipe_gets(const Recipe& recipe) {
  return fmt::format("{}{:d}{:d}", gets_line(recipe), recipe.new_session, recipe.new_group);
}

std::string recipe_headline(const Recipe& recipe) {
  return fmt::format("{}{} call{} in {}{}", recipe.partial ? "only the first " : "", recipe.calls,
                     recipe.calls == 1 ? "" : "s", human_duration(recipe.window_ns),
                     recipe.execed ? "" : ", and no exec");
}

std::vector<std::string> recipe_lines(const Recipe& recipe, std::size_t columns, bool ascii) {
  std::vector<std::string> lines;
  const Wrap wrap{.columns = columns, .hang = action_columns, .ascii = ascii};
  for (const RecipeStep& step : steps_for_people(recipe)) add_step(lines, step, wrap);
  if (const auto gets = gets_line(recipe, wrap); !gets.empty())
    std::ranges::move(wrapped(gets, wrap), std::back_inserter(lines));
  return lines;
}

}  // namespace ptop::render
