// Which group each process is in, and the sums.
#include "groups.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"
#include "ptop/render/units.hpp"

namespace ptop::app {
namespace {

using model::ColumnId;

// clang-format off
constexpr GroupKind table[] = {
    {GroupBy::parent,    "parent",    "parent: the usual tree", "",             std::nullopt},
    {GroupBy::cgroup,    "cgroup",    "control group",          "",             ColumnId::cgroup},
    {GroupBy::unit,      "unit",      "unit of systemd",        "no unit",      ColumnId::unit},
    {GroupBy::container, "container", "container",              "no container", ColumnId::container_id},
    {GroupBy::user,      "user",      "user",                   "",             ColumnId::user},
    {GroupBy::pidns,     "pidns",     "pid namespace",          "",             ColumnId::pidns},
    {GroupBy::netns,     "netns",     "network namespace",      "",             ColumnId::netns},
    {GroupBy::mntns,     "mntns",     "mount namespace",        "",             ColumnId::mntns},
    {GroupBy::userns,    "userns",    "user namespace",         "",             ColumnId::userns},
    {GroupBy::ipcns,     "ipcns",     "IPC namespace",          "",             ColumnId::ipcns},
    {GroupBy::utsns,     "utsns",     "UTS namespace",          "",             ColumnId::utsns},
    {GroupBy::cgroupns,  "cgroupns",  "cgroup namespace",       "",             ColumnId::cgroupns},
};
// clang-format on

constexpr bool rows_match_enum() {
  for (std::size_t i = 0; i < std::size(table); ++i) {
    if (static_cast<std::size_t>(table[i].by) != i) return false;
  }
  return true;
}
static_assert(rows_match_enum());

class GroupMaker {
 public:
  GroupMaker(const model::Scene& scene, GroupBy by)
      : scene_(scene), kind_(group_kind(by)), column_(model::column(*kind_.column)) {}

  void add(model::ProcessIndex process);
  Groups take() { return std::move(groups_); }
  void skip() { groups_.of_process.push_back(0); }

 private:
  GroupIndex group_of(const model::Row& row);
  GroupIndex group_of_path(const std::string& path);
  GroupIndex find_or_add(const std::string& id, Group group);
  std::string name_of(const std::string& value, const model::Sample& first) const;

  const model::Scene& scene_;
  const GroupKind& kind_;
  const model::Column& column_;
  std::unordered_map<std::string, GroupIndex> by_id_;
  Groups groups_;
};

GroupIndex GroupMaker::find_or_add(const std::string& id, Group group) {
  const auto [entry, is_new] = by_id_.try_emplace(id, static_cast<GroupIndex>(groups_.list.size()));
  if (is_new) {
    group.id = id;
    groups_.list.push_back(std::move(group));
  }
  return entry->second;
}

/// A control group lies in the one above it. The root's own processes stand beside the others, or all would
/// be one step further in.
GroupIndex GroupMaker::group_of_path(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == path.npos || path.size() == 1) return find_or_add(path, {.name = path});
  if (const auto known = by_id_.find(path); known != by_id_.end()) return known->second;
  std::optional<GroupIndex> parent;
  if (slash > 0) parent = group_of_path(path.substr(0, slash));
  return find_or_add(path, {.name = path.substr(slash + 1), .parent = parent});
}

/// A namespace is a number: the first process in it tells more.
std::string GroupMaker::name_of(const std::string& value, const model::Sample& first) const {
  if (column_.unit != model::Unit::id) return value;
  return fmt::format("{} {}, of {} {}", kind_.title, value, first.pid.raw(), escaped(first.stat.comm));
}

GroupIndex GroupMaker::group_of(const model::Row& row) {
  if (model::unavailable(column_, row) != model::Availability::present)
    return find_or_add("\x01", {.name = "not known", .named = false});
  const std::string value = render::cell_text(column_, row);
  if (value.empty()) return find_or_add("", {.name = std::string(kind_.none), .named = false});
  if (kind_.by == GroupBy::cgroup) return group_of_path(value);
  if (const auto known = by_id_.find(value); known != by_id_.end()) return known->second;
  return find_or_add(value, {.name = name_of(value, row.sample)});
}

void GroupMaker::add(model::ProcessIndex process) {
  const model::Sample& sample = scene_.snapshot.processes[process];
  const model::Row row{scene_, sample, process};
  const model::Value value = model::column(ColumnId::cpu).value(row);
  const auto* cpu = std::get_if<double>(&value);
  const GroupIndex own = group_of(row);
  groups_.of_process.push_back(own);
  for (std::optional<GroupIndex> at = own; at; at = groups_.list[*at].parent) {
    Group& group = groups_.list[*at];
    ++group.count;
    group.rss_pages += sample.stat.rss_pages;
    group.ticks += sample.stat.utime.raw() + sample.stat.stime.raw();
    if (cpu != nullptr) group.cpu = group.cpu.value_or(0) + *cpu;
  }
}

}  // namespace

std::span<const GroupKind> group_kinds() { return table; }

const GroupKind& group_kind(GroupBy by) { return table[static_cast<std::size_t>(by)]; }

const GroupKind* find_group_kind(std::string_view key) {
  const auto found =
      std::find_if(std::begin(table), std::end(table), [&](const GroupKind& k) { return k.key == key; });
  return found == std::end(table) ? nullptr : found;
}

model::Sources needs_of(GroupBy by) {
  const auto column = group_kind(by).column;
  return column ? model::column(*column).needs : model::Sources();
}

Groups make_groups(const model::Scene& scene, GroupBy by, const std::vector<bool>& shown) {
  GroupMaker maker(scene, by);
  for (std::size_t i = 0; i < shown.size(); ++i)
    shown[i] ? maker.add(static_cast<model::ProcessIndex>(i)) : maker.skip();
  return maker.take();
}

model::Value group_value(const model::Scene& scene, const Group& group, ColumnId column) {
  constexpr std::uint64_t second_ns = 1'000'000'000;
  const procfs::SystemInfo& info = scene.snapshot.host.info;
  const std::uint64_t rss = group.rss_pages * info.page_size;
  switch (column) {
    case ColumnId::cpu:
    case ColumnId::tree_cpu:
      return group.cpu ? model::Value(*group.cpu) : model::Value();
    case ColumnId::rss:
    case ColumnId::tree_rss:
      return rss;
    case ColumnId::mem:
      if (scene.snapshot.host.memory.total == 0) return {};
      return 100.0 * static_cast<double>(rss) / static_cast<double>(scene.snapshot.host.memory.total);
    case ColumnId::time_ns:
      if (info.clock_ticks == 0) return {};
      return group.ticks * (second_ns / info.clock_ticks);
    case ColumnId::tree_count:
      return std::uint64_t{group.count};
    default:
      return {};
  }
}

std::string group_cell(const model::Scene& scene, const Group& group, ColumnId column) {
  const model::Value value = group_value(scene, group, column);
  if (const auto* percent = std::get_if<double>(&value)) return render::human_percent(*percent);
  const auto* number = std::get_if<std::uint64_t>(&value);
  if (number == nullptr) return "";
  switch (model::column(column).unit) {
    case model::Unit::bytes:
      return render::human_bytes(*number);
    case model::Unit::nanoseconds:
      return render::human_cpu_time(*number);
    default:
      return std::to_string(*number);
  }
}

}  // namespace ptop::app
