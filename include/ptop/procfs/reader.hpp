// Opens and reads /proc files; hands the text to the parsers. The only place of this room that touches the
// system. Not thread-safe: one Reader per thread (they share nothing).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/cgroup.hpp"
#include "ptop/procfs/devices.hpp"
#include "ptop/procfs/fd_dir.hpp"
#include "ptop/procfs/fd_link.hpp"
#include "ptop/procfs/fdinfo.hpp"
#include "ptop/procfs/io.hpp"
#include "ptop/procfs/limits.hpp"
#include "ptop/procfs/locks.hpp"
#include "ptop/procfs/maps.hpp"
#include "ptop/procfs/mountinfo.hpp"
#include "ptop/procfs/net_inet.hpp"
#include "ptop/procfs/net_unix.hpp"
#include "ptop/procfs/ns_link.hpp"
#include "ptop/procfs/pressure.hpp"
#include "ptop/procfs/sched.hpp"
#include "ptop/procfs/schedstat.hpp"
#include "ptop/procfs/single_value.hpp"
#include "ptop/procfs/smaps_rollup.hpp"
#include "ptop/procfs/stack.hpp"
#include "ptop/procfs/stat.hpp"
#include "ptop/procfs/statm.hpp"
#include "ptop/procfs/status.hpp"
#include "ptop/procfs/syscall.hpp"
#include "ptop/procfs/system.hpp"
#include "ptop/procfs/sysvipc.hpp"

namespace ptop::procfs {

class TaskDir;

class Reader {
 public:
  /// `root` is /proc, or a recorded tree, or a container's. Errors: as open(2), `malformed` when its
  /// stat (proc_stat(5)) does not parse. Clock rate and page size come from sysconf(3) for the live /proc;
  /// a recorded tree may carry them in `ROOT/.ptop/system` (lines `clock_ticks N`, `page_size N`).
  static Result<Reader> open(const std::string& root = "/proc");

  /// Another Reader of the same tree, for another thread; pids() is for one of them only.
  Reader duplicate() const;

  const std::string& root() const { return root_; }
  /// Whether the root is a mounted procfs, not a recording.
  bool is_live() const { return is_procfs_; }
  /// Where files outside /proc are: "" (as their paths say), or the directory that a recording has them
  /// below, ROOT/.ptop/machine.
  std::string machine_root() const;
  const SystemInfo& system_info() const { return info_; }

  /// Every process, ascending. May be called again and again.
  Result<std::vector<Pid>> pids();

  /// The directory of one process or thread, opened: reads through it fail `gone` once that task died,
  /// even when its number was used again.
  Result<TaskDir> open_process(Pid pid);
  Result<TaskDir> open_thread(Pid pid, Tid tid);
  /// The descriptors of a process; `denied` where the rest of it may still be read.
  Result<FdDir> open_fds(Pid pid);

  /// One file of one process in three system calls, for when it is the only one.
  Result<Stat> read_stat(Pid pid);
  /// The text, for parse_stat(). Valid until the next read.
  Result<std::string_view> read_stat_text(Pid pid);
  Result<Status> read_status(Pid pid);
  Result<TaskIo> read_io(Pid pid);
  std::optional<std::uint64_t> read_vm_hwm(Pid pid);  ///< of its status; nullopt: none, or not readable
  Result<Stat> read_thread_stat(Pid pid, Tid tid);
  Result<std::string_view> read_thread_stat_text(Pid pid, Tid tid);  ///< valid until the next read

  Result<SystemStat> read_system_stat();
  Result<Meminfo> read_meminfo();
  Result<Loadavg> read_loadavg();
  Result<Uptime> read_uptime();
  Result<std::string> read_hostname();        ///< sys/kernel/hostname
  Result<std::string> read_kernel_release();  ///< sys/kernel/osrelease
  Result<std::string> read_boot_id();         ///< sys/kernel/random/boot_id: another UUID at each boot

  /// Whether pids there are the caller's: those that system calls take.
  bool shows_own_pids() const;

  /// Of whoever reads, or recorded. `unsupported`: the /proc of a pid namespace that we are not in, or a
  /// recording without.
  Result<std::vector<Mount>> read_own_mountinfo();
  Result<Sched> read_own_sched();  ///< of the calling thread
  Result<NsLink> read_own_namespace(std::string_view name);

  /// These fail `unsupported` when the kernel is too old, or was built or started without.
  Result<bool>
  read_delay_accounting();  ///< sys/kernel/task_delayacct: whether delays are counted. Linux 5.14
  Result<std::vector<HeldLock>> read_locks();
  Result<Pressure> read_pressure(PressureResource resource);
  Result<std::vector<SharedMemory>> read_sysvipc_shm();
  Result<std::vector<SemaphoreSet>> read_sysvipc_sem();
  Result<std::vector<MessageQueue>> read_sysvipc_msg();
  Result<std::vector<SwapArea>> read_swaps();
  Result<Devices> read_devices();
  Result<std::vector<TtyDriver>> read_tty_drivers();

