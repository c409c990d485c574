// Signals: numbers, sets, dispositions, alternate stacks.
#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"

namespace ptop::decode {
namespace {

// The kernel's struct sigaction, arch/x86/include/uapi/asm/signal.h: not glibc's.
struct KernelSigaction {
  std::uint64_t handler, flags, restorer, mask;
};

// stack_t, 64 bit.
struct KernelStack {
  std::uint64_t sp;
  std::int32_t flags, pad;
  std::uint64_t size;
};

constexpr std::uint64_t sigset_size = 8;
constexpr std::uint64_t sa_restorer = 0x04000000;

// Words without decoration: SIG_DFL, SIG_IGN, or the handler's address.
Decoded handler(std::uint64_t value) {
  if (value == 0) return {Symbol{0, "SIG_DFL", {}}};
  if (value == 1) return {Symbol{1, "SIG_IGN", {}}};
  if (value == ~std::uint64_t{0}) return {Symbol{-1, "SIG_ERR", {}}};
  return make_address(value);
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

Decoded decode_signal_set(Context& context, const Argument& argument, std::uint64_t address) {
  // Any other size is refused by the kernel with EINVAL before it looks at the set.
  if (context.arg(argument.length.index) != sigset_size) return make_unread(address);
  const auto mask = context.object<std::uint64_t>(address);
  return mask ? make_signal_set(context.arena(), *mask) : make_unread(address);
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
// pointer points to (arch/x86/include/uapi/asm/ucontext.h, struct sigcontext of 256 bytes).
Decoded decode_restored_mask(Context& context, const Argument&, std::uint64_t) {
  constexpr std::uint64_t mask_offset = 8 + 8 + 24 + 256;
  const std::uint64_t stack = context.stack_pointer();
  const auto mask = stack == 0 ? std::nullopt : context.object<std::uint64_t>(stack + mask_offset);
  if (!mask) return make_unread(stack);
  return RecordBuilder(context.arena(), 1).add("mask", make_signal_set(context.arena(), *mask)).done();
}

Decoded decode_sigaction(Context& context, const Argument&, std::uint64_t address) {
  const auto action = context.object<KernelSigaction>(address);
  if (!action) return make_unread(address);
  Arena& arena = context.arena();
  RecordBuilder record(arena, 4);
  record.add("sa_handler", handler(action->handler)).add("sa_mask", make_signal_set(arena, action->mask));
  record.add("sa_flags", {make_flags(arena, action->flags, sigaction_flags)});
  if ((action->flags & sa_restorer) != 0) record.add("sa_restorer", make_address(action->restorer));
  return record.done();
}

Decoded decode_sigaltstack(Context& context, const Argument&, std::uint64_t address) {
  const auto stack = context.object<KernelStack>(address);
  if (!stack) return make_unread(address);
  const auto flags = static_cast<std::uint32_t>(stack->flags);
  return RecordBuilder(context.arena(), 3)
      .add("ss_sp", make_address(stack->sp))
      .add("ss_flags", {make_flags(context.arena(), flags, altstack_flags)})
      .add("ss_size", make_unsigned(stack->size))
      .done();
}

}  // namespace ptop::decode
