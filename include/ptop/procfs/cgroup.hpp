// /proc/<pid>/cgroup.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: cgroups(7). One line `hierarchy:controllers:path`.
struct CgroupMembership {
  int hierarchy = 0;        ///< 0: the cgroup v2 hierarchy
  std::string controllers;  ///< "cpu,cpuacct", "name=systemd", "" for v2
  std::string path;         ///< raw bytes, may contain ':'; relative to the reader's cgroup namespace
};
Result<std::vector<CgroupMembership>> parse_cgroup(std::string_view text);

}  // namespace ptop::procfs
