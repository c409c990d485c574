// /proc/locks, and the lock lines of /proc/<pid>/fdinfo/<fd>.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/device_number.hpp"

namespace ptop::procfs {

enum class LockKind : std::uint8_t {
  posix,  ///< fcntl(2) F_SETLK: belongs to a process
  flock,  ///< flock(2): belongs to an open file description
  ofd,    ///< fcntl(2) F_OFD_SETLK: the same; Linux 3.15
  lease,  ///< fcntl(2) F_SETLEASE
  deleg,  ///< a lease of the NFS server
  other,  ///< a kind this build does not know
};
enum class LockMode : std::uint8_t { advisory, mandatory, active, breaking, breaker, other };
enum class LockAccess : std::uint8_t { read, write, none, other };

/// Source: proc_locks(5); fs/locks.c, lock_get_status. The range is of bytes.
struct FileLock {
  LockKind kind = LockKind::other;
  LockMode mode = LockMode::other;        ///< active, breaking, breaker: of a lease
  LockAccess access = LockAccess::other;  ///< none: a lease being given up
  /// The process that took it, which for flock may be gone while a child holds on. nullopt: an OFD lock has
  /// no owner, or the owner is outside the reader's pid namespace.
  std::optional<Pid> pid;
  DeviceNumber device;               ///< of the file's file system
  std::uint64_t inode = 0;           ///< 0: the lock has no file any more
  std::uint64_t start = 0;           ///< first byte
  std::optional<std::uint64_t> end;  ///< last byte; nullopt: to the end of the file, however it grows
};

/// Somebody who waits for a lock.
struct LockWaiter {
  FileLock lock;  ///< what is asked for
  int depth = 1;  ///< 1: blocked by the lock itself; n: by the nearest waiter before it of depth n-1
};

struct HeldLock {
  std::uint64_t id = 0;  ///< number in the file, good for one reading only
  FileLock lock;
  std::vector<LockWaiter> waiters;
};

/// Locks whose owner is outside the reader's pid namespace are not in the file.
Result<std::vector<HeldLock>> parse_locks(std::string_view text);

/// One row without "->": "1: FLOCK  ADVISORY  WRITE 28612 fe:00:11012144 0 EOF".
Result<FileLock> parse_lock(std::string_view row);

std::string_view lock_kind_name(LockKind kind);        ///< "POSIX", "FLOCK", "OFDLCK", "LEASE", "DELEG"
std::string_view lock_mode_name(LockMode mode);        ///< "ADVISORY"…
std::string_view lock_access_name(LockAccess access);  ///< "READ", "WRITE", "UNLCK"

}  // namespace ptop::procfs
