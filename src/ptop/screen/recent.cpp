// Two scans side by side: both have their processes by pid.
#include "recent.hpp"

#include "ptop/render/process_table.hpp"

namespace ptop::app {
namespace {

using model::ProcessIndex;

bool lives(const model::Snapshot& snapshot, ProcessKey key) {
  const auto* process = model::find_process(snapshot, key.pid);
  return process != nullptr && process->process_key() == key;
}

std::optional<ProcessKey> living_ancestor(const model::Scene& before, const model::Scene& now,
                                          ProcessIndex index) {
  for (auto at = before.tree.nodes[index].parent; at; at = before.tree.nodes[*at].parent) {
    const ProcessKey key = before.snapshot.processes[*at].process_key();
    if (lives(now.snapshot, key)) return key;
  }
  return std::nullopt;
}

}  // namespace

std::string_view last_cell(const EndedProcess& process, model::ColumnId column) {
  for (const auto& [id, text] : process.cells) {
    if (id == column) return text;
  }
  return {};
}

void Recent::forget_old() {
  for (auto& [key, scans_left] : born_) --scans_left;
  for (EndedProcess& process : ended_) --process.scans_left;
  std::erase_if(born_, [](const auto& entry) { return entry.second <= 0; });
  std::erase_if(ended_, [](const EndedProcess& entry) { return entry.scans_left <= 0; });
}

void Recent::add_ended(const model::Scene& before, const model::Scene& now, ProcessIndex index,
                       std::span<const model::ColumnId> columns) {
  const model::Sample& sample = before.snapshot.processes[index];
  EndedProcess ended{sample.process_key(), living_ancestor(before, now, index), {}, scans_marked_};
  const model::Row row{before, sample, index};
  for (const auto id : columns) ended.cells.emplace_back(id, render::cell_text(model::column(id), row));
  ended_.push_back(std::move(ended));
}

void Recent::observe(const model::Scene& before, const model::Scene& now,
                     std::span<const model::ColumnId> columns) {
  forget_old();
  if (scans_marked_ <= 0) return;
  const auto &old = before.snapshot.processes, &fresh = now.snapshot.processes;
  const std::size_t most = ended_.size() + most_per_scan;
  std::size_t i = 0;
  const auto missed = [&](std::size_t index) {
    if (ended_.size() < most && !old[index].stat.is_kernel_thread())
      add_ended(before, now, static_cast<ProcessIndex>(index), columns);
  };
  for (const model::Sample& process : fresh) {
    while (i < old.size() && old[i].pid < process.pid) missed(i++);
    const bool same_pid = i < old.size() && old[i].pid == process.pid;
    const bool same = same_pid && old[i].process_key() == process.process_key();
    if (same_pid && !same) missed(i);
    if (!same && !process.stat.is_kernel_thread()) born_[process.process_key()] = scans_marked_;
    if (same_pid) ++i;
  }
  while (i < old.size()) missed(i++);
}

}  // namespace ptop::app
