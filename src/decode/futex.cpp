// Futexes: which of the six arguments an operation has, the packed operation of FUTEX_WAKE_OP, vectors.
#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/futex.h; without FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME
enum FutexOperation : std::uint32_t {
  futex_wait = 0,
  futex_wake = 1,
  futex_fd = 2,
  futex_requeue = 3,
  futex_cmp_requeue = 4,
  futex_wake_op = 5,
  futex_lock_pi = 6,
  futex_unlock_pi = 7,
  futex_trylock_pi = 8,
  futex_wait_bitset = 9,
  futex_wake_bitset = 10,
  futex_wait_requeue_pi = 11,
  futex_cmp_requeue_pi = 12,
  futex_lock_pi2 = 13,
};

std::uint32_t operation(const Args& args) { return static_cast<std::uint32_t>(args[1]) & 0x7f; }

// FUTEX_OP_OPARG_SHIFT<<28|FUTEX_OP_ADD<<28|0x123<<12|FUTEX_OP_CMP_GE<<24|0x456
Decoded wake_operation(Arena& arena, std::uint32_t value) {
  const auto part = [&](std::uint32_t number, const Table& table, int shift) {
    const std::string_view name = std::get<Symbol>(make_symbol(number, table).what).name;
    return name.empty() ? make_word(arena, 0, "{:#x}<<{} /* {} */", number, shift, table.family)
                        : make_word(arena, 0, "{}<<{}", name, shift);
  };
  const Decoded operation = part(value >> 28 & 7, futex_wake_operations, 28);
  const Decoded comparison = part(value >> 24 & 15, futex_wake_comparisons, 24);
  const auto hex = [](std::uint32_t v) { return v == 0 ? std::string("0") : fmt::format("{:#x}", v); };
  return make_word(arena, value, "{}{}|{}<<12|{}|{}", value >> 31 != 0 ? "FUTEX_OP_OPARG_SHIFT<<28|" : "",
                   std::get<Word>(operation.what).text, hex(value >> 12 & 0xfff),
                   std::get<Word>(comparison.what).text, hex(value & 0xfff));
}

bool is_reserved_set(const Instance& whole) { return whole.value(3) != 0; }
constexpr Member waiter_members[] = {u64("val").hex(), pointer64("uaddr"),
                                     u32("flags").flags(futex_waiter_flags),
                                     u32("__reserved").hex().when(is_reserved_set)};
constexpr Structure waiter{waiter_members};

}  // namespace

// Unlocking and trying need no value, nor does locking.
bool futex_has_value(const Args& args) {
  switch (operation(args)) {
    case futex_lock_pi:
    case futex_lock_pi2:
    case futex_unlock_pi:
    case futex_trylock_pi:
      return false;
    default:
      return true;
  }
}

bool futex_has_timeout(const Args& args) {
  switch (operation(args)) {
    case futex_wake:
    case futex_fd:
    case futex_wake_bitset:
    case futex_unlock_pi:
    case futex_trylock_pi:
      return false;
    default:
      return true;
  }
}

bool futex_has_second(const Args& args) {
  switch (operation(args)) {
    case futex_wait:
    case futex_wake:
    case futex_fd:
    case futex_wait_bitset:
    case futex_wake_bitset:
    case futex_lock_pi:
    case futex_lock_pi2:
    case futex_unlock_pi:
    case futex_trylock_pi:
      return false;
    default:
      return true;
  }
}

bool futex_has_val3(const Args& args) {
  switch (operation(args)) {
    case futex_wait_bitset:
    case futex_wake_bitset:
    case futex_cmp_requeue:
    case futex_cmp_requeue_pi:
    case futex_wake_op:
      return true;
    default:
      return operation(args) > futex_lock_pi2;
  }
}

// The fourth argument is a time to wait, or for the requeueing operations a second number.
Decoded decode_futex_timeout(Context& context, const Argument& argument, std::uint64_t value) {
  const std::uint32_t asked = operation({context.arg(0), context.arg(1)});
  if (asked > futex_lock_pi2) return make_unread(value);  // nobody knows what it points to
  switch (asked) {
    case futex_requeue:
    case futex_cmp_requeue:
    case futex_cmp_requeue_pi:
    case futex_wake_op:
      return make_unsigned(value & 0xffffffff);
    default:
      return decode_timespec(context, argument, value);
  }
}

Decoded decode_futex_val3(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t any = 0xffffffff;
  const std::uint64_t low = value & any;
  switch (operation({context.arg(0), context.arg(1)})) {
    case futex_wait_bitset:
    case futex_wake_bitset:
      return low == any ? Decoded{Symbol{-1, "FUTEX_BITSET_MATCH_ANY", {}}} : make_unsigned(low, Base::hex);
    case futex_cmp_requeue:
    case futex_cmp_requeue_pi:
      return make_unsigned(low);
    case futex_wake_op:
      return wake_operation(context.arena(), static_cast<std::uint32_t>(low));
    default:
      return make_unsigned(low, Base::hex);
  }
}

Decoded decode_futex_waiters(Context& context, const Argument& argument, std::uint64_t address) {
  return make_futex_waiters(context, address,
                            static_cast<std::uint32_t>(length_of(context, argument.length)));
}

Decoded make_futex_waiters(Context& context, std::uint64_t address, std::uint64_t count) {
  return make_structures(context, waiter, address, count);
}
// futex_requeue(2): from and to.
Decoded decode_futex_pair(Context& context, const Argument&, std::uint64_t address) {
  return make_structures(context, waiter, address, 2);
}

}  // namespace ptop::decode
