// What a call's numbers mean to the machine around it, for those who can ask. follow/ asks /proc, tests make
// it up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ptop/decode/decoded.hpp"

namespace ptop::decode {

class Surroundings {
 public:
  virtual ~Surroundings() = default;
  /// "lo"; in `arena`. Empty: there is none.
  virtual std::string_view interface_name(std::uint32_t index, Arena& arena) = 0;
  /// NETLINK_ROUTE and so on, of the descriptor of the task whose call is decoded; nullopt: no netlink
  /// socket. -1: one that is not bound yet, so that nobody knows its protocol.
  virtual std::optional<std::int32_t> netlink_protocol(std::int32_t fd) = 0;
  /// Where in the same task's memory the entries are that io_uring_enter(2) would submit, at most `limit`,
  /// oldest first; in `arena`. Empty: there are none, or nobody can tell.
  virtual std::span<const std::uint64_t> submissions(std::int32_t, std::uint32_t, Arena&) { return {}; }
  /// What /proc/PID/fd/N of the same task is a link to: "anon_inode:bpf-map"; in `arena`. Empty: not known.
  virtual std::string_view descriptor_link(std::int32_t, Arena&) { return {}; }
};

}  // namespace ptop::decode
