// A C structure of the kernel's ABI as data: its members in order, each with its type and how it is shown.
//
// Offsets come from the members' types by the rules of the caller's ABI (System V: natural alignment; in i386
// an eight byte number is aligned to four), so that one description serves 64-bit and 32-bit callers:
//
//   constexpr Member timer_members[] = {u32("flags").flags(timer_flags), pad(4), nested("value", timespec)};
//   constexpr Structure timer{timer_members};
//
// A row then says structure("utmr", timer), or structures("events", event, len_from_result).out().
#pragma once

#include <algorithm>
#include <span>

#include "argument.hpp"
#include "context.hpp"

namespace ptop::decode {

struct Member;

/// The bytes of one structure, copied from the tracee, and where they were there.
class Instance {
 public:
  Instance(const Structure& structure, std::span<const std::byte> bytes, std::uint64_t address, Abi abi)
      : structure_(structure), bytes_(bytes), address_(address), abi_(abi) {}
  /// Of the member at `index`; 0 if the structure the caller gave ends before it. Sign-extended when its type
  /// is signed.
  std::uint64_t value(std::size_t index) const;
  /// Of the member of that name, which must be one.
  std::uint64_t value(std::string_view name) const;
  const Structure& structure() const { return structure_; }
  std::uint64_t address() const { return address_; }
  /// Of the bytes there are.
  std::size_t size() const { return bytes_.size(); }

 private:
  friend class ShownMembers;
  const Structure& structure_;
  std::span<const std::byte> bytes_;
  std::uint64_t address_;
  Abi abi_;
};

/// A member of an unusual kind: a scalar has its value, bytes and structures have their address in the
/// tracee. `whole` has its neighbours.
using DecodeMember = Decoded (*)(Context&, const Member&, std::uint64_t value, const Instance& whole);
/// Whether the member is shown: a union's part, a field that a flag announces.
using MemberCondition = bool (*)(const Instance& whole);

struct Member {
  /// word: long or a pointer of the caller. text: characters up to a NUL. bytes: raw ones.
  enum class Type : std::uint8_t { number, word, text, bytes, structure, pad };
  std::string_view name;
  Type type = Type::number;
  std::uint16_t width = 0;  ///< bytes; of text, bytes and pad: all of them
  bool is_signed = false;
  bool only_verbose = false;
  bool overlays = false;    ///< begins where the member before it does: a union
  bool is_later = false;    ///< the structure once ended before it
  bool only_set = false;    ///< shown where it is not 0: what the kernel wants to be 0
  std::uint16_t count = 0;  ///< of an array; 0: it is none
  DecodeMember decode = nullptr;
  const Table* table = nullptr;
  const Structure* structure = nullptr;
  MemberCondition present = nullptr;

