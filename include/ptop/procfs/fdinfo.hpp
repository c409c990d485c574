// /proc/<pid>/fdinfo/<fd>: position, flags, and the particulars of what is no plain file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/device_number.hpp"
#include "ptop/procfs/locks.hpp"

namespace ptop::procfs {

/// Names a file without its path; see open_by_handle_at(2).
struct FileHandle {
  std::uint32_t type = 0;
  std::string bytes;  ///< raw
};

struct EventfdInfo {
  std::uint64_t count = 0;
  std::optional<std::int32_t> id;  ///< the same for every descriptor of one eventfd; Linux 5.2
  std::optional<bool> semaphore;   ///< EFD_SEMAPHORE; Linux 6.5
};
struct SignalfdInfo {
  std::uint64_t mask = 0;  ///< bit n-1 is signal n
};

struct EpollTarget {
  std::int32_t fd = -1;      ///< as it was numbered when added: may be closed, or another file by now
  std::uint32_t events = 0;  ///< EPOLL*
  std::uint64_t data = 0;    ///< epoll_data_t
  std::optional<std::int64_t> position;  ///< this and the next two: Linux 4.13
  std::optional<std::uint64_t> inode;
  std::optional<DeviceNumber> device;  ///< of the target's file system
};
struct EpollInfo {
  std::vector<EpollTarget> targets;
};

struct InotifyWatch {
  std::uint32_t wd = 0;
  std::uint64_t inode = 0;
  DeviceNumber device;
  std::uint32_t mask = 0;  ///< IN_*
  std::optional<FileHandle> handle;
};
struct InotifyInfo {
  std::vector<InotifyWatch> watches;
};

/// On an inode (`inode` and `device`), a mount (`mount_id`) or a file system (`device` alone).
struct FanotifyMark {
  std::optional<std::uint64_t> inode;
  std::optional<DeviceNumber> device;
  std::optional<std::uint32_t> mount_id;
  std::uint32_t mark_flags = 0;         ///< FAN_MARK_*
  std::uint64_t mask = 0, ignored = 0;  ///< FAN_*
  std::optional<FileHandle> handle;
};
struct FanotifyInfo {
  std::uint32_t flags = 0;        ///< of fanotify_init(2): FAN_CLASS_*…
  std::uint32_t event_flags = 0;  ///< of the descriptors that come with events: O_*
  std::vector<FanotifyMark> marks;
};

struct TimerfdTime {
  std::int64_t seconds = 0, nanoseconds = 0;
};
struct TimerfdInfo {
  std::int32_t clock = 0;           ///< CLOCK_*
  std::uint64_t ticks = 0;          ///< expirations not read yet
  std::uint32_t settime_flags = 0;  ///< TFD_TIMER_*
  TimerfdTime value;                ///< until the next expiration, even for an absolute timer; zero: disarmed
  TimerfdTime interval;             ///< zero: once
};

struct PidfdInfo {
  Pid pid;                  ///< -1: reaped; 0: outside the reader's pid namespace
  std::vector<Pid> ns_pid;  ///< from the reader's pid namespace inward; Linux 5.4
};

struct BpfMapInfo {
  std::uint32_t type = 0;  ///< BPF_MAP_TYPE_*
  std::optional<std::uint32_t> id;
  std::uint32_t key_size = 0, value_size = 0, max_entries = 0;
  std::uint64_t memlock = 0;  ///< bytes
  std::optional<bool> frozen;
};
struct BpfProgInfo {
  std::uint32_t type = 0;  ///< BPF_PROG_TYPE_*
  std::optional<std::uint32_t> id;
  std::optional<bool> jited;
  std::string tag;
  std::uint64_t memlock = 0;  ///< bytes
  std::optional<std::uint64_t> run_time_ns, run_count;
};
struct BpfLinkInfo {
  std::string type;  ///< "raw_tracepoint", "xdp"…
  std::optional<std::uint32_t> id, prog_id;
};

struct IoUringInfo {
  std::uint32_t sq_entries = 0, cq_entries = 0;  ///< sizes of the two rings
  std::optional<std::int32_t> sq_thread;  ///< the polling thread, as numbered at the root of pid namespaces
  std::optional<std::uint32_t> user_files, user_buffers;  ///< registered ones
};
struct UserfaultfdInfo {
  std::uint64_t pending = 0, total = 0;   ///< faults nobody read, faults nobody resolved
  std::optional<std::uint64_t> features;  ///< UFFD_FEATURE_*
};
struct DmabufInfo {
  std::uint64_t size = 0;  ///< bytes
  std::string exporter, name;
};
struct TunInfo {
  std::string interface;
};

using FdParticulars = std::variant<std::monostate, EventfdInfo, SignalfdInfo, EpollInfo, InotifyInfo,
                                   FanotifyInfo, TimerfdInfo, PidfdInfo, BpfMapInfo, BpfProgInfo, BpfLinkInfo,
                                   IoUringInfo, UserfaultfdInfo, DmabufInfo, TunInfo>;

/// Source: proc_pid_fdinfo(5). Needs the same access as fd. Linux 2.6.22.
struct FdInfo {
  std::int64_t position = 0;
  std::uint32_t flags = 0;                 ///< O_*, with O_CLOEXEC since Linux 3.1
  std::optional<std::uint32_t> mount_id;   ///< Linux 3.15; see Mount::id
  std::optional<std::uint64_t> inode;      ///< Linux 5.14
  std::vector<FileLock> locks;             ///< held through this descriptor; Linux 4.1
  std::optional<std::uint64_t> scm_fds;    ///< descriptors on the way in a unix socket's queue; Linux 5.6
  std::optional<std::uint32_t> tty_index;  ///< of a pty master: N of /dev/pts/N
  FdParticulars particulars;
};

/// Errors: `malformed`, when pos or flags is missing or a known line does not fit.
Result<FdInfo> parse_fdinfo(std::string_view text);

}  // namespace ptop::procfs
