// What the path of a control group says about who put a process there: systemd, a container manager.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ptop/procfs/cgroup.hpp"

namespace ptop::model {

/// Parts of the path, raw; empty: none. Nobody is asked, so a manager that uses other names is not seen.
struct CgroupPlace {
  // Of systemd's hierarchy, see systemd.slice(5), systemd.scope(5), systemd-cgls(1).
  std::string_view unit;           ///< of the system manager: "nginx.service", "session-3.scope"
  std::string_view user_unit;      ///< of a user's manager: "foot.service"
  std::string_view slice;          ///< the innermost slice around the unit; "-.slice" is the root one
  std::string_view login_session;  ///< "3", "c1": as loginctl(1) lists it
  // The innermost container around the process.
  std::string_view container_runtime;  ///< see container_runtimes
  std::string_view container_id;       ///< hexadecimal; of lxc and nspawn a name
  std::string pod_uid;                 ///< of Kubernetes, with dashes
};

/// Every value of CgroupPlace::container_runtime. "kubernetes": a container of a pod, by a runtime that the
/// path does not tell.
inline constexpr std::string_view container_runtimes[] = {"docker",     "podman",   "containerd", "cri-o",
                                                          "kubernetes", "buildkit", "lxc",        "nspawn"};

/// Views into `path`.
CgroupPlace cgroup_place(std::string_view path);
/// The same of all hierarchies together. systemd's own counts for its units (version 2, or the one named
/// so); for the container the first one that tells of any. Views into `memberships`.
CgroupPlace cgroup_place(const std::vector<procfs::CgroupMembership>& memberships);

}  // namespace ptop::model
