// Times: timespec, timeval, interval timers, what is left of a sleep, dates of files, the clock's discipline.
#include <ctime>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structures.hpp"

namespace ptop::decode {
namespace {

constexpr std::int64_t eintr = 4, erestart_restartblock = 516;

constexpr Member itimerval_members[] = {nested("it_interval", timeval), nested("it_value", timeval)};
constexpr Structure itimerval{itimerval_members};
constexpr Member itimerspec_members[] = {nested("it_interval", timespec), nested("it_value", timespec)};
constexpr Structure itimerspec{itimerspec_members};
constexpr Member itimerspec64_members[] = {nested("it_interval", timespec64), nested("it_value", timespec64)};
constexpr Structure itimerspec64{itimerspec64_members};
constexpr Member timezone_members[] = {s32("tz_minuteswest"), s32("tz_dsttime")};
constexpr Structure timezone{timezone_members};
constexpr Member tms_members[] = {uword("tms_utime"), uword("tms_stime"), uword("tms_cutime"),
                                  uword("tms_cstime")};
constexpr Structure tms{tms_members};

Decoded show_date(Context& context, const Member&, std::uint64_t value, const Instance&) {
  const auto seconds = static_cast<std::int64_t>(value);
  return make_dated(context.arena(), make_signed(seconds), seconds);
}
constexpr Member utimbuf_members[] = {sword("actime").shown_by(show_date),
                                      sword("modtime").shown_by(show_date)};
constexpr Structure utimbuf{utimbuf_members};

// include/uapi/linux/timex.h, struct __kernel_timex.
Decoded show_timex_modes(Context& context, const Member&, std::uint64_t value, const Instance&) {
  constexpr std::uint64_t single_shot = 0x8001, single_shot_read = 0xa001;
  if (value == single_shot || value == single_shot_read) return make_symbol(value, timex_modes);
  return {make_flags(context.arena(), value, timex_modes)};
}
constexpr Member timex_members[] = {
    u32("modes").shown_by(show_timex_modes),
    sword("offset"),
    sword("freq"),
    uword("maxerror"),
    uword("esterror"),
    s32("status").flags(timex_states),
    sword("constant"),
    uword("precision"),
    uword("tolerance"),
    nested("time", timeval),
    uword("tick"),
    sword("ppsfreq"),
    sword("jitter"),
    s32("shift"),
    sword("stabil"),
    sword("jitcnt"),
    sword("calcnt"),
    sword("errcnt"),
    sword("stbcnt"),
    s32("tai"),
    pad(44),
};
constexpr Structure timex{timex_members};
constexpr Member timex64_members[] = {
    u32("modes").shown_by(show_timex_modes),
    s64("offset"),
    s64("freq"),
    u64("maxerror"),
    u64("esterror"),
    s32("status").flags(timex_states),
    s64("constant"),
    u64("precision"),
    u64("tolerance"),
    nested("time", timeval64),
    u64("tick"),
    s64("ppsfreq"),
    s64("jitter"),
    s32("shift"),
    s64("stabil"),
    s64("jitcnt"),
    s64("calcnt"),
    s64("errcnt"),
    s64("stbcnt"),
    s32("tai"),
    pad(44),
};
constexpr Structure timex64{timex64_members};

bool sigevent_has_value(const Instance& whole) { return whole.value(0) != 0; }
bool notifies_thread_id(const Instance& whole) { return whole.value(2) == 4; }
bool notifies_by_thread(const Instance& whole) { return whole.value(2) == 2; }

// The number is a signal only where one is sent.
Decoded show_sigevent_signal(Context&, const Member&, std::uint64_t value, const Instance& whole) {
  constexpr std::uint64_t by_signal = 0, by_thread = 2, to_thread = 4;
  const std::uint64_t notify = whole.value(2);
  if (notify == by_signal || notify == by_thread || notify == to_thread) return make_signal(value);
  return make_signed(static_cast<std::int64_t>(value));
}
Decoded show_sigval(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return RecordBuilder(context.arena(), 2)
      .add("sival_int", make_signed(static_cast<std::int32_t>(value)))
      .add("sival_ptr", make_address(value))
      .done();
}
constexpr Member sigevent_members[] = {
    uword("sigev_value").shown_by(show_sigval).when(sigevent_has_value),
    s32("sigev_signo").shown_by(show_sigevent_signal),
    u32("sigev_notify").symbol(sigevent_kinds),
    s32("sigev_notify_thread_id").when(notifies_thread_id),
    pointer("sigev_notify_function").overlaid().when(notifies_by_thread),
    pointer("sigev_notify_attributes").when(notifies_by_thread),
};

constexpr std::int64_t utime_now = 0x3fffffff, utime_omit = 0x3ffffffe;  // include/linux/stat.h

// utimensat(2): two nanosecond values that are no time.
Decoded nanosecond_time(Context& context, std::uint64_t address) {
  const auto words =
      context.wide_times() ? context.object<std::array<std::int64_t, 2>>(address) : context.longs<2>(address);
  if (!words) return {};
  const auto [seconds, nanoseconds] = *words;
  if (nanoseconds == utime_now) return {Symbol{nanoseconds, "UTIME_NOW", {}}};
  if (nanoseconds == utime_omit) return {Symbol{nanoseconds, "UTIME_OMIT", {}}};
  return make_dated(context.arena(), make_structure(context, timespec_of(context), address), seconds,
                    static_cast<std::uint64_t>(nanoseconds));
}

Decoded microsecond_time(Context& context, std::uint64_t address) {
  const auto words = context.longs<2>(address);
  if (!words) return {};
  return make_dated(context.arena(), make_structure(context, timeval, address), (*words)[0],
                    static_cast<std::uint64_t>((*words)[1]), 6);
}

// Access and modification; with half of them the kernel does nothing.
template <class One>
Decoded pair_of_times(Context& context, std::uint64_t address, const Structure& time, One one) {
  const std::size_t size = size_of(time, context.abi());
  auto bytes = context.arena().array<std::byte>(2 * size);
  if (address == 0 || !context.read(address, bytes)) return make_unread(address);
  auto items = context.arena().array<Decoded>(2);
  items[0] = one(context, address), items[1] = one(context, address + size);
  return {List{items}};
}

}  // namespace

const Structure sigevent{sigevent_members};

Decoded make_dated(Arena& arena, const Decoded& value, std::int64_t seconds, std::uint64_t fraction,
                   int digits) {
  const std::uint64_t limit = digits == 6 ? 1'000'000 : 1'000'000'000;
  if ((seconds == 0 && fraction == 0) || fraction >= limit) return value;
  const std::time_t time = seconds;
  std::tm local{};
  if (::localtime_r(&time, &local) == nullptr) return value;
  std::array<char, 64> day{}, zone{};
  std::strftime(day.data(), day.size(), "%FT%T", &local);
  std::strftime(zone.data(), zone.size(), "%z", &local);
  const auto text = fraction == 0
                        ? make_word(arena, 0, "{}{}", day.data(), zone.data())
                        : make_word(arena, 0, "{}.{:0{}}{}", day.data(), fraction, digits, zone.data());
  return make_remarked(arena, value, std::get<Word>(text.what).text);
}

Decoded decode_timespec(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, timespec_of(context), address);
}
Decoded decode_timeval(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, timeval, address);
}
Decoded decode_timezone(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, timezone, address);
}
Decoded decode_itimerval(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, itimerval, address);
}
Decoded decode_itimerspec(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, context.wide_times() ? itimerspec64 : itimerspec, address);
}
Decoded decode_tms(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, tms, address);
}
Decoded decode_utimbuf(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, utimbuf, address);
}
Decoded decode_timex(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, context.wide_times() ? timex64 : timex, address);
}
Decoded decode_sigevent(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, sigevent, address);
}
Decoded decode_timespec_pair(Context& context, const Argument&, std::uint64_t address) {
  return pair_of_times(context, address, timespec_of(context), nanosecond_time);
}
Decoded decode_timeval_pair(Context& context, const Argument&, std::uint64_t address) {
  return pair_of_times(context, address, timeval, microsecond_time);
}

