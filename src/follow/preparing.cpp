// From a child's birth to its exec: execs that fail, and the recipe of the one that does not.
#include <array>
#include <functional>

#include "memory.hpp"
#include "preparation.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

constexpr std::uint64_t longest_window_ns = 2'000'000'000;  // who takes longer does not prepare an exec

/// Where execve(2) and execveat(2) have their path; nullopt: another call.
std::optional<std::size_t> path_argument(decode::Arch arch, SyscallNo nr) {
  const auto* const row = decode::find_syscall(arch, nr);
  if (!row) return std::nullopt;
  if (row->name == "execve") return 0;
  if (row->name == "execveat") return 1;
  return std::nullopt;
}

std::string read_path(decode::MemoryReader& memory, std::uint64_t address) {
  std::array<char, 4096> bytes;  // PATH_MAX
  const std::size_t got = memory.read(address, std::as_writable_bytes(std::span(bytes)));
  const std::string_view text(bytes.data(), got);
  return std::string(text.substr(0, text.find('\0')));
}

/// What a search in PATH looks for: "ls" of "/usr/bin/ls".
std::string_view last_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

class FactsOf : public ChildFacts {
 public:
  using IsItself = std::function<bool(Pid)>;

  FactsOf(Facts& facts, Pid pid, IsItself is_itself)
      : facts_(facts), pid_(pid), is_itself_(std::move(is_itself)) {}
  std::optional<std::uint64_t> ignored_signals() override { return facts_.ignored_signals(pid_); }
  bool is_open(int fd) override { return Facts::has_open(pid_, fd); }
  std::string path_of(int fd) override { return Facts::descriptor_target(pid_, fd); }
  bool is_itself(std::int32_t pid) override { return is_itself_(Pid(pid)); }
  bool has_terminal() override {
    const auto stat = facts_.stat(leader_of(pid_));
    return stat && stat->tty_nr != 0;
  }
  std::optional<Rights> rights() override { return facts_.rights(pid_); }

 private:
  Facts& facts_;
  Pid pid_;
  IsItself is_itself_;
};

}  // namespace

std::unique_ptr<Preparation> Follower::State::begin_preparation(Pid pid) {
  const auto is_itself = [this, pid](Pid number) {
    const Process* const process = tasks_.find_process(pid);
    if (!process || process->pid_namespace == 0) return number == pid;
    return living_.who_was(process->pid_namespace, number) == pid;
  };
  return std::make_unique<Preparation>(emitter_.now(), std::make_unique<FactsOf>(*facts_, pid, is_itself));
}

void Follower::State::prepare_enter(Task& task, const decode::RawCall& raw) {
  TaskMemory memory(task.tid);
  if (const auto path = path_argument(raw.arch, raw.nr)) {
    task.exec_path = read_path(memory, raw.args[*path]);
    return;
  }
  tell_failed_exec(task);
  if (!task.preparation) return;
  if (emitter_.now() - task.preparation->born_ns() > longest_window_ns)
    task.preparation.reset();
  else
    task.preparation->enter(raw, memory);
}

void Follower::State::prepare_leave(Task& task, const trace::SyscallExit& exit) {
  if (task.exec_path) {
    if (exit.error) note_failed_exec(task, static_cast<int>(-exit.value));
    task.exec_path.reset();
    return;
  }
  if (!task.preparation) return;
  TaskMemory memory(task.tid);
  task.preparation->leave({.value = exit.value, .error = exit.error}, memory);
}

void Follower::State::note_failed_exec(Task& task, int error_number) {
  if (task.failed_exec && last_name(task.failed_exec->tried.back().path) != last_name(*task.exec_path))
    tell_failed_exec(task);  // that was another search in PATH
  if (!task.failed_exec) task.failed_exec.emplace();
  if (task.preparation) task.preparation->note_failed_exec();
  task.failed_exec->tried.push_back({*std::move(task.exec_path), error_number});
}

void Follower::State::tell_failed_exec(Task& task) {
  if (!task.failed_exec) return;
  emitter_.emit(*task.process, task.tid, *std::move(task.failed_exec));
  task.failed_exec.reset();
}

/// It ends, and was to become a program.
void Follower::State::tell_failed_recipe(Task& task, const trace::Stopped& ending) {
  if (!task.preparation) return;
  const auto status = ending.event_message();
  if (!status || !task.preparation->failed(static_cast<int>(*status))) return;
  task.preparation->note_unfinished();
  tell_recipe(task, false);
}

/// The program has what /proc shows now: descriptors marked close-on-exec are gone, handlers are reset.
void Follower::State::tell_recipe(Task& task, bool execed) {
  if (!task.preparation) return;
  const auto preparation = std::move(task.preparation);
  Recipe recipe{
      .calls = preparation->calls(), .window_ns = emitter_.now() - preparation->born_ns(), .execed = execed};
  WindowEnd end{.execed = execed};
  if (execed && facts_->describe_inheritance(task.process->key.pid, recipe)) {
    end.crossed.emplace();
    for (const OpenDescriptor& open : recipe.descriptors) end.crossed->push_back(open.fd);
  }
  recipe.steps = preparation->steps(end);
  emitter_.emit(*task.process, task.tid, std::move(recipe));
}

}  // namespace ptop::follow
