// The socket tables of the network namespaces that matter.
#pragma once

#include <map>

#include "ptop/model/descriptors.hpp"

namespace ptop::model {

class SocketReader {
 public:
  SocketReader(procfs::Reader& reader, DescriptorSnapshot& out) : reader_(reader), out_(out) {}
  /// Network namespaces by inode, and a process in each.
  void run(const std::map<std::uint64_t, Pid>& namespaces);

 private:
  void read_namespace(std::uint64_t net_namespace, procfs::TaskDir& dir, Pid pid);
  Result<std::vector<sockets::UnixDiag>> ask_for_unix_sockets(std::uint64_t net_namespace, Pid pid) const;

  procfs::Reader& reader_;
  DescriptorSnapshot& out_;
};

}  // namespace ptop::model
