// One row per call that changes what the next program inherits (execve(2), "Effect on process attributes").
#include "preparation.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <span>

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
      RuleRow{"socket", "open", &P::opened},
      RuleRow{"memfd_create", "open", &P::opened},
      RuleRow{"pipe", "pipe", &P::opened_pair},
      RuleRow{"pipe2", "pipe", &P::opened_pair},
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

RecipeStep& Preparation::add(std::string_view action) {
  return steps_.emplace_back(RecipeStep{.action = action, .call = name_, .args = call_.arguments});
}

RecipeStep& Preparation::find_or_add(std::string_view action) {
  const auto found = std::ranges::find(steps_, action, &RecipeStep::action);
  return found != steps_.end() ? *found : add(action);
}

void Preparation::opened(std::int64_t result) {
  RecipeStep& step = add(action_);
  step.path = path();
  if (result < 0) return;
  step.fd = static_cast<int>(result);
  no_longer_closed(*step.fd);
}

void Preparation::opened_pair(std::int64_t result) {
  std::array<std::int32_t, 2> ends{};
  RecipeStep& step = add(action_);
  const auto bytes = std::as_writable_bytes(std::span(ends));
  if (result < 0 || memory_->read(call_.raw.args[0], bytes) < bytes.size()) return;
  step.fd = ends[0];
  step.to = ends[1];
  no_longer_closed(ends[0]);
  no_longer_closed(ends[1]);
}

void Preparation::duplicated(std::int64_t result) {
  RecipeStep& step = add(action_);
  step.fd = argument(0);
  if (result < 0) return;
  step.to = static_cast<int>(result);
  no_longer_closed(*step.to);
}

/// What was opened and closed again in the window is nothing that the program gets. What was opened, moved to
/// another number and closed is opened as that number.
bool Preparation::forget_opened(int fd) {
  const auto opened_as = [&](const RecipeStep& step) {
    return step.fd == fd && step.action == "open" && step.error_number == 0;
  };
  const auto opened = std::ranges::find_if(steps_, opened_as);
  if (opened == steps_.end()) return false;
  const auto uses = [&](const RecipeStep& step) { return step.fd == fd; };
  const auto first_use = std::find_if(opened + 1, steps_.end(), uses);
  if (first_use == steps_.end()) {
    steps_.erase(opened);
    return true;
  }
  const bool moved = first_use->action == "dup" && first_use->to &&
                     std::find_if(first_use + 1, steps_.end(), uses) == steps_.end();
  if (!moved) return false;
  opened->fd = first_use->to;
  steps_.erase(first_use);
  return true;
}

/// A pipe whose other end is closed already, and that nothing was made of: it was for the way only.
bool Preparation::forget_pipe(int fd) {
  const auto made = std::ranges::find_if(steps_, [&](const RecipeStep& step) {
    return step.action == "pipe" && (step.fd == fd || step.to == fd) && step.fd && step.to;
  });
  if (made == steps_.end()) return false;
  const int other = *made->fd == fd ? *made->to : *made->fd;
  bool other_closed = false;
  for (auto step = made + 1; step != steps_.end(); ++step) {
    if (step->fd == fd || step->fd == other) return false;
    other_closed |= std::ranges::find(step->closed, other, &ClosedRange::last) != step->closed.end();
  }
  if (!other_closed) return false;
  steps_.erase(made);
  no_longer_closed(other);
  return true;
}

/// The number is in use again: that it was closed before is nothing that the program could tell. What was
/// closed to the end of all numbers stays as it was written.
void Preparation::no_longer_closed(int fd) {
  const auto single = [&](const ClosedRange& range) { return range.first == fd && range.last == fd; };
  for (RecipeStep& step : steps_) {
    if (step.action != "close") continue;
    std::erase_if(step.closed, single);
    for (ClosedRange& range : step.closed) {
      if (range.last == INT32_MAX) continue;
      if (range.first == fd) ++range.first;
      if (range.last == fd) --range.last;
    }
  }
  std::erase_if(steps_, [](const RecipeStep& step) {
    return step.action == "close" && step.closed.empty() && step.error_number == 0;
  });
}

void Preparation::add_closed(int first, int last) {
  if (steps_.empty() || steps_.back().action != "close") add("close");
  auto& ranges = steps_.back().closed;
  if (!ranges.empty() && ranges.back().last + 1 == first)
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

void Preparation::signal_set(std::int64_t) {
  std::uint64_t handler = 0;
  const std::size_t word = call_.raw.arch == decode::Arch::i386 ? 4 : 8;
  const auto bytes = std::as_writable_bytes(std::span(&handler, 1)).first(word);
  if (call_.raw.args[1] == 0 || memory_->read(call_.raw.args[1], bytes) < word) return;
  const bool ignored = handler == reinterpret_cast<std::uintptr_t>(SIG_IGN);
  const bool reset = handler == reinterpret_cast<std::uintptr_t>(SIG_DFL);
  if (!ignored && !reset) return;  // a handler does not survive the exec
  auto& signals = find_or_add(ignored ? "ignore" : "default").signals;
  if (std::ranges::find(signals, argument(0)) == signals.end()) signals.push_back(argument(0));
}

void Preparation::moved(std::int64_t) {
  RecipeStep& step = add(action_);
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
