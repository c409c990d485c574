// Events to lines.
#include "event_line.hpp"

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

std::string end_of(const follow::Exited& exited) {
  if (exited.thread) return "";
  std::string how =
      exited.signal ? signal_name(*exited.signal) : fmt::format("exit {}", exited.code.value_or(0));
  if (exited.lifetime_ns) how += " after " + render::human_duration(*exited.lifetime_ns);
  return how;
}

}  // namespace

follow::CallStatus status_of(const follow::SyscallDone& call) {
  if (!call.ret) return follow::CallStatus::unfinished;
  return call.error_number != 0 ? follow::CallStatus::failed : follow::CallStatus::successful;
}

std::string_view EventLine::mark() const {
  if (kind != follow::EventKind::syscall) return follow::event_kind_name(kind);
  std::string_view call(text);
  if (call.starts_with('[')) call.remove_prefix(call.find(' ') + 1);  // "[4712] ", of another thread
  return call.substr(0, call.find('('));
}

EventItem make_item(const follow::Event& event) {
  EventItem item;
  EventLine& line = item.line;
  line = {.t_ns = event.t_ns,
          .pid = event.pid,
          .depth = event.depth,
          .ink = std::visit(InkOf{}, event.what),
          .text = render::event_line(event),
          .kind = follow::event_kind(event.what)};
  line.text.resize(clip(line.text, longest_line).size());
  line.text.shrink_to_fit();
  if (const auto* call = std::get_if<follow::SyscallDone>(&event.what)) {
    line.status = status_of(*call);
    line.number = static_cast<std::int32_t>(call->number.nr);
    line.arch = call->number.arch;
    if (line.status == follow::CallStatus::failed) line.ink = Ink::warning;
  } else if (const auto* signalled = std::get_if<follow::Signalled>(&event.what)) {
    line.number = signalled->signal;
  } else if (const auto* exited = std::get_if<follow::Exited>(&event.what)) {
    item.end = end_of(*exited);
  }
  return item;
}

}  // namespace ptop::app
