// What siginfo's si_code says about where a signal came from.
#pragma once

#include <string_view>

namespace ptop::render {

struct SignalCode {
  std::string_view name;  ///< "SI_USER", "SEGV_MAPERR"; "" when unknown
  std::string_view word;  ///< for people: "kill", "address not mapped"; "" when unknown
};

/// Codes above 0 mean something else for each signal (sigaction(2)).
SignalCode signal_code(int signal, int code);

}  // namespace ptop::render
