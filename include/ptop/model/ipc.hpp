// System V and POSIX IPC as one process uses it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/model/fact.hpp"
#include "ptop/procfs/maps.hpp"
#include "ptop/procfs/sysvipc.hpp"

namespace ptop::model {

struct Sample;
struct Snapshot;

/// The tables of /proc/sysvipc. They show the IPC namespace of who reads them.
struct SysvIpc {
  Fact<std::vector<procfs::SharedMemory>> shm;
  Fact<std::vector<procfs::SemaphoreSet>> sem;
  Fact<std::vector<procfs::MessageQueue>> msg;
  std::optional<std::uint64_t> ipc_namespace;  ///< whose these are; nullopt: not known
};

/// A segment that is mapped.
struct AttachedSegment {
  std::int32_t id = 0, key = 0;
  TraceeAddr start;
  std::uint64_t size = 0;                  ///< of the mapping
  bool writable = false, removed = false;  ///< removed: shmctl(2) IPC_RMID, it lives until the last detaches
  const procfs::SharedMemory* segment =
      nullptr;  ///< nullptr: of another IPC namespace, or gone from the table
};
/// A POSIX shared memory object: a file in /dev/shm that is mapped.
struct PosixSegment {
  std::string_view path;
  std::uint64_t size = 0;
  bool writable = false, removed = false;
};

/// Borrows the snapshot. Semaphores and message queues have no descriptor and no mapping: who uses them is
/// known only as far as the tables tell, which is for queues the last sender and receiver, for segments the
/// creator, and for semaphores nobody.
struct IpcUse {
  std::vector<AttachedSegment> attached;
  std::vector<PosixSegment> posix;
  std::vector<const procfs::SharedMemory*> created;         ///< segments it created, attached or not
  std::vector<const procfs::MessageQueue*> sent, received;  ///< it was the last to
};
/// Sources maps, namespaces and sysvipc; without them what the rest tells.
IpcUse ipc_use(const Snapshot& snapshot, const Sample& sample);

}  // namespace ptop::model
