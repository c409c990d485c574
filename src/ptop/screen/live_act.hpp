// Acting on processes of this machine, by identity.
#pragma once

#include "act_port.hpp"
#include "ptop/base/fd.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

class LiveAct : public ActPort {
 public:
  explicit LiveAct(procfs::Reader reader) : reader_(std::move(reader)) {}
  Result<void> send_signal(ProcessKey process, int signal) override;
  Result<void> set_nice(ProcessKey process, int nice) override;
  Result<void> set_io_priority(ProcessKey process, IoPriority priority) override;
  Result<void> change_autogroup_nice(ProcessKey process, int by) override;

 private:
  Result<Fd> hold(ProcessKey process);
  template <class Call>
  Result<void> for_each_thread(ProcessKey process, Call call);

  procfs::Reader reader_;
};

}  // namespace ptop::app
