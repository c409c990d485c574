// What sending a signal comes to, for whoever chooses one.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "act_port.hpp"

namespace ptop::app {

/// What the kernel does with a signal that the process decided nothing about: signal(7).
enum class SignalDefault : std::uint8_t { end, core, stop, go_on, nothing };
std::string_view default_name(SignalDefault what);  ///< "ends", "core dump"

struct SignalWords {
  int signal;
  SignalDefault by_default;
  std::string_view words;
};
/// In the order of a menu: those people send first, the others by number, at last the real-time ones.
std::span<const SignalWords> sendable_signals();

/// "SIGTERM"; a real-time signal as kill(1) lists it, counted from the C library's nearer end: "SIGRTMIN+2".
std::string signal_label(int signal);
/// What the process does with it: "caught", "ignored", "blocked"; "": the default.
std::string_view use_name(const SignalUse& use, int signal);

}  // namespace ptop::app
