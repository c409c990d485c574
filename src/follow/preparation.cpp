// What each call of a window does to the next program.
#include "preparation.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <span>
#include <utility>

#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/keyctl.h>
#include <linux/prctl.h>
#include <sys/ioctl.h>
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

/// Files that are none: what is written there lasts, closed or not. Behind /proc/self/fd is something else.
bool is_of_kernel(std::string_view path) {
  return (path.starts_with("/proc/") || path.starts_with("/sys/")) && path.find("/fd/") == path.npos;
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
  if (rule->rule == &Preparation::written) {
    kernel_file_ = kernel_file(static_cast<int>(raw.args[0]));
    if (kernel_file_.empty()) return;
  }
  constexpr std::size_t whole_path = 4096;
  call_ = decode::decode_enter(raw, memory, arena_, {.string_limit = whole_path, .verbose = true});
  name_ = row->name;
  action_ = rule->action;
  rule_ = rule->rule;
  if (rule_ == &Preparation::signal_set) note_handler(memory);
  if (name_ == "dup2" || name_ == "dup3") note_replaced();
  if (name_ == "prctl" && argument(0) == PR_CAPBSET_DROP) {
    action_ = "credentials";
    rule_ = &Preparation::entitled;
  }
  if (rule_ == &Preparation::entitled) rights_ = facts_->rights();
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

namespace {

void add_descriptors(std::vector<int>& to, const decode::Decoded& value) {
  if (const auto* const fd = std::get_if<decode::FileDescriptor>(&value.what); fd && fd->value >= 0)
    to.push_back(fd->value);
  if (const auto* const record = std::get_if<decode::Record>(&value.what)) {
    for (const decode::Field& field : record->fields)
      if (field.value) add_descriptors(to, *field.value);
  }
  if (const auto* const list = std::get_if<decode::List>(&value.what)) {
    for (const decode::Decoded& item : list->items) add_descriptors(to, item);
  }
}

}  // namespace

/// With the descriptors among its arguments.
Step& Preparation::add_with_uses(std::string_view action) {
  Step& step = add(action);
  for (const decode::Field& field : step.args)
    if (field.value) add_descriptors(step.uses, *field.value);
  return step;
}

/// A path that begins at a directory needs that one, too.
void Preparation::opened(std::int64_t result) {
  made(result);
  Step& step = steps_.back();
  step.path = path();
  if (step.path.starts_with('/')) step.uses.clear();
  if (result >= 0) note_terminal();
}

/// The first one that the leader of a session opens who has none (tty_open_proc_set_tty of the kernel).
void Preparation::note_terminal() {
  const auto flags = call_.raw.args[name_ == "open" ? 1 : 2];
  const bool can_say_no = name_ == "open" || name_ == "openat" || name_ == "ioctl";
  const bool says_no = can_say_no && (flags & O_NOCTTY) != 0;
  if (!leads_ || says_no || !facts_->has_terminal()) return;
  leads_ = false;
  const std::string path = steps_.back().path;
  add("terminal").path = path;
}

/// What it comes from, by way of those that it is a duplicate of; nullptr: it was there before.
const Step* Preparation::opener(int fd) const {
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    if (closes(*step, fd)) return nullptr;
    if (!makes(*step, fd)) continue;
    if (step->action != "dup") return &*step;
    fd = *step->fd;
  }
  return nullptr;
}

/// As the window calls it, or as the kernel does; "": it is none.
std::string Preparation::kernel_file(int fd) {
  const Step* const made = opener(fd);
  if (made && is_of_kernel(made->path)) return made->path;
  std::string path = facts_->path_of(fd);
  return is_of_kernel(path) ? path : std::string();
}

void Preparation::written(std::int64_t) { add("write").path = std::move(kernel_file_); }

/// Nothing that has a path, whatever its name is.
void Preparation::made(std::int64_t result) {
  Step& step = add_with_uses(action_);
  if (result >= 0) step.fd = static_cast<int>(result);
}

/// Those of SCM_RIGHTS, which are in the message.
void Preparation::received(std::int64_t result) {
  went_on();
  if (result < 0 || !call_.arguments[1].value) return;
  std::vector<int> all;
  add_descriptors(all, *call_.arguments[1].value);
  for (const int fd : all) {
    Step& step = add("open");
    step.fd = fd;
    step.uses = {argument(0)};
  }
}

