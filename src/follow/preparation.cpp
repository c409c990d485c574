// A window as a whole: its calls in turn, and whether it was to end in a program.
#include "preparation.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <linux/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace ptop::follow {

namespace {

/// What a program calls that says why it gives up, and ends. `reads`: its messages in another language.
bool is_farewell(std::string_view call, bool reads) {
  static constexpr std::array<std::string_view, 24> calls{
      "brk",    "_llseek", "close",      "exit",           "exit_group",   "fstat",  "fstat64", "futex",
      "getpid", "getppid", "gettid",     "kill",           "lseek",        "mmap",   "mmap2",   "mprotect",
      "mremap", "munmap",  "newfstatat", "rt_sigprocmask", "rt_sigreturn", "tgkill", "write",   "writev"};
  if (reads && (call == "read" || call == "pread64")) return true;
  return std::ranges::find(calls, call) != calls.end();
}

/// Messages and the rules of a language: whoever has something to say looks for them.
bool is_catalogue(std::string_view path) {
  return path.find("/locale") != path.npos || path.ends_with(".mo") || path.ends_with(".cat");
}

/// ERESTARTSYS and relatives, include/linux/errno.h: it was interrupted, and is made again.
bool is_restarted(const decode::RawResult& result) { return result.error && result.value <= -512; }

bool is_own_fault(int signal) {
  static constexpr std::array signals{SIGSYS,  SIGSEGV, SIGBUS,  SIGILL, SIGFPE,
                                      SIGTRAP, SIGABRT, SIGXCPU, SIGXFSZ};
  return std::ranges::find(signals, signal) != signals.end();
}

bool restricts(const Step& step) {
  static constexpr std::array<std::string_view, 8> actions{
      "security", "credentials", "limit", "prctl", "namespace", "mount", "chroot", "scheduling"};
  return !has_failed(step) && std::ranges::find(actions, step.action) != actions.end();
}

}  // namespace

void Preparation::enter(const decode::RawCall& raw, decode::MemoryReader& memory) {
  ++calls_;
  rule_ = nullptr;
  replaces_ = false;
  const auto* const row = decode::find_syscall(raw.arch, raw.nr);
  const auto* const rule = row ? rule_of(row->name) : nullptr;
  if (row && !rule && !is_farewell(row->name, catalogue_)) went_on();
  if (!rule) return;
  if (is_of_others(row->name, raw)) return went_on();
  if (rule->rule == &Preparation::written) {
    kernel_file_ = kernel_file(static_cast<int>(raw.args[0]));
    if (kernel_file_.empty() || is_of_another(kernel_file_)) return;
  }
  constexpr std::size_t whole_path = 4096;
  call_ = decode::decode_enter(raw, memory, arena_, {.string_limit = whole_path, .verbose = true});
  name_ = row->name;
  action_ = rule->action;
  rule_ = rule->rule;
  if (rule_ == &Preparation::signal_set) note_handler(memory);
  if (name_ == "dup2" || name_ == "dup3") note_replaced();
  note_standard();
  if (rule_ == &Preparation::limited) note_limit();
  const bool asks_nice = name_ == "setpriority" && argument(0) == PRIO_PROCESS;
  if (asks_nice && !began_nice_) began_nice_ = facts_->nice();
  if (name_ == "prctl" && changes_capabilities()) {
    action_ = "credentials";
    rule_ = &Preparation::entitled;
  }
  if (rule_ == &Preparation::entitled) rights_ = facts_->rights();
}

/// Neither this process nor a group of processes that it is in.
bool Preparation::is_of_others(std::string_view call, const decode::RawCall& raw) {
  static constexpr std::array<std::string_view, 6> by_first{
      "prlimit64", "sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler", "setpgid"};
  const bool by_kind = call == "setpriority" || call == "ioprio_set";
  if (!by_kind && std::ranges::find(by_first, call) == by_first.end()) return false;
  const auto whom = static_cast<std::int32_t>(raw.args[by_kind ? 1 : 0]);
  constexpr std::uint64_t user_by_ioprio = 3, user = PRIO_USER;
  const bool is_user = by_kind && raw.args[0] == (call == "ioprio_set" ? user_by_ioprio : user);
  return whom != 0 && (is_user || !facts_->is_itself(whom));
}

