// Structures that several families use. The others are beside their calls.
#pragma once

#include "structure.hpp"

namespace ptop::decode {

// struct timespec and timeval as the caller's long has them; 32 bits of i386.
inline constexpr Member timespec_members[] = {sword("tv_sec"), uword("tv_nsec")};
inline constexpr Structure timespec{timespec_members};
inline constexpr Member timeval_members[] = {sword("tv_sec"), uword("tv_usec")};
inline constexpr Structure timeval{timeval_members};
// struct __kernel_timespec, and a timeval of as many bits.
inline constexpr Member timespec64_members[] = {s64("tv_sec"), u64("tv_nsec")};
inline constexpr Structure timespec64{timespec64_members};
inline constexpr Member timeval64_members[] = {s64("tv_sec"), u64("tv_usec")};
inline constexpr Structure timeval64{timeval64_members};
/// Of the call that is decoded.
inline const Structure& timespec_of(const Context& context) {
  return context.wide_times() ? timespec64 : timespec;
}

// include/uapi/asm-generic/siginfo.h, struct sigevent.
extern const Structure sigevent;

}  // namespace ptop::decode
