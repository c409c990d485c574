// Descriptor leak audit: which open files cross an exec, who opened them, and who was seen to use them.
//
// A sink between a Follower and another sink. It looks at /proc/<pid>/fd at births, execs and exits, while
// the process stands still, compares, and adds `inherited` and `fd_audit` events; the numbers are made anew.
// No system call has to be followed; where some are, it says which one opened a file, and which used it.
#pragma once

#include <memory>

#include "ptop/follow/event.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::insight {

class FdAudit : public follow::Sink {
 public:
  /// Borrows `next`. `reader`: of the live /proc of the followed processes.
  FdAudit(procfs::Reader reader, follow::Sink& next);
  ~FdAudit() override;
  void begin(const follow::Header& header) override;
  void on(const follow::Event& event) override;
  void at_exit_stop(ProcessKey process) override;
  void end(const follow::Trailer& trailer) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ptop::insight
