// One row per call that changes what the next program inherits (execve(2), "Effect on process attributes").
#include "preparation.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <span>
#include <utility>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/ioctl.h>

namespace ptop::follow {

struct Preparation::RuleRow {
  std::string_view call;
  std::string_view action;
  Rule rule;
};

const Preparation::RuleRow* Preparation::rule_of(std::string_view name) {
  using P = Preparation;
  static constexpr std::array rows{
      RuleRow{"open", "open", &P::opened},
      RuleRow{"openat", "open", &P::opened},
      RuleRow{"openat2", "open", &P::opened},
      RuleRow{"creat", "open", &P::opened},
      RuleRow{"open_tree", "open", &P::opened},
      RuleRow{"open_tree_attr", "open", &P::opened},
      RuleRow{"fspick", "open", &P::opened},
      RuleRow{"open_by_handle_at", "open", &P::made},
      RuleRow{"socket", "open", &P::made},
      RuleRow{"accept", "open", &P::made},
      RuleRow{"accept4", "open", &P::made},
      RuleRow{"memfd_create", "open", &P::made},
      RuleRow{"memfd_secret", "open", &P::made},
      RuleRow{"mq_open", "open", &P::made},
      RuleRow{"epoll_create", "open", &P::made},
      RuleRow{"epoll_create1", "open", &P::made},
      RuleRow{"eventfd", "open", &P::made},
      RuleRow{"eventfd2", "open", &P::made},
      RuleRow{"inotify_init", "open", &P::made},
      RuleRow{"inotify_init1", "open", &P::made},
      RuleRow{"fanotify_init", "open", &P::made},
      RuleRow{"timerfd_create", "open", &P::made},
      RuleRow{"pidfd_open", "open", &P::made},
      RuleRow{"pidfd_getfd", "open", &P::made},
      RuleRow{"fsopen", "open", &P::made},
      RuleRow{"fsmount", "open", &P::made},
      RuleRow{"userfaultfd", "open", &P::made},
      RuleRow{"perf_event_open", "open", &P::made},
      RuleRow{"signalfd", "open", &P::signals_read},
      RuleRow{"signalfd4", "open", &P::signals_read},
      RuleRow{"io_uring_setup", "open", &P::ring_made},
      RuleRow{"landlock_create_ruleset", "open", &P::rules_made},
      RuleRow{"pipe", "pipe", &P::opened_pair},
      RuleRow{"pipe2", "pipe", &P::opened_pair},
      RuleRow{"socketpair", "pipe", &P::opened_pair},
      RuleRow{"dup", "dup", &P::duplicated},
      RuleRow{"dup2", "dup", &P::duplicated},
      RuleRow{"dup3", "dup", &P::duplicated},
      RuleRow{"close", "close", &P::closed},
      RuleRow{"close_range", "close", &P::range_closed},
      RuleRow{"fcntl", "", &P::controlled},
      RuleRow{"fcntl64", "", &P::controlled},
      RuleRow{"ioctl", "", &P::device_controlled},
      RuleRow{"rt_sigaction", "", &P::signal_set},
      RuleRow{"chdir", "chdir", &P::moved},
      RuleRow{"fchdir", "chdir", &P::moved},
      RuleRow{"chroot", "chroot", &P::moved},
      RuleRow{"setsid", "setsid", &P::told},
      RuleRow{"setpgid", "setpgid", &P::grouped},
      RuleRow{"umask", "umask", &P::told},
      RuleRow{"setuid", "credentials", &P::told},
      RuleRow{"setgid", "credentials", &P::told},
      RuleRow{"setreuid", "credentials", &P::told},
      RuleRow{"setregid", "credentials", &P::told},
      RuleRow{"setresuid", "credentials", &P::told},
      RuleRow{"setresgid", "credentials", &P::told},
      RuleRow{"setgroups", "credentials", &P::told},
      RuleRow{"setfsuid", "credentials", &P::told},
      RuleRow{"setfsgid", "credentials", &P::told},
      RuleRow{"capset", "credentials", &P::told},
      RuleRow{"setrlimit", "limit", &P::told},
      RuleRow{"prlimit64", "limit", &P::limited},
      RuleRow{"prctl", "prctl", &P::told},
      RuleRow{"unshare", "namespace", &P::told},
      RuleRow{"setns", "namespace", &P::told},
      RuleRow{"setpriority", "scheduling", &P::told},
      RuleRow{"sched_setaffinity", "scheduling", &P::told},
      RuleRow{"sched_setscheduler", "scheduling", &P::told},
      RuleRow{"sched_setparam", "scheduling", &P::told},
      RuleRow{"sched_setattr", "scheduling", &P::told},
      RuleRow{"ioprio_set", "scheduling", &P::told},
      RuleRow{"mount", "mount", &P::told},
      RuleRow{"umount2", "mount", &P::told},
      RuleRow{"pivot_root", "mount", &P::told},
      RuleRow{"move_mount", "mount", &P::told},
      RuleRow{"seccomp", "security", &P::told},
      RuleRow{"landlock_restrict_self", "security", &P::told},
      RuleRow{"personality", "security", &P::told},
      RuleRow{"sethostname", "other", &P::told},
      RuleRow{"kill", "other", &P::told},
  };
  const auto found = std::ranges::find(rows, name, &RuleRow::call);
  return found == rows.end() ? nullptr : &*found;
}

void Preparation::enter(const decode::RawCall& raw, decode::MemoryReader& memory) {
  ++calls_;
  rule_ = nullptr;
  const auto* const row = decode::find_syscall(raw.arch, raw.nr);
  const auto* const rule = row ? rule_of(row->name) : nullptr;
  if (!rule) return;
  constexpr std::size_t whole_path = 4096;
  call_ = decode::decode_enter(raw, memory, arena_, {.string_limit = whole_path, .verbose = true});
  name_ = row->name;
  action_ = rule->action;
  rule_ = rule->rule;
  if (rule_ == &Preparation::signal_set) note_handler(memory);
}

void Preparation::leave(const decode::RawResult& result, decode::MemoryReader& memory) {
  if (!rule_) return;
  // Closing what is not open is how many a program closes everything: it changes nothing.
  const bool harmless = result.error && (action_ == "close" || action_.empty());
  if (harmless) return;
  decode::decode_exit(call_, result, memory, arena_, {.verbose = true});
  memory_ = &memory;
  const std::size_t before = steps_.size();
  (this->*rule_)(result.error ? -1 : result.value);
  if (result.error && steps_.size() > before) steps_.back().error_number = static_cast<int>(-result.value);
  memory_ = nullptr;
}

std::string Preparation::path() const {
  for (const decode::Field& field : call_.arguments) {
    if (const auto* text = field.value ? std::get_if<decode::Text>(&field.value->what) : nullptr)
      return std::string(text->bytes);
  }
  return {};
}

Preparation::Step& Preparation::add(std::string_view action) {
  return steps_.emplace_back(Step{{.action = action, .call = name_, .args = call_.arguments}});
}

Preparation::Step& Preparation::find_or_add(std::string_view action) {
  const auto found = std::ranges::find(steps_, action, &Step::action);
  return found != steps_.end() ? *found : add(action);
}

void Preparation::opened(std::int64_t result) {
  made(result);
  steps_.back().path = path();
}

/// Nothing that has a path, whatever its name is.
void Preparation::made(std::int64_t result) {
  Step& step = add(action_);
  if (result >= 0) step.fd = static_cast<int>(result);
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
  Step& step = add(action_);
  step.fd = argument(0);
  if (result >= 0) step.to = static_cast<int>(result);
}

namespace {

bool has_end(const RecipeStep& step, int fd) { return step.fd == fd || step.to == fd; }

bool closes(const RecipeStep& step, int fd) {
  const auto holds = [&](const ClosedRange& range) { return range.first <= fd && fd <= range.last; };
  return step.action == "close" && std::ranges::any_of(step.closed, holds);
}

bool makes(const RecipeStep& step, int fd) {
  if (step.error_number != 0) return false;
  if (step.action == "dup") return step.to == fd;
  return (step.action == "open" || step.action == "pipe") && has_end(step, fd);
}

/// What was closed to the end of all numbers stays as it was written.
void take_out(RecipeStep& step, int fd) {
  const auto range = std::ranges::find_if(step.closed, [&](const ClosedRange& r) {
    return r.first <= fd && fd <= r.last && r.last != INT32_MAX;
  });
  if (step.action != "close" || range == step.closed.end()) return;
  const ClosedRange above{fd + 1, range->last};
  range->last = fd - 1;
  const auto next = above.first > above.last ? range + 1 : step.closed.insert(range + 1, above);
  if (const auto below = next - 1; below->first > below->last) step.closed.erase(below);
}

}  // namespace

/// Whose number it is now, as far as the window goes.
Preparation::Steps::iterator Preparation::last_maker(int fd) {
  const auto found =
      std::find_if(steps_.rbegin(), steps_.rend(), [&](const Step& step) { return makes(step, fd); });
  return found == steps_.rend() ? steps_.end() : found.base() - 1;
}

/// What was opened and closed again in the window is nothing that the program gets. What was opened, moved to
/// another number and closed is opened as that number, where nobody else had to do with that one meanwhile.
bool Preparation::forget_opened(int fd) {
  const auto opened = last_maker(fd);
  if (opened == steps_.end() || opened->action != "open") return false;
  const auto uses = [&](const Step& step) { return step.fd == fd; };
  const auto use = std::find_if(opened + 1, steps_.end(), uses);
  if (use == steps_.end()) {
    const bool placed = opened->placed;  // the file that it took the number from is closed all the same
    steps_.erase(opened);
    return !placed;
  }
  if (use->action != "dup" || !use->to || use->to == fd ||
      std::find_if(use + 1, steps_.end(), uses) != steps_.end())
    return false;
  const auto meets = [to = *use->to](const Step& step) { return has_end(step, to) || closes(step, to); };
  if (std::find_if(opened + 1, use, meets) != use) return false;
  opened->fd = use->to;
  opened->placed = use->call == "dup2" || use->call == "dup3";
  steps_.erase(use);
  return true;
}

/// A pipe whose other end is closed already, and that nothing was made of: it was for the way only.
bool Preparation::forget_pipe(int fd) {
  auto made = last_maker(fd);
  if (made == steps_.end() || made->action != "pipe") return false;
  const int other = *made->fd == fd ? *made->to : *made->fd;
  const auto uses = [&](const Step& step) { return has_end(step, fd) || has_end(step, other); };
  const auto closes_other = [&](const Step& step) { return closes(step, other); };
  if (std::any_of(made + 1, steps_.end(), uses) || std::none_of(made + 1, steps_.end(), closes_other))
    return false;
  for (made = steps_.erase(made); made != steps_.end(); ++made) take_out(*made, other);
  std::erase_if(steps_, [](const Step& step) {
    return step.action == "close" && step.closed.empty() && step.error_number == 0;
  });
  return true;
}

void Preparation::add_closed(int first, int last) {
  if (steps_.empty() || steps_.back().action != "close") add("close");
  auto& ranges = steps_.back().closed;
  if (!ranges.empty() && std::int64_t{ranges.back().last} + 1 == first)
    ranges.back().last = last;
  else
    ranges.push_back({first, last});
}

void Preparation::closed(std::int64_t) {
  if (!forget_opened(argument(0)) && !forget_pipe(argument(0))) add_closed(argument(0), argument(0));
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
  if (command == F_SETFD) add((argument(2) & FD_CLOEXEC) != 0 ? "close_on_exec" : "keep").fd = argument(0);
}

void Preparation::device_controlled(std::int64_t) {
  switch (call_.raw.args[1]) {
    case FIOCLEX:
      add("close_on_exec").fd = argument(0);
      break;
    case FIONCLEX:
      add("keep").fd = argument(0);
      break;
    case TIOCSCTTY:
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
  if (const auto ask = std::exchange(ask_ignored_, nullptr)) began_ignored_ = ask();
}

bool Preparation::stands_in(std::string_view action, int signal) const {
  return std::ranges::any_of(steps_, [&](const Step& step) {
    return step.action == action && std::ranges::find(step.signals, signal) != step.signals.end();
  });
}

/// Another call says what becomes of it. A step that is left is that of its first signal that is left.
void Preparation::withdraw(int signal) {
  for (Step& step : steps_) {
    const auto found = std::ranges::find(step.signals, signal);
    if (found == step.signals.end()) continue;
    step.signal_args.erase(step.signal_args.begin() + (found - step.signals.begin()));
    step.signals.erase(found);
    if (!step.signal_args.empty()) step.args = step.signal_args.front();
  }
  std::erase_if(steps_, [](const Step& step) {
    return (step.action == "default" || step.action == "ignore") && step.signals.empty();
  });
}

/// Each signal stands once, where its disposition in the new program is another one than if the window had
/// left it alone. A handler does not survive the exec: it is as good as the default.
void Preparation::signal_set(std::int64_t) {
  if (!handler_) return;
  const int signal = argument(0);
  const bool ignored = *handler_ == reinterpret_cast<std::uintptr_t>(SIG_IGN);
  const bool reset = *handler_ == reinterpret_cast<std::uintptr_t>(SIG_DFL);
  const std::string_view action = ignored ? "ignore" : "default";
  if (stands_in(action, signal)) return;
  const bool was_ignored = stands_in("ignore", signal);
  withdraw(signal);
  if (began_ignored_) {
    const bool began_ignored = (*began_ignored_ >> static_cast<unsigned>(signal - 1) & 1U) != 0;
    if (began_ignored == ignored) return;
  } else if (!ignored && !reset && !was_ignored) {
    return;
  }
  Step& step = find_or_add(action);
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
  add(action_).number = group == self_.raw() ? 0 : group;
}

/// Without a new limit it only asks.
void Preparation::limited(std::int64_t) {
  if (call_.raw.args[2] != 0) add(action_);
}

void Preparation::told(std::int64_t) { add(action_); }

bool prepares_another(std::string_view path) {
  static constexpr std::array<std::string_view, 18> programs{
      "chroot", "chrt",    "env",     "ionice", "jspawnhelper", "nice",    "nohup",   "numactl", "prlimit",
      "runcon", "setarch", "setpriv", "setsid", "stdbuf",       "taskset", "timeout", "unshare", "uclampset"};
  return std::ranges::find(programs, path.substr(path.rfind('/') + 1)) != programs.end();
}

}  // namespace ptop::follow
