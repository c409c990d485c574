// The fields of the query language and how their values are written.
#include "query_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "ptop/procfs/task_state.hpp"

namespace ptop::model::query {
namespace {

FieldKind kind_of(const Column& column) {
  switch (column.id) {
    case ColumnId::state:
      return FieldKind::state;
    case ColumnId::tty:
      return FieldKind::tty;
    case ColumnId::user:
      return FieldKind::user;
    case ColumnId::killed_by:
    case ColumnId::sig_pending:
    case ColumnId::sig_group_pending:
    case ColumnId::sig_blocked:
    case ColumnId::sig_ignored:
    case ColumnId::sig_caught:
      return FieldKind::signal;
    case ColumnId::argv:
      return FieldKind::argv;
    case ColumnId::command:
      return FieldKind::command;
    case ColumnId::classes:
      return FieldKind::classes;
    case ColumnId::children:
      return FieldKind::children;
    default:
      return column.unit == Unit::none ? FieldKind::text : FieldKind::number;
  }
}

std::vector<Field> make_fields() {
  constexpr std::string_view ns = "_ns";
  std::vector<Field> all;
  for (const Column& c : columns()) {
    all.push_back({c.key, kind_of(c), &c, c.unit, false, c.needs | Source::stat});
    if (c.unit == Unit::nanoseconds && c.key.ends_with(ns)) {
      all.push_back({c.key.substr(0, c.key.size() - ns.size()), FieldKind::number, &c, c.unit, true,
                     c.needs | Source::stat});
    }
  }
  all.push_back(
      {"name", FieldKind::name, nullptr, Unit::none, false, {Source::stat, Source::cmdline, Source::exe}});
  all.push_back({"tree", FieldKind::tree, nullptr, Unit::id, false, Source::stat});
  std::sort(all.begin(), all.end(), [](const Field& a, const Field& b) { return a.key < b.key; });
  return all;
}

constexpr std::array all_states{
    procfs::TaskState::running, procfs::TaskState::sleeping,     procfs::TaskState::disk_sleep,
    procfs::TaskState::stopped, procfs::TaskState::tracing_stop, procfs::TaskState::zombie,
    procfs::TaskState::dead,    procfs::TaskState::idle,         procfs::TaskState::parked};
constexpr std::array<std::string_view, all_states.size()> state_letters{"R", "S", "D", "T", "t",
                                                                        "Z", "X", "I", "P"};

/// The number at the front of `text`, which loses it. No exponents, no hexadecimal digits, no "inf".
std::optional<long double> take_number(std::string_view& text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  if (digits.empty() || digits[0] < '0' || digits[0] > '9') return std::nullopt;
  long double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// "", "B", and a letter of KMGTP followed by nothing, B or iB, in either case.
std::optional<long double> size_factor(std::string_view unit) {
  constexpr std::string_view letters = "kmgtp";
  if (unit.empty()) return 1;
  const auto power = letters.find(lower(unit[0]));
  std::string_view rest = power == letters.npos ? unit : unit.substr(1);
  if (power != letters.npos && rest.size() == 2 && lower(rest[0]) == 'i') rest.remove_prefix(1);
  if (!rest.empty() && (rest.size() != 1 || lower(rest[0]) != 'b')) return std::nullopt;
  long double factor = 1;
  for (std::size_t i = 0; power != letters.npos && i <= power; ++i) factor *= 1024;
  return factor;
}

struct TimeUnit {
  std::string_view name;
  long double ns;
};
constexpr std::array time_units{TimeUnit{"ns", 1},      TimeUnit{"us", 1e3},    TimeUnit{"ms", 1e6},
                                TimeUnit{"s", 1e9},     TimeUnit{"m", 60e9},    TimeUnit{"h", 3600e9},
                                TimeUnit{"d", 86400e9}, TimeUnit{"w", 604800e9}};

std::string_view take_letters(std::string_view& text) {
  const auto is_letter = [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; };
  const auto end = std::find_if_not(text.begin(), text.end(), is_letter);
  const std::string_view letters = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(letters.size());
  return letters;
}

/// 90s, 1.5h, 1h30m; a plain number counts `plain` nanoseconds.
std::optional<long double> parse_duration(std::string_view text, long double plain) {
  long double total = 0;
  for (bool first = true; first || !text.empty(); first = false) {
    const auto number = take_number(text);
    if (!number || *number < 0) return std::nullopt;
    const std::string_view unit = take_letters(text);
    if (unit.empty() && first && text.empty()) return *number * plain;
    const auto* known =
        std::find_if(time_units.begin(), time_units.end(), [&](const TimeUnit& u) { return u.name == unit; });
    if (known == time_units.end()) return std::nullopt;
    total += *number * known->ns;
  }
  return total;
}

}  // namespace

std::span<const Field> fields() {
  static const std::vector<Field> all = make_fields();
  return all;
}

const Field* find_field(std::string_view key) {
  const auto all = fields();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Field& f) { return f.key == key; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string_view> field_names() {
  std::vector<std::string_view> names;
  for (const Field& f : fields()) names.push_back(f.key);
  return names;
}

std::vector<std::string_view> class_words() {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < class_count; ++i) words.push_back(class_name(static_cast<Class>(i)));
  return words;
}

std::optional<Class> find_class(std::string_view word) {
  for (std::size_t i = 0; i < class_count; ++i) {
    if (class_name(static_cast<Class>(i)) == word) return static_cast<Class>(i);
  }
  return std::nullopt;
}

Sources class_needs(Class c) {
  switch (c) {
    case Class::kthread:
    case Class::zombie:
    case Class::session_leader:
    case Class::group_leader:
    case Class::stopped:
      return Source::stat;
    case Class::orphan:  // status tells the init of a nested pid namespace
    case Class::daemon:
    case Class::nohup:
    case Class::traced:
      return {Source::stat, Source::status};
    case Class::container:
      return {Source::stat, Source::status, Source::cgroup};
  }
  return {};
}

std::string_view find_state(std::string_view text) {
  for (std::size_t i = 0; i < all_states.size(); ++i) {
    if (text == state_letters[i] || text == procfs::task_state_name(all_states[i])) return state_letters[i];
  }
  return {};
}

std::vector<std::string_view> state_words() {
  std::vector<std::string_view> words(state_letters.begin(), state_letters.end());
  for (const procfs::TaskState state : all_states) words.push_back(procfs::task_state_name(state));
  return words;
}

std::optional<long double> parse_quantity(std::string_view text, const Field& field) {
  if (field.unit == Unit::nanoseconds) return parse_duration(text, field.in_seconds ? 1e9L : 1.0L);
  const auto number = take_number(text);
  if (!number) return std::nullopt;
  if (field.unit == Unit::bytes) {
    const auto factor = size_factor(text);
    return factor ? std::optional(*number * *factor) : std::nullopt;
  }
  if (field.unit == Unit::percent && text == "%") return number;
  return text.empty() ? number : std::nullopt;
}

std::string_view quantity_example(const Field& field) {
  switch (field.unit) {
    case Unit::bytes:
      return "a size, as in 512M or 1.5G";
    case Unit::nanoseconds:
      return "a duration, as in 90s, 10m or 1h30m";
    case Unit::percent:
      return "a percentage, as in 5 or 0.5";
    case Unit::none:
    case Unit::number:
    case Unit::ticks:
    case Unit::id:
      return "a number";
  }
  return "";
}

}  // namespace ptop::model::query
