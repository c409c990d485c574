// Names of capabilities, signals and policies, against the headers of the kernel.
#include "ptop/model/kernel_names.hpp"

#include <fstream>
#include <map>
#include <sstream>

#include "ptop/base/number.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::model;

namespace {

/// `#define PREFIXxxx NUMBER` of a header.
std::map<std::uint32_t, std::string> defines(const std::string& header, const std::string& prefix) {
  std::ifstream in("/usr/include/linux/" + header);
  std::map<std::uint32_t, std::string> found;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string define, name, number;
    words >> define >> name >> number;
    const auto value = parse_number<std::uint32_t>(number);
    if (define == "#define" && name.starts_with(prefix) && value) found.emplace(*value, name);
  }
  return found;
}

}  // namespace

TEST_CASE("capability_names: as in linux/capability.h", "[model]") {
  const auto known = defines("capability.h", "CAP_");
  REQUIRE(known.size() >= 38);  // CAP_LAST_CAP is defined as a name, so it is not among them
  for (const auto& [number, name] : known) {
    INFO(number);
    CHECK(capability_names(std::uint64_t{1} << number) == WordList{name});
  }
}

TEST_CASE("capability_names: one for every bit, ascending", "[model]") {
  CHECK(capability_names(0).empty());
  CHECK(capability_names(0x5) == WordList{"CAP_CHOWN", "CAP_DAC_READ_SEARCH"});
  CHECK(capability_names(~std::uint64_t{0}).size() == 64);
  CHECK(capability_names(std::uint64_t{1} << 63) == WordList{"CAP_63"});
}

TEST_CASE("signal_names: bit 0 is signal 1", "[model]") {
  CHECK(signal_names(0x1) == WordList{"SIGHUP"});
  CHECK(signal_names(0x4100) == WordList{"SIGKILL", "SIGTERM"});
  CHECK(signal_names(std::uint64_t{1} << 63) == WordList{"SIGRT_32"});
}

TEST_CASE("policy_name: as in linux/sched.h, but for the usual one's name in sched(7)", "[model]") {
  const auto known = defines("sched.h", "SCHED_");
  for (std::uint32_t policy = 1; policy < 8; ++policy) {
    INFO(policy);
    if (known.contains(policy)) CHECK(policy_name(policy) == known.at(policy));
  }
  CHECK(known.at(0) == "SCHED_NORMAL");
  CHECK(policy_name(0) == "SCHED_OTHER");
  CHECK(policy_name(4).empty());
  CHECK(policy_name(8).empty());
}

TEST_CASE("seccomp_mode_name: the three modes", "[model]") {
  CHECK(seccomp_mode_name(0) == "disabled");
  CHECK(seccomp_mode_name(2) == "filter");
  CHECK(seccomp_mode_name(3).empty());
}
