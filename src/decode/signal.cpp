// Signals: numbers, sets, dispositions, alternate stacks.
#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

// The kernel's struct sigaction, arch/x86/include/uapi/asm/signal.h: not glibc's.
struct KernelSigaction {
  std::uint64_t handler, flags, restorer, mask;
};

// The same of 32-bit callers: struct compat_sigaction, include/linux/compat.h.
struct KernelSigaction32 {
  std::uint32_t handler, flags, restorer, mask[2];
};
// Of sigaction(2): struct compat_old_sigaction.
struct KernelOldSigaction {
  std::uint32_t handler, mask, flags, restorer;
};

constexpr Member stack_members[] = {pointer("ss_sp"), u32("ss_flags").flags(altstack_flags),
                                    uword("ss_size")};
constexpr Structure stack{stack_members};

constexpr std::uint64_t sigset_size = 8;
constexpr unsigned old_signals = 32;
constexpr std::uint64_t sa_restorer = 0x04000000;

// Words without decoration: SIG_DFL, SIG_IGN, or the handler's address.
Decoded handler(std::uint64_t value) {
  if (value == 0) return {Symbol{0, "SIG_DFL", {}}};
  if (value == 1) return {Symbol{1, "SIG_IGN", {}}};
  if (value == ~std::uint64_t{0}) return {Symbol{-1, "SIG_ERR", {}}};
  return make_address(value);
}

std::optional<KernelSigaction> sigaction_at(Context& context, std::uint64_t address) {
  if (context.word_size() == 8) return context.object<KernelSigaction>(address);
  const auto a = context.object<KernelSigaction32>(address);
  if (!a) return std::nullopt;
  const std::uint64_t mask = a->mask[0] | static_cast<std::uint64_t>(a->mask[1]) << 32;
  return KernelSigaction{a->handler, a->flags, a->restorer, mask};
}

Decoded action_record(Arena& arena, const KernelSigaction& action, unsigned signals) {
  RecordBuilder record(arena, 4);
  record.add("sa_handler", handler(action.handler));
  record.add("sa_mask", make_signal_set(arena, action.mask, signals));
  record.add("sa_flags", {make_flags(arena, action.flags, sigaction_flags)});
  if ((action.flags & sa_restorer) != 0) record.add("sa_restorer", make_address(action.restorer));
  return record.done();
}

}  // namespace

Decoded decode_signal(Context&, const Argument&, std::uint64_t number) {
  return make_signal(number & 0xffffffff);
}

// The signal that came: (SIGUSR1).
std::span<const Field> detail_of_sigtimedwait(Context& context) {
  if (context.failed()) return {};
  const auto signal = make_signal(static_cast<std::uint64_t>(context.result()->value));
  return RecordBuilder(context.arena(), 1).add("", signal).fields();
}

Decoded make_signal_set_of(Context& context, std::uint64_t address, std::uint64_t size) {
  std::uint64_t mask = 0;
  const bool known = size >= context.word_size() && size <= sigset_size;
  const auto bytes = std::as_writable_bytes(std::span(&mask, 1));
  if (!known || address == 0 || !context.read(address, bytes.first(static_cast<std::size_t>(size))))
    return make_unread(address);
  return make_signal_set(context.arena(), mask, size <= 4 ? old_signals : 64);
}

// The kernel refuses any size but 8 before it looks at the set.
Decoded decode_signal_set(Context& context, const Argument& argument, std::uint64_t address) {
  return make_signal_set_of(context, address, context.arg(argument.length.index));
}

// rt_sigpending(2) writes as much of the set as the caller has room for.
Decoded decode_pending_signals(Context& context, const Argument& argument, std::uint64_t address) {
  const std::uint64_t size = context.arg(argument.length.index);
  std::uint64_t mask = 0;
  const auto bytes = std::as_writable_bytes(std::span(&mask, 1));
  if (size == 0 || size > sigset_size || !context.read(address, bytes.first(static_cast<std::size_t>(size))))
    return make_unread(address);
  return make_signal_set(context.arena(), mask);
}

