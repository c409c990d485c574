// /proc/sysvipc/{shm,sem,msg}: System V IPC of the reader's IPC namespace.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// What the three have in common. Source: proc_sysvipc(5), sysvipc(7). Times are seconds since the epoch; 0:
/// never.
struct IpcObject {
  std::int32_t key = 0;    ///< 0: IPC_PRIVATE
  std::int32_t id = 0;     ///< of a segment also the inode number of its mappings in maps
  std::uint32_t mode = 0;  ///< permissions; of a segment also SHM_DEST (01000) and SHM_LOCKED (02000)
  Uid uid, creator_uid;
  Gid gid, creator_gid;
};
struct SharedMemory : IpcObject {
  std::uint64_t size = 0;      ///< bytes
  Pid creator, last;           ///< of shmget(2), of the last shmat(2) or shmdt(2); 0: out of sight
  std::uint64_t attached = 0;  ///< number of attachments
  std::uint64_t attach_time = 0, detach_time = 0, change_time = 0;
  std::optional<std::uint64_t> rss, swap;  ///< bytes; Linux 2.6.34
};
struct SemaphoreSet : IpcObject {
  std::uint64_t semaphores = 0;
  std::uint64_t operation_time = 0, change_time = 0;
};
struct MessageQueue : IpcObject {
  std::uint64_t bytes = 0, messages = 0;  ///< in the queue
  Pid last_sender, last_receiver;         ///< 0: nobody, or out of sight
  std::uint64_t send_time = 0, receive_time = 0, change_time = 0;
};

Result<std::vector<SharedMemory>> parse_sysvipc_shm(std::string_view text);
Result<std::vector<SemaphoreSet>> parse_sysvipc_sem(std::string_view text);
Result<std::vector<MessageQueue>> parse_sysvipc_msg(std::string_view text);

}  // namespace ptop::procfs
