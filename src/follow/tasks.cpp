// Two maps kept in step.
#include "tasks.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace ptop::follow {

void PreparationWindow::left_call(int error_number) {
  if (error_number == EBADF)
    own_ns_ = counted_ns_;
  else
    counted_ns_ = own_ns_;
}

bool PreparationWindow::is_too_long() const {
  constexpr std::uint64_t longest_ns = 2'000'000'000, most_calls = 250'000;
  return own_ns_ > longest_ns || preparation_->calls() > most_calls;
}

Process& TaskTable::add_process(Process process) {
  const Pid pid = process.key.pid;
  return processes_.insert_or_assign(pid, std::move(process)).first->second;
}

void TaskTable::add_child(Process& parent, Pid child) {
  constexpr std::size_t few = 64;
  auto& children = parent.children;
  if (children.size() >= few && children.size() == children.capacity()) {
    std::erase_if(children, [&](Pid pid) {
      const Process* const process = find_process(pid);
      return !process || process->ppid != parent.key.pid;
    });
    if (children.size() > children.capacity() / 2) children.reserve(2 * children.capacity());
  }
  children.push_back(child);
}

Task& TaskTable::add_task(Process& process, Tid tid) {
  Task& task = tasks_[tid];
  task.tid = tid;
  task.process = &process;
  process.tasks.push_back(tid);
  ++process.running_tasks;
  return task;
}

Task* TaskTable::find_task(Tid tid) {
  const auto it = tasks_.find(tid);
  return it == tasks_.end() ? nullptr : &it->second;
}

Process* TaskTable::find_process(Pid pid) {
  const auto it = processes_.find(pid);
  return it == processes_.end() ? nullptr : &it->second;
}

void TaskTable::erase_task(Tid tid) {
  const auto it = tasks_.find(tid);
  if (it == tasks_.end()) return;
  Process& process = *it->second.process;
  std::erase(process.tasks, tid);
  if (!it->second.exiting) --process.running_tasks;
  tasks_.erase(it);
}

void TaskTable::erase_process(Pid pid) {
  const auto it = processes_.find(pid);
  if (it == processes_.end()) return;
  for (const Tid tid : it->second.tasks) tasks_.erase(tid);
  processes_.erase(it);
}

std::vector<Tid> TaskTable::tids() const {
  std::vector<Tid> out;
  out.reserve(tasks_.size());
  for (const auto& [tid, task] : tasks_) out.push_back(tid);
  std::ranges::sort(out);
  return out;
}

std::vector<Process*> TaskTable::processes() {
  std::vector<Process*> out;
  out.reserve(processes_.size());
  for (auto& [pid, process] : processes_) out.push_back(&process);
  std::ranges::sort(out, {},
                    [](const Process* process) { return std::pair(process->key.start, process->key.pid); });
  return out;
}

}  // namespace ptop::follow