/// With a descriptor it only changes what that one reads.
void Preparation::signals_read(std::int64_t result) {
  if (argument(0) == -1) made(result);
}

/// With flags it asks for the version of the interface.
void Preparation::rules_made(std::int64_t result) {
  if (argument(2) == 0) made(result);
}

/// One that is only registered has an index and no descriptor (IORING_SETUP_REGISTERED_FD_ONLY).
void Preparation::ring_made(std::int64_t result) {
  constexpr std::uint32_t registered_only = 1U << 15U;
  std::array<std::uint32_t, 3> params{};  // sq_entries, cq_entries, flags
  memory_->read(call_.raw.args[1], std::as_writable_bytes(std::span(params)));
  if ((params[2] & registered_only) == 0) made(result);
}

void Preparation::opened_pair(std::int64_t result) {
  std::array<std::int32_t, 2> ends{};
  Step& step = add(action_);
  const std::uint64_t where = call_.raw.args[name_ == "socketpair" ? 3 : 0];
  const auto bytes = std::as_writable_bytes(std::span(ends));
  if (result < 0 || memory_->read(where, bytes) < bytes.size()) return;
  step.fd = ends[0];
  step.to = ends[1];
}

void Preparation::duplicated(std::int64_t result) {
  if (result == argument(0)) return;  // dup2(2) of a number to itself
  Step& step = add(action_);
  step.replaces = replaces_;
  step.fd = argument(0);
  if (result >= 0) step.to = static_cast<int>(result);
}

/// What was there under a number that the window has not touched is known to the kernel alone.
void Preparation::note_replaced() {
  const int fd = argument(1);
  const auto knows = [&](const Step& step) {
    return !has_failed(step) && (has_end(step, fd) || closes(step, fd));
  };
  replaces_ = std::none_of(steps_.begin(), steps_.end(), knows) && facts_->is_open(fd);
}

/// What was opened and closed again in the window, and not used, is nothing that the program gets: an open
/// takes a number that is free.
bool Preparation::forget_opened(int fd) {
  const auto mentioned = [&](const Step& step) { return mentions(step, fd); };
  const auto last = std::find_if(steps_.rbegin(), steps_.rend(), mentioned);
  if (last == steps_.rend() || last->action != "open" || !makes(*last, fd)) return false;
  steps_.erase(last.base() - 1);
  return true;
}

void Preparation::add_closed(int first, int last) {
  Step& step = add("close");
  step.closed.push_back({first, last});
  step.farewell = gives_up_ || exec_failed_;
}

void Preparation::closed(std::int64_t) {
  if (!forget_opened(argument(0))) add_closed(argument(0), argument(0));
}

void Preparation::range_closed(std::int64_t) {
  const bool only_marked = (call_.raw.args[2] & CLOSE_RANGE_CLOEXEC) != 0;
  // The range is of unsigned numbers: ~0U is "to the end".
  const auto last =
      static_cast<std::int32_t>(std::min<std::uint64_t>(call_.raw.args[1] & 0xffffffff, INT32_MAX));
  if (!only_marked) return add_closed(argument(0), last);
  add("close_on_exec").closed.push_back({argument(0), last});
}

void Preparation::controlled(std::int64_t result) {
  const int command = argument(1);
  if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) {
    action_ = "dup";
    return duplicated(result);
  }
  if (command == F_SETFL) add("flags").fd = argument(0);
  if (command == F_SETFD && result >= 0)
    add((argument(2) & FD_CLOEXEC) != 0 ? "close_on_exec" : "keep").fd = argument(0);
}

void Preparation::device_controlled(std::int64_t result) {
  switch (call_.raw.args[1]) {
    case FIOCLEX:
    case FIONCLEX:
      if (result >= 0) add(call_.raw.args[1] == FIOCLEX ? "close_on_exec" : "keep").fd = argument(0);
      break;
    case TIOCGPTPEER:
      action_ = "open";
      made(result);
      if (result >= 0) note_terminal();
      break;
    case TIOCSCTTY:
      leads_ = leads_ && result < 0;
      [[fallthrough]];
    case TIOCNOTTY:
    case TIOCSPGRP:
      add("terminal").fd = argument(0);
      break;
    default:
      break;
  }
}

