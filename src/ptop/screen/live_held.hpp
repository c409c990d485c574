// A process of this machine, held by a pidfd.
#pragma once

#include "act_port.hpp"
#include "ptop/base/fd.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

class LiveHeld : public HeldProcess {
 public:
  /// `pidfd` is that process's. The reader outlives this.
  LiveHeld(procfs::Reader& reader, ProcessKey key, Fd pidfd)
      : reader_(reader), key_(key), pidfd_(std::move(pidfd)) {}
  ProcessKey key() const override { return key_; }
  Result<void> send(int signal) override;
  Result<std::vector<std::unique_ptr<HeldProcess>>> children() override;
  /// Not waited for yet, so that its pid is nobody else's.
  bool is_there();

 private:
  using List = std::vector<std::unique_ptr<HeldProcess>>;
  Result<std::vector<Pid>> listed_children();
  std::unique_ptr<HeldProcess> hold_child(Pid pid);

  procfs::Reader& reader_;
  ProcessKey key_;
  Fd pidfd_;
};

}  // namespace ptop::app
