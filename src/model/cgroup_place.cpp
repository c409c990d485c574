// The naming rules of systemd and of container managers. Paths are cut into components and only looked at:
// what follows no rule is nobody's.
#include "ptop/model/cgroup_place.hpp"

#include <algorithm>
#include <array>

namespace ptop::model {
namespace {

using Components = std::vector<std::string_view>;

Components components_of(std::string_view path) {
  Components all;
  while (!path.empty()) {
    const auto end = path.find('/');
    const std::string_view component = path.substr(0, end);
    path.remove_prefix(end == path.npos ? path.size() : end + 1);
    // "..": out of the reader's cgroup namespace.
    if (!component.empty() && component != "..") all.push_back(component);
  }
  return all;
}

/// What stands between `prefix` and `suffix`; empty when it is not so named.
std::string_view between(std::string_view name, std::string_view prefix, std::string_view suffix) {
  if (!name.starts_with(prefix) || !name.ends_with(suffix) || name.size() <= prefix.size() + suffix.size())
    return {};
  return name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
}

/// systemd puts '_' before a name that a file of the control group itself could have.
std::string_view unescaped(std::string_view component) {
  return component.starts_with('_') ? component.substr(1) : component;
}

bool is_slice(std::string_view name) { return !between(name, "", ".slice").empty(); }

bool is_unit(std::string_view name) {
  constexpr std::string_view types[] = {".service", ".scope", ".socket", ".mount", ".swap"};
  return std::any_of(std::begin(types), std::end(types),
                     [&](std::string_view type) { return !between(name, "", type).empty(); });
}

/// "session-3.scope"; not "session-x.y.scope", which only looks like it.
std::string_view login_session_of(std::string_view unit) {
  const std::string_view id = between(unit, "session-", ".scope");
  const auto is_alphanumeric = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return std::all_of(id.begin(), id.end(), is_alphanumeric) ? id : std::string_view{};
}

void find_units(const Components& all, CgroupPlace& place) {
  auto at = all.begin();
  const auto skip_slices = [&] {
    for (; at != all.end() && is_slice(unescaped(*at)); ++at) place.slice = unescaped(*at);
  };
  skip_slices();
  if (at == all.end() || !is_unit(unescaped(*at))) return;
  if (place.slice.empty()) place.slice = "-.slice";
  place.unit = unescaped(*at++);
  place.login_session = login_session_of(place.unit);
  if (between(place.unit, "user@", ".service").empty()) return;
  const std::string_view slice_of_manager = place.slice;
  skip_slices();
  place.slice = slice_of_manager;
  if (at != all.end() && is_unit(unescaped(*at))) place.user_unit = unescaped(*at);
}

/// Container ids are 64 hexadecimal digits; some managers cut them.
bool is_container_id(std::string_view text) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return text.size() >= 12 && std::all_of(text.begin(), text.end(), is_hex);
}

struct Container {
  std::string_view runtime, id;
};

struct IdRule {
  std::string_view prefix, runtime;
};
/// Scopes as the systemd drivers name them, "docker-ID.scope", and what the cgroupfs drivers make of them.
/// conmon stands beside its container in "libpod-conmon-ID.scope": that is no id, so no container.
constexpr std::array id_rules{IdRule{"docker-", "docker"}, IdRule{"libpod-", "podman"},
                              IdRule{"cri-containerd-", "containerd"}, IdRule{"nerdctl-", "containerd"},
                              IdRule{"crio-", "cri-o"}};
/// Directories of the cgroupfs drivers, with a container's id below.
constexpr std::array directory_rules{IdRule{"docker", "docker"}, IdRule{"buildkit", "buildkit"}};

Container by_prefix(std::string_view name) {
  for (const IdRule& rule : id_rules) {
    std::string_view id = between(name, rule.prefix, "");
    if (id.ends_with(".scope")) id.remove_suffix(std::string_view(".scope").size());
    if (is_container_id(id)) return {rule.runtime, id};
  }
  return {};
}

/// containerd without a systemd scope of its own: "SLICE:cri-containerd:ID".
Container by_colons(std::string_view name) {
  constexpr std::string_view mark = ":cri-containerd:";
  const auto at = name.find(mark);
  if (at == name.npos || !is_container_id(name.substr(at + mark.size()))) return {};
  return {"containerd", name.substr(at + mark.size())};
}

bool is_pod_directory(std::string_view name) {
  return name.size() > 3 && (name.starts_with("pod") || name.find("-pod") != name.npos);
}

Container by_directory(std::string_view parent, std::string_view name, bool in_kubernetes) {
  if (parent == "lxc" || parent == "lxc.payload") return {"lxc", name};
  if (!is_container_id(name)) return {};
  for (const IdRule& rule : directory_rules) {
    if (parent == rule.prefix) return {rule.runtime, name};
  }
  if (in_kubernetes && is_pod_directory(parent)) return {"kubernetes", name};
  return {};
}

/// machined registers virtual machines in the same way; they are no containers.
Container by_machine(std::string_view name) {
  if (const auto id = between(name, "lxc.payload.", ""); !id.empty()) return {"lxc", id};
  if (const auto id = between(name, "systemd-nspawn@", ".service"); !id.empty()) return {"nspawn", id};
  const auto id = between(name, "machine-", ".scope");
  if (id.empty() || id.starts_with("qemu\\x2d")) return {};
  return {"nspawn", id};
}

void find_container(const Components& all, CgroupPlace& place) {
  const bool in_kubernetes =
      std::any_of(all.begin(), all.end(), [](std::string_view c) { return c.starts_with("kubepods"); });
  std::string_view parent;
  for (const std::string_view name : all) {
    for (const Container& found :
         {by_prefix(name), by_colons(name), by_directory(parent, name, in_kubernetes), by_machine(name)}) {
      if (found.runtime.empty()) continue;
      place.container_runtime = found.runtime;
      place.container_id = found.id;
    }
    parent = name;
  }
}

/// "kubepods-burstable-podUID.slice", where dashes nest slices and so are written '_', or "podUID" below
/// "kubepods".
void find_pod(const Components& all, CgroupPlace& place) {
  bool in_kubernetes = false;
  for (std::string_view name : all) {
    in_kubernetes = in_kubernetes || name.starts_with("kubepods");
    if (!in_kubernetes) continue;
    name = name.substr(0, name.find(':'));
    if (name.ends_with(".slice")) name.remove_suffix(std::string_view(".slice").size());
    const auto mark = name.starts_with("pod") ? 0 : name.find("-pod");
    if (mark == name.npos) continue;
    place.pod_uid = name.substr(name.find("pod", mark) + 3);
    std::replace(place.pod_uid.begin(), place.pod_uid.end(), '_', '-');
  }
}

void find_container_and_pod(std::string_view path, CgroupPlace& place) {
  const Components all = components_of(path);
  find_container(all, place);
  find_pod(all, place);
}

}  // namespace

CgroupPlace cgroup_place(std::string_view path) {
  CgroupPlace place;
  find_units(components_of(path), place);
  find_container_and_pod(path, place);
  return place;
}

CgroupPlace cgroup_place(const std::vector<procfs::CgroupMembership>& memberships) {
  CgroupPlace place;
  for (const auto& m : memberships) {
    const bool is_unified = m.hierarchy == 0 && m.controllers.empty();
    if (place.unit.empty() && (is_unified || m.controllers == "name=systemd"))
      find_units(components_of(m.path), place);
    if (place.container_runtime.empty()) find_container_and_pod(m.path, place);
  }
  return place;
}

}  // namespace ptop::model
