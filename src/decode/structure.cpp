// Structures member by member: offsets by the caller's ABI, values by type, nodes by how they are shown.
#include "structure.hpp"

#include <bit>

namespace ptop::decode {
namespace {

static_assert(std::endian::native == std::endian::little, "members are read as little-endian numbers");

std::size_t word_size(Abi abi) { return abi == Abi::lp64 ? 8 : 4; }

std::size_t alignment_of(const Structure& structure, Abi abi);

std::size_t item_size(const Member& member, Abi abi) {
  if (member.type == Member::Type::word) return word_size(abi);
  if (member.type == Member::Type::structure) return size_of(*member.structure, abi);
  return member.width;
}

std::size_t member_size(const Member& member, Abi abi) {
  return item_size(member, abi) * std::max<std::size_t>(member.count, 1);
}

std::size_t alignment_of(const Member& member, Abi abi) {
  switch (member.type) {
    case Member::Type::number:
      return abi == Abi::ilp32 ? std::min<std::size_t>(member.width, 4) : member.width;
    case Member::Type::word:
      return word_size(abi);
    case Member::Type::structure:
      return alignment_of(*member.structure, abi);
    case Member::Type::text:
    case Member::Type::bytes:
    case Member::Type::pad:
      return 1;
  }
  return 1;
}

std::size_t alignment_in(const Structure& structure, const Member& member, Abi abi) {
  return alignment_of(member, structure.wide ? Abi::lp64 : abi);
}

std::size_t alignment_of(const Structure& structure, Abi abi) {
  std::size_t most = 1;
  if (structure.packed) return most;
  for (const Member& member : structure.members) most = std::max(most, alignment_in(structure, member, abi));
  return most;
}

std::size_t aligned(std::size_t offset, std::size_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

// Walks the members and their offsets. A union ends where its longest part does.
class Layout {
 public:
  Layout(const Structure& structure, Abi abi) : structure_(structure), abi_(abi) {}
  std::size_t next(const Member& member) {
    const std::size_t alignment = structure_.packed ? 1 : alignment_in(structure_, member, abi_);
    start_ = aligned(member.overlays ? start_ : end_, alignment);
    end_ = std::max(member.overlays ? end_ : start_, start_ + member_size(member, abi_));
    return start_;
  }
  std::size_t end() const { return end_; }

 private:
  const Structure& structure_;
  Abi abi_;
  std::size_t start_ = 0, end_ = 0;
};

std::uint64_t number_at(std::span<const std::byte> bytes, std::size_t offset, std::size_t width,
                        bool is_signed) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data() + offset, width);
  const auto shift = static_cast<unsigned>(64 - 8 * width);
  return is_signed ? static_cast<std::uint64_t>(static_cast<std::int64_t>(value << shift) >> shift) : value;
}

Decoded text_of(std::span<const std::byte> bytes, Arena& arena) {
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::size_t end = all.find('\0');
  // Its last byte was for the NUL.
  if (end == all.npos) return make_text(arena.copy(all.substr(0, all.size() - 1)), true);
  return make_text(arena.copy(all.substr(0, end)));
}

Decoded bytes_of(std::span<const std::byte> bytes, Arena& arena) {
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return {Text{arena.copy(all), false, true}};
}

struct OneMember {
  Context& context;
  const Member& member;
  const Instance& whole;
  std::span<const std::byte> bytes;
  Abi abi;

  Decoded item(std::size_t offset) const {
    const std::size_t size = item_size(member, abi);
    const bool is_scalar = member.type == Member::Type::number || member.type == Member::Type::word;
    if (!is_scalar && member.decode != nullptr)
      return member.decode(context, member, whole.address() + offset, whole);
    const auto own = bytes.subspan(offset, size);
    switch (member.type) {
      case Member::Type::number:
      case Member::Type::word:
        return member.decode(context, member, number_at(bytes, offset, size, member.is_signed), whole);
      case Member::Type::text:
        return text_of(own, context.arena());
      case Member::Type::bytes:
        return bytes_of(own, context.arena());
      case Member::Type::structure:
        return make_record(context, Instance(*member.structure, own, whole.address() + offset, abi));
      case Member::Type::pad:
        break;
    }
    return {};
  }

