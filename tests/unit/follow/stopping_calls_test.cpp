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
