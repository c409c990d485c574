// User: as whom it runs, and what it is allowed beyond that.
#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/model/kernel_names.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

constexpr std::size_t groups_shown = 12;
constexpr int few = 6;

/// "alice (1000)"; "4711" when nobody has that number.
std::string named(std::string_view name, std::uint32_t number) {
  const std::string digits = fmt::format("{}", number);
  return name == digits ? digits : fmt::format("{} ({})", escaped(name), digits);
}

/// One name, or the four of them as far as they differ from the effective one.
template <class Ids, class Name>
StyledText identities(const Ids& ids, Name name) {
  StyledText text(name(ids.effective), Role::user);
  const auto other = [&](std::string_view what, auto id) {
    if (id != ids.effective) text.add(fmt::format(", {} ", what)).add(name(id), Role::warning);
  };
  other("real", ids.real);
  other("saved", ids.saved);
  other("file system", ids.fs);
  return text;
}

/// Capabilities by name: the short way round.
StyledText capability_text(std::uint64_t mask, std::uint64_t all) {
  if (mask == 0) return StyledText("none");
  const std::uint64_t missing = all & ~mask;
  if (missing == 0) return StyledText("all", Role::warning);
  if (std::popcount(missing) > few) return fmt::format("{}", fmt::join(capability_names(mask), " "));
  StyledText text("all", Role::warning);
  return text.add(fmt::format(" but {}", fmt::join(capability_names(missing), " ")));
}

void add_groups(Lines& lines, const Subject& s) {
  const auto& groups = s.sample.status->groups;
  if (groups.empty()) return;
  std::string text;
  for (std::size_t i = 0; i < std::min(groups.size(), groups_shown); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", named(s.scene.users.group(groups[i]), groups[i].raw()));
  if (groups.size() > groups_shown) text += fmt::format(" and {} more", groups.size() - groups_shown);
  lines.add("more groups", text);
}

/// The bounding set of pid 1 is all that this kernel has; in a container, where capabilities are missing
/// between others, it is not.
std::uint64_t all_capabilities(const Subject& s) {
  const Sample* init = find_process(s.scene.snapshot, Pid(1));
  const std::uint64_t known = (std::uint64_t{1} << 41) - 1;
  if (init == nullptr || !init->has(Source::status)) return known;
  const std::uint64_t bounding = init->status->cap_bnd;
  return std::has_single_bit(bounding + 1) ? bounding : known;
}

void add_capabilities(Lines& lines, const Subject& s) {
  const auto& status = *s.sample.status;
  const std::uint64_t all = all_capabilities(s) | status.cap_bnd;
  lines.add("capabilities", capability_text(status.cap_eff, all));
  if (status.cap_prm != status.cap_eff) lines.add("permitted", capability_text(status.cap_prm, all));
  if (status.cap_amb.value_or(0) != 0) lines.add("ambient", capability_text(*status.cap_amb, all));
  if (status.cap_bnd != all) lines.add("at most", capability_text(status.cap_bnd, all));
}

void add_confinement(Lines& lines, const Subject& s) {
  const auto& status = *s.sample.status;
  if (status.no_new_privs.value_or(false))
    lines.add("no_new_privs", "set: no exec can give it more privileges");
  if (status.seccomp.value_or(0) != 0) {
    std::string text = s.cell(ColumnId::seccomp);
    if (status.seccomp_filters.value_or(0) != 0)
      text += fmt::format(", {}", counted(*status.seccomp_filters, "filter", "filters"));
    lines.add("seccomp", text + ": some system calls are refused");
  }
  if (s.sample.has(Source::label) && !s.sample.more().label.empty())
    lines.add("label", escaped(s.sample.more().label));
}

void add_login(Lines& lines, const Subject& s) {
  if (!s.sample.has(Source::loginuid) || !s.sample.more().loginuid) return;
  const Uid uid = *s.sample.more().loginuid;
  std::string text = named(s.scene.users.name(uid), uid.raw());
  if (const auto session = s.sample.more().audit_session) text += fmt::format(", audit session {}", *session);
  lines.add("logged in as", text);
}

}  // namespace

void show_user(Lines& lines, const Subject& s) {
  if (s.is_kernel_thread() || !lines.has("user", s.sample, Source::status)) return;
  const auto& status = *s.sample.status;
  lines.add("user",
            identities(status.uid, [&](Uid uid) { return named(s.scene.users.name(uid), uid.raw()); }));
  lines.add("group",
            identities(status.gid, [&](Gid gid) { return named(s.scene.users.group(gid), gid.raw()); }));
  add_groups(lines, s);
  add_login(lines, s);
  add_capabilities(lines, s);
  add_confinement(lines, s);
}

}  // namespace ptop::render
