// The lines of /proc/<pid>/cgroup.
#include "ptop/procfs/cgroup.hpp"

#include "cursor.hpp"

namespace ptop::procfs {

Result<std::vector<CgroupMembership>> parse_cgroup(std::string_view text) {
  std::vector<CgroupMembership> memberships;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view path = take_line(rest);  // the kernel forbids newlines in cgroup names
    const std::string_view line = path;
    CgroupMembership membership;
    const std::string_view hierarchy = take_until(path, ':');
    const bool has_path = path.find(':') != path.npos;
    if (!has_path || !parse_into(membership.hierarchy, hierarchy) || membership.hierarchy < 0) {
      return malformed("cgroup", line);
    }
    membership.controllers = take_until(path, ':');
    membership.path = path;
    memberships.push_back(std::move(membership));
  }
  return memberships;
}

}  // namespace ptop::procfs