  Decoded all(std::size_t offset) const {
    if (member.count == 0) return item(offset);
    auto items = context.arena().array<Decoded>(member.count);
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = item(offset + i * item_size(member, abi));
    return {List{items}};
  }
};

// Where the first version ends that is not shorter than `given`.
std::size_t size_of_version(const Structure& structure, Abi abi, std::size_t given) {
  Layout layout(structure, abi);
  for (const Member& member : structure.members) {
    const std::size_t offset = layout.next(member);
    if (member.is_later && given <= offset) return offset;
  }
  return size_of(structure, abi);
}

}  // namespace

std::size_t size_of(const Structure& structure, Abi abi) {
  return aligned(end_of(structure, abi), alignment_of(structure, abi));
}

std::size_t end_of(const Structure& structure, Abi abi) {
  Layout layout(structure, abi);
  for (const Member& member : structure.members) layout.next(member);
  return layout.end();
}

std::uint64_t Instance::value(std::size_t index) const {
  Layout layout(structure_, abi_);
  for (std::size_t i = 0; i < index; ++i) layout.next(structure_.members[i]);
  const Member& member = structure_.members[index];
  const std::size_t offset = layout.next(member);
  const std::size_t size = item_size(member, abi_);
  return offset + size <= bytes_.size() ? number_at(bytes_, offset, size, member.is_signed) : 0;
}

std::uint64_t Instance::value(std::string_view name) const {
  const auto member = std::ranges::find(structure_.members, name, &Member::name);
  return value(static_cast<std::size_t>(member - structure_.members.begin()));
}

// Adds to a record what of a structure is to be shown.
class ShownMembers {
 public:
  ShownMembers(Context& context, const Instance& instance, RecordBuilder& record)
      : context_(context), instance_(instance), record_(record) {}

  void add_all() {
    Layout layout(instance_.structure_, instance_.abi_);
    for (const Member& member : instance_.structure_.members) {
      if (!add(member, layout.next(member))) return;
    }
  }
  void add_one(std::string_view name) {
    Layout layout(instance_.structure_, instance_.abi_);
    for (const Member& member : instance_.structure_.members) {
      const std::size_t offset = layout.next(member);
      if (member.name == name) add(member, offset);
    }
  }
  /// Others are left to -v.
  bool more() const { return more_; }

 private:
  /// False: the structure that the caller gave ends before it.
  bool add(const Member& member, std::size_t offset) {
    const std::size_t size = member_size(member, instance_.abi_);
    if (offset + size > instance_.bytes_.size()) return false;
    if (member.type == Member::Type::pad) return true;
    if (member.present != nullptr && !member.present(instance_)) return true;
    const auto bytes = instance_.bytes_.subspan(offset, size);
    const auto is_zero = [](std::byte b) { return b == std::byte{0}; };
    if (member.only_set && std::ranges::all_of(bytes, is_zero)) return true;
    if (member.only_verbose && !context_.options().verbose) return more_ = true;
    const OneMember one{context_, member, instance_, instance_.bytes_, instance_.abi_};
    record_.add(member.name, one.all(offset));
    return true;
  }

  Context& context_;
  const Instance& instance_;
  RecordBuilder& record_;
  bool more_ = false;
};

Decoded make_record(Context& context, const Instance& instance) {
  RecordBuilder record(context.arena(), instance.structure().members.size());
  ShownMembers shown(context, instance, record);
  shown.add_all();
  return record.done(shown.more());
}

bool add_members(RecordBuilder& record, Context& context, const Instance& instance, std::string_view names) {
  ShownMembers shown(context, instance, record);
  while (!names.empty()) shown.add_one(take_name(names));
  return shown.more();
}

