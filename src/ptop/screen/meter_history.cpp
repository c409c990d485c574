// One value for each meter and scan.
#include "meter_history.hpp"

#include <algorithm>

namespace ptop::app {
namespace {

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Counters of devices that were taken away are missing from the sum: no rate then, rather than a wrong one.
std::optional<TrafficRate> rate(const std::optional<procfs::Traffic>& before,
                                const std::optional<procfs::Traffic>& now, double seconds) {
  if (!before || !now || seconds <= 0 || now->in < before->in || now->out < before->out) return std::nullopt;
  return TrafficRate{static_cast<double>(now->in - before->in) / seconds,
                     static_cast<double>(now->out - before->out) / seconds};
}

std::optional<double> sum(const std::optional<TrafficRate>& rate) {
  return rate ? std::optional(rate->in + rate->out) : std::nullopt;
}

}  // namespace

MemoryUse memory_use(const procfs::Meminfo& m) {
  const std::uint64_t cache = std::min(m.buffers + m.cached + m.reclaimable, m.total);
  const std::uint64_t idle = std::min(m.free + cache, m.total);
  const std::uint64_t shared = std::min(m.shmem, cache);  // counted as cached, but nobody can give it back
  return {m.total - idle + shared, cache - shared, m.total};
}

void MeterHistory::add(MeterId id, std::optional<double> value) {
  auto& values = values_[static_cast<std::size_t>(id)];
  if (!value) return;
  values.push_back(static_cast<float>(*value));
  if (values.size() > most_values) values.pop_front();
}

void MeterHistory::observe(const model::Scene& now, const std::optional<HostIo>& io) {
  const model::HostSample& host = now.snapshot.host;
  const double seconds = std::chrono::duration<double>(now.snapshot.taken_at - last_time_).count();
  disk_ = io && last_io_ ? rate(last_io_->disk, io->disk, seconds) : std::nullopt;
  network_ = io && last_io_ ? rate(last_io_->network, io->network, seconds) : std::nullopt;
  last_io_ = io;
  last_time_ = now.snapshot.taken_at;

  const auto use = now.history != nullptr ? now.history->cpu_use() : std::nullopt;
  add(MeterId::cpu, use ? std::optional(use->all) : std::nullopt);
  const MemoryUse memory = memory_use(host.memory);
  add(MeterId::memory, share(memory.used, memory.total));
  add(MeterId::swap, share(host.memory.swap_total - std::min(host.memory.swap_free, host.memory.swap_total),
                           host.memory.swap_total));
  add(MeterId::load, host.load.one / static_cast<double>(std::max<std::size_t>(host.stat.cpus.size(), 1)));
  const auto pressure = [&](MeterId id, procfs::PressureResource resource) {
    const auto& line = host.pressure[static_cast<std::size_t>(resource)].some;
    add(id, host.has(model::host_source(resource)) && line ? std::optional(line->avg10 / 100) : std::nullopt);
  };
  pressure(MeterId::psi_cpu, procfs::PressureResource::cpu);
  pressure(MeterId::psi_memory, procfs::PressureResource::memory);
  pressure(MeterId::psi_io, procfs::PressureResource::io);
  add(MeterId::disk, sum(disk_));
  add(MeterId::network, sum(network_));
}

}  // namespace ptop::app