// The kernel writes it only when a signal ended the sleep.
Decoded decode_time_left(Context& context, const Argument& argument, std::uint64_t address) {
  const auto value = context.result()->value;
  if (value == -eintr || value == -erestart_restartblock) return decode_timespec(context, argument, address);
  return make_address(address);
}

Decoded decode_time_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto seconds = context.longs<1>(address);
  if (!seconds) return make_unread(address);
  const Decoded date = make_dated(context.arena(), make_signed(seconds->front()), seconds->front());
  return {List{{context.arena().node(date), 1}}};
}

// The same moment as a date: (2026-11-22T22:50:27+0000).
std::span<const Field> detail_of_time(Context& context) {
  if (context.failed()) return {};
  const Decoded dated = make_dated(context.arena(), Decoded{}, context.result()->value);
  const auto* remarked = std::get_if<Remarked>(&dated.what);
  if (remarked == nullptr) return {};
  return make_detail(context.arena(), {Word{remarked->remark, 0}});
}

std::span<const Field> detail_of_adjtimex(Context& context) {
  if (context.failed()) return {};
  const Decoded state = make_symbol(static_cast<std::uint64_t>(context.result()->value), timex_results);
  if (std::get<Symbol>(state.what).name.empty()) return {};
  return make_detail(context.arena(), state);
}

// include/linux/posix-timers.h of the kernel: a clock of a task or of a descriptor is the inverted number
// with the kind in the low three bits.
Decoded decode_clock(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::array<std::string_view, 4> kinds{"CPUCLOCK_PROF", "CPUCLOCK_VIRT", "CPUCLOCK_SCHED",
                                                  "CLOCKFD"};
  const auto clock = static_cast<std::int32_t>(value);
  if (clock >= 0) return make_symbol(value & 0xffffffff, clocks);
  Arena& arena = context.arena();
  const std::int32_t whose = ~(clock >> 3);
  const auto kind = static_cast<std::size_t>(clock & 3);
  const bool of_thread = (clock & 4) != 0;
  if (kind == 3 && of_thread) return make_symbol(value & 0xffffffff, clocks);
  const Decoded meaning = kind == 3 ? make_word(arena, 0, "FD_TO_CLOCKID({})", whose)
                                    : make_word(arena, 0, "MAKE_{}_CPUCLOCK({}, {})",
                                                of_thread ? "THREAD" : "PROCESS", whose, kinds[kind]);
  return make_remarked(arena, make_unsigned(value & 0xffffffff, Base::hex),
                       std::get<Word>(meaning.what).text);
}

}  // namespace ptop::decode
