// Messages of netlink that no kernel sends, but a tracee may.
#include <linux/netlink.h>

#include "ptop/decode/surroundings.hpp"
#include "stage.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::decode;

namespace {

struct RouteSocket : Surroundings {
  std::string_view interface_name(std::uint32_t, Arena&) override { return {}; }
  std::optional<std::int32_t> netlink_protocol(std::int32_t) override { return NETLINK_ROUTE; }
};

}  // namespace

TEST_CASE("netlink: errors in errors end at the second", "[decode]") {
  constexpr std::size_t levels = 100'000, step = sizeof(nlmsghdr) + sizeof(int);
  std::string bytes;
  for (std::size_t left = levels; left > 0; --left) {
    const nlmsghdr head{static_cast<std::uint32_t>(left * step), NLMSG_ERROR, 0, 0, 0};
    bytes.append(reinterpret_cast<const char*>(&head), sizeof head).append(sizeof(int), '\0');
  }
  Stage stage;
  RouteSocket socket;
  stage.options.surroundings = &socket;
  stage.options.verbose = true;
  stage.memory.put(0x100000, bytes);
  const std::string shown = stage.enter("sendto", {3, 0x100000, bytes.size(), 0, 0, 0});
  CHECK(shown.find("NLMSG_ERROR") != std::string::npos);
  CHECK(shown.find("NLMSG_ERROR") != shown.rfind("NLMSG_ERROR"));
}
