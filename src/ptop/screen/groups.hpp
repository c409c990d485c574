// Processes by what they have in common, instead of by their parents: control group, unit, user, namespace…
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "list_row.hpp"
#include "ptop/model/columns.hpp"

namespace ptop::app {

enum class GroupBy : std::uint8_t {
  parent,
  cgroup,
  unit,
  container,
  user,
  pidns,
  netns,
  mntns,
  userns,
  ipcns,
  utsns,
  cgroupns,
};

struct GroupKind {
  GroupBy by;
  std::string_view key;    ///< in the settings
  std::string_view title;  ///< in menus
  std::string_view none;   ///< the group of those that are in no such thing
  std::optional<model::ColumnId> column;
};
std::span<const GroupKind> group_kinds();
const GroupKind& group_kind(GroupBy by);
const GroupKind* find_group_kind(std::string_view key);
/// What has to be read of every process.
model::Sources needs_of(GroupBy by);

struct Group {
  std::string id{};    ///< the same from scan to scan
  std::string name{};  ///< escaped
  std::optional<GroupIndex> parent{};
  bool named = true;  ///< false: what holds those that are nowhere, or are not known

  // Of its processes that have a row, and of those of all groups in it.
  std::uint32_t count = 0;
  std::uint64_t rss_pages = 0, ticks = 0;
  std::optional<double> cpu{};  ///< nullopt: no figure for any of them
};

struct Groups {
  std::vector<Group> list;             ///< parents before children
  std::vector<GroupIndex> of_process;  ///< by ProcessIndex; means nothing for who has no row
};
/// Groups without a process that has a row are left out.
Groups make_groups(const model::Scene& scene, GroupBy by, const std::vector<bool>& shown);

/// The sum that stands in this column of a group's row; monostate: there is none.
model::Value group_value(const model::Scene& scene, const Group& group, model::ColumnId column);
/// The same as text; "": none.
std::string group_cell(const model::Scene& scene, const Group& group, model::ColumnId column);

}  // namespace ptop::app