  constexpr Member shown_by(DecodeMember decoder, const Table* names = nullptr) const {
    Member m = *this;
    m.decode = decoder;
    m.table = names;
    return m;
  }
  constexpr Member flags(const Table& names) const;
  constexpr Member symbol(const Table& names) const;
  constexpr Member hex() const;
  constexpr Member octal() const;
  constexpr Member fd() const;
  constexpr Member pid() const;
  /// A uid or gid.
  constexpr Member id() const;
  constexpr Member signal() const;
  /// A pointer to a NUL-terminated string.
  constexpr Member string() const;
  /// An array of `n` of them.
  constexpr Member times(std::uint16_t n) const {
    Member m = *this;
    m.count = n;
    return m;
  }
  /// Only with -v; without it the record ends with "...".
  constexpr Member with_v() const {
    Member m = *this;
    m.only_verbose = true;
    return m;
  }
  constexpr Member when(MemberCondition condition) const {
    Member m = *this;
    m.present = condition;
    return m;
  }
  constexpr Member later() const {
    Member m = *this;
    m.is_later = true;
    return m;
  }
  constexpr Member unless_zero() const {
    Member m = *this;
    m.only_set = true;
    return m;
  }
  constexpr Member overlaid() const {
    Member m = *this;
    m.overlays = true;
    return m;
  }
};

struct Structure {
  std::span<const Member> members;
  bool packed = false;
  bool wide = false;  ///< numbers of eight bytes are aligned to eight whoever calls (__aligned_u64)
};

Decoded show_number(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_hex(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_octal(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_flags(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_symbol(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_fd(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_pid(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_id(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_signal(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_address(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_string(Context&, const Member&, std::uint64_t, const Instance&);

constexpr Member Member::flags(const Table& names) const { return shown_by(show_flags, &names); }
constexpr Member Member::symbol(const Table& names) const { return shown_by(show_symbol, &names); }
constexpr Member Member::hex() const { return shown_by(show_hex); }
constexpr Member Member::octal() const { return shown_by(show_octal); }
constexpr Member Member::fd() const { return shown_by(show_fd); }
constexpr Member Member::pid() const { return shown_by(show_pid); }
constexpr Member Member::id() const { return shown_by(show_id); }
constexpr Member Member::signal() const { return shown_by(show_signal); }
constexpr Member Member::string() const { return shown_by(show_string); }

constexpr Member number(std::string_view name, std::uint16_t width, bool is_signed) {
  return {.name = name, .width = width, .is_signed = is_signed, .decode = show_number};
}
constexpr Member s8(std::string_view name) { return number(name, 1, true); }
constexpr Member u8(std::string_view name) { return number(name, 1, false); }
constexpr Member s16(std::string_view name) { return number(name, 2, true); }
constexpr Member u16(std::string_view name) { return number(name, 2, false); }
constexpr Member s32(std::string_view name) { return number(name, 4, true); }
constexpr Member u32(std::string_view name) { return number(name, 4, false); }
constexpr Member s64(std::string_view name) { return number(name, 8, true); }
constexpr Member u64(std::string_view name) { return number(name, 8, false); }
/// long, time_t, ssize_t.
constexpr Member sword(std::string_view name) {
  return {.name = name, .type = Member::Type::word, .is_signed = true, .decode = show_number};
}
/// unsigned long, size_t.
constexpr Member uword(std::string_view name) {
  return {.name = name, .type = Member::Type::word, .decode = show_number};
}
constexpr Member pointer(std::string_view name) { return uword(name).shown_by(show_address); }
/// A pointer that is 64 bits wide whoever calls (__aligned_u64).
constexpr Member pointer64(std::string_view name) { return u64(name).shown_by(show_address); }
constexpr Member text(std::string_view name, std::uint16_t size) {
  return {.name = name, .type = Member::Type::text, .width = size};
}
constexpr Member raw_bytes(std::string_view name, std::uint16_t size) {
  return {.name = name, .type = Member::Type::bytes, .width = size};
}
/// Bytes nobody looks at.
constexpr Member pad(std::uint16_t size) { return {.type = Member::Type::pad, .width = size}; }
constexpr Member nested(std::string_view name, const Structure& structure) {
  return {.name = name, .type = Member::Type::structure, .structure = &structure};
}

/// Its size in bytes in the caller's ABI.
std::size_t size_of(const Structure& structure, Abi abi);

/// Where its last member ends: what fills it up to its alignment is nobody's.
std::size_t end_of(const Structure& structure, Abi abi);

/// What is in a copy of the caller's bytes.
Decoded make_record(Context& context, const Instance& instance);

/// Takes the first of names that spaces separate.
constexpr std::string_view take_name(std::string_view& names) {
  const std::size_t end = std::min(names.find(' '), names.size());
  const std::string_view name = names.substr(0, end);
  names.remove_prefix(std::min(end + 1, names.size()));
  return name;
}
constexpr bool has_members(const Structure& structure, std::string_view names) {
  while (!names.empty()) {
    const std::string_view name = take_name(names);
    if (std::ranges::find(structure.members, name, &Member::name) == structure.members.end()) return false;
  }
  return true;
}
/// Of a record's members those of these names (has_members), in their order. True: others are left to -v.
bool add_members(RecordBuilder& record, Context& context, const Instance& instance, std::string_view names);
/// A copy of the structure at `address`; nothing if it cannot be read.
std::optional<Instance> read_structure(Context& context, const Structure& structure, std::uint64_t address);
/// The structure at `address`; its address if it cannot be read.
Decoded make_structure(Context& context, const Structure& structure, std::uint64_t address);
/// The first `size` bytes of it: a caller built for an older or newer kernel says how much it knows.
Decoded make_structure(Context& context, const Structure& structure, std::uint64_t address,
                       std::uint64_t size);

/// Of a structure that grew: all members of the oldest version that has the caller's `given` bytes. What the
/// caller left out the kernel takes for zeros.
Decoded make_grown_structure(Context& context, const Structure& structure, std::span<const std::byte> given,
                             std::uint64_t address);

/// `count` items of `size` bytes from `address`: `decode_one(address)` gives a node, or an empty one when it
/// cannot be read. Without -v at most as many as the string limit. An array that ends in unmapped memory is
/// shown up to there.
/// A size of 0: `decode_one` knows where the next item is.
template <class DecodeOne>
Decoded make_list(Context& context, std::uint64_t address, std::uint64_t count, std::size_t size,
                  DecodeOne decode_one) {
  if (address == 0) return make_address(0);
  if (size != 0 && count > (~std::uint64_t{0} - address) / size)
    return make_unread(address);  // beyond the end of memory
  const std::uint64_t limit = context.options().verbose ? count : context.options().string_limit;
  const std::size_t shown = context.grant_items(std::min(count, limit));
  auto items = context.arena().array<Decoded>(shown);
  for (std::size_t i = 0; i < shown; ++i) {
    items[i] = decode_one(address + i * size);
    if (!std::holds_alternative<std::monostate>(items[i].what)) continue;
    if (i == 0) return make_unread(address);
    return {List{items.first(i), false, address + i * size}};
  }
  return {List{items, count > shown}};
}
Decoded make_structures(Context& context, const Structure& structure, std::uint64_t address,
                        std::uint64_t count);

Decoded decode_structure(Context&, const Argument&, std::uint64_t);
Decoded decode_structures(Context&, const Argument&, std::uint64_t);

/// A pointer to one structure; with `size`, to as many bytes of it as the caller says.
constexpr Argument structure(std::string_view name, const Structure& layout, Length size = {}) {
  return {.name = name, .decode = decode_structure, .structure = &layout, .length = size};
}
/// A pointer to an array of `count` structures.
constexpr Argument structures(std::string_view name, const Structure& layout, Length count) {
  return {.name = name, .decode = decode_structures, .structure = &layout, .length = count};
}

}  // namespace ptop::decode
