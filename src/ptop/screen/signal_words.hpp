// What sending a signal comes to, for whoever chooses one.
#pragma once

#include <span>
#include <string_view>

namespace ptop::app {

struct SignalWords {
  int signal;
  std::string_view words;
};
/// In the order of a menu: those people send first, then all by number.
std::span<const SignalWords> sendable_signals();

}  // namespace ptop::app
