// Namespaces and control groups: what it sees of the machine, and who put it there.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/model/cgroup_place.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

constexpr std::size_t members_shown = 3;

const procfs::NsLink* find_namespace(const Sample& sample, std::string_view name) {
  for (const procfs::NsLink& ns : sample.more().namespaces) {
    if (ns.name == name) return &ns;
  }
  return nullptr;
}

std::vector<const Sample*> others_in(const Subject& s, const procfs::NsLink& ns) {
  std::vector<const Sample*> others;
  for (const Sample& sample : s.scene.snapshot.processes) {
    if (sample.pid == s.sample.pid) continue;
    const procfs::NsLink* theirs = find_namespace(sample, ns.name);
    if (theirs != nullptr && theirs->inode == ns.inode) others.push_back(&sample);
  }
  return others;
}

StyledText company(const Subject& s, const procfs::NsLink& ns) {
  const auto others = others_in(s, ns);
  if (others.empty()) return StyledText("nobody else in sight");
  if (others.size() > members_shown) {
    StyledText many(fmt::format("with {} others", others.size()));
    for (const Sample* other : others) many.name(other->process_key());
    return many;
  }
  StyledText text("with ");
  for (std::size_t i = 0; i < others.size(); ++i) text.add(i == 0 ? "" : ", ").add(process_text(*others[i]));
  return text;
}

/// nullopt: whose namespaces "ours" would be is not known.
std::optional<bool> is_ours(const Subject& s, const procfs::NsLink& ns) {
  const Sample* self = s.options.self ? find_process(s.scene.snapshot, *s.options.self) : nullptr;
  const procfs::NsLink* ours = self == nullptr ? nullptr : find_namespace(*self, ns.name);
  if (ours == nullptr) return std::nullopt;
  return ours->inode == ns.inode;
}

/// ", made by user 1000": of a user namespace, as far as the kernel tells.
std::string maker(const Subject& s, const procfs::NsLink& ns) {
  const auto& all = s.scene.snapshot.namespaces;
  const auto facts = all.find(ns.inode);
  if (ns.type != "user" || facts == all.end() || !facts->second.owner_uid.known()) return {};
  return fmt::format(", made by {}", escaped(s.scene.users.name(facts->second.owner_uid.value)));
}

void add_memberships(Lines& lines, const std::vector<procfs::CgroupMembership>& all) {
  // Of version 1 many hierarchies have the same path: they go on one line.
  std::vector<std::pair<std::string_view, std::string>> by_path;
  for (const auto& m : all) {
    const std::string_view name = m.controllers.empty() ? std::string_view("version 2") : m.controllers;
    const auto found =
        std::find_if(by_path.begin(), by_path.end(), [&](const auto& p) { return p.first == m.path; });
    if (found == by_path.end()) {
      by_path.emplace_back(m.path, escaped(name));
    } else {
      found->second += fmt::format(", {}", escaped(name));
    }
  }
  for (std::size_t i = 0; i < by_path.size(); ++i) {
    StyledText text(escaped(by_path[i].first));
    if (all.size() > 1) text.add(fmt::format("  ({})", by_path[i].second), Role::faint);
    lines.add(i == 0 ? "path" : "", std::move(text));
  }
}

}  // namespace

void show_namespaces(Lines& lines, const Subject& s) {
  if (s.is_kernel_thread() || s.is_zombie() || !lines.has("namespaces", s.sample, Source::namespaces)) return;
  std::string same;
  for (const procfs::NsLink& ns : s.sample.more().namespaces) {
    if (ns.name.ends_with("_for_children")) continue;
    const auto ours = is_ours(s, ns);
    if (ours.value_or(false)) {
      same += fmt::format("{}{}", same.empty() ? "" : ", ", ns.name);
      continue;
    }
    StyledText text(fmt::format("{}", ns.inode), ours ? Role::warning : Role::plain);
    text.add(ours ? ", not ours: " : ", ").add(company(s, ns)).add(maker(s, ns));
    lines.add(ns.name, std::move(text));
  }
  if (!same.empty()) lines.add("as ours", same);
}

void show_cgroup(Lines& lines, const Subject& s) {
  if (!lines.has("path", s.sample, Source::cgroup)) return;
  const auto& all = *s.sample.cgroups;
  const bool at_root = std::all_of(all.begin(), all.end(), [](const auto& m) { return m.path == "/"; });
  if (at_root) {
    lines.add("path", "/ in all hierarchies: nobody put it anywhere");
    if (!s.is_kernel_thread()) show_cgroup_use(lines, s);
    return;
  }
  add_memberships(lines, all);
  const CgroupPlace place = cgroup_place(all);
  const auto add = [&](std::string_view label, std::string_view text) {
    lines.add_known(label, escaped(text));
  };
  add("unit", place.unit);
  add("user's unit", place.user_unit);
  add("slice", place.slice);
  add("login session", place.login_session);
  if (!place.container_id.empty())
    lines.add("container", fmt::format("{} {}", place.container_runtime, escaped(place.container_id)));
  add("pod", place.pod_uid);
  if (const auto* name = find_container(s.scene.snapshot.container_names, place)) {
    if (name->value.container != place.container_id) add("its name", name->value.container);
    add("pod's name", name->value.pod);
  }
  show_cgroup_use(lines, s);
}

}  // namespace ptop::render
