// Structures that several families use. The others are beside their calls.
#pragma once

#include "structure.hpp"

namespace ptop::decode {

// struct timespec and timeval as the caller's long has them; of 64-bit callers the same as __kernel_timespec.
inline constexpr Member timespec_members[] = {sword("tv_sec"), uword("tv_nsec")};
inline constexpr Structure timespec{timespec_members};
inline constexpr Member timeval_members[] = {sword("tv_sec"), uword("tv_usec")};
inline constexpr Structure timeval{timeval_members};

// include/uapi/asm-generic/siginfo.h, struct sigevent.
extern const Structure sigevent;

}  // namespace ptop::decode
