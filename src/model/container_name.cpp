// JSON that strangers wrote, read with a bound on its size and without recursion on its depth.
#include "ptop/model/container_name.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include <fmt/format.h>
#include <rapidjson/document.h>

#include "ptop/base/fd.hpp"

namespace ptop::model {
namespace {

using rapidjson::Document, rapidjson::Value;

constexpr std::size_t largest_file = 8 * 1024 * 1024;

Error file_error(const std::string& path) {
  Error error = os_error(path);
  if (error.sys == ENOENT || error.sys == ENOTDIR) error.code = Errc::unsupported;
  return error;
}

Result<std::string> read_file(const std::string& path) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return fail(file_error(path));
  std::string text;
  std::array<char, 16 * 1024> buffer;
  while (text.size() <= largest_file) {
    const ssize_t n = ::read(file.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(file_error(path));
    if (n == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return fail({Errc::unsupported, 0, path});
}

/// Nesting costs heap, not stack: kParseIterativeFlag, and values in a pool that is dropped as a whole.
Result<Document> read_json(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return fail(text.error());
  Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text->data(), text->size());
  if (document.HasParseError()) return fail({Errc::unsupported, 0, path});
  return document;
}

/// A member that is a text; empty when there is none.
std::string text_of(const Value& object, const char* key) {
  if (!object.IsObject()) return {};
  const auto found = object.FindMember(key);
  if (found == object.MemberEnd() || !found->value.IsString()) return {};
  return {found->value.GetString(), found->value.GetStringLength()};
}

Result<ContainerName> named(ContainerName name, const std::string& path) {
  if (name.container.empty()) return fail({Errc::unsupported, 0, path});
  return name;
}

Result<ContainerName> docker_name(const std::string& root, std::string_view id) {
  const std::string path = fmt::format("{}/var/lib/docker/containers/{}/config.v2.json", root, id);
  const auto json = read_json(path);
  if (!json) return fail(json.error());
  std::string name = text_of(*json, "Name");
  if (name.starts_with('/')) name.erase(0, 1);
  return named({std::move(name), {}}, path);
}

Result<ContainerName> podman_name(const std::string& root, std::string_view id) {
  const std::string path = root + "/var/lib/containers/storage/overlay-containers/containers.json";
  const auto json = read_json(path);
  if (!json) return fail(json.error());
  if (!json->IsArray()) return fail({Errc::unsupported, 0, path});
  for (const Value& entry : json->GetArray()) {
    if (text_of(entry, "id") != id) continue;
    const auto names = entry.FindMember("names");
    if (names == entry.MemberEnd() || !names->value.IsArray() || names->value.Empty()) break;
    const Value& first = names->value[0];
    if (first.IsString()) return ContainerName{{first.GetString(), first.GetStringLength()}, {}};
  }
  return fail({Errc::unsupported, 0, path});
}

/// The annotations of an OCI bundle (config.json of the runtime specification).
Result<ContainerName> annotated_name(const std::string& path) {
  const auto json = read_json(path);
  if (!json) return fail(json.error());
  if (!json->IsObject()) return fail({Errc::unsupported, 0, path});
  const auto annotations = json->FindMember("annotations");
  if (annotations == json->MemberEnd()) return fail({Errc::unsupported, 0, path});
  ContainerName name;
  for (const char* key :
       {"io.kubernetes.cri.container-name", "io.kubernetes.container.name", "nerdctl/name"}) {
    if (name.container.empty()) name.container = text_of(annotations->value, key);
  }
  for (const char* key : {"io.kubernetes.cri.sandbox-name", "io.kubernetes.pod.name"}) {
    if (name.pod.empty()) name.pod = text_of(annotations->value, key);
  }
  return named(std::move(name), path);
}

Result<ContainerName> containerd_name(const std::string& root, std::string_view id) {
  Error last{Errc::unsupported, 0, "containerd"};
  for (const std::string_view space : {"k8s.io", "default", "moby"}) {
    auto name = annotated_name(
        fmt::format("{}/run/containerd/io.containerd.runtime.v2.task/{}/{}/config.json", root, space, id));
    if (name || name.error().code == Errc::denied) return name;
    last = std::move(name.error());
  }
  return fail(std::move(last));
}

}  // namespace

Result<ContainerName> read_container_name(const std::string& machine_root, const CgroupPlace& place) {
  const std::string_view runtime = place.container_runtime, id = place.container_id;
  if (runtime == "lxc" || runtime == "nspawn") return ContainerName{std::string(id), {}};
  if (runtime == "docker") return docker_name(machine_root, id);
  if (runtime == "podman") return podman_name(machine_root, id);
  if (runtime == "cri-o")
    return annotated_name(fmt::format("{}/run/containers/storage/overlay-containers/{}/userdata/config.json",
                                      machine_root, id));
  if (runtime == "containerd" || runtime == "kubernetes") return containerd_name(machine_root, id);
  return fail({Errc::unsupported, 0, std::string(runtime)});
}

const Fact<ContainerName>* find_container(const ContainerNames& names, const CgroupPlace& place) {
  const auto found =
      names.find(std::pair<std::string, std::string>(place.container_runtime, place.container_id));
  return found == names.end() ? nullptr : &found->second;
}

}  // namespace ptop::model
