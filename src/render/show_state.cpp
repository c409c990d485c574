// State: what it is doing right now, and where in the kernel.
#include <cerrno>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/decode/decoder.hpp"
#include "ptop/model/syscall_text.hpp"
#include "ptop/render/decoded_text.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;
using procfs::TaskState;

std::string_view state_explained(TaskState state) {
  switch (state) {
    case TaskState::running:
      return "on a CPU, or ready for one";
    case TaskState::sleeping:
      return "waits for something; a signal can wake it";
    case TaskState::disk_sleep:
      return "waits for a device or the kernel; no signal wakes it, not even SIGKILL";
    case TaskState::stopped:
      return "by a signal, until SIGCONT";
    case TaskState::tracing_stop:
      return "held by who traces it";
    case TaskState::zombie:
      return "it has ended; only its exit status is left, for its parent to read";
    case TaskState::dead:
      return "it is being removed";
    case TaskState::idle:
      return "a kernel thread without work";
    case TaskState::parked:
      return "a kernel thread whose CPU is offline";
  }
  return "a state this program does not know";
}

/// The memory of another process is not looked into: what a pointer points to stays unread.
class NoMemory : public decode::MemoryReader {
 public:
  std::size_t read(std::uint64_t, std::span<std::byte>) override { return 0; }
};

/// Descriptors by what they are, where they were scanned.
class ScannedNames : public decode::DescriptorNames {
 public:
  explicit ScannedNames(const Subject& subject) : subject_(subject) {}
  decode::DescriptorName name(std::int32_t fd, decode::Arena& arena) override {
    for (const Place place : descriptors_of(subject_)) {
      const Descriptor& d = subject_.options.ends->at(place);
      if (d.as == HeldAs::fd && d.fd == fd) return {.path = arena.copy(d.link.target)};
    }
    return {};
  }
  std::string_view working_directory(decode::Arena&) override { return {}; }

 private:
  const Subject& subject_;
};

}  // namespace

std::string state_phrase(const Sample& sample) {
  switch (sample.stat.state) {
    case TaskState::disk_sleep:
      return "in uninterruptible sleep";
    case TaskState::tracing_stop:
      return "stopped by its tracer";
    case TaskState::zombie:
      return "a zombie";
    default:
      break;
  }
  const auto name = procfs::task_state_name(sample.stat.state);
  return name == "unknown" ? fmt::format("in state {}", escaped(std::string(1, letter(sample.stat.state))))
                           : std::string(name);
}

std::string system_call_text(const Subject& s, const Sample& sample) {
  const auto& call = sample.more().syscall;
  if (!sample.has(Source::syscall) || call.where != procfs::SyscallState::Where::inside) return {};
  if (sample.stat.is_kernel_thread()) return {};
  NoMemory memory;
  ScannedNames names(s);
  decode::Arena arena;
  const decode::RawCall raw{.arch = model::syscall_arch(call), .nr = call.nr, .args = call.args};
  const decode::Options how{.descriptors = &names};
  decode::Call decoded = decode::decode_enter(raw, memory, arena, how);
  // What the kernel has not written yet is shown as the address where it will, as of a call that failed.
  decode::decode_exit(decoded, {.value = -EINTR, .error = true}, memory, arena, how);
  std::string text(decode::call_name(decoded, arena));
  text += '(';
  append_arguments(text, decoded.arguments);
  return text += ')';
}

namespace {

/// Innermost first, one below the other: of each the function, and the module it is in.
void add_kernel_stack(Lines& lines, const Sample& sample) {
  bool is_first = true;
  for (const procfs::KernelFrame& frame : sample.more().stack) {
    StyledText text(escaped(frame.symbol));
    if (!frame.module.empty()) text.add(fmt::format("  of module {}", escaped(frame.module)), Role::faint);
    lines.add(is_first ? "kernel stack" : "", std::move(text));
    is_first = false;
  }
}

}  // namespace

void show_state(Lines& lines, const Subject& s) {
  const auto state = s.sample.stat.state;
  StyledText text(
      fmt::format("{} ({})", procfs::task_state_name(state), escaped(std::string(1, letter(state)))));
  lines.add("state", text.add(fmt::format(": {}", state_explained(state))));
  if (const auto age = state_age(s.scene.snapshot, s.sample))
    lines.add("for", human_duration(*age) + ", as far as the scheduler knows");
  if (s.is_zombie()) return;
  if (!s.is_kernel_thread() && lines.has("system call", s.sample, Source::syscall))
    lines.add_known("system call", system_call_text(s, s.sample));
  if (s.sample.more().wchan)
    lines.add("waits in",
              StyledText(escaped(*s.sample.more().wchan)).add(", a function of the kernel", Role::faint));
  add_kernel_stack(lines, s.sample);
}

}  // namespace ptop::render