/// The old disposition may be written to where the new one is: it is read before the call.
void Preparation::note_handler(decode::MemoryReader& memory) {
  handler_.reset();
  std::uint64_t handler = 0;
  const bool narrow = call_.raw.arch == decode::Arch::i386 || call_.raw.arch == decode::Arch::x32;
  const auto bytes = std::as_writable_bytes(std::span(&handler, 1)).first(narrow ? 4 : 8);
  if (call_.raw.args[1] == 0 || memory.read(call_.raw.args[1], bytes) < bytes.size()) return;
  handler_ = handler;
  if (!std::exchange(asked_ignored_, true)) began_ignored_ = facts_->ignored_signals();
}

bool Preparation::stands_in(std::string_view action, int signal) const {
  return std::ranges::any_of(steps_, [&](const Step& step) {
    return step.action == action && !has_failed(step) &&
           std::ranges::find(step.signals, signal) != step.signals.end();
  });
}

/// Another call says what becomes of it. A step that is left is that of its first signal that is left.
void Preparation::withdraw(int signal) {
  for (Step& step : steps_) {
    const auto found = std::ranges::find(step.signals, signal);
    if (found == step.signals.end() || has_failed(step)) continue;
    step.signal_args.erase(step.signal_args.begin() + (found - step.signals.begin()));
    step.signals.erase(found);
    if (!step.signal_args.empty()) step.args = step.signal_args.front();
  }
  std::erase_if(steps_, [](const Step& step) {
    return (step.action == "default" || step.action == "ignore") && step.signals.empty();
  });
}

/// Whether the program would have it otherwise than if the window had left it alone. A handler does not
/// survive the exec: it is as good as the default.
bool Preparation::is_change(int signal, bool was_ignored) const {
  const bool ignores = *handler_ == reinterpret_cast<std::uintptr_t>(SIG_IGN);
  const bool resets = *handler_ == reinterpret_cast<std::uintptr_t>(SIG_DFL);
  if (!began_ignored_) return ignores || resets || was_ignored;
  constexpr int last_signal = 64;
  const bool exists = signal >= 1 && signal <= last_signal;
  return (exists && (*began_ignored_ & std::uint64_t{1} << (signal - 1)) != 0) != ignores;
}

/// Each signal stands once, except where it could not be set.
void Preparation::signal_set(std::int64_t result) {
  if (!handler_) return;
  const int signal = argument(0);
  const bool ignores = *handler_ == reinterpret_cast<std::uintptr_t>(SIG_IGN);
  const std::string_view action = ignores ? "ignore" : "default";
  if (result >= 0 && stands_in(action, signal)) return;
  const bool was_ignored = stands_in("ignore", signal);
  if (result >= 0) withdraw(signal);
  if (!is_change(signal, was_ignored)) return;
  Step& step = result < 0 ? add(action) : find_or_add(action);
  step.signals.push_back(signal);
  step.signal_args.push_back(call_.arguments);
}

void Preparation::moved(std::int64_t) {
  Step& step = add(action_);
  step.path = path();
  if (name_ == "fchdir") step.fd = argument(0);
}

void Preparation::grouped(std::int64_t) {
  const int group = argument(1);
  const bool is_new = group == 0 || group == argument(0) || facts_->is_itself(group);
  add(action_).number = is_new ? 0 : group;
}

void Preparation::session_made(std::int64_t result) {
  leads_ = result >= 0;
  add(action_);
}

/// A timer of a process goes on across its exec (getitimer(2)); a child begins without.
void Preparation::timed(std::int64_t result) {
  const bool is_alarm = name_ == "alarm";
  const int which = is_alarm ? 0 : argument(0);
  std::array<std::uint64_t, 4> value{};  // it_interval, it_value
  const bool narrow = call_.raw.arch == decode::Arch::i386;
  const auto bytes = std::as_writable_bytes(std::span(value)).first(narrow ? sizeof value / 2 : sizeof value);
  if (!is_alarm) memory_->read(call_.raw.args[1], bytes);
  const auto half = bytes.subspan(bytes.size() / 2);
  const bool armed = is_alarm ? call_.raw.args[0] != 0
                              : std::ranges::any_of(half, [](std::byte b) { return b != std::byte{}; });
  const bool failed = result < 0 && !is_alarm;
  const auto same = std::erase_if(steps_, [&](const Step& step) { return !failed && step.timer == which; });
  const bool ends_one = is_alarm && result > 0 && same == 0;
  if (failed || armed || ends_one) add(action_).timer = failed ? -1 : which;
}

