// A sink for each task, made when it is first heard of and gone with it.
#include "separate_sinks.hpp"

#include <fmt/format.h>

#include "ptop/base/escape.hpp"

namespace ptop::ptrace_fork {

SeparateStraceSink::One* SeparateStraceSink::of(Tid tid) {
  const auto known = tasks_.find(tid);
  if (known != tasks_.end()) return known->second.get();
  auto file = Output::open(fmt::format("{}.{}", target_, tid.raw()), append_);
  std::unique_ptr<One>& one = tasks_[tid];
  if (!file) {
    messages_->write(fmt::format("strace: Can't open {}", escaped(describe(file.error()))));
    return nullptr;
  }
  one = std::make_unique<One>(std::move(*file), *messages_, options_);
  one->sink.begin(header_);
  return one.get();
}

void SeparateStraceSink::on_convention(const follow::ConventionChange& change) {
  if (One* const one = of(change.tid)) one->sink.on_convention(change);
}

void SeparateStraceSink::on_enter(const follow::CallEntered& call) {
  if (One* const one = of(call.tid)) one->sink.on_enter(call);
}

void SeparateStraceSink::on_let_go(const follow::LetGo& task) {
  if (One* const one = of(task.tid)) one->sink.on_let_go(task);
  tasks_.erase(task.tid);
}

void SeparateStraceSink::on(const follow::Event& event) {
  if (std::holds_alternative<follow::Detached>(event.what)) return;  // its tasks were let go one by one
  const Tid tid = event.task.tid;
  if (One* const one = of(tid)) one->sink.on(event);
  if (std::holds_alternative<follow::Exited>(event.what)) tasks_.erase(tid);
}

void SeparateStraceSink::end(const follow::Trailer& trailer) {
  for (const auto& [tid, one] : tasks_) {
    if (one) one->sink.end(trailer);
  }
  tasks_.clear();
}

}  // namespace ptop::ptrace_fork
