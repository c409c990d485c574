// What came with a signal: sigaction(2), "The siginfo_t argument to a SA_SIGINFO handler".
#pragma once

#include <csignal>

#include "ptop/decode/decoder.hpp"

namespace ptop::decode {

/// A record with the members that si_signo and si_code give a meaning to. Valid as long as `arena`'s trees
/// are.
Decoded decode_siginfo(const siginfo_t& info, Arena& arena, const Options& options = {});

}  // namespace ptop::decode
