// The argument kinds that rows are made of: numbers, descriptors, strings, bytes, flags.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"

namespace ptop::decode {
namespace {

constexpr std::size_t path_max = 4096;  // PATH_MAX, include/uapi/linux/limits.h

// A mapping full of pointers without a NULL must not keep us: the kernel would refuse far fewer (E2BIG).
constexpr std::uint64_t environment_limit = 1 << 20;
constexpr std::uint64_t strings_limit = 1 << 16;

std::int32_t low_signed(std::uint64_t v) { return static_cast<std::int32_t>(v); }
std::uint32_t low_unsigned(std::uint64_t v) { return static_cast<std::uint32_t>(v); }

std::uint64_t two_registers(const Context& context, const Argument& argument) {
  const auto first = static_cast<std::size_t>(argument.in_register);
  return (context.arg(first) & 0xffffffff) | context.arg(first + 1) << 32;
}

Decoded string_at(Context& context, std::uint64_t address, std::size_t limit) {
  if (address == 0) return make_address(0);
  const auto found = context.string(address, limit);
  if (!found) return make_unread(address);
  return make_text(found->bytes, !found->complete);
}

struct PointerCount {
  std::uint64_t count = 0;
  bool readable = true;  // up to the NULL or the limit
};

// Number of pointers before the NULL, at most `limit`.
PointerCount count_pointers(Context& context, std::uint64_t address, std::uint64_t limit) {
  for (std::uint64_t n = 0;; ++n) {
    if (n == limit) return {n};
    const auto pointer = context.word(address + n * context.word_size());
    if (!pointer) return {n, false};
    if (*pointer == 0) return {n};
  }
}

}  // namespace

std::uint64_t length_of(const Context& context, const Length& length) {
  switch (length.from) {
    case Length::From::none:
      return 0;
    case Length::From::argument:
      return context.arg(length.index);
    case Length::From::result:
      return context.result() ? static_cast<std::uint64_t>(context.result()->value) : 0;
  }
  return 0;
}

Decoded make_bytes(Context& context, std::uint64_t address, std::uint64_t length, bool hex) {
  if (address == 0) return make_address(0);
  const auto shown =
      static_cast<std::size_t>(std::min<std::uint64_t>(length, context.options().string_limit));
  auto bytes = context.arena().array<char>(shown);
  if (!context.read(address, std::as_writable_bytes(bytes))) return make_unread(address);
  return {Text{{bytes.data(), bytes.size()}, length > shown, hex}};
}

Decoded decode_sint(Context&, const Argument&, std::uint64_t v) { return make_signed(low_signed(v)); }
Decoded decode_uint(Context&, const Argument&, std::uint64_t v) { return make_unsigned(low_unsigned(v)); }
Decoded decode_slong(Context& context, const Argument&, std::uint64_t v) {
  return make_signed(context.word_size() == 4 ? low_signed(v) : static_cast<std::int64_t>(v));
}
Decoded decode_slong_pair(Context& context, const Argument& argument, std::uint64_t) {
  return make_signed(static_cast<std::int64_t>(two_registers(context, argument)));
}
Decoded decode_flags_pair(Context& context, const Argument& argument, std::uint64_t) {
  return {make_flags(context.arena(), two_registers(context, argument), *argument.table)};
}
Decoded decode_ulong(Context&, const Argument&, std::uint64_t v) { return make_unsigned(v); }
Decoded decode_hex32(Context&, const Argument&, std::uint64_t v) {
  return make_unsigned(low_unsigned(v), Base::hex);
}
Decoded decode_hex(Context&, const Argument&, std::uint64_t v) { return make_unsigned(v, Base::hex); }
Decoded decode_address(Context&, const Argument&, std::uint64_t v) { return make_address(v); }
Decoded decode_fd(Context& context, const Argument&, std::uint64_t v) {
  return make_fd(low_signed(v), context);
}
Decoded decode_pid(Context& context, const Argument&, std::uint64_t v) {
  return make_pid(low_signed(v), context.arena(), context.options());
}
Decoded decode_group(Context& context, const Argument&, std::uint64_t v) {
  return make_group(low_signed(v), context.arena(), context.options());
}

// umode_t has 16 bits.
Decoded decode_mode(Context&, const Argument&, std::uint64_t v) {
  return make_unsigned(v & 0xffff, Base::octal);
}

Decoded decode_dirfd(Context& context, const Argument&, std::uint64_t v) {
  constexpr std::int32_t at_fdcwd = -100;  // include/uapi/linux/fcntl.h
  if (low_signed(v) != at_fdcwd) return make_fd(low_signed(v), context);
  DescriptorNames* const names = context.options().descriptors;
  if (names == nullptr) return {Symbol{at_fdcwd, "AT_FDCWD", {}}};
  return {FileDescriptor{at_fdcwd, names->working_directory(context.arena()), "AT_FDCWD"}};
}

Decoded decode_id(Context&, const Argument&, std::uint64_t v) {
  if (low_signed(v) == -1) return make_signed(-1);
  return make_unsigned(low_unsigned(v));
}

Decoded decode_id16(Context&, const Argument&, std::uint64_t v) {
  if (static_cast<std::int16_t>(v) == -1) return make_signed(-1);
  return make_unsigned(v & 0xffff);
}

Decoded decode_path(Context& context, const Argument&, std::uint64_t address) {
  return string_at(context, address, path_max);
}

Decoded decode_string(Context& context, const Argument&, std::uint64_t address) {
  return string_at(context, address, context.options().string_limit);
}

// Pointers up to the NULL. As many as the string limit without -v.
Decoded decode_strings(Context& context, const Argument&, std::uint64_t address) {
  const std::size_t width = context.word_size();
  const std::uint64_t limit = context.options().verbose ? strings_limit : context.options().string_limit;
  const PointerCount found = count_pointers(context, address, limit + 1);
  const std::uint64_t shown = std::min(found.count, limit);
  if (address == 0 || (found.count == 0 && !found.readable)) return make_unread(address);
  auto items = context.arena().array<Decoded>(static_cast<std::size_t>(shown));
  for (std::size_t i = 0; i < shown; ++i)
    items[i] = string_at(context, *context.word(address + i * width), context.options().string_limit);
  const bool broken = !found.readable && shown == found.count;
  return {List{items, found.count > shown, broken ? address + shown * width : 0}};
}

Decoded decode_environment(Context& context, const Argument& argument, std::uint64_t address) {
  if (context.options().verbose || address == 0) return decode_strings(context, argument, address);
  const PointerCount found = count_pointers(context, address, environment_limit);
  if (!found.readable) return make_unread(address);
  return {CountedAddress{address, found.count, "vars"}};
}

Decoded decode_bytes(Context& context, const Argument& argument, std::uint64_t address) {
  return make_bytes(context, address, length_of(context, argument.length));
}

Decoded decode_random_bytes(Context& context, const Argument& argument, std::uint64_t address) {
  return make_bytes(context, address, length_of(context, argument.length), true);
}

Decoded decode_flags32(Context& context, const Argument& argument, std::uint64_t v) {
  return {make_flags(context.arena(), low_unsigned(v), *argument.table)};
}
Decoded decode_flags64(Context& context, const Argument& argument, std::uint64_t v) {
  return {make_flags(context.arena(), v, *argument.table)};
}
Decoded decode_symbol32(Context&, const Argument& argument, std::uint64_t v) {
  return make_symbol(low_unsigned(v), *argument.table);
}
// An unknown one of more than 32 bits shows all of them.
Decoded decode_symbol64(Context& context, const Argument& argument, std::uint64_t v) {
  const Decoded named = make_symbol(v, *argument.table);
  if (v <= UINT32_MAX || !std::get<Symbol>(named.what).name.empty()) return named;
  return make_remarked(context.arena(), make_unsigned(v, Base::hex), argument.table->family);
}

}  // namespace ptop::decode
