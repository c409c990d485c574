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
  Result<std::unique_ptr<HeldProcess>> hold(ProcessKey process) override;
  std::unique_ptr<BirthWatch> watch_births() override;
  Result<void> set_nice(ProcessKey process, int nice) override;
  Result<void> set_io_priority(ProcessKey process, IoPriority priority) override;
  Result<void> set_thread_nice(ThreadKey thread, int nice) override;
  Result<void> set_thread_io_priority(ThreadKey thread, IoPriority priority) override;
  Result<void> change_autogroup_nice(ProcessKey process, int by) override;
  Result<CpuUse> cpu_use(ProcessKey process) override;
  Result<void> set_cpus(ProcessKey process, const CpuSet& chosen, const CpuSet& kept) override;
  Result<CpuUse> thread_cpu_use(ThreadKey thread) override;
  Result<void> set_thread_cpus(ThreadKey thread, const CpuSet& chosen, const CpuSet& kept) override;
  Result<OomState> oom_state(ProcessKey process) override;
  Result<void> set_oom_adjustment(ProcessKey process, int adjustment) override;
  Result<SignalUse> signal_use(ProcessKey process) override;

 private:
  Result<Fd> open_pidfd(ProcessKey process);
  Result<std::vector<Tid>> threads_of(ProcessKey process);
  template <class Call>
  Result<void> for_each_thread(ProcessKey process, Call call);
  Result<void> set_cpus_of(const std::vector<Tid>& threads, const CpuSet& chosen, const CpuSet& kept);
  Result<CpuSet> cpuset_of(ProcessKey process);
  Result<CpuUse> cpu_use_of(ProcessKey process, const std::vector<Tid>& threads);
  Error no_such_cpus(ProcessKey process);
  Result<void> check_identity_of(ThreadKey thread);
  template <class Call>
  Result<void> for_thread(ThreadKey thread, Call call);

  procfs::Reader reader_;
};

}  // namespace ptop::app
