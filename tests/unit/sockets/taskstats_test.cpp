// The answers of taskstats, made up and real.
#include "ptop/sockets/taskstats.hpp"

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/taskstats.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::sockets;

namespace {

template <class T>
std::string bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::string attribute(std::uint16_t type, const std::string& payload) {
  const nlattr head{static_cast<std::uint16_t>(sizeof(nlattr) + payload.size()), type};
  std::string bytes = bytes_of(head) + payload;
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}

std::string message(std::uint16_t type, const std::string& body) {
  nlmsghdr head{};
  head.nlmsg_len = static_cast<std::uint32_t>(sizeof head + body.size());
  head.nlmsg_type = type;
  return bytes_of(head) + body;
}

std::string answer(const std::string& stats) {
  const genlmsghdr generic{.cmd = TASKSTATS_CMD_NEW, .version = 1, .reserved = 0};
  const std::string inner =
      attribute(TASKSTATS_TYPE_TGID, bytes_of(std::uint32_t{7})) + attribute(TASKSTATS_TYPE_STATS, stats);
  return message(28, bytes_of(generic) + attribute(TASKSTATS_TYPE_AGGR_TGID, inner));
}

std::string stats_of(std::uint16_t version) {
  taskstats stats{};
  stats.version = version;
  stats.swapin_delay_total = 11;
  stats.freepages_delay_total = 22;
  stats.thrashing_delay_total = 33;
  stats.compact_delay_total = 44;
  return bytes_of(stats);
}

}  // namespace

TEST_CASE("parse_taskstats: the delays of a thread group", "[sockets]") {
  const auto delays = parse_taskstats(answer(stats_of(13)));
  REQUIRE(delays);
  CHECK(delays->swapin_ns == 11);
  CHECK(delays->reclaim_ns == 22U);
  CHECK(delays->thrashing_ns == 33U);
  CHECK(delays->compaction_ns == 44U);
}

TEST_CASE("parse_taskstats: an older kernel's accounts end earlier", "[sockets]") {
  const auto delays = parse_taskstats(answer(stats_of(8).substr(0, offsetof(taskstats, thrashing_count))));
  REQUIRE(delays);
  CHECK(delays->reclaim_ns == 22U);
  CHECK_FALSE(delays->thrashing_ns);
  CHECK_FALSE(delays->compaction_ns);
}

TEST_CASE("parse_taskstats: nothing is where it was in version 15", "[sockets]") {
  const auto delays = parse_taskstats(answer(stats_of(15)));
  REQUIRE_FALSE(delays);
  CHECK(delays.error().code == Errc::unsupported);
}

TEST_CASE("parse_taskstats: refusals and cut messages are errors", "[sockets]") {
  const auto code = [](const std::string& bytes) {
    const auto delays = parse_taskstats(bytes);
    REQUIRE_FALSE(delays);
    return delays.error().code;
  };
  CHECK(code(message(NLMSG_ERROR, bytes_of(-EPERM))) == Errc::denied);
  CHECK(code(message(NLMSG_ERROR, bytes_of(-ESRCH))) == Errc::gone);
  const std::string whole = answer(stats_of(13));
  CHECK(code("") == Errc::malformed);
  CHECK(code(whole.substr(0, whole.size() - 8)) == Errc::malformed);
  CHECK(code(answer(stats_of(13).substr(0, 40))) == Errc::malformed);
  CHECK(code(message(28, "")) == Errc::malformed);
}

TEST_CASE("Taskstats: the kernel answers, or says why not", "[sockets]") {
  auto stats = Taskstats::open();
  if (!stats) {
    CHECK(stats.error().code == Errc::unsupported);
    return;
  }
  const auto delays = stats->of_process(Pid(::getpid()));
  if (!delays) {
    const Errc why = delays.error().code;
    CHECK((why == Errc::denied || why == Errc::unsupported));
    return;
  }
  CHECK(stats->of_thread(Tid(::getpid())));
  const auto nobody = stats->of_process(Pid(0x3fffffff));
  REQUIRE_FALSE(nobody);
  CHECK(nobody.error().code == Errc::gone);
}
