// -k: the frames of a stopped task, with the files they are in.
#include <algorithm>

#include "locate.hpp"
#include "state.hpp"

namespace ptop::follow {

StackFrame located(trace::Frame found, const std::vector<procfs::Mapping>& mappings) {
  StackFrame frame;
  frame.address = found.address.raw();
  frame.symbol = std::move(found.symbol);
  frame.symbol_offset = found.offset;
  const auto mapping = std::ranges::find_if(mappings, [&](const procfs::Mapping& m) {
    return m.executable && frame.address >= m.start.raw() && frame.address < m.end.raw();
  });
  if (mapping == mappings.end() || mapping->path.empty()) return frame;
  frame.path = mapping->deleted ? mapping->path + " (deleted)" : mapping->path;
  frame.file_offset = frame.address - mapping->start.raw() + mapping->offset;
  return frame;
}

std::vector<StackFrame> Follower::State::stack_of(const Task& task) {
  std::vector<StackFrame> stack;
  if (!options_.stacks || !facts_) return stack;
  const auto mappings = facts_->mappings(task.process->key.pid);
  for (trace::Frame& found : trace::unwind(task.tid)) stack.push_back(located(std::move(found), mappings));
  return stack;
}

}  // namespace ptop::follow
