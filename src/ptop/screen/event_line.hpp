// One event as the screen keeps it. What an event points to is gone after Sink::on, so lines are made there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ptop/follow/event.hpp"
#include "ptop/follow/filter.hpp"
#include "surface.hpp"

namespace ptop::app {

struct EventLine {
  std::uint64_t t_ns = 0;
  Pid pid;
  std::uint32_t depth = 0;
  Ink ink = Ink::plain;
  std::string text;  ///< escaped
  follow::EventKind kind = follow::EventKind::note;
  follow::CallStatus status = follow::CallStatus::successful;  ///< of a system call
  std::int32_t number = 0;                                     ///< of a system call, or of a signal
  decode::Arch arch = decode::machine_arches().front();        ///< of a system call

  /// What it takes of the memory for the history.
  std::size_t bytes() const { return sizeof *this + text.capacity(); }
  /// The call's name, or what the event is called: "openat", "exec".
  std::string_view mark() const;
};

struct EventItem {
  EventLine line;
  std::string end;  ///< of an exit: "exit 3 after 12ms"
};

/// Text and numbers; nothing of the event is borrowed.
EventItem make_item(const follow::Event& event);

follow::CallStatus status_of(const follow::SyscallDone& call);

}  // namespace ptop::app
