// Times: timespec, timeval, interval timers, what is left of a sleep.
#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"

namespace ptop::decode {
namespace {

// struct __kernel_timespec and, with microseconds in the second word, the 64-bit timeval.
struct KernelTime {
  std::int64_t seconds, fraction;
};
struct KernelInterval {
  KernelTime interval, value;
};

constexpr std::int64_t eintr = 4, erestart_restartblock = 516;

Decoded time_record(Arena& arena, const KernelTime& t, std::string_view fraction) {
  return RecordBuilder(arena, 2)
      .add("tv_sec", make_signed(t.seconds))
      .add(fraction, make_signed(t.fraction))
      .done();
}

// utimensat(2): two nanosecond values that are no time.
Decoded file_time(Arena& arena, const KernelTime& t) {
  constexpr std::int64_t utime_now = 0x3fffffff, utime_omit = 0x3ffffffe;  // include/linux/stat.h
  if (t.fraction == utime_now) return {Symbol{t.fraction, "UTIME_NOW", {}}};
  if (t.fraction == utime_omit) return {Symbol{t.fraction, "UTIME_OMIT", {}}};
  return time_record(arena, t, "tv_nsec");
}

Decoded read_time(Context& context, std::uint64_t address, std::string_view fraction) {
  const auto t = context.object<KernelTime>(address);
  return t ? time_record(context.arena(), *t, fraction) : make_unread(address);
}

Decoded read_interval(Context& context, std::uint64_t address, std::string_view fraction) {
  const auto timer = context.object<KernelInterval>(address);
  if (!timer) return make_unread(address);
  return RecordBuilder(context.arena(), 2)
      .add("it_interval", time_record(context.arena(), timer->interval, fraction))
      .add("it_value", time_record(context.arena(), timer->value, fraction))
      .done();
}

}  // namespace

Decoded decode_timespec(Context& context, const Argument&, std::uint64_t address) {
  return read_time(context, address, "tv_nsec");
}
Decoded decode_timeval(Context& context, const Argument&, std::uint64_t address) {
  return read_time(context, address, "tv_usec");
}
Decoded decode_itimerval(Context& context, const Argument&, std::uint64_t address) {
  return read_interval(context, address, "tv_usec");
}
Decoded decode_itimerspec(Context& context, const Argument&, std::uint64_t address) {
  return read_interval(context, address, "tv_nsec");
}

Decoded decode_timespec_pair(Context& context, const Argument&, std::uint64_t address) {
  const auto pair = context.object<std::array<KernelTime, 2>>(address);
  if (!pair) return make_unread(address);
  auto items = context.arena().array<Decoded>(2);
  items[0] = file_time(context.arena(), (*pair)[0]);
  items[1] = file_time(context.arena(), (*pair)[1]);
  return {List{items}};
}

// The kernel writes it only when a signal ended the sleep.
Decoded decode_time_left(Context& context, const Argument& argument, std::uint64_t address) {
  const auto value = context.result()->value;
  if (value == -eintr || value == -erestart_restartblock) return decode_timespec(context, argument, address);
  return make_address(address);
}

}  // namespace ptop::decode