 private:
  friend class FdDir;
  friend class TaskDir;
  Reader() = default;
  /// Whole files. The view is valid until the next read of this Reader.
  Result<std::string_view> read_system_file(const char* name);
  Result<std::string_view> read_optional_system_file(const char* name);
  Result<std::string_view> read_task_file(int dir, const char* name);
  Result<std::string> read_link(int dir, const char* name);
  Result<TaskDir> open_task(const char* path);
  Result<SystemInfo> read_system_info();

  std::string root_;
  std::shared_ptr<const Fd> root_fd_;  // of all duplicates
  bool is_procfs_ = false;
  SystemInfo info_;
  std::vector<char> buffer_;
};

/// One /proc/<pid> or /proc/<pid>/task/<tid>. Borrows its Reader.
/// `gone` also says that a task has no such thing: memory (a kernel thread, a zombie), or an exe.
class TaskDir {
 public:
  Result<Stat> read_stat();
  Result<std::string_view> read_stat_text();  ///< valid until the next read
  Result<Status> read_status();
  Result<Statm> read_statm();
  Result<std::string> read_cmdline();  ///< raw; see parse_cmdline
  Result<std::string> read_environ();  ///< raw; denied unless ptrace access is allowed
  Result<std::vector<CgroupMembership>> read_cgroup();
  Result<std::string> read_link(
      const char* name);                    ///< exe, cwd, root: raw target. exe of a kernel thread: gone
  Result<std::vector<FdEntry>> read_fds();  ///< ascending; entries closed meanwhile are left out
  Result<FdDir> open_fds();                 ///< for more than the links
  /// What exe, cwd or root leads to; as FdDir::status.
  Result<FileStatus> link_status(const char* name);
  /// Whether `target` of exe, cwd or root names the file. " (deleted)" at its end is the file's own then, and
  /// not the kernel's mark. Always false in a recorded tree.
  bool is_called(const char* link, std::string_view target);
  /// What `path` leads to in the task's root; nullopt: nothing. `may_ask`: its file system is of this
  /// machine. Otherwise `timeout` when the kernel does not know without asking it.
  Result<std::optional<FileStatus>> named_file(const std::string& path, bool may_ask);
  /// The links of descriptors 0, 1 and 2; nullopt: closed.
  Result<std::array<std::optional<std::string>, 3>> read_std_files();
  /// The entry ns/NAME, opened, for ioctl_ns(2). `unsupported` in a recorded tree.
  Result<Fd> open_namespace(std::string_view name);
  Result<std::vector<Tid>> tids();  ///< ascending

  /// These fail `unsupported` when the task is there and the file is not: the kernel is too old, or was built
  /// without; or the task is a zombie and let go of what the file tells (net, namespaces, mountinfo).
  Result<std::string> read_comm();
  Result<TaskIo> read_io();
  Result<Schedstat> read_schedstat();
  Result<Sched> read_sched();
  Result<std::int32_t> read_oom_score();
  Result<std::int32_t> read_oom_score_adj();
  Result<std::optional<Uid>> read_loginuid();
  Result<std::optional<std::uint32_t>> read_sessionid();
  Result<std::optional<std::string>> read_wchan();
  Result<SyscallState> read_syscall();
  Result<std::vector<KernelFrame>> read_stack();
  Result<std::vector<Limit>> read_limits();
  Result<std::uint64_t> read_timerslack_ns();
  Result<std::uint32_t> read_personality();
  Result<std::optional<Autogroup>> read_autogroup();
  Result<std::string> read_attr_current();
  Result<std::string> read_cpuset();
  Result<std::vector<Pid>> read_children();       ///< of a thread's directory only
  Result<std::vector<NsLink>> read_namespaces();  ///< by name; without those a zombie gave up
  Result<std::vector<Mount>> read_mountinfo();

  /// These wait for the target's memory lock: a stuck target blocks them.
  Result<SmapsRollup> read_smaps_rollup();
  Result<std::vector<Mapping>> read_maps();

  /// Sockets of the task's network namespace, whoever has them open.
  Result<std::vector<InetSocket>> read_inet_sockets(InetProtocol protocol);
  Result<std::vector<UnixSocket>> read_net_unix();
  Result<std::vector<NetlinkSocket>> read_net_netlink();
  Result<std::vector<PacketSocket>> read_net_packet();

 private:
  friend class FdDir;
  friend class Reader;
  std::shared_ptr<const RecordedFiles> recorded_files();
  Result<std::string> read_bytes(const char* name);
  Result<std::string_view> read_optional(const char* name);
  Result<std::string_view> read_table(const char* name);
  TaskDir(Reader& reader, Fd dir) : reader_(&reader), dir_(std::move(dir)) {}
  Reader* reader_;
  Fd dir_;
};

}  // namespace ptop::procfs
