#include "branch_signal.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

namespace ptop::app {
namespace {

constexpr int most_rounds = 10;             // of looking again: who forks faster than that is told
constexpr std::size_t most_children = 500;  // each holds a descriptor, and 1024 are usual

bool is_over(const Error& error) { return error.code == Errc::gone; }

}  // namespace

BranchSignal::BranchSignal(ActPort& act, const std::vector<ProcessKey>& chosen,
                           std::vector<ProcessKey> members, int signal)
    : act_(act),
      members_(std::move(members)),
      signal_(signal),
      seen_(chosen.begin(), chosen.end()),
      births_(act.watch_births()) {}

bool BranchSignal::prepare(std::size_t most) {
  const std::size_t all = members_.size();
  for (; prepared_ < 2 * all; ++prepared_) {
    const bool stops = prepared_ >= all;
    if (stops ? signal_ != SIGKILL : !births_) continue;
    if (most-- == 0) return false;
    if (stops) {
      stop(members_[2 * all - 1 - prepared_]);  // parents first, so that fewer are born
    } else if (const ProcessKey member = members_[prepared_]; act_.hold(member)) {
      pids_.insert(member.pid);  // births are told by now: it has this pid until somebody is born with it
    }
    listen();
  }
  return true;
}

/// Whom this fails for the signal itself fails too, and tells.
void BranchSignal::stop(ProcessKey member) {
  if (const auto held = act_.hold(member)) static_cast<void>((*held)->send(SIGSTOP));
}

Result<void> BranchSignal::send(ProcessKey member) {
  listen();
  const auto held = act_.hold(member);
  if (!held) return fail(held.error());
  return send_to(**held);
}

/// Often: the kernel keeps some hundred events for us, and each end of a member is one as well.
void BranchSignal::listen() {
  if (!births_) return;
  const auto births = births_->take();
  told_.insert(told_.end(), births.begin(), births.end());
}

Result<void> BranchSignal::send_to(HeldProcess& process) {
  for (int round = 0; round < most_rounds; ++round)
    if (!settle(process)) break;
  if (const auto sent = process.send(signal_); !sent) return fail(sent.error());
  settle(process);
  return {};
}

/// Whether it had children that nobody knew.
bool BranchSignal::settle(HeldProcess& parent) {
  auto children = parent.children();
  if (!children) {
    missed_ = missed_ || !is_over(children.error());
    return false;
  }
  bool any = false;
  for (Held& child : *children) {
    if (!seen_.insert(child->key()).second) continue;
    any = true;
    take(std::move(child));
  }
  return any;
}

/// It is held until the end, for children that it may get later.
void BranchSignal::take(Held child) {
  if (children_.size() >= most_children) {
    missed_ = true;
    return;
  }
  HeldProcess& process = *children_.emplace_back(std::move(child));
  if (births_) pids_.insert(process.key().pid);
  if (signal_ == SIGKILL) static_cast<void>(process.send(SIGSTOP));
  const auto sent = send_to(process);
  if (sent) ++born_;
  if (!sent && !is_over(sent.error())) missed_ = true;
}

bool BranchSignal::finish(std::size_t most) {
  for (; round_ < most_rounds; ++round_) {
    if (looked_at_ == 0) any_new_ = take_births();
    if ((!births_ || births_->overrun()) && !look_at_all(most)) return false;
    looked_at_ = 0;
    if (!any_new_) return true;
  }
  missed_ = true;
  return true;
}

/// Members and the children born meanwhile; these become more while they are looked at.
bool BranchSignal::look_at_all(std::size_t& most) {
  for (; looked_at_ < members_.size() + children_.size(); ++looked_at_) {
    if (most == 0) return false;
    --most;
    look_at(looked_at_);
  }
  return true;
}

void BranchSignal::look_at(std::size_t number) {
  if (number >= members_.size()) {
    any_new_ = settle(*children_[number - members_.size()]) || any_new_;
  } else if (const auto held = act_.hold(members_[number])) {
    any_new_ = settle(**held) || any_new_;
  }
}

/// Of the births that were not taken yet, those below a member. A pid whose process ended may be a
/// stranger's: that one's birth comes before those of its children.
std::vector<Pid> BranchSignal::births_in_branch() {
  std::vector<Pid> found;
  listen();
  for (const auto& birth : std::exchange(told_, {})) {
    std::erase(found, birth.child);
    if (pids_.contains(birth.parent)) {
      pids_.insert(birth.child);
      found.push_back(birth.child);
    } else {
      pids_.erase(birth.child);
    }
  }
  return found;
}

/// Whether there were some that nobody knew.
bool BranchSignal::take_births() {
  if (!births_) return false;
  bool any = false;
  auto born = births_in_branch();
  for (int round = 0; !born.empty() && round < most_rounds; ++round) {
    std::vector<Held> held;
    for (const Pid pid : born)
      if (Held child = births_->hold(pid)) held.push_back(std::move(child));
    // One that was born with such a pid meanwhile may be the one that is held now.
    born = births_in_branch();
    for (Held& child : held) {
      const Pid pid = child->key().pid;
      if (!pids_.contains(pid) || std::find(born.begin(), born.end(), pid) != born.end()) continue;
      if (!seen_.insert(child->key()).second) continue;
      any = true;
      take(std::move(child));
    }
  }
  missed_ = missed_ || !born.empty() || births_->overrun();
  return any;
}

}  // namespace ptop::app
