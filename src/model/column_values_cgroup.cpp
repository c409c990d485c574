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
  return Bytes{cgroup_place(*row.sample.cgroups).*part};
}

}  // namespace

Value cgroup(const Row& row) {
  if (!row.sample.has(Source::cgroup)) return {};
  const std::string* path = telling_cgroup(*row.sample.cgroups);
  return path ? Bytes{*path} : Bytes{};
}

Value cgroups(const Row& row) {
  if (!row.sample.has(Source::cgroup)) return {};
  ByteList list;
  for (const auto& m : *row.sample.cgroups)
    list.push_back({kept(row, fmt::format("{}:{}", m.controllers, m.path))});
  return list;
}

Value unit(const Row& row) { return place(row, &CgroupPlace::unit); }
Value user_unit(const Row& row) { return place(row, &CgroupPlace::user_unit); }
Value slice(const Row& row) { return place(row, &CgroupPlace::slice); }
Value login_session(const Row& row) { return place(row, &CgroupPlace::login_session); }
Value container_id(const Row& row) { return place(row, &CgroupPlace::container_id); }

namespace {

/// nullptr: it is in no container.
const Fact<ContainerName>* container_of(const Row& row) {
  return find_container(row.scene.snapshot.container_names, cgroup_place(*row.sample.cgroups));
}

Value named(const Row& row, std::string ContainerName::*member) {
  if (!row.sample.has(Source::container_names)) return {};
  const auto* container = container_of(row);
  if (container == nullptr) return Bytes{};
  return container->known() ? Value(Bytes{container->value.*member}) : Value();
}

}  // namespace

Value container_name(const Row& row) { return named(row, &ContainerName::container); }
Value pod_name(const Row& row) { return named(row, &ContainerName::pod); }
Availability why_no_container_name(const Row& row) {
  const auto* container = container_of(row);
  return container == nullptr ? Availability::present : container->availability;
}

Value container_runtime(const Row& row) {
  if (!row.sample.has(Source::cgroup)) return {};
  return Word(cgroup_place(*row.sample.cgroups).container_runtime);  // one of a table
}

const CgroupUse* cgroup_use(const Row& row) {
  if (!row.sample.has_cgroup_use()) return nullptr;
  return &row.scene.snapshot.cgroup_uses[row.sample.cgroup_use];
}

Value some_pressure(const Fact<procfs::Pressure>& pressure) {
  if (!pressure.known() || !pressure.value.some) return {};
  return pressure.value.some->avg10;
}

Value cgroup_cpu_max(const Row& row) {
  const CgroupUse* use = cgroup_use(row);
  const auto percent =
      use != nullptr && use->cpu.max.known() ? cgroup_cpu_percent(use->cpu.max.value) : std::nullopt;
  return percent ? Value(*percent) : Value();
}

Value cgroup_io_read(const Row& row) {
  const CgroupUse* use = cgroup_use(row);
  return use != nullptr && use->io.devices.known() ? Value(use->io.read_bytes) : Value();
}
Value cgroup_io_write(const Row& row) {
  const CgroupUse* use = cgroup_use(row);
  return use != nullptr && use->io.devices.known() ? Value(use->io.write_bytes) : Value();
}

Value cgroup_freezer(const Row& row) {
  const CgroupUse* use = cgroup_use(row);
  if (use == nullptr || !use->freezer.state.known()) return {};
  return cgroup_freezer_name(use->freezer.state.value);
}

Value pod_uid(const Row& row) {
  if (!row.sample.has(Source::cgroup)) return {};
  return Bytes{kept(row, cgroup_place(*row.sample.cgroups).pod_uid)};
}

}  // namespace ptop::model::values
