#include "stopping_calls.hpp"

#include "support/catch.hpp"

using namespace ptop;

namespace {

std::vector<sock_filter> filter_of(std::string_view set) {
  return follow::stopping_filter(*decode::SyscallSet::parse(set));
}

}  // namespace

TEST_CASE("stopping_filter: none where no call or every call is logged", "[follow]") {
  CHECK(filter_of("none").empty());
  CHECK(filter_of("all").empty());
  CHECK_FALSE(filter_of("openat").empty());
  CHECK_FALSE(filter_of("!openat").empty());
}

TEST_CASE("stopping_filter: neighbours are one comparison", "[follow]") {
  CHECK(filter_of("read,write,open,close").size() == filter_of("openat").size());
  CHECK(filter_of("read,open").size() > filter_of("read").size());
}

TEST_CASE(
    "stopping_calls: what tells of the affinity stops too, where opened files are logged and it is shared",
    "[follow]") {
  const auto contains = [](const follow::Options& options, std::string_view name) {
    const auto arch = decode::machine_arches().front();
    return follow::stopping_calls(options).contains(arch, decode::find_syscall(arch, name)->nr);
  };
  follow::Options options{.syscalls = *decode::SyscallSet::parse("openat"), .share_processor = true};
  CHECK(contains(options, "sched_getaffinity"));
  CHECK(contains(options, "open"));
  CHECK_FALSE(contains(options, "read"));
  options.share_processor = false;
  CHECK_FALSE(contains(options, "sched_getaffinity"));
  options = {.syscalls = *decode::SyscallSet::parse("read"), .share_processor = true};
  CHECK_FALSE(contains(options, "sched_getaffinity"));
}
