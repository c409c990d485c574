// A sink for each task, made when it is first heard of and gone with it.
#include "separate_sinks.hpp"

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"

namespace ptop::ptrace_fork {
namespace {

/// Of a task whose file is closed, perhaps: to open it again would empty it. Nothing is said of these.
bool comes_after_the_end(const follow::Event& event) {
  return std::holds_alternative<follow::Reaped>(event.what) ||
         std::holds_alternative<follow::Reparented>(event.what) ||
         std::holds_alternative<follow::Detached>(event.what);  // its tasks were let go one by one
}

}  // namespace

std::string SeparateStraceSink::file_of(Tid tid) const { return fmt::format("{}.{}", target_, tid.raw()); }

SeparateStraceSink::One* SeparateStraceSink::of(Tid tid) {
  auto known = tasks_.find(tid);
  if (known == tasks_.end()) {
    known = tasks_.try_emplace(tid).first;
    auto file = Output::open(file_of(tid), append_);
    if (!file) {
      messages_->write(fmt::format("strace: Can't open {}", escaped(describe(file.error()))));
      return nullptr;
    }
    known->second = std::make_unique<One>(std::move(*file), *messages_, options_);
    known->second->sink.begin(header_);
  }
  One* const one = known->second.get();
  if (one && !one->has_more) {
    one->has_more = true;
    with_more_.push_back(tid);
  }
  return one;
}

void SeparateStraceSink::flush(Tid tid) {
  const auto known = tasks_.find(tid);
  if (known == tasks_.end() || !known->second) return;
  One& one = *known->second;
  one.has_more = false;
  one.lines.flush();
  if (one.lines.error() == 0 || error_ != 0) return;
  error_ = one.lines.error();
  messages_->write(fmt::format("strace: Can't write {}: {}", escaped(file_of(tid)), errno_text(error_)));
}

void SeparateStraceSink::flush() {
  for (const Tid tid : with_more_) flush(tid);
  with_more_.clear();
}

void SeparateStraceSink::forget(Tid tid) {
  flush(tid);
  tasks_.erase(tid);
}

void SeparateStraceSink::on_convention(const follow::ConventionChange& change) {
  if (One* const one = of(change.tid)) one->sink.on_convention(change);
}

void SeparateStraceSink::on_enter(const follow::CallEntered& call) {
  if (One* const one = of(call.tid)) one->sink.on_enter(call);
}

void SeparateStraceSink::on_let_go(const follow::LetGo& task) {
  if (One* const one = of(task.tid)) one->sink.on_let_go(task);
  forget(task.tid);
}

void SeparateStraceSink::on(const follow::Event& event) {
  if (comes_after_the_end(event)) return;
  const Tid tid = event.task.tid;
  if (One* const one = of(tid)) one->sink.on(event);
  if (std::holds_alternative<follow::Exited>(event.what)) forget(tid);
}

void SeparateStraceSink::end(const follow::Trailer& trailer) {
  for (const auto& [tid, one] : tasks_) {
    if (!one) continue;
    one->sink.end(trailer);
    flush(tid);
  }
  tasks_.clear();
}

}  // namespace ptop::ptrace_fork
