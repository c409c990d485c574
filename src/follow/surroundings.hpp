// What the machine around a traced task knows: its interfaces, the protocols of its netlink sockets.
#pragma once

#include <unordered_map>

#include "ptop/base/ids.hpp"
#include "ptop/decode/surroundings.hpp"

namespace ptop::follow {

class TaskSurroundings : public decode::Surroundings {
 public:
  /// Whom the next questions are about.
  void set_task(Tid tid) { tid_ = tid; }
  std::string_view interface_name(std::uint32_t index, decode::Arena& arena) override;
  std::optional<std::int32_t> netlink_protocol(std::int32_t fd) override;
  std::span<const std::uint64_t> submissions(std::int32_t fd, std::uint32_t limit,
                                             decode::Arena& arena) override;
  std::string_view descriptor_link(std::int32_t fd, decode::Arena& arena) override;

 private:
  std::optional<std::uint64_t> socket_inode(std::int32_t fd) const;
  void read_netlink_sockets();

  Tid tid_;
  bool is_netlink(std::int32_t fd) const;

  // By inode, which is not given to another socket soon. What is no netlink socket is known as such.
  std::unordered_map<std::uint64_t, std::optional<std::int32_t>> protocols_;
};

}  // namespace ptop::follow
