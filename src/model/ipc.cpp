// Joins a process's mappings with the tables of System V IPC.
#include "ptop/model/ipc.hpp"

#include <algorithm>

#include "ptop/model/sample.hpp"
#include "sysv_mapping.hpp"

namespace ptop::model {
namespace {

constexpr std::uint32_t shm_dest = 01000;  // of the mode: removed, see shmctl(2)
constexpr std::string_view shm_directory = "/dev/shm/";

/// Whether the tables are of the process's own IPC namespace. Not known of either: the same number then means
/// what it says in a machine without containers, and we do not guess.
bool shares_tables(const SysvIpc& ipc, const Sample& sample) {
  const auto own = namespace_of(sample, "ipc");
  return own && ipc.ipc_namespace == own;
}

AttachedSegment attached(const procfs::Mapping& m, const SysvIpc& ipc, bool same_namespace) {
  AttachedSegment a{
      .id = sysv_id(m), .key = sysv_key(m), .start = m.start, .size = m.size(), .writable = m.writable};
  if (!same_namespace) return a;
  const auto& all = ipc.shm.value;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& s) { return s.id == a.id; });
  if (found == all.end()) return a;
  a.segment = &*found;
  a.removed = (found->mode & shm_dest) != 0;
  return a;
}

}  // namespace

IpcUse ipc_use(const Snapshot& snapshot, const Sample& sample) {
  IpcUse use;
  const SysvIpc& ipc = snapshot.sysvipc;
  const bool same_namespace = shares_tables(ipc, sample);
  for (const procfs::Mapping& m : sample.more().maps) {
    if (is_sysv_mapping(m)) use.attached.push_back(attached(m, ipc, same_namespace));
    if (m.shared && m.path.starts_with(shm_directory))
      use.posix.push_back({.path = m.path, .size = m.size(), .writable = m.writable, .removed = m.deleted});
  }
  if (!same_namespace) return use;
  for (const auto& segment : ipc.shm.value) {
    if (segment.creator == sample.pid) use.created.push_back(&segment);
  }
  for (const auto& queue : ipc.msg.value) {
    if (queue.last_sender == sample.pid) use.sent.push_back(&queue);
    if (queue.last_receiver == sample.pid) use.received.push_back(&queue);
  }
  return use;
}

}  // namespace ptop::model
