// Small grammars. A mistake is a cli::UsageError that names the option and the word.
#include "strace_values.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

#include "option_values.hpp"
#include "ptop/base/message.hpp"

namespace ptop::ptrace_fork {
namespace {

using render::CountColumn;

[[noreturn]] void wrong(std::string_view option, std::string_view text, std::string_view instead) {
  throw cli::UsageError(fmt::format("{}: '{}' is not known; use {}", option, escaped(text), instead));
}

constexpr std::array<std::pair<std::string_view, CountColumn>, 14> count_words{{
    {"time-percent", CountColumn::time_percent},
    {"time", CountColumn::time_percent},
    {"total-time", CountColumn::total_time},
    {"time-total", CountColumn::total_time},
    {"min-time", CountColumn::min_time},
    {"shortest", CountColumn::min_time},
    {"max-time", CountColumn::max_time},
    {"longest", CountColumn::max_time},
    {"avg-time", CountColumn::avg_time},
    {"calls", CountColumn::calls},
    {"errors", CountColumn::errors},
    {"name", CountColumn::name},
    {"syscall", CountColumn::name},
    {"count", CountColumn::calls},
}};

template <class Each>
void for_each_word(std::string_view text, Each each) {
  for (bool more = true; more;) {
    const auto comma = text.find(',');
    more = comma != text.npos;
    each(text.substr(0, comma));
    if (more) text.remove_prefix(comma + 1);
  }
}

std::string_view without(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

}  // namespace

int parse_precision(std::string_view option, std::string_view text) {
  constexpr std::array<std::pair<std::string_view, int>, 4> units{
      {{"s", 0}, {"ms", 3}, {"us", 6}, {"ns", 9}}};
  const auto unit = std::ranges::find(units, text, [](const auto& u) { return u.first; });
  if (unit == units.end()) wrong(option, text, "s, ms, us or ns");
  return unit->second;
}

void set_absolute_timestamps(render::StraceOptions& strace, std::string_view text) {
  constexpr std::array<std::pair<std::string_view, render::StraceClock>, 3> formats{
      {{"none", render::StraceClock::none},
       {"time", render::StraceClock::time},
       {"unix", render::StraceClock::unix_time}}};
  strace.clock = render::StraceClock::time;
  strace.clock_digits = 0;
  for_each_word(text, [&](std::string_view word) {
    const auto format =
        std::ranges::find(formats, without(word, "format:"), [](const auto& f) { return f.first; });
    if (format != formats.end() && !word.starts_with("precision:")) {
      strace.clock = format->second;
    } else {
      strace.clock_digits = parse_precision("--absolute-timestamps", without(word, "precision:"));
    }
  });
}

HexBytes parse_hex_strings(std::string_view text) {
  if (text.empty() || text == "all") return HexBytes::always;
  if (text == "non-ascii") return HexBytes::odd_strings;
  if (text == "non-ascii-chars") return HexBytes::odd_bytes;
  if (text == "none") return HexBytes::never;
  wrong("--strings-in-hex", text, "none, non-ascii-chars, non-ascii or all");
}

render::ConstantStyle parse_constant_style(std::string_view text) {
  if (text == "raw") return render::ConstantStyle::raw;
  if (text == "abbrev") return render::ConstantStyle::abbreviated;
  if (text == "verbose") return render::ConstantStyle::verbose;
  wrong("-X", text, "raw, abbrev or verbose");
}

std::uint64_t parse_overhead(const std::string& text) {
  const bool has_unit = text.find_first_not_of("0123456789.") != text.npos;
  return parse_duration("-O", has_unit ? text : text + "us");
}

std::vector<CountColumn> parse_count_columns(std::string_view text) {
  std::vector<CountColumn> columns;
  for_each_word(text, [&](std::string_view word) {
    const auto column = std::ranges::find(count_words, word, [](const auto& w) { return w.first; });
    if (column == count_words.end())
      wrong("-U", word, "time-percent, total-time, min-time, max-time, avg-time, calls, errors or name");
    if (std::ranges::find(columns, column->second) != columns.end())
      throw cli::UsageError(fmt::format("-U: '{}' is there twice", word));
    columns.push_back(column->second);
  });
  if (std::ranges::find(columns, CountColumn::name) == columns.end()) columns.push_back(CountColumn::name);
  return columns;
}

// 1 and 2 differ in where strace lets itself be interrupted, in the middle of a line or not; we do not.
bool parse_interruptible(std::string_view text) {
  constexpr std::array<std::string_view, 4> words{"anywhere", "waiting", "never", "never_tstp"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (text == words[i] || text == std::string_view("1234").substr(i, 1)) return i >= 2;
  }
  wrong("-I", text, "1 (anywhere), 2 (waiting), 3 (never) or 4 (never_tstp)");
}

std::optional<CountColumn> parse_count_sort(std::string_view text) {
  if (text == "nothing" || text == "none") return std::nullopt;
  const auto column = std::ranges::find(count_words, text, [](const auto& w) { return w.first; });
  if (column == count_words.end())
    wrong("-S", text, "time, min-time, max-time, avg-time, calls, errors, name or nothing");
  return column->second;
}

void parse_word_set(std::string_view option, std::string_view text, std::span<const SetWord> words) {
  const bool inverted = text.starts_with('!');
  for (const SetWord& word : words) *word.there = inverted;
  for_each_word(inverted ? text.substr(1) : text, [&](std::string_view name) {
    bool found = name == "all" || name == "none";
    for (const SetWord& word : words) {
      const bool named = word.word == name;
      found = found || named;
      if (named || name == "all") *word.there = !inverted;
    }
    if (found) return;
    std::string list;
    for (const SetWord& word : words) list += fmt::format("{}, ", word.word);
    wrong(option, name, list + "all or none");
  });
}

decode::DescriptorSet parse_descriptor_set(std::string_view option, std::string_view text) {
  decode::DescriptorSet set{.inverted = text.starts_with('!')};
  const std::string_view list = set.inverted ? text.substr(1) : text;
  if (list == "none") return set;
  if (list == "all") return {.inverted = !set.inverted};
  for_each_word(list, [&](std::string_view word) {
    const auto fd = parse_number<std::int32_t>(word);
    if (!fd || *fd < 0) wrong(option, word, "numbers of descriptors, all or none");
    set.numbers.push_back(*fd);
  });
  return set;
}

void add_path(StraceDialect& dialect, const std::string& path, bool quiet) {
  dialect.touching.push_back(path);
  const std::unique_ptr<char, void (*)(void*)> resolved(::realpath(path.c_str(), nullptr), std::free);
  if (!resolved || path == resolved.get()) return;
  if (!quiet)
    say("strace",
        fmt::format("Requested path \"{}\" resolved into \"{}\"", escaped(path), escaped(resolved.get())));
  dialect.touching.emplace_back(resolved.get());
}

}  // namespace ptop::ptrace_fork
