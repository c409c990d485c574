// Names of containers, from files that strangers wrote.
#include "ptop/model/container_name.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::model;
namespace fs = std::filesystem;

namespace {

const std::string id(64, 'a');

class Machine {
 public:
  Machine() {
    std::string name = (fs::temp_directory_path() / "ptop-machine-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    root_ = name;
  }
  ~Machine() { fs::remove_all(root_); }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  fs::path write(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << text;
    return root_ / file;
  }
  Result<ContainerName> name_of(std::string_view path) const {
    return read_container_name(root_.string(), cgroup_place(path));
  }

 private:
  fs::path root_;
};

const std::string docker_group = "/system.slice/docker-" + id + ".scope";
const std::string docker_file = "var/lib/docker/containers/" + id + "/config.v2.json";

}  // namespace

TEST_CASE("read_container_name: a file that is not there is unsupported", "[model]") {
  CHECK(Machine().name_of(docker_group).error().code == Errc::unsupported);
}

TEST_CASE("read_container_name: whatever a file holds, there is a name or none", "[model]") {
  const Machine machine;
  const auto text = GENERATE(as<std::string>(), "", "null", "[]", "{", "\"Name\"", R"({"Name":7})",
                             R"({"Name":""})", R"({"Name":"/"})", R"({"Nam":"x"})", std::string(1 << 20, '['),
                             std::string("{\"Name\":\"a\"") + std::string(3, '\0'));
  machine.write(docker_file, text);
  CHECK(machine.name_of(docker_group).error().code == Errc::unsupported);
}

TEST_CASE("read_container_name: a name keeps its bytes", "[model]") {
  const Machine machine;
  machine.write(docker_file, "{\"Name\":\"/a\\u001b]52;\\n\"}");
  const auto name = machine.name_of(docker_group);
  REQUIRE(name);
  CHECK(name->container == "a\x1b]52;\n");
}

TEST_CASE("read_container_name: a file that may not be read is denied", "[model]") {
  if (::geteuid() == 0) return;  // root may read all
  const Machine machine;
  const auto file = machine.write(docker_file, "{}");
  REQUIRE(::chmod(file.c_str(), 0) == 0);
  CHECK(machine.name_of(docker_group).error().code == Errc::denied);
}

TEST_CASE("read_container_name: LXC names the group", "[model]") {
  CHECK(Machine().name_of("/lxc.payload.web/init.scope")->container == "web");
}
