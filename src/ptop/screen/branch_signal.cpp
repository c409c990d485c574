#include "branch_signal.hpp"

#include <csignal>

namespace ptop::app {
namespace {

constexpr int most_rounds = 10;             // of looking again: who forks faster than that is told
constexpr std::size_t most_children = 500;  // each holds a descriptor, and 1024 are usual

bool is_over(const Error& error) { return error.code == Errc::gone; }

}  // namespace

BranchSignal::BranchSignal(ActPort& act, const std::vector<ProcessKey>& chosen,
                           std::vector<ProcessKey> members, int signal)
    : act_(act), members_(std::move(members)), signal_(signal), seen_(chosen.begin(), chosen.end()) {
  if (signal == SIGKILL) stop_all();
}

/// Parents first, so that fewer are born. Whom this fails for the signal itself fails too, and tells.
void BranchSignal::stop_all() {
  for (auto member = members_.rbegin(); member != members_.rend(); ++member) {
    if (const auto held = act_.hold(*member)) static_cast<void>((*held)->send(SIGSTOP));
  }
}

Result<void> BranchSignal::send(ProcessKey member) {
  const auto held = act_.hold(member);
  if (!held) return fail(held.error());
  return send_to(**held);
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
  if (signal_ == SIGKILL) static_cast<void>(process.send(SIGSTOP));
  const auto sent = send_to(process);
  if (sent) ++born_;
  if (!sent && !is_over(sent.error())) missed_ = true;
}

void BranchSignal::finish() {
  for (int round = 0; round < most_rounds; ++round)
    if (!look_again()) return;
  missed_ = true;
}

bool BranchSignal::look_again() {
  bool any = false;
  for (const ProcessKey member : members_) {
    if (const auto held = act_.hold(member)) any = settle(**held) || any;
  }
  for (std::size_t i = 0; i < children_.size(); ++i) any = settle(*children_[i]) || any;
  return any;
}

}  // namespace ptop::app
