// What its control group uses and may use, and the IPC objects it shares with others.
#include <set>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/descriptors.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

using OptionalLimit = Fact<std::optional<std::uint64_t>>;

/// "of at most 512M", red when nine tenths are used.
StyledText against(const Fact<std::uint64_t>& use, const OptionalLimit& limit, bool bytes) {
  const auto text = [&](std::uint64_t n) { return bytes ? human_bytes(n) : grouped(n); };
  StyledText line(text(use.value));
  if (!limit.known() || !limit.value) return line;
  const bool near = use.value >= *limit.value - *limit.value / 10;
  return line.add(fmt::format(" of at most {}", text(*limit.value)), near ? Role::bad : Role::plain);
}

void add_memory(Lines& lines, const CgroupMemory& memory) {
  if (!memory.current.known()) return;
  StyledText text = against(memory.current, memory.max, true);
  if (memory.high.known() && memory.high.value)
    text.add(fmt::format(", slowed down above {}", human_bytes(*memory.high.value)));
  if (memory.swap.known() && memory.swap.value != 0)
    text.add(fmt::format(", {} in swap", human_bytes(memory.swap.value)));
  const auto kills = memory.events.value.oom_kill.value_or(0);
  text.add(", of all in it together", Role::faint);
  if (kills != 0)
    text.add(fmt::format(", {} killed for want of it", counted(kills, "process", "processes")), Role::bad);
  lines.add("memory", std::move(text));
}

void add_cpu(Lines& lines, const CgroupCpu& cpu) {
  if (!cpu.usage_ns.known()) return;
  StyledText text(human_duration(cpu.usage_ns.value) + " used");
  if (cpu.max.known()) {
    if (const auto percent = cgroup_cpu_percent(cpu.max.value))
      text.add(fmt::format(", at most {} % of one CPU", human_percent(*percent)));
  }
  if (cpu.throttled_ns.known() && cpu.throttled_ns.value != 0)
    text.add(fmt::format(", held back for {}", human_duration(cpu.throttled_ns.value)), Role::warning);
  lines.add("CPU", std::move(text));
}

void add_io(Lines& lines, const CgroupIoUse& io) {
  if (!io.devices.known() || io.read_bytes + io.write_bytes == 0) return;
  lines.add("storage",
            fmt::format("{} read, {} written", human_bytes(io.read_bytes), human_bytes(io.write_bytes)));
}

void add_pressure(Lines& lines, const CgroupPressures& pressures) {
  StyledText text;
  const auto add = [&](std::string_view what, const Fact<procfs::Pressure>& pressure) {
    if (!pressure.known() || !pressure.value.some || pressure.value.some->avg10 < 0.05) return;
    text.add(text.empty() ? "" : ", ")
        .add(fmt::format("{} {} %", what, human_percent(pressure.value.some->avg10)));
  };
  add("CPU", pressures.cpu);
  add("memory", pressures.memory);
  add("storage", pressures.io);
  if (!text.empty()) lines.add("pressure", text.add(" of the last 10 seconds somebody in it had to wait"));
}

std::string segment_text(const AttachedSegment& segment) {
  std::string text = fmt::format("System V segment {} of key {:#010x}, {}", segment.id,
                                 static_cast<std::uint32_t>(segment.key), human_bytes(segment.size));
  if (segment.segment != nullptr)
    text += fmt::format(", attached {}", counted(segment.segment->attached, "time", "times"));
  if (segment.removed) text += ", removed: it goes with the last who has it";
  return text;
}

/// sem_overview(7): where the C library keeps a named semaphore.
bool is_semaphore(const PosixSegment& segment) { return segment.path.starts_with("/dev/shm/sem."); }

/// One line for each queue, by whichever descriptor comes first.
void add_message_queues(Lines& lines, const Subject& s) {
  std::set<FileId> seen;
  for (const Place place : descriptors_of(s)) {
    const Descriptor& d = s.options.ends->at(place);
    if (d.type != DescriptorType::mqueue || !d.file) continue;
    if (!seen.insert({d.file->device, d.file->inode}).second) continue;
    std::string text =
        fmt::format("{}, fd {}{}", escaped(message_queue_name(d)), d.fd, d.link.deleted ? ", removed" : "");
    if (const auto other = other_end_text(*s.options.ends, place); !other.empty())
      text += fmt::format(" {} {}", s.arrow(), other);
    lines.add("message queue", std::move(text));
  }
}

}  // namespace

void show_cgroup_use(Lines& lines, const Subject& s) {
  if (s.sample.cgroup_use >= s.scene.snapshot.cgroup_uses.size()) return;
  const CgroupUse& use = s.scene.snapshot.cgroup_uses[s.sample.cgroup_use];
  add_memory(lines, use.memory);
  add_cpu(lines, use.cpu);
  if (use.pids.current.known()) lines.add("tasks", against(use.pids.current, use.pids.max, false));
  add_io(lines, use.io);
  if (use.freezer.state.known() && use.freezer.state.value != procfs::CgroupFreezer::thawed)
    lines.add("freezer",
              StyledText(std::string(cgroup_freezer_name(use.freezer.state.value)), Role::warning));
  add_pressure(lines, use.pressure);
}

void show_ipc(Lines& lines, const Subject& s) {
  if (s.is_kernel_thread() || s.is_zombie()) return;
  const IpcUse use = ipc_use(s.scene.snapshot, s.sample);
  for (const AttachedSegment& segment : use.attached) lines.add("attached", segment_text(segment));
  for (const PosixSegment& segment : use.posix)
    lines.add(is_semaphore(segment) ? "semaphore" : "shared memory",
              fmt::format("{}, {}{}", escaped(segment.path), human_bytes(segment.size),
                          segment.removed ? ", removed" : ""));
  add_message_queues(lines, s);
  for (const procfs::SharedMemory* segment : use.created)
    lines.add("created",
              fmt::format("System V segment {}, {}, attached {}", segment->id, human_bytes(segment->size),
                          counted(segment->attached, "time", "times")));
  for (const procfs::MessageQueue* queue : use.sent)
    lines.add("sent last to",
              fmt::format("queue {}, {} in it", queue->id, counted(queue->messages, "message", "messages")));
  for (const procfs::MessageQueue* queue : use.received)
    lines.add("received last", fmt::format("from queue {}, {} in it", queue->id,
                                           counted(queue->messages, "message", "messages")));
}

}  // namespace ptop::render
