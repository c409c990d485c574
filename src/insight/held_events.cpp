// Bounded copies.
#include "held_events.hpp"

#include <utility>

#include "ptop/decode/copy.hpp"

namespace ptop::insight {
namespace {

using namespace follow;

constexpr std::size_t most_events = 64;
constexpr std::size_t most_bytes = std::size_t{1} << 20U;  // of argv and environments

std::size_t size_of(const Event& event) {
  const auto* const exec = std::get_if<Execed>(&event.what);
  if (!exec) return 0;
  std::size_t bytes = 0;
  for (const std::string& word : exec->argv) bytes += word.size();
  if (!exec->env) return bytes;
  for (const auto* const list : {&exec->env->added, &exec->env->changed, &exec->env->removed}) {
    for (const std::string& variable : *list) bytes += variable.size();
  }
  return bytes;
}

}  // namespace

HeldPtr hold(const Event& event) {
  auto held = std::make_shared<HeldEvent>(HeldEvent{.event = event, .flag_names = {}});
  auto* const forked = std::get_if<Forked>(&held->event.what);
  if (!forked || !forked->flags) return held;
  held->flag_names.assign(forked->flags->names.begin(), forked->flags->names.end());
  forked->flags->names = held->flag_names;
  return held;
}

/// Copies the trees that it borrows.
void HeldEvents::take_over(Event& event) {
  const auto arena = [&]() -> decode::Arena& {
    if (!arena_) arena_ = std::make_unique<decode::Arena>();
    return *arena_;
  };
  if (auto* const call = std::get_if<SyscallDone>(&event.what)) {
    call->name = arena().copy(call->name);
    call->args = decode::copy_fields(call->args, arena());
    call->ret_decoded = decode::copy_tree(call->ret_decoded, arena());
    call->ret_detail = decode::copy_fields(call->ret_detail, arena());
  }
  if (auto* const signalled = std::get_if<Signalled>(&event.what); signalled && signalled->info)
    signalled->info = arena().node(decode::copy_tree(*signalled->info, arena()));
  if (auto* const recipe = std::get_if<Recipe>(&event.what)) {
    for (RecipeStep& step : recipe->steps) step.args = decode::copy_fields(step.args, arena());
  }
}

bool HeldEvents::is_full(const Event& event) {
  const std::size_t bytes = size_of(event);
  if (events_.size() == most_events || bytes_ + bytes > most_bytes) {
    ++dropped_;
    return true;
  }
  bytes_ += bytes;
  return false;
}

void HeldEvents::add(const Event& event) {
  if (is_full(event)) {
    if (const auto* const call = std::get_if<SyscallDone>(&event.what)) count_only(*call);
    return;
  }
  events_.push_back(hold(event));
  take_over(events_.back()->event);
}

void HeldEvents::add(HeldPtr event) {
  if (!is_full(event->event)) events_.push_back(std::move(event));
}

std::vector<HeldPtr> HeldEvents::take() {
  bytes_ = 0;
  dropped_ = 0;
  tally_.clear();
  return std::exchange(events_, {});
}

}  // namespace ptop::insight
