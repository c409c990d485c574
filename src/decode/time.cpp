// Times: timespec, timeval, interval timers, what is left of a sleep.
#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "structures.hpp"

namespace ptop::decode {
namespace {

constexpr std::int64_t eintr = 4, erestart_restartblock = 516;

constexpr Member itimerval_members[] = {nested("it_interval", timeval), nested("it_value", timeval)};
constexpr Structure itimerval{itimerval_members};
constexpr Member itimerspec_members[] = {nested("it_interval", timespec), nested("it_value", timespec)};
constexpr Structure itimerspec{itimerspec_members};

// utimensat(2): two nanosecond values that are no time.
Decoded file_time(Context& context, std::uint64_t address) {
  constexpr std::int64_t utime_now = 0x3fffffff, utime_omit = 0x3ffffffe;  // include/linux/stat.h
  const auto words = context.object<std::array<std::int64_t, 2>>(address);
  if (!words) return {};
  const std::int64_t nanoseconds = (*words)[1];
  if (nanoseconds == utime_now) return {Symbol{nanoseconds, "UTIME_NOW", {}}};
  if (nanoseconds == utime_omit) return {Symbol{nanoseconds, "UTIME_OMIT", {}}};
  return make_structure(context, timespec, address);
}

}  // namespace

Decoded decode_timespec(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, timespec, address);
}
Decoded decode_timeval(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, timeval, address);
}
Decoded decode_itimerval(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, itimerval, address);
}
Decoded decode_itimerspec(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, itimerspec, address);
}

Decoded decode_timespec_pair(Context& context, const Argument&, std::uint64_t address) {
  return make_list(context, address, 2, size_of(timespec, context.abi()),
                   [&](std::uint64_t at) { return file_time(context, at); });
}

// The kernel writes it only when a signal ended the sleep.
Decoded decode_time_left(Context& context, const Argument& argument, std::uint64_t address) {
  const auto value = context.result()->value;
  if (value == -eintr || value == -erestart_restartblock) return decode_timespec(context, argument, address);
  return make_address(address);
}

}  // namespace ptop::decode
