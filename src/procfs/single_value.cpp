// One value to a file: numbers, words, and the lists that are one line.
#include "ptop/procfs/single_value.hpp"

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

std::string_view only_line(std::string_view text) {
  return trimmed(text.ends_with('\n') ? text.substr(0, text.size() - 1) : text);
}

template <class T>
Result<T> parse_single(std::string_view name, std::string_view text, int base = 10) {
  T value{};
  if (!parse_into(value, only_line(text), base)) return malformed(name, text);
  return value;
}

/// An id of the audit system; all ones means unset.
Result<std::optional<std::uint32_t>> parse_audit_id(std::string_view name, std::string_view text) {
  const auto id = parse_single<std::uint32_t>(name, text);
  if (!id) return fail(id.error());
  return *id == UINT32_MAX ? std::nullopt : std::optional(*id);
}

}  // namespace

Result<std::int32_t> parse_oom_score(std::string_view text) {
  return parse_single<std::int32_t>("oom_score", text);
}
Result<std::int32_t> parse_oom_score_adj(std::string_view text) {
  return parse_single<std::int32_t>("oom_score_adj", text);
}
Result<std::uint32_t> parse_personality(std::string_view text) {
  return parse_single<std::uint32_t>("personality", text, 16);
}
Result<std::uint64_t> parse_timerslack_ns(std::string_view text) {
  return parse_single<std::uint64_t>("timerslack_ns", text);
}

Result<std::optional<Uid>> parse_loginuid(std::string_view text) {
  const auto id = parse_audit_id("loginuid", text);
  if (!id) return fail(id.error());
  return *id ? std::optional(Uid(**id)) : std::nullopt;
}
Result<std::optional<std::uint32_t>> parse_sessionid(std::string_view text) {
  return parse_audit_id("sessionid", text);
}

Result<std::optional<std::string>> parse_wchan(std::string_view text) {
  const std::string_view symbol = only_line(text);
  if (symbol.find_first_of("\n \t") != symbol.npos) return malformed("wchan", text);
  if (symbol.empty() || symbol == "0") return std::nullopt;
  return std::string(symbol);
}

Result<std::optional<Autogroup>> parse_autogroup(std::string_view text) {
  constexpr std::string_view prefix = "/autogroup-";
  if (text.empty()) return std::nullopt;
  std::string_view line = only_line(text);
  std::string_view name = take_word(line);
  if (!name.starts_with(prefix)) return malformed("autogroup", text);
  name.remove_prefix(prefix.size());
  Autogroup group;
  const bool fits =
      parse_into(group.id, name) && take_word(line) == "nice" && parse_into(group.nice, take_word(line));
  if (!fits) return malformed("autogroup", text);
  return group;
}

std::string parse_attr_current(std::string_view text) {
  const auto end = text.find_last_not_of(std::string_view("\n\0", 2));
  return std::string(text.substr(0, end == text.npos ? 0 : end + 1));
}

std::string parse_cpuset(std::string_view text) { return std::string(take_line(text)); }

std::string parse_comm(std::string_view text) {
  return std::string(text.ends_with('\n') ? text.substr(0, text.size() - 1) : text);
}

Result<std::vector<Pid>> parse_children(std::string_view text) {
  std::vector<Pid> children;
  if (!parse_list(children, only_line(text))) return malformed("children", text);
  return children;
}

}  // namespace ptop::procfs
