// What is of the process, not of a descriptor: signals, session, timers, rights, limits.
#include <algorithm>
#include <array>
#include <csignal>
#include <span>
#include <utility>

#include <linux/keyctl.h>
#include <linux/prctl.h>
#include <sys/resource.h>

#include "preparation.hpp"

namespace ptop::follow {

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

bool Preparation::is_as_it_began(const Setting& setting) const {
  const auto is_unsettled = [&](const Step& step) { return step.action == "scheduling" && !step.setting; };
  if (setting.kind == "limit") {
    const auto& began = began_limits_.at(static_cast<int>(setting.which));
    return began && std::ranges::equal(*began, setting.value);
  }
  if (setting.kind == "priority")
    return began_nice_.value_or(std::nullopt) ==
               static_cast<int>(static_cast<std::int64_t>(setting.value[0])) &&
           std::none_of(steps_.begin(), steps_.end(), is_unsettled);
  const bool is_cleared = setting.which == PR_SET_PDEATHSIG || setting.which == PR_SET_CHILD_SUBREAPER;
  return setting.kind == "prctl" && is_cleared && setting.value[0] == 0 && facts_->is_forked();
}

/// The last one counts, and is a step where it is another value than at the beginning. nullptr: it is none.
Step* Preparation::set(const Setting& setting, std::int64_t result) {
  if (result < 0) return &add(action_);
  const auto is_same = [&](const Step& step) {
    return step.setting && step.setting->kind == setting.kind && step.setting->which == setting.which;
  };
  const auto same = std::find_if(steps_.begin(), steps_.end(), is_same);
  if (same != steps_.end()) {
    // Other calls set it as well: of the process's scheduling many, and another user ends PR_SET_PDEATHSIG.
    const auto may_set = [&](const Step& step) {
      return !step.setting && step.action == (setting.kind == "prctl" ? "credentials" : action_);
    };
    if (same->setting->value == setting.value && std::none_of(same, steps_.end(), may_set)) return nullptr;
    steps_.erase(same);
  }
  if (is_as_it_began(setting)) return nullptr;
  Step& step = add(action_);
  step.setting = setting;
  return &step;
}

void Preparation::grouped(std::int64_t result) {
  const int group = argument(1);
  const bool is_new = group == 0 || group == argument(0) || facts_->is_itself(group);
  const std::uint64_t number = is_new ? 0 : static_cast<std::uint32_t>(group);
  if (Step* const step = set({"group", 0, {number}}, result)) step->number = is_new ? 0 : group;
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

std::optional<std::uint64_t> told_capabilities(std::uint32_t user, std::uint64_t permitted,
                                               std::uint64_t bounding) {
  return permitted == (user == 0 ? bounding : 0) ? std::nullopt : std::optional(permitted);
}

bool Preparation::changes_capabilities() const {
  return argument(0) == PR_CAPBSET_DROP ||
         (argument(0) == PR_CAP_AMBIENT && argument(1) != PR_CAP_AMBIENT_IS_SET);
}

/// What asks for the rights it has already changes nothing. Of sets of capabilities, what is new.
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
  if (name_ == "prctl") fold_one_by_one();
}

/// The bounding set loses one capability by each call, and so they become ambient.
void Preparation::fold_one_by_one() {
  if (steps_.size() < 2) return;
  Step& before = steps_[steps_.size() - 2];
  const bool is_same = before.call == name_ && before.action == action_ && !before.capabilities.empty();
  const auto& changed = steps_.back().capabilities;
  if (!is_same || changed.size() != 1 || before.capabilities.front().set != changed.front().set) return;
  before.capabilities.front().after = changed.front().after;
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
void Preparation::process_controlled(std::int64_t result) {
  static constexpr std::array<std::string_view, 6> passing{
      "PR_CAPBSET_READ", "PR_SET_DUMPABLE", "PR_SET_KEEPCAPS", "PR_SET_MM", "PR_SET_NAME", "PR_SET_VMA"};
  const std::string_view name = option();
  const bool asks = name.find("_GET") != name.npos || std::ranges::find(passing, name) != passing.end() ||
                    (name == "PR_CAP_AMBIENT" && argument(1) == PR_CAP_AMBIENT_IS_SET);
  static constexpr std::array settings{PR_SET_PDEATHSIG,  PR_SET_NO_NEW_PRIVS, PR_SET_CHILD_SUBREAPER,
                                       PR_SET_SECUREBITS, PR_SET_TIMERSLACK,   PR_SET_THP_DISABLE};
  if (asks) return;
  if (std::ranges::find(settings, argument(0)) == settings.end()) {
    add(action_);
    return;
  }
  set({"prctl", call_.raw.args[0], {call_.raw.args[1]}}, result);
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

void Preparation::note_limit() {
  const int resource = argument(name_ == "setrlimit" ? 0 : 1);
  const bool asks = name_ == "prlimit64" && call_.raw.args[2] == 0;
  if (!asks && !began_limits_.contains(resource)) began_limits_[resource] = facts_->limit(resource);
}

/// Without a new limit it only asks.
void Preparation::limited(std::int64_t result) {
  const bool is_old = name_ == "setrlimit";
  const std::uint64_t where = call_.raw.args[is_old ? 1 : 2];
  if (!is_old && where == 0) return;
  Limit limit{};
  if (is_old && call_.raw.arch == decode::Arch::i386) {
    std::array<std::uint32_t, 2> narrow{};
    memory_->read(where, std::as_writable_bytes(std::span(narrow)));
    for (std::size_t i = 0; i < limit.size(); ++i)
      limit[i] = narrow[i] == UINT32_MAX ? UINT64_MAX : std::uint64_t{narrow[i]};
  } else {
    memory_->read(where, std::as_writable_bytes(std::span(limit)));
  }
  const auto resource = static_cast<std::uint32_t>(argument(is_old ? 0 : 1));
  set({"limit", resource, {limit.begin(), limit.end()}}, result);
}

/// Of itself: what its group or user gets cannot be told from one value.
void Preparation::prioritized(std::int64_t result) {
  constexpr std::int32_t process_by_ioprio = 1, lowest = 19, highest = -20;
  const bool is_io = name_ == "ioprio_set";
  if (argument(0) != (is_io ? process_by_ioprio : PRIO_PROCESS)) {
    add(action_);
    return;
  }
  const std::int64_t value = is_io ? argument(2) : std::clamp(argument(2), highest, lowest);
  set({is_io ? "io" : "priority", 0, {static_cast<std::uint64_t>(value)}}, result);
}

/// On processors.
void Preparation::placed(std::int64_t result) {
  std::array<std::uint64_t, 128> mask{};  // 8192 processors
  const auto bytes = std::as_writable_bytes(std::span(mask));
  memory_->read(call_.raw.args[2], bytes.first(std::min<std::uint64_t>(call_.raw.args[1], bytes.size())));
  set({"processors", 0, {mask.begin(), mask.end()}}, result);
}

void Preparation::told(std::int64_t) { add_with_uses(action_); }

}  // namespace ptop::follow
