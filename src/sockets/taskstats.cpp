// Generic netlink: the number of the family once, then one request and one answer for each task.
#include "ptop/sockets/taskstats.hpp"

#include <linux/genetlink.h>
#include <linux/taskstats.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <utility>

#include "netlink_message.hpp"

namespace ptop::sockets {
namespace {

constexpr const char* subject = "taskstats";

Error taskstats_error(int error_number) {
  Error error = os_error(error_number, subject);
  if (error_number == ENOENT || error_number == EOPNOTSUPP || error_number == EPROTONOSUPPORT)
    error.code = Errc::unsupported;
  return error;
}

/// One request with one attribute, and what the kernel answers.
Result<std::string> ask(const Fd& socket, std::uint16_t family, std::uint8_t command, int attribute,
                        std::string_view value) {
  struct {
    nlmsghdr head;
    genlmsghdr generic;
    nlattr attribute;
    std::array<char, 32> value;
  } request{};
  request.generic = {.cmd = command, .version = 1, .reserved = 0};
  request.attribute = {.nla_len = static_cast<std::uint16_t>(NLA_HDRLEN + value.size()),
                       .nla_type = static_cast<std::uint16_t>(attribute)};
  std::copy(value.begin(), value.end(), request.value.begin());
  request.head.nlmsg_len =
      static_cast<std::uint32_t>(NLMSG_LENGTH(GENL_HDRLEN) + NLA_HDRLEN + NLA_ALIGN(value.size()));
  request.head.nlmsg_type = family;
  request.head.nlmsg_flags = NLM_F_REQUEST;
  sockaddr_nl kernel{};
  kernel.nl_family = AF_NETLINK;
  if (::sendto(socket.get(), &request, request.head.nlmsg_len, 0, reinterpret_cast<const sockaddr*>(&kernel),
               sizeof kernel) < 0)
    return fail(taskstats_error(errno));
  std::array<char, 4096> answer;  // it is there already: the kernel answers while it is asked
  const ssize_t n = ::recv(socket.get(), answer.data(), answer.size(), MSG_DONTWAIT);
  if (n < 0) return fail(taskstats_error(errno));
  return std::string(answer.data(), static_cast<std::size_t>(n));
}

/// What follows both headers.
Result<std::string_view> body_of(std::string_view message) {
  nlmsghdr head{};
  if (!copy_head(message, head) || head.nlmsg_len > message.size() || head.nlmsg_len < NLMSG_HDRLEN)
    return malformed(subject, message);
  const std::string_view body = message.substr(NLMSG_HDRLEN, head.nlmsg_len - NLMSG_HDRLEN);
  if (head.nlmsg_type == NLMSG_ERROR) {
    int negative = 0;
    if (!copy_head(body, negative)) return malformed(subject, body);
    return fail(taskstats_error(-negative));
  }
  if (body.size() < GENL_HDRLEN) return malformed(subject, body);
  return body.substr(GENL_HDRLEN);
}

template <class Number>
std::string_view bytes_of(const Number& number) {
  return {reinterpret_cast<const char*>(&number), sizeof number};
}

std::optional<std::uint64_t> number_at(std::string_view stats, std::size_t offset) {
  std::uint64_t number = 0;
  if (stats.size() < offset || !copy_head(stats.substr(offset), number)) return std::nullopt;
  return number;
}

Result<TaskDelays> delays_of(std::string_view stats) {
  // Fields are added at the end, so that the size tells which there are. Not so in version 15, which put new
  // ones between the old ones.
  constexpr std::uint16_t shuffled = 15;
  std::uint16_t version = 0;
  const auto swapin = number_at(stats, offsetof(taskstats, swapin_delay_total));
  if (!copy_head(stats, version) || !swapin) return malformed(subject, stats);
  if (version == shuffled) return fail({Errc::unsupported, 0, subject});
  return TaskDelays{.swapin_ns = *swapin,
                    .reclaim_ns = number_at(stats, offsetof(taskstats, freepages_delay_total)),
                    .thrashing_ns = number_at(stats, offsetof(taskstats, thrashing_delay_total)),
                    .compaction_ns = number_at(stats, offsetof(taskstats, compact_delay_total))};
}

}  // namespace

Result<TaskDelays> parse_taskstats(std::string_view message) {
  const auto body = body_of(message);
  if (!body) return fail(body.error());
  std::string_view stats;
  bool fits = for_each_attribute(*body, [](int, std::string_view) {});
  for_each_attribute(*body, [&](int type, std::string_view aggregate) {
    if (type != TASKSTATS_TYPE_AGGR_PID && type != TASKSTATS_TYPE_AGGR_TGID) return;
    fits = fits && for_each_attribute(aggregate, [&](int inner, std::string_view payload) {
             if (inner == TASKSTATS_TYPE_STATS) stats = payload;
           });
  });
  if (!fits) return malformed(subject, *body);
  return delays_of(stats);
}

Result<Taskstats> Taskstats::open() {
  Fd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC));
  if (!socket) return fail(taskstats_error(errno));
  const auto answer = ask(socket, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_NAME,
                          {TASKSTATS_GENL_NAME, sizeof TASKSTATS_GENL_NAME});
  const auto body = answer ? body_of(*answer) : fail(answer.error());
  if (!body) return fail(body.error());
  std::uint16_t family = 0;
  for_each_attribute(*body, [&](int type, std::string_view payload) {
    if (type == CTRL_ATTR_FAMILY_ID) copy_head(payload, family);
  });
  if (family == 0) return malformed(subject, *body);
  return Taskstats(std::move(socket), family);
}

Result<TaskDelays> Taskstats::of_process(Pid pid) {
  const auto number = static_cast<std::uint32_t>(pid.raw());
  const auto answer = ask(socket_, family_, TASKSTATS_CMD_GET, TASKSTATS_CMD_ATTR_TGID, bytes_of(number));
  return answer ? parse_taskstats(*answer) : fail(answer.error());
}
Result<TaskDelays> Taskstats::of_thread(Tid tid) {
  const auto number = static_cast<std::uint32_t>(tid.raw());
  const auto answer = ask(socket_, family_, TASKSTATS_CMD_GET, TASKSTATS_CMD_ATTR_PID, bytes_of(number));
  return answer ? parse_taskstats(*answer) : fail(answer.error());
}

}  // namespace ptop::sockets
