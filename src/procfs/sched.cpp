// The one line of sched that is read.
#include "ptop/procfs/sched.hpp"

#include "cursor.hpp"
#include "parsed.hpp"

namespace ptop::procfs {
namespace {

constexpr std::uint64_t ns_per_ms = 1'000'000;

/// "12801277.504584": the kernel prints nanoseconds as milliseconds with six digits after the point.
std::optional<std::uint64_t> milliseconds(std::string_view text) {
  const std::string_view whole = take_until(text, '.');
  std::uint64_t ms = 0, ns = 0;
  if (text.size() != 6 || !parse_into(ms, whole) || !parse_into(ns, text)) return std::nullopt;
  return ms * ns_per_ms + ns;
}

}  // namespace

Result<Sched> parse_sched(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = take_line(rest);
    if (trimmed(take_until(line, ':')) != "se.exec_start") continue;
    const auto ran = milliseconds(trimmed(line));
    if (!ran) break;
    return Sched{*ran};
  }
  return malformed("sched", text);
}

}  // namespace ptop::procfs
