// Events become lines the moment they arrive: what they point to is gone afterwards.
#include "event_log.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/render/event_text.hpp"
#include "ptop/render/units.hpp"

namespace ptop::app {
namespace {

// argv may have megabytes: a line keeps what the widest screen and some scrolling can show.
constexpr std::size_t longest_line = 1000;
constexpr std::size_t ends_kept = 500;

struct InkOf {
  Ink operator()(const follow::Attached&) const { return Ink::faint; }
  Ink operator()(const follow::Forked&) const { return Ink::event_birth; }
  Ink operator()(const follow::Execed&) const { return Ink::event_exec; }
  Ink operator()(const follow::ExecFailed&) const { return Ink::warning; }
  Ink operator()(const follow::Exited& e) const { return e.code == 0 ? Ink::event_end : Ink::bad; }
  Ink operator()(const follow::Recipe&) const { return Ink::faint; }
  Ink operator()(const follow::Reaped&) const { return Ink::faint; }
  Ink operator()(const follow::Reparented&) const { return Ink::orphan; }
  Ink operator()(const follow::Signalled&) const { return Ink::event_signal; }
  Ink operator()(const follow::StoppedBy&) const { return Ink::stopped; }
  Ink operator()(const follow::Continued&) const { return Ink::event_signal; }
  Ink operator()(const follow::SyscallDone&) const { return Ink::event_call; }
  Ink operator()(const follow::Inherited&) const { return Ink::faint; }
  Ink operator()(const follow::DescriptorAudit&) const { return Ink::faint; }
  Ink operator()(const follow::Detached&) const { return Ink::faint; }
  Ink operator()(const follow::Lost&) const { return Ink::bad; }
  Ink operator()(const follow::Note&) const { return Ink::warning; }
};

}  // namespace

void EventLog::begin(const follow::Header&) {
  *this = EventLog(capacity_);
  open_ = true;
}

void EventLog::on(const follow::Event& event) {
  std::string text = render::event_line(event);
  text.resize(clip(text, longest_line).size());
  lines_.push_back({event.t_ns, event.pid, event.depth, std::visit(InkOf{}, event.what), std::move(text)});
  ++total_;
  if (const auto* exited = std::get_if<follow::Exited>(&event.what)) remember_end(event.pid, *exited);
  if (const auto* lost = std::get_if<follow::Lost>(&event.what)) lost_ += lost->count;
  if (lines_.size() > capacity_) drop_oldest();
}

void EventLog::end(const follow::Trailer& trailer) {
  open_ = false;
  reason_ = escaped(trailer.reason);
}

void EventLog::remember_end(Pid pid, const follow::Exited& exited) {
  if (exited.thread) return;
  std::string how =
      exited.signal ? signal_name(*exited.signal) : fmt::format("exit {}", exited.code.value_or(0));
  if (exited.lifetime_ns) how += " after " + render::human_duration(*exited.lifetime_ns);
  ends_.emplace_back(pid, std::move(how));
  if (ends_.size() > ends_kept) ends_.pop_front();
}

/// The latest of that number.
std::string EventLog::end_of(Pid pid) const {
  const auto found =
      std::find_if(ends_.rbegin(), ends_.rend(), [&](const auto& e) { return e.first == pid; });
  return found == ends_.rend() ? "" : found->second;
}

void EventLog::drop_oldest() {
  lines_.pop_front();
  ++dropped_;
  if (top_ > 0) --top_;  // who reads older lines keeps seeing them
}

std::size_t EventLog::first_shown(std::size_t height) const {
  const std::size_t last = lines_.size() > height ? lines_.size() - height : 0;
  return at_end_ ? last : std::min(top_, last);
}

void EventLog::scroll(std::ptrdiff_t by, std::size_t height) {
  const std::size_t last = lines_.size() > height ? lines_.size() - height : 0;
  const auto wanted = static_cast<std::ptrdiff_t>(first_shown(height)) + by;
  top_ = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, static_cast<std::ptrdiff_t>(last)));
  at_end_ = top_ == last;
}

void EventLog::scroll_to_start() {
  top_ = 0;
  at_end_ = lines_.empty();
}

}  // namespace ptop::app