// What the handler's frame says will be the mask again: uc_sigmask of struct ucontext, which the stack
// pointer points to (arch/x86/include/uapi/asm/ucontext.h, struct sigcontext of 256 bytes). Of i386 it lies
// above return address, signal number, two pointers and siginfo_t, of which the first is gone
// (arch/x86/include/asm/sigframe.h, struct rt_sigframe_ia32).
Decoded decode_restored_mask(Context& context, const Argument&, std::uint64_t) {
  constexpr std::uint64_t mask_offset = 8 + 8 + 24 + 256, mask_offset32 = 3 * 4 + 128 + 4 + 4 + 12 + 88;
  const std::uint64_t top = context.stack_pointer();
  const std::uint64_t at = top + (context.abi() == Abi::ilp32 ? mask_offset32 : mask_offset);
  const auto mask = top == 0 ? std::nullopt : context.object<std::uint64_t>(at);
  return RecordBuilder(context.arena(), 1)
      .add("mask", mask ? make_signal_set(context.arena(), *mask) : make_unread(at))
      .done();
}

// struct sigframe_ia32: the first half of the mask is oldmask of struct sigcontext, the other one follows the
// room for floating point registers. Return address and signal number are gone.
Decoded decode_restored_old_mask(Context& context, const Argument&, std::uint64_t) {
  constexpr std::uint64_t first_half = 80, second_half = 88 + 624;
  const std::uint64_t top = context.stack_pointer();
  const auto low = top == 0 ? std::nullopt : context.object<std::uint32_t>(top + first_half);
  const auto high = context.object<std::uint32_t>(top + second_half);
  if (!low || !high) return make_unread(top);
  const std::uint64_t mask = *low | static_cast<std::uint64_t>(*high) << 32;
  return RecordBuilder(context.arena(), 1).add("mask", make_signal_set(context.arena(), mask)).done();
}

Decoded decode_sigaction(Context& context, const Argument&, std::uint64_t address) {
  const auto action = sigaction_at(context, address);
  return action ? action_record(context.arena(), *action, 64) : make_unread(address);
}

Decoded decode_old_sigaction(Context& context, const Argument&, std::uint64_t address) {
  const auto a = context.object<KernelOldSigaction>(address);
  if (!a) return make_unread(address);
  return action_record(context.arena(), {a->handler, a->flags, a->restorer, a->mask}, old_signals);
}

Decoded decode_old_signal_set(Context& context, const Argument&, std::uint64_t address) {
  const auto mask = context.object<std::uint32_t>(address);
  return mask ? make_signal_set(context.arena(), *mask, old_signals) : make_unread(address);
}

Decoded decode_signal_mask(Context& context, const Argument&, std::uint64_t mask) {
  return make_signal_set(context.arena(), mask & UINT32_MAX, old_signals);
}
std::span<const Field> detail_of_signal_mask(Context& context) {
  if (context.failed()) return {};
  const auto mask = static_cast<std::uint32_t>(context.result()->value);
  return make_detail(context.arena(), make_signal_set(context.arena(), mask, old_signals), "mask");
}

std::span<const Field> detail_of_old_signal_mask(Context& context) {
  if (context.failed()) return {};
  const auto mask = static_cast<std::uint32_t>(context.result()->value);
  return make_detail(context.arena(), make_signal_set(context.arena(), mask, old_signals), "old mask");
}

// signal(2): what is to be done, and what was done before.
Decoded decode_handler(Context&, const Argument&, std::uint64_t value) {
  return handler(static_cast<std::uint32_t>(value));
}
Decoded decode_handler_result(Context& context) {
  return make_unsigned(static_cast<std::uint32_t>(context.result()->value), Base::hex);
}
std::span<const Field> detail_of_signal(Context& context) {
  if (context.failed()) return {};
  const Decoded before = handler(static_cast<std::uint32_t>(context.result()->value));
  if (!std::holds_alternative<Symbol>(before.what)) return {};
  return make_detail(context.arena(), before);
}

Decoded decode_sigaltstack(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, stack, address);
}

}  // namespace ptop::decode
