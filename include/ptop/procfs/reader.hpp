// Opens and reads /proc files; hands the text to the parsers. The only place of this room that touches the
// system. Not thread-safe: one Reader per thread (they share nothing).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/cgroup.hpp"
#include "ptop/procfs/fd_link.hpp"
#include "ptop/procfs/stat.hpp"
#include "ptop/procfs/statm.hpp"
#include "ptop/procfs/status.hpp"
#include "ptop/procfs/system.hpp"

namespace ptop::procfs {

class TaskDir;

class Reader {
 public:
  /// `root` is /proc, or a recorded tree, or a container's. Errors: as open(2), `malformed` when its
  /// stat (proc_stat(5)) does not parse. Clock rate and page size come from sysconf(3) for the live /proc;
  /// a recorded tree may carry them in `ROOT/.ptop/system` (lines `clock_ticks N`, `page_size N`).
  static Result<Reader> open(const std::string& root = "/proc");

  const std::string& root() const { return root_; }
  const SystemInfo& system_info() const { return info_; }

  /// Every process, ascending. May be called again and again.
  Result<std::vector<Pid>> pids();

  /// The directory of one process or thread, opened: reads through it fail `gone` once that task died,
  /// even when its number was used again.
  Result<TaskDir> open_process(Pid pid);
  Result<TaskDir> open_thread(Pid pid, Tid tid);

  /// One file of one process in three system calls, for when it is the only one.
  Result<Stat> read_stat(Pid pid);
  Result<Stat> read_thread_stat(Pid pid, Tid tid);

  Result<SystemStat> read_system_stat();
  Result<Meminfo> read_meminfo();
  Result<Loadavg> read_loadavg();
  Result<Uptime> read_uptime();
  Result<std::string> read_hostname();        ///< sys/kernel/hostname
  Result<std::string> read_kernel_release();  ///< sys/kernel/osrelease

 private:
  friend class TaskDir;
  Reader() = default;
  /// Whole files, without trusting st_size. The view is valid until the next read of this Reader.
  enum class End : bool { zero_read, short_read };
  Result<std::string_view> read_file(int dir, const char* name, End end);
  Result<std::string_view> read_system_file(const char* name);
  Result<std::string_view> read_task_file(int dir, const char* name);
  Result<std::string> read_link(int dir, const char* name);
  Result<TaskDir> open_task(const char* path);
  Result<SystemInfo> read_system_info();

  std::string root_;
  Fd root_fd_;
  bool is_procfs_ = false;
  SystemInfo info_;
  std::vector<char> buffer_;
};

/// One /proc/<pid> or /proc/<pid>/task/<tid>. Borrows its Reader.
class TaskDir {
 public:
  Result<Stat> read_stat();
  Result<Status> read_status();
  Result<Statm> read_statm();
  Result<std::string> read_cmdline();  ///< raw; see parse_cmdline
  Result<std::string> read_environ();  ///< raw; denied unless ptrace access is allowed
  Result<std::vector<CgroupMembership>> read_cgroup();
  Result<std::string> read_link(
      const char* name);                    ///< exe, cwd, root: raw target. exe of a kernel thread: gone
  Result<std::vector<FdEntry>> read_fds();  ///< ascending; entries closed meanwhile are left out
  Result<std::vector<Tid>> tids();          ///< ascending

 private:
  friend class Reader;
  Result<std::string> read_bytes(const char* name);
  TaskDir(Reader& reader, Fd dir) : reader_(&reader), dir_(std::move(dir)) {}
  Reader* reader_;
  Fd dir_;
};

}  // namespace ptop::procfs
