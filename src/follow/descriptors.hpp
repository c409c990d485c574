// What is behind a task's descriptors, from /proc/<tid>/fd and, when asked for, sock_diag(7).
#pragma once

#include "ptop/base/ids.hpp"
#include "ptop/decode/descriptor_names.hpp"
#include "socket_details.hpp"

namespace ptop::follow {

class TaskDescriptors : public decode::DescriptorNames {
 public:
  /// What is said of a descriptor: as in follow::Options.
  struct Wanted {
    bool paths = false, sockets = false, devices = false, pidfds = false;
    bool any() const { return paths || sockets || devices || pidfds; }
  };
  void want(Wanted wanted) { wanted_ = wanted; }
  bool wants_any() const { return wanted_.any(); }
  /// Whom the next questions are about.
  void set_task(Tid tid) { tid_ = tid; }
  decode::DescriptorName name(std::int32_t fd, decode::Arena& arena) override;
  std::string_view working_directory(decode::Arena& arena) override;
  /// The path alone, whatever is wanted.
  std::string_view path(std::int32_t fd, decode::Arena& arena) const;

 private:
  decode::DescriptorName named_file(std::int32_t fd, std::string_view path, decode::Arena& arena);
  std::string_view detail_of_socket(std::int32_t fd, std::string_view link, decode::Arena& arena);
  std::string_view detail_of_pidfd(std::int32_t fd, decode::Arena& arena);

  Tid tid_;
  Wanted wanted_;
  SocketDetails sockets_;
};

}  // namespace ptop::follow
