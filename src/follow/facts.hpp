// What follow asks /proc about a task. A process that is gone has no facts: every field may be missing.
#pragma once

#include <optional>
#include <string>

#include <sys/resource.h>

#include "ptop/procfs/reader.hpp"
#include "tasks.hpp"

namespace ptop::follow {

class Facts {
 public:
  static Result<Facts> open();

  std::optional<procfs::Stat> stat(Tid tid);
  std::string comm(Pid pid);
  std::uint64_t clock_ticks() const { return reader_.system_info().clock_ticks; }

  struct Image {
    std::string exe;
    std::optional<std::string> cwd;
  };
  Image image(Pid pid);

  /// True when the file that execve(2) was given by this process begins with "#!".
  bool is_script(Pid pid, const std::string& filename) const;

  /// At the exit stop of a process's last task. `usage`: as wait4(2) gave it at that stop, RUSAGE_BOTH: right
  /// for a process that has waited for no children, else times are taken from /proc (in clock ticks).
  ExitFacts exit_facts(const Process& process, Tid tid, const rusage& usage);

  std::uint64_t age_ns(Ticks start) const;  ///< of a task that started then

  procfs::Reader& reader() { return reader_; }

 private:
  explicit Facts(procfs::Reader reader) : reader_(std::move(reader)) {}
  std::uint64_t ticks_to_ns(Ticks ticks) const;
  procfs::Reader reader_;
};

}  // namespace ptop::follow