std::optional<Instance> read_structure(Context& context, const Structure& structure, std::uint64_t address) {
  auto bytes = context.arena().array<std::byte>(size_of(structure, context.abi()));
  if (address == 0 || !context.read(address, bytes)) return std::nullopt;
  return Instance(structure, bytes, address, context.abi());
}

Decoded make_structure(Context& context, const Structure& structure, std::uint64_t address) {
  return make_structure(context, structure, address, size_of(structure, context.abi()));
}

Decoded make_structure(Context& context, const Structure& structure, std::uint64_t address,
                       std::uint64_t size) {
  const auto known =
      static_cast<std::size_t>(std::min<std::uint64_t>(size, size_of(structure, context.abi())));
  auto bytes = context.arena().array<std::byte>(known);
  if (address == 0 || !context.read(address, bytes)) return make_unread(address);
  return make_record(context, Instance(structure, bytes, address, context.abi()));
}

Decoded make_grown_structure(Context& context, const Structure& structure, std::span<const std::byte> given,
                             std::uint64_t address) {
  const std::size_t size = size_of_version(structure, context.abi(), given.size());
  auto bytes = context.arena().array<std::byte>(size);
  std::copy_n(given.begin(), std::min(given.size(), size), bytes.begin());
  return make_record(context, Instance(structure, bytes, address, context.abi()));
}

Decoded make_structures(Context& context, const Structure& structure, std::uint64_t address,
                        std::uint64_t count) {
  const std::size_t size = size_of(structure, context.abi());
  return make_list(context, address, count, size, [&](std::uint64_t at) -> Decoded {
    auto bytes = context.arena().array<std::byte>(size);
    if (!context.read(at, bytes)) return {};
    return make_record(context, Instance(structure, bytes, at, context.abi()));
  });
}

Decoded decode_structure(Context& context, const Argument& argument, std::uint64_t address) {
  if (argument.length.from == Length::From::none)
    return make_structure(context, *argument.structure, address);
  return make_structure(context, *argument.structure, address, length_of(context, argument.length));
}

Decoded decode_structures(Context& context, const Argument& argument, std::uint64_t address) {
  return make_structures(context, *argument.structure, address, length_of(context, argument.length));
}

Decoded show_number(Context&, const Member& member, std::uint64_t value, const Instance&) {
  return member.is_signed ? make_signed(static_cast<std::int64_t>(value)) : make_unsigned(value);
}
Decoded show_hex(Context&, const Member&, std::uint64_t value, const Instance&) {
  return make_unsigned(value, Base::hex);
}
Decoded show_octal(Context&, const Member&, std::uint64_t value, const Instance&) {
  return make_unsigned(value, Base::octal);
}
Decoded show_flags(Context& context, const Member& member, std::uint64_t value, const Instance&) {
  return {make_flags(context.arena(), value, *member.table)};
}
// An unknown one of 64 bits shows all of them.
Decoded show_symbol(Context& context, const Member& member, std::uint64_t value, const Instance&) {
  const Decoded named = make_symbol(value, *member.table);
  if (member.width != 8 || value <= UINT32_MAX || !std::get<Symbol>(named.what).name.empty()) return named;
  return make_remarked(context.arena(), make_unsigned(value, Base::hex), member.table->family);
}
Decoded show_fd(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_fd(static_cast<std::int32_t>(value), context);
}
Decoded show_pid(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_pid(static_cast<std::int32_t>(value), context.arena(), context.options());
}
Decoded show_id(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return decode_id(context, Argument{}, value);
}
Decoded show_signal(Context&, const Member&, std::uint64_t value, const Instance&) {
  return make_signal(value);
}
Decoded show_address(Context&, const Member&, std::uint64_t value, const Instance&) {
  return make_address(value);
}
Decoded show_string(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return decode_string(context, Argument{}, value);
}

}  // namespace ptop::decode
