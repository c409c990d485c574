// The state letter of a task, as the kernel writes it (fs/proc/array.c, task_state_array).
#pragma once

#include <string_view>

namespace ptop::procfs {

/// The kernel's letter is the value, so a letter this build does not know survives.
enum class TaskState : char {
  running = 'R',
  sleeping = 'S',
  disk_sleep = 'D',
  stopped = 'T',       ///< by a signal: a group-stop
  tracing_stop = 't',  ///< a ptrace-stop
  zombie = 'Z',
  dead = 'X',
  idle = 'I',
  parked = 'P',
};

constexpr char letter(TaskState state) { return static_cast<char>(state); }

/// "running", "sleeping", "disk sleep", "stopped", "tracing stop", "zombie", "dead", "idle", "parked";
/// "unknown" otherwise.
std::string_view task_state_name(TaskState state);

}  // namespace ptop::procfs
