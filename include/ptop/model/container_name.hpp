// The names that people gave containers and pods, from where their managers keep them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "ptop/model/cgroup_place.hpp"
#include "ptop/model/fact.hpp"

namespace ptop::model {

/// Raw. A pod of what is in none is an empty text.
struct ContainerName {
  std::string container, pod;
};

/// Of the container that a task's control groups tell. LXC and systemd-nspawn name groups for their
/// containers; the others keep a file that often only root may read:
/// - docker: /var/lib/docker/containers/ID/config.v2.json, "Name" with a slash before it;
/// - podman: /var/lib/containers/storage/overlay-containers/containers.json, "names" of the entry "id";
/// - containerd, and kubernetes without another word: the annotations of
///   /run/containerd/io.containerd.runtime.v2.task/NAMESPACE/ID/config.json, as its CRI plugin and nerdctl
///   write them;
/// - cri-o: those of /run/containers/storage/overlay-containers/ID/userdata/config.json.
/// `machine_root`: Reader::machine_root(). Errors: `denied`; `unsupported`: no such file, or no name in it.
Result<ContainerName> read_container_name(const std::string& machine_root, const CgroupPlace& place);

/// By runtime and id.
using ContainerNames = std::map<std::pair<std::string, std::string>, Fact<ContainerName>, std::less<>>;
const Fact<ContainerName>* find_container(const ContainerNames& names, const CgroupPlace& place);

}  // namespace ptop::model
