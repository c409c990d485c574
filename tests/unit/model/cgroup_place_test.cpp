// Who put a process into its control group.
#include "ptop/model/cgroup_place.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace ptop::model;
using namespace std::string_view_literals;

namespace {

const std::string id(64, 'a');

struct Units {
  std::string_view path, unit, user_unit, slice, login_session;
};
struct Container {
  std::string path, runtime, container_id, pod_uid;
};

}  // namespace

TEST_CASE("cgroup_place: units, slices and sessions of systemd", "[model]") {
  const auto c = GENERATE(values<Units>({
      {"/", "", "", "", ""},
      {"", "", "", "", ""},
      {"/init.scope", "init.scope", "", "-.slice", ""},
      {"/system.slice/nginx.service", "nginx.service", "", "system.slice", ""},
      {"/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service", "", "system-getty.slice",
       ""},
      {"/system.slice/docker.service/child", "docker.service", "", "system.slice", ""},
      {"/system.slice", "", "", "system.slice", ""},
      {"/user.slice/user-1000.slice/session-3.scope", "session-3.scope", "", "user-1000.slice", "3"},
      {"/user.slice/user-1000.slice/session-c1.scope", "session-c1.scope", "", "user-1000.slice", "c1"},
      {"/user.slice/session-a.b.scope", "session-a.b.scope", "", "user.slice", ""},
      {"/user.slice/user-7.slice/user@7.service/app.slice/foot.service", "user@7.service", "foot.service",
       "user-7.slice", ""},
      {"/user.slice/user-7.slice/user@7.service/init.scope", "user@7.service", "init.scope", "user-7.slice",
       ""},
      {"/system.slice/_cpu.service", "cpu.service", "", "system.slice", ""},
      {"/../../system.slice/a.service", "a.service", "", "system.slice", ""},
      {"/docker/x.service", "", "", "", ""},
      {"/.slice/.service", "", "", "", ""},
  }));
  INFO(c.path);
  const CgroupPlace place = cgroup_place(c.path);
  CHECK(place.unit == c.unit);
  CHECK(place.user_unit == c.user_unit);
  CHECK(place.slice == c.slice);
  CHECK(place.login_session == c.login_session);
}

TEST_CASE("cgroup_place: containers and pods", "[model]") {
  const std::string uid = "1f7a3c52-0d1e-4a7b-9c55-8a4c0b6e2d11",
                    slice_uid = "1f7a3c52_0d1e_4a7b_9c55_8a4c0b6e2d11";
  const auto c = GENERATE_COPY(values<Container>({
      {"/docker/" + id, "docker", id, ""},
      {"/system.slice/docker-" + id + ".scope", "docker", id, ""},
      {"/system.slice/docker-" + id + ".scope/init", "docker", id, ""},
      {"/system.slice/docker.service", "", "", ""},
      {"/docker/buildx", "", "", ""},
      {"/machine.slice/libpod-" + id + ".scope", "podman", id, ""},
      {"/machine.slice/libpod-" + id + ".scope/container", "podman", id, ""},
      {"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + id + ".scope", "podman", id, ""},
      {"/machine.slice/libpod-conmon-" + id + ".scope", "", "", ""},
      {"/libpod_parent/libpod-" + id, "podman", id, ""},
      {"/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + slice_uid +
           ".slice/cri-containerd-" + id + ".scope",
       "containerd", id, uid},
      {"/kubepods.slice/kubepods-pod" + slice_uid + ".slice/crio-" + id + ".scope", "cri-o", id, uid},
      {"/kubepods.slice/kubepods-pod" + slice_uid + ".slice/crio-conmon-" + id + ".scope", "", "", uid},
      {"/kubepods/burstable/pod" + uid + "/" + id, "kubernetes", id, uid},
      {"/kubepods/pod" + uid, "", "", uid},
      {"/system.slice/containerd.service/kubepods-besteffort-pod" + slice_uid + ".slice:cri-containerd:" + id,
       "containerd", id, uid},
      {"/pod" + uid + "/" + id, "", "", ""},
      {"/kubepods/pod" + uid + "/" + id + "/docker/" + std::string(64, 'b'), "docker", std::string(64, 'b'),
       uid},
      {"/lxc/web", "lxc", "web", ""},
      {"/lxc.payload.web/system.slice/cron.service", "lxc", "web", ""},
      {"/lxc.monitor.web", "", "", ""},
      {"/machine.slice/systemd-nspawn@box.service/payload", "nspawn", "box", ""},
      {"/machine.slice/machine-box.scope", "nspawn", "box", ""},
      {"/machine.slice/machine-qemu\\x2d1\\x2dvm.scope", "", "", ""},
      {"/buildkit/" + id, "buildkit", id, ""},
      {"/docker-" + std::string(64, 'g') + ".scope", "", "", ""},
  }));
  INFO(c.path);
  const CgroupPlace place = cgroup_place(c.path);
  CHECK(place.container_runtime == c.runtime);
  CHECK(place.container_id == c.container_id);
  CHECK(place.pod_uid == c.pod_uid);
  if (!c.runtime.empty()) {
    CHECK(std::count(std::begin(container_runtimes), std::end(container_runtimes), c.runtime) == 1);
  }
}

TEST_CASE("cgroup_place: of several hierarchies systemd's has the unit, any the container", "[model]") {
  const std::vector<ptop::procfs::CgroupMembership> memberships{
      {4, "cpu", "/docker/" + id}, {1, "name=systemd", "/system.slice/docker.service"}, {0, "", "/"}};
  const CgroupPlace place = cgroup_place(memberships);
  CHECK(place.unit == "docker.service");
  CHECK(place.slice == "system.slice");
  CHECK(place.container_runtime == "docker");
  CHECK(place.container_id == id);
  CHECK(cgroup_place(std::vector<ptop::procfs::CgroupMembership>{}).unit.empty());
}
