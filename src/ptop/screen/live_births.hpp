// Who is born on this machine while somebody acts.
#pragma once

#include "act_port.hpp"
#include "ptop/procfs/reader.hpp"
#include "ptop/sockets/fork_watch.hpp"

namespace ptop::app {

class LiveBirths : public BirthWatch {
 public:
  /// nullptr: the kernel does not tell us. The reader outlives this.
  static std::unique_ptr<BirthWatch> open(procfs::Reader& reader);

  std::vector<Birth> take() override;
  bool overrun() const override { return watch_.overrun(); }
  std::unique_ptr<HeldProcess> hold(Pid pid) override;

 private:
  LiveBirths(procfs::Reader& reader, sockets::ForkWatch watch, Ticks begin)
      : reader_(reader), watch_(std::move(watch)), begin_(begin) {}

  procfs::Reader& reader_;
  sockets::ForkWatch watch_;
  Ticks begin_;  ///< since boot
};

}  // namespace ptop::app
