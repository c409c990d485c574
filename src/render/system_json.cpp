// Counters since boot and what there is now; a file that could not be read leaves null and a reason.
#include "system_json.hpp"

#include <algorithm>

namespace ptop::render {
namespace {

using namespace model;

constexpr std::uint64_t ns_per_second = 1'000'000'000, ns_per_us = 1000;

class System {
 public:
  System(JsonWriter& json, const Snapshot& snapshot) : json_(json), snapshot_(snapshot) {}

  void write() {
    json_.begin_object();
    part("uptime_ns", HostSource::uptime, [&] { json_.value(uptime_ns()); });
    part("boot_id", HostSource::boot_id, [&] { json_.text_of(host_.boot_id); });
    part("load", HostSource::loadavg, [&] { load(); });
    counts();
    part("cpu", HostSource::stat, [&] { cpu_times(host_.stat.all); });
    part("cpus", HostSource::stat, [&] { cpus(); });
    part("forks", HostSource::stat, [&] { json_.value(host_.stat.forks); });
    part("context_switches", HostSource::stat, [&] { json_.value(host_.stat.context_switches); });
    part("running", HostSource::stat, [&] { json_.value(host_.stat.running); });
    part("blocked", HostSource::stat, [&] { json_.value(host_.stat.blocked); });
    part("memory", HostSource::meminfo, [&] { memory(); });
    part("swap", HostSource::meminfo, [&] { swap(); });
    part("delay_accounting", HostSource::delay_accounting, [&] { json_.value(host_.delay_accounting); });
    for (std::size_t i = 0; i < host_.pressure.size(); ++i) pressure(i);
    reasons();
    json_.end_object();
  }

 private:
  /// One member: what `write_value` writes, or null and later the reason.
  template <class Write>
  void part(std::string_view key, HostSource source, Write write_value) {
    json_.key(key);
    if (host_.has(source)) return write_value();
    json_.null();
    const auto reason = availability_reason(host_.of(source));
    if (!reason.empty()) missing_.emplace_back(key, reason);
  }
  void optional(std::string_view key, const std::optional<std::uint64_t>& value) {
    json_.key(key);
    value ? json_.value(*value) : json_.null();
  }

  std::uint64_t uptime_ns() const {
    return static_cast<std::uint64_t>(host_.uptime.up * static_cast<double>(ns_per_second));
  }
  std::uint64_t to_ns(std::uint64_t ticks) const {
    const std::uint64_t per_second = std::max<std::uint64_t>(1, host_.info.clock_ticks);
    return ticks / per_second * ns_per_second + ticks % per_second * ns_per_second / per_second;
  }

  void load();
  void counts();
  void cpu_times(const procfs::CpuTimes& times);
  void cpus();
  void memory();
  void swap();
  void pressure(std::size_t resource);
  void pressure_line(std::string_view key, const std::optional<procfs::PressureLine>& line);
  void reasons();

  JsonWriter& json_;
  const Snapshot& snapshot_;
  const HostSample& host_ = snapshot_.host;
  std::vector<std::pair<std::string_view, std::string_view>> missing_;
};

void System::load() {
  json_.begin_object();
  json_.member("one", host_.load.one);
  json_.member("five", host_.load.five);
  json_.member("fifteen", host_.load.fifteen);
  json_.end_object();
}

void System::counts() {
  const SystemCounts counts = system_counts(snapshot_);
  json_.member("processes", counts.processes);
  json_.member("threads", counts.threads);
  json_.key("states");
  json_.begin_object();
  for (const auto& [state, count] : counts.states) {
    const char letter = procfs::letter(state);
    json_.member(std::string_view(&letter, 1), count);
  }
  json_.end_object();
}

void System::cpu_times(const procfs::CpuTimes& times) {
  json_.begin_object();
  if (times.cpu >= 0) json_.member("cpu", times.cpu);
  json_.member("user_ns", to_ns(times.user));
  json_.member("nice_ns", to_ns(times.nice));
  json_.member("system_ns", to_ns(times.system));
  json_.member("idle_ns", to_ns(times.idle));
  json_.member("iowait_ns", to_ns(times.iowait));
  json_.member("irq_ns", to_ns(times.irq));
  json_.member("softirq_ns", to_ns(times.softirq));
  json_.member("steal_ns", to_ns(times.steal));
  json_.member("guest_ns", to_ns(times.guest));
  json_.member("guest_nice_ns", to_ns(times.guest_nice));
  json_.end_object();
}

void System::cpus() {
  json_.begin_array();
  for (const procfs::CpuTimes& times : host_.stat.cpus) cpu_times(times);
  json_.end_array();
}

void System::memory() {
  const procfs::Meminfo& m = host_.memory;
  json_.begin_object();
  json_.member("total", m.total);
  optional("available", m.available);
  json_.member("free", m.free);
  json_.member("buffers", m.buffers);
  json_.member("cached", m.cached);
  json_.member("reclaimable", m.reclaimable);
  json_.member("shmem", m.shmem);
  optional("anon", m.anon_pages);
  optional("slab", m.slab);
  optional("kernel_stack", m.kernel_stack);
  optional("page_tables", m.page_tables);
  optional("dirty", m.dirty);
  optional("writeback", m.writeback);
  optional("locked", m.mlocked);
  json_.end_object();
}

void System::swap() {
  json_.begin_object();
  json_.member("total", host_.memory.swap_total);
  json_.member("free", host_.memory.swap_free);
  json_.member("cached", host_.memory.swap_cached);
  json_.end_object();
}

void System::pressure_line(std::string_view key, const std::optional<procfs::PressureLine>& line) {
  json_.key(key);
  if (!line) return json_.null();
  json_.begin_object();
  json_.member("avg10", line->avg10);
  json_.member("avg60", line->avg60);
  json_.member("avg300", line->avg300);
  json_.member("total_ns", line->total_us * ns_per_us);
  json_.end_object();
}

void System::pressure(std::size_t resource) {
  constexpr std::string_view keys[] = {"cpu_pressure", "memory_pressure", "io_pressure", "irq_pressure"};
  const auto source = host_source(static_cast<procfs::PressureResource>(resource));
  part(keys[resource], source, [&] {
    json_.begin_object();
    pressure_line("some", host_.pressure[resource].some);
    pressure_line("full", host_.pressure[resource].full);
    json_.end_object();
  });
}

void System::reasons() {
  if (missing_.empty()) return;
  json_.key("unavailable");
  json_.begin_object();
  for (const auto& [key, reason] : missing_) json_.member(key, reason);
  json_.end_object();
}

}  // namespace

void write_system(JsonWriter& json, const Snapshot& snapshot) { System(json, snapshot).write(); }

}  // namespace ptop::render
