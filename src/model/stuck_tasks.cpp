// What is known to block.
#include "ptop/model/stuck_tasks.hpp"

#include <algorithm>
#include <utility>

namespace ptop::model {

std::size_t StuckTasks::size() const {
  std::size_t n = 0;
  for (const auto& [key, steps] : *stuck_) n += steps.size();
  return n;
}

bool StuckTasks::has(ProcessKey key, ReadStep step) const {
  const auto found = stuck_->find(key);
  return found != stuck_->end() && std::any_of(found->second.begin(), found->second.end(),
                                               [&](const Stuck& stuck) { return stuck.step == step; });
}

std::size_t StuckTasks::count(ProcessKey key, std::uint8_t kind) const {
  const auto found = stuck_->find(key);
  if (found == stuck_->end()) return 0;
  return static_cast<std::size_t>(std::count_if(found->second.begin(), found->second.end(),
                                                [&](const Stuck& stuck) { return stuck.step.kind == kind; }));
}

void StuckTasks::add(ProcessKey key, ReadStep step, std::shared_ptr<const std::atomic<bool>> came_back) {
  auto changed = std::make_shared<Map>(*stuck_);
  (*changed)[key].push_back({step, std::move(came_back)});
  stuck_ = std::move(changed);
}

void StuckTasks::forget_finished() {
  if (empty()) return;
  auto changed = std::make_shared<Map>(*stuck_);
  for (auto& [key, steps] : *changed)
    std::erase_if(steps, [](const Stuck& stuck) { return stuck.came_back->load(); });
  std::erase_if(*changed, [](const auto& entry) { return entry.second.empty(); });
  stuck_ = std::move(changed);
}

}  // namespace ptop::model
