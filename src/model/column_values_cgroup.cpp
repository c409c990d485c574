// Values from the paths of a process's control groups.
#include <algorithm>

#include <fmt/format.h>

#include "column_values.hpp"
#include "ptop/model/cgroup_place.hpp"

namespace ptop::model::values {
namespace {

/// The path of version 2 when it says something; beside version 1 it is often just "/".
const std::string* telling_cgroup(const std::vector<procfs::CgroupMembership>& all) {
  const auto find = [&](auto wanted) {
    const auto found = std::find_if(all.begin(), all.end(), wanted);
    return found == all.end() ? nullptr : &found->path;
  };
  const auto* unified = find([](const auto& m) { return m.hierarchy == 0 && m.controllers.empty(); });
  if (unified && (*unified != "/" || all.size() == 1)) return unified;
  const auto* systemd = find([](const auto& m) { return m.controllers == "name=systemd"; });
  if (systemd && *systemd != "/") return systemd;
  const auto* other = find([](const auto& m) { return m.path != "/"; });
  if (other) return other;
  return find([](const auto&) { return true; });
}

Value place(const Row& row, std::string_view CgroupPlace::*part) {
  if (!row.sample.has(Source::cgroup)) return {};
  return Bytes{cgroup_place(row.sample.cgroups).*part};
}

}  // namespace

Value cgroup(const Row& row) {
  if (!row.sample.has(Source::cgroup)) return {};
  const std::string* path = telling_cgroup(row.sample.cgroups);
  return path ? Bytes{*path} : Bytes{};
}

Value cgroups(const Row& row) {
  if (!row.sample.has(Source::cgroup)) return {};
  ByteList list;
  for (const auto& m : row.sample.cgroups)
    list.push_back({kept(row, fmt::format("{}:{}", m.controllers, m.path))});
  return list;
}

Value unit(const Row& row) { return place(row, &CgroupPlace::unit); }
Value user_unit(const Row& row) { return place(row, &CgroupPlace::user_unit); }
Value slice(const Row& row) { return place(row, &CgroupPlace::slice); }
Value login_session(const Row& row) { return place(row, &CgroupPlace::login_session); }
Value container_id(const Row& row) { return place(row, &CgroupPlace::container_id); }

Value container_runtime(const Row& row) {
  if (!row.sample.has(Source::cgroup)) return {};
  return Word(cgroup_place(row.sample.cgroups).container_runtime);  // one of a table
}

Value pod_uid(const Row& row) {
  if (!row.sample.has(Source::cgroup)) return {};
  return Bytes{kept(row, cgroup_place(row.sample.cgroups).pod_uid)};
}

}  // namespace ptop::model::values
