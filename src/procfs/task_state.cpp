// Words for the kernel's task state letters.
#include "ptop/procfs/task_state.hpp"

namespace ptop::procfs {

std::string_view task_state_name(TaskState state) {
  switch (state) {
    case TaskState::running:
      return "running";
    case TaskState::sleeping:
      return "sleeping";
    case TaskState::disk_sleep:
      return "disk sleep";
    case TaskState::stopped:
      return "stopped";
    case TaskState::tracing_stop:
      return "tracing stop";
    case TaskState::zombie:
      return "zombie";
    case TaskState::dead:
      return "dead";
    case TaskState::idle:
      return "idle";
    case TaskState::parked:
      return "parked";
  }
  return "unknown";
}

}  // namespace ptop::procfs