void Preparation::leave(const decode::RawResult& result, decode::MemoryReader& memory) {
  if (!rule_ || is_undone(result)) return;
  const Rule rule = std::exchange(rule_, nullptr);
  if (is_restarted(result)) return;
  // Closing what is not open is how many a program closes everything: it changes nothing.
  if (result.error && action_ == "close") return;
  decode::decode_exit(call_, result, memory, arena_, {.verbose = true});
  memory_ = &memory;
  const std::size_t before = steps_.size();
  (this->*rule)(result.error ? -1 : result.value);
  if (result.error && steps_.size() > before) steps_.back().error_number = static_cast<int>(-result.value);
  memory_ = nullptr;
  note_outcome(result.error, before);
}

/// A filter that kills puts the number of the call back where the result would be (seccomp(2), in the kernel
/// syscall_rollback): it did not happen, and it is the last.
bool Preparation::is_undone(const decode::RawResult& result) const {
  static constexpr std::array<std::string_view, 13> counts{
      "alarm",      "keyctl",   "personality", "prctl", "pwrite64", "recvmsg", "setfsgid",
      "setfsgid32", "setfsuid", "setfsuid32",  "umask", "write",    "writev"};
  if (result.error || result.value == 0 || result.value != call_.raw.nr.raw()) return false;
  const bool makes_number =
      action_ == "open" || action_ == "dup" || name_.starts_with("fcntl") || name_ == "ioctl";
  if (makes_number) return !facts_->is_open(static_cast<int>(result.value));
  return std::ranges::find(counts, name_) == counts.end();
}

void Preparation::note_outcome(bool failed, std::size_t steps_before) {
  const bool told = steps_.size() > steps_before;
  if (action_ == "open" && told && is_catalogue(steps_.back().path)) {
    catalogue_ = true;
    if (failed) steps_.pop_back();
    return;
  }
  if (!failed) {
    const bool may_be_undone =
        action_ == "close" || action_ == "dup" || action_ == "write" || action_.empty();
    if (!may_be_undone) went_on();
    return;
  }
  // By fcntl(2) it is asked whether a number is open.
  if (!told || (steps_.back().error_number == EBADF && name_.starts_with("fcntl"))) return;
  steps_.back().reason = gives_up_ = true;
  catalogue_ = false;
}

/// It does something else: what failed before was no reason to give up.
void Preparation::went_on() {
  if (!std::exchange(gives_up_, false)) return;
  for (Step& step : steps_) step.reason = step.farewell = false;
}

void Preparation::note_failed_exec() {
  ++calls_;
  exec_failed_ = true;
  went_on();
}

bool Preparation::failed(int status) const {
  if (exec_failed_) return true;
  if (WIFEXITED(status)) return gives_up_ && WEXITSTATUS(status) != 0;
  return gives_up_ || (is_own_fault(WTERMSIG(status)) && std::ranges::any_of(steps_, restricts));
}

void Preparation::note_unfinished() {
  if (!std::exchange(rule_, nullptr) || action_.empty()) return;
  Step& step = add(action_);
  step.unfinished = true;
  if (action_ == "open" || action_ == "chdir") step.path = path();
}

std::string Preparation::path() const {
  for (const decode::Field& field : call_.arguments) {
    if (const auto* text = field.value ? std::get_if<decode::Text>(&field.value->what) : nullptr)
      return std::string(text->bytes);
  }
  return {};
}

Step& Preparation::add(std::string_view action) {
  return steps_.emplace_back(Step{{.action = action, .call = name_, .args = call_.arguments}});
}

Step& Preparation::find_or_add(std::string_view action) {
  const auto found = std::ranges::find_if(
      steps_, [&](const Step& step) { return step.action == action && !has_failed(step); });
  return found != steps_.end() ? *found : add(action);
}

bool prepares_another(std::string_view path) {
  static constexpr std::array<std::string_view, 44> programs{
      "bwrap",     "capsh",   "cgexec",  "choom",        "chpst",       "chroot",    "chrt",
      "coresched", "doas",    "env",     "envdir",       "envuidgid",   "faketime",  "flock",
      "gosu",      "ionice",  "ip",      "jspawnhelper", "newgrp",      "nice",      "nohup",
      "nsenter",   "numactl", "pkexec",  "prlimit",      "runcon",      "runuser",   "setarch",
      "setlock",   "setpriv", "setsid",  "setuidgid",    "sg",          "softlimit", "start-stop-daemon",
      "stdbuf",    "su",      "su-exec", "sudo",         "systemd-run", "taskset",   "timeout",
      "uclampset", "unshare"};
  return std::ranges::find(programs, path.substr(path.rfind('/') + 1)) != programs.end();
}

}  // namespace ptop::follow
