// One call at its two stops: finds the row, and has each argument decoded when its value is there.
#include "ptop/decode/decoder.hpp"

#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "i386.hpp"

namespace ptop::decode {
namespace {

constexpr std::array<std::string_view, 6> unknown_names{"arg1", "arg2", "arg3", "arg4", "arg5", "arg6"};

std::span<Field> unknown_arguments(const RawCall& raw, Arena& arena) {
  auto fields = arena.array<Field>(raw.args.size());
  for (std::size_t i = 0; i < raw.args.size(); ++i) {
    fields[i] = {unknown_names[i], arena.node(make_unsigned(raw.args[i], Base::hex))};
  }
  return fields;
}

std::uint64_t value_of(const Argument& argument, std::size_t position, const RawCall& raw) {
  const int own = argument.in_register;
  return raw.args[own < 0 ? position : static_cast<std::size_t>(own)];
}

/// Registers as they are, in the order of the kernel's arguments.
std::span<Field> raw_arguments(const RawCall& raw, const SyscallRow& row, Arena& arena) {
  auto fields = arena.array<Field>(row.arguments.size());
  std::size_t n = 0;
  for (std::size_t in_register = 0; in_register < raw.args.size(); ++in_register) {
    for (std::size_t i = 0; i < row.arguments.size(); ++i) {
      const int own = row.arguments[i].in_register;
      if ((own < 0 ? i : static_cast<std::size_t>(own)) != in_register) continue;
      fields[n++] = {row.arguments[i].name, arena.node(make_unsigned(raw.args[in_register], Base::hex))};
    }
  }
  return fields;
}

/// What -e verbose=none leaves as an address: what is behind a pointer and is no string.
bool is_structure(const Decoded& tree) {
  return std::holds_alternative<Record>(tree.what) || std::holds_alternative<List>(tree.what) ||
         std::holds_alternative<SignalSet>(tree.what) || std::holds_alternative<Changed>(tree.what);
}

Decoded decode_argument(Context& context, const Argument& argument, std::uint64_t value) {
  const Decoded tree = argument.decode(context, argument, value);
  const bool words = argument.decode == decode_strings || argument.decode == decode_environment;
  if (context.options().structures || words || !is_structure(tree)) return tree;
  return make_address(value);
}

Timing timing_of(const Argument& argument, bool later) {
  if (argument.phase == Phase::grows) return Timing::grows;
  return later || argument.phase == Phase::both ? Timing::at_exit : Timing::at_enter;
}

// Calls `each(argument, value)` for the arguments this call has. Depends on the numbers alone, so both stops
// see the same ones.
template <class F>
void for_each_argument(const Call& call, F each) {
  for (std::size_t i = 0; i < call.row->arguments.size(); ++i) {
    const Argument& argument = call.row->arguments[i];
    if (argument.present != nullptr && !argument.present(call.raw.args)) continue;
    each(argument, value_of(argument, i, call.raw));
  }
}

std::span<Field> with_beside(std::span<const Field> arguments, std::span<const Field> more, Arena& arena) {
  auto all = arena.array<Field>(arguments.size() + more.size());
  const auto end = std::ranges::copy(arguments, all.begin()).out;
  std::ranges::transform(more, end, [](Field field) {
    field.is_beside = true;
    return field;
  });
  return all;
}

}  // namespace

Call find_call(const RawCall& raw, MemoryReader& memory) {
  Call call{raw, find_syscall(raw.arch, raw.nr), {}};
  if (raw.arch == Arch::i386) i386::find_inner(call, memory);
  return call;
}

Call decode_enter(const RawCall& raw, MemoryReader& memory, Arena& arena, const Options& options) {
  Call call = find_call(raw, memory);
  decode_enter(call, memory, arena, options);
  return call;
}

void decode_enter(Call& call, MemoryReader& memory, Arena& arena, const Options& options) {
  if (call.row == nullptr) {
    call.arguments = unknown_arguments(call.raw, arena);
    return;
  }
  if (options.raw) {
    call.arguments = raw_arguments(call.raw, *call.row, arena);
    return;
  }
  Context context(call.raw, nullptr, memory, arena, options, call.row->wide_times);
  auto fields = arena.array<Field>(call.row->arguments.size());
  std::size_t n = 0;
  for_each_argument(call, [&](const Argument& argument, std::uint64_t value) {
    context.set_timing(std::nullopt);
    const Decoded now = argument.phase == Phase::exit ? Decoded{} : decode_argument(context, argument, value);
    const bool later = std::holds_alternative<std::monostate>(now.what);
    fields[n++] = {argument.name, later ? nullptr : arena.node(now), argument.naming,
                   context.timing().value_or(timing_of(argument, later))};
  });
  call.arguments = fields.first(n);
  if (call.row->beside != nullptr && options.beside)
    call.arguments = with_beside(call.arguments, call.row->beside(context), arena);
}

void decode_exit(Call& call, const RawResult& result, MemoryReader& memory, Arena& arena,
                 const Options& options) {
  if (call.row == nullptr || options.raw) return;
  Context context(call.raw, &result, memory, arena, options, call.row->wide_times);
  context.set_arguments(call.arguments);
  std::size_t n = 0;
  for_each_argument(call, [&](const Argument& argument, std::uint64_t value) {
    Field& field = call.arguments[n++];
    const bool written = !result.error || argument.on_error == OnError::decode;
    if (field.value == nullptr) {
      field.value = arena.node(written ? decode_argument(context, argument, value) : make_address(value));
    } else if (field.timing != Timing::at_enter && written && options.structures) {
      context.set_before(field.value);
      field.value = arena.node(argument.decode(context, argument, value));
      context.set_before(nullptr);
    }
  });
  if (call.row->detail != nullptr) call.detail = call.row->detail(context);
}

Decoded decode_result(const Call& call, const RawResult& result, MemoryReader& memory, Arena& arena,
                      const Options& options) {
  if (result.error || call.row == nullptr) return make_signed(result.value);
  if (options.raw) return make_unsigned(static_cast<std::uint64_t>(result.value), Base::hex);
  if (call.row->result != nullptr) {
    Context context(call.raw, &result, memory, arena, options, call.row->wide_times);
    return call.row->result(context);
  }
  const auto bits = static_cast<std::uint64_t>(result.value);
  switch (call.row->returns) {
    case ReturnKind::number:
    case ReturnKind::none:
      return make_signed(result.value);
    case ReturnKind::fd:
      return make_fd(static_cast<std::int32_t>(result.value), arena, options);
    case ReturnKind::pid:
      return make_pid(result.value, arena, options);
    case ReturnKind::group:
      return make_group(result.value, arena, options);
    case ReturnKind::address:
      return make_address(bits);
    case ReturnKind::hex:
      return make_unsigned(bits, Base::hex);
    case ReturnKind::octal:
      return make_unsigned(bits, Base::octal);
  }
  return make_signed(result.value);
}

std::string_view call_name(const RawCall& raw, Arena& arena) {
  return call_name(Call{raw, find_syscall(raw.arch, raw.nr), {}}, arena);
}

std::string_view call_name(const Call& call, Arena& arena) {
  if (call.row != nullptr) return call.row->name;
  const auto nr = static_cast<std::uint64_t>(call.raw.nr.raw());
  return std::get<Word>(make_word(arena, 0, "syscall_{:#x}", nr).what).text;
}

}  // namespace ptop::decode
