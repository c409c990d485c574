// Events become lines the moment they arrive: what they point to is gone afterwards.
#include "event_log.hpp"

#include <algorithm>
#include <variant>

#include "ptop/base/escape.hpp"
#include "ptop/render/event_text.hpp"

namespace ptop::app {
namespace {

// argv may have megabytes: a line keeps what the widest screen and some scrolling can show.
constexpr std::size_t longest_line = 1000;

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
  if (const auto* lost = std::get_if<follow::Lost>(&event.what)) lost_ += lost->count;
  if (lines_.size() > capacity_) drop_oldest();
}

void EventLog::end(const follow::Trailer& trailer) {
  open_ = false;
  reason_ = escaped(trailer.reason);
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
