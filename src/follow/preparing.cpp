// From a child's birth to its exec: execs that fail, and the recipe of the one that does not.
#include <array>
#include <cerrno>
#include <functional>

#include <fcntl.h>
#include <fmt/format.h>

#include "memory.hpp"
#include "preparation.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

std::string read_path(decode::MemoryReader& memory, std::uint64_t address) {
  std::array<char, 4096> bytes;  // PATH_MAX
  const std::size_t got = memory.read(address, std::as_writable_bytes(std::span(bytes)));
  const std::string_view text(bytes.data(), got);
  return std::string(text.substr(0, text.find('\0')));
}

/// A path that begins at a descriptor, or is none but that. As the kernel, where it leads nowhere.
std::string path_at(Tid tid, int fd, std::string_view path) {
  std::string base = Facts::descriptor_target(Pid(tid.raw()), fd);
  if (base.empty()) base = fmt::format("/dev/fd/{}", fd);
  return path.empty() ? base : fmt::format("{}/{}", base, path);
}

/// Of the file that execve(2) or execveat(2) is to run; nullopt: another call.
std::optional<std::string> exec_path(const decode::RawCall& raw, Tid tid, decode::MemoryReader& memory) {
  const auto* const row = decode::find_syscall(raw.arch, raw.nr);
  if (row && row->name == "execve") return read_path(memory, raw.args[0]);
  if (!row || row->name != "execveat") return std::nullopt;
  std::string path = read_path(memory, raw.args[1]);
  const auto fd = static_cast<std::int32_t>(raw.args[0]);
  const bool is_descriptor = path.empty() && (raw.args[4] & AT_EMPTY_PATH) != 0;
  const bool begins_there = !path.empty() && path.front() != '/';
  return fd >= 0 && (is_descriptor || begins_there) ? path_at(tid, fd, path) : path;
}

/// What a search in PATH looks for: "ls" of "/usr/bin/ls".
std::string_view last_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

class FactsOf : public ChildFacts {
 public:
  using IsItself = std::function<bool(Pid)>;

  FactsOf(Facts& facts, Pid pid, IsItself is_itself, bool is_forked)
      : facts_(facts), pid_(pid), is_itself_(std::move(is_itself)), is_forked_(is_forked) {}
  bool is_forked() const override { return is_forked_; }
  std::optional<std::uint64_t> ignored_signals() override { return facts_.ignored_signals(pid_); }
  bool is_open(int fd) override { return Facts::has_open(pid_, fd); }
  bool closes_on_exec(int fd) override { return facts_.closes_on_exec(pid_, fd); }
  std::string path_of(int fd) override { return Facts::descriptor_target(pid_, fd); }
  bool is_itself(std::int32_t pid) override { return is_itself_(Pid(pid)); }
  bool has_terminal() override {
    const auto stat = facts_.stat(leader_of(pid_));
    return stat && stat->tty_nr != 0;
  }
  std::optional<Rights> rights() override { return facts_.rights(pid_); }
  std::optional<Limit> limit(int resource) override { return Facts::limit(pid_, resource); }
  std::optional<int> nice() override {
    const auto stat = facts_.stat(leader_of(pid_));
    return stat ? std::optional<int>(stat->nice) : std::nullopt;
  }

 private:
  Facts& facts_;
  Pid pid_;
  IsItself is_itself_;
  bool is_forked_;
};

}  // namespace

std::unique_ptr<PreparationWindow> Follower::State::begin_preparation(Pid pid, bool is_forked) {
  const auto is_itself = [this, pid](Pid number) {
    const Process* const process = tasks_.find_process(pid);
    if (!process || process->pid_namespace == 0) return number == pid;
    return living_.who_was(process->pid_namespace, number) == pid;
  };
  return std::make_unique<PreparationWindow>(std::make_unique<Preparation>(
      emitter_.now(), std::make_unique<FactsOf>(*facts_, pid, is_itself, is_forked)));
}

/// What it did so far is told when it does exec.
void Follower::State::give_up_preparation(Task& task) {
  task.window->give_up(emitter_.now());
  tell_failed_exec(task);
}

void Follower::State::prepare_enter(Task& task, const decode::RawCall& raw) {
  if (task.is_preparing() && task.window->is_too_long()) give_up_preparation(task);
  if (!task.is_preparing() && options_.syscalls.empty()) return;  // nor will it be seen leaving the call
  TaskMemory memory(task.tid);
  task.exec_path = exec_path(raw, task.tid, memory);
  if (task.exec_path) return;
  tell_failed_exec(task);
  if (task.is_preparing()) task.window->preparation().enter(raw, memory);
}

void Follower::State::prepare_leave(Task& task, const trace::SyscallExit& exit) {
  if (task.is_preparing()) task.window->left_call(exit.error ? static_cast<int>(-exit.value) : 0);
  if (task.exec_path) {
    if (exit.error) note_failed_exec(task, static_cast<int>(-exit.value));
    task.exec_path.reset();
    return;
  }
  if (!task.is_preparing()) return;
  TaskMemory memory(task.tid);
  task.window->preparation().leave({.value = exit.value, .error = exit.error}, memory);
}

void Follower::State::note_failed_exec(Task& task, int error_number) {
  const bool is_search = error_number != EFAULT && !task.exec_path->empty();
  if (task.failed_exec &&
      (!is_search || last_name(task.failed_exec->tried.back().path) != last_name(*task.exec_path)))
    tell_failed_exec(task);  // that was another search in PATH
  if (!task.failed_exec) task.failed_exec.emplace();
  if (task.is_preparing()) task.window->preparation().note_failed_exec();
  task.failed_exec->add({*std::move(task.exec_path), error_number});
}

void Follower::State::tell_failed_exec(Task& task) {
  if (!task.failed_exec) return;
  emitter_.emit(*task.process, task.tid, *std::move(task.failed_exec));
  task.failed_exec.reset();
}

/// It ends, and was to become a program. Of what led to its end nothing is known where it was not followed up
/// to there: it counts as a success.
void Follower::State::tell_failed_recipe(Task& task, const trace::Stopped& ending) {
  if (!task.window) return;
  const auto status = ending.event_message();
  Preparation& preparation = task.window->preparation();
  if (!status || !preparation.failed(task.is_preparing() ? static_cast<int>(*status) : 0)) return;
  if (task.is_preparing()) preparation.note_unfinished();
  tell_recipe(task, false);
}

/// The program has what /proc shows now: descriptors marked close-on-exec are gone, handlers are reset.
void Follower::State::tell_recipe(Task& task, bool execed) {
  if (!task.window) return;
  const auto window = std::move(task.window);
  const Preparation& preparation = window->preparation();
  Recipe recipe{.calls = preparation.calls(),
                .window_ns = window->followed_ns(emitter_.now()),
                .execed = execed,
                .partial = !window->is_followed()};
  WindowEnd end{.execed = execed};
  if (execed && facts_->describe_inheritance(task.process->key.pid, recipe)) {
    end.crossed.emplace();
    for (const OpenDescriptor& open : recipe.descriptors) end.crossed->push_back(open.fd);
  }
  recipe.steps = preparation.steps(end);
  emitter_.emit(*task.process, task.tid, std::move(recipe));
}

}  // namespace ptop::follow
