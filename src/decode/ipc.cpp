// System V IPC and futexes.
#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"

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

}  // namespace

Decoded decode_ipc_key(Context&, const Argument&, std::uint64_t key) {
  const auto low = key & 0xffffffff;
  return low == 0 ? make_symbol(0, ipc_private) : make_unsigned(low, Base::hex);
}

// Flags above, permissions in the low nine bits.
Decoded decode_ipc_flags(Context& context, const Argument& argument, std::uint64_t flags) {
  FlagNames names = make_flags(context.arena(), flags & 0xffffffff, *argument.table);
  if (names.names.empty()) return make_unsigned(names.rest, Base::octal);
  names.rest_base = Base::octal;
  return {names};
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
  switch (operation({context.arg(0), context.arg(1)})) {
    case futex_requeue:
    case futex_cmp_requeue:
    case futex_cmp_requeue_pi:
    case futex_wake_op:
      return make_unsigned(value & 0xffffffff);
    default:
      return decode_timespec(context, argument, value);
  }
}

}  // namespace ptop::decode