/// What asks for the rights it has already changes nothing. Of three sets of capabilities, what is new.
void Preparation::entitled(std::int64_t result) {
  const auto after = result >= 0 ? facts_->rights() : std::nullopt;
  if (after && rights_ == after) return;
  Step& step = add(action_);
  const bool takes_ids = name_ != "capset" && name_ != "prctl";
  if (takes_ids || !after || !rights_) return;
  for (std::size_t i = 0; i < capability_sets.size(); ++i) {
    if (rights_->capabilities[i] != after->capabilities[i])
      step.capabilities.push_back({capability_sets[i], rights_->capabilities[i], after->capabilities[i]});
  }
  if (name_ == "prctl") fold_dropped();
}

/// The bounding set loses one capability by each call.
void Preparation::fold_dropped() {
  if (steps_.size() < 2) return;
  Step& before = steps_[steps_.size() - 2];
  const bool is_same = before.call == name_ && before.action == action_ && !before.capabilities.empty();
  if (!is_same || steps_.back().capabilities.size() != 1) return;
  before.capabilities.front().after = steps_.back().capabilities.front().after;
  steps_.pop_back();
}

void Preparation::keys_controlled(std::int64_t) {
  if (argument(0) == KEYCTL_JOIN_SESSION_KEYRING) add("credentials");
}

/// By its name.
std::string_view Preparation::option() const {
  if (call_.arguments.empty() || call_.arguments[0].value == nullptr) return {};
  const auto* const symbol = std::get_if<decode::Symbol>(&call_.arguments[0].value->what);
  return symbol ? symbol->name : std::string_view();
}

/// Questions change nothing; names, memory maps, dumpability and kept capabilities end with the exec
/// (execve(2), capabilities(7)).
void Preparation::process_controlled(std::int64_t) {
  static constexpr std::array<std::string_view, 6> passing{
      "PR_CAPBSET_READ", "PR_SET_DUMPABLE", "PR_SET_KEEPCAPS", "PR_SET_MM", "PR_SET_NAME", "PR_SET_VMA"};
  const std::string_view name = option();
  const bool asks = name.find("_GET") != name.npos || std::ranges::find(passing, name) != passing.end() ||
                    (name == "PR_CAP_AMBIENT" && argument(1) == PR_CAP_AMBIENT_IS_SET);
  if (!asks) add(action_);
}

/// It returns what was before; 0xffffffff only asks.
void Preparation::personality_set(std::int64_t result) {
  const auto persona = static_cast<std::uint32_t>(call_.raw.args[0]);
  if (persona != UINT32_MAX && result != std::int64_t{persona}) add(action_);
}

/// Set, and set back, as one reads it.
void Preparation::masked(std::int64_t result) {
  constexpr std::uint64_t all = 0777;
  if (!began_umask_) began_umask_ = result;
  std::erase_if(steps_, [&](const Step& step) { return step.action == action_; });
  if (static_cast<std::int64_t>(call_.raw.args[0] & all) != *began_umask_) add(action_);
}

/// Without a new limit it only asks.
void Preparation::limited(std::int64_t) {
  if (call_.raw.args[2] != 0) add(action_);
}

void Preparation::told(std::int64_t) { add_with_uses(action_); }

bool prepares_another(std::string_view path) {
  static constexpr std::array<std::string_view, 42> programs{"bwrap",    "capsh",        "cgexec",
                                                             "choom",    "chpst",        "chroot",
                                                             "chrt",     "coresched",    "doas",
                                                             "env",      "envdir",       "envuidgid",
                                                             "faketime", "gosu",         "ionice",
                                                             "ip",       "jspawnhelper", "newgrp",
                                                             "nice",     "nohup",        "nsenter",
                                                             "numactl",  "pkexec",       "prlimit",
                                                             "runcon",   "runuser",      "setarch",
                                                             "setpriv",  "setsid",       "setuidgid",
                                                             "sg",       "softlimit",    "start-stop-daemon",
                                                             "stdbuf",   "su",           "su-exec",
                                                             "sudo",     "systemd-run",  "taskset",
                                                             "timeout",  "uclampset",    "unshare"};
  return std::ranges::find(programs, path.substr(path.rfind('/') + 1)) != programs.end();
}

}  // namespace ptop::follow
