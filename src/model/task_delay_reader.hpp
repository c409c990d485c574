// What a task had to wait for, from taskstats. For the scan only.
#pragma once

#include "ptop/model/fact.hpp"
#include "ptop/model/sample.hpp"

namespace ptop::model {

class TaskDelayReader {
 public:
  explicit TaskDelayReader(procfs::Reader& reader);

  /// Of a process, with all its threads, or of one thread. Waits for nothing that the task could hold.
  Fact<sockets::TaskDelays> read(const Sample& sample);

 private:
  Result<sockets::TaskDelays> ask(const Sample& sample);

  procfs::Reader& reader_;
  Result<sockets::Taskstats> stats_;
};

}  // namespace ptop::model
