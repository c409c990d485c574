// Births as the connector tells them, made up and real.
#include "ptop/sockets/fork_watch.hpp"

#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::sockets;

namespace {

std::string message(std::uint32_t what, std::int32_t parent, std::int32_t child_tid, std::int32_t child_pid) {
  std::string body(sizeof(cn_msg), '\0');
  proc_event event{};
  event.what = static_cast<decltype(event.what)>(what);
  event.event_data.fork.parent_pid = parent;
  event.event_data.fork.parent_tgid = parent;
  event.event_data.fork.child_pid = child_tid;
  event.event_data.fork.child_tgid = child_pid;
  body.append(reinterpret_cast<const char*>(&event), sizeof event);
  nlmsghdr header{};
  header.nlmsg_len = static_cast<std::uint32_t>(sizeof header + body.size());
  std::string text(reinterpret_cast<const char*>(&header), sizeof header);
  return text + body;
}

constexpr std::uint32_t fork_event = 1, exec_event = 2;

}  // namespace

TEST_CASE("parse_births: processes, not threads, and nothing but births", "[sockets]") {
  const auto births = parse_births(message(fork_event, 10, 11, 11) + message(fork_event, 10, 12, 10) +
                                   message(exec_event, 11, 11, 11) + message(fork_event, 11, 13, 13));
  REQUIRE(births.size() == 2);
  CHECK(births[0].parent == Pid(10));
  CHECK(births[0].child == Pid(11));
  CHECK(births[1].child == Pid(13));
}

TEST_CASE("parse_births: what is cut off or absurd ends the list", "[sockets]") {
  const std::string whole = message(fork_event, 10, 11, 11);
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(parse_births(whole.substr(0, size)).empty());
  std::string absurd = whole;
  std::memset(absurd.data(), 0, 4);
  CHECK(parse_births(absurd + whole).empty());
}

TEST_CASE("ForkWatch: a fork of our own is told", "[sockets]") {
  auto watch = ForkWatch::open();
  if (!watch) return;  // another namespace, an older kernel, or one without the connector
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  const auto births = watch->take();
  if (births.empty()) return;  // not in the initial pid namespace: the kernel stays silent
  CHECK(std::ranges::count(births, Pid(child), &Birth::child) == 1);
}
