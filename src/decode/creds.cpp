// Who a task is and what it may: capabilities, groups, personality, robust lists, descriptors of segments.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/capability.h
constexpr std::uint32_t version_2 = 0x20071026, version_3 = 0x20080522;
constexpr Member capability_header_members[] = {u32("version").symbol(capability_versions), s32("pid").pid()};
constexpr Structure capability_header{capability_header_members};
struct KernelCapabilities {
  std::uint32_t effective, permitted, inheritable;
};

// 1<<CAP_KILL|1<<CAP_SYSLOG; what is above them is a number in each half.
Decoded capability_set(Arena& arena, std::uint32_t low, std::optional<std::uint32_t> high) {
  const std::uint64_t all = low | std::uint64_t{high.value_or(0)} << 32;
  std::array<std::string_view, 64> found;
  std::size_t n = 0;
  std::uint64_t rest = all;
  for (const FlagName row : capabilities.rows) {
    if ((all >> row.value & 1) == 0) continue;
    found[n++] = std::get<Word>(make_word(arena, 0, "1<<{}", row.name).what).text;
    rest &= ~(std::uint64_t{1} << row.value);
  }
  auto names = arena.array<std::string_view>(n);
  std::copy_n(found.begin(), n, names.begin());
  // Only the second half has bits without a name.
  FlagNames set{all, names, rest >> 32, capabilities.family};
  set.rest_named = true;
  return {set};
}

Decoded capability_record(Context& context, std::uint64_t address, bool two_halves) {
  std::array<KernelCapabilities, 2> data{};
  const std::size_t size = two_halves ? sizeof data : sizeof data[0];
  if (!context.read(address, std::as_writable_bytes(std::span(data)).first(size)))
    return make_unread(address);
  const auto set = [&](std::uint32_t KernelCapabilities::*which) {
    std::optional<std::uint32_t> high;
    if (two_halves) high.emplace(data[1].*which);
    return capability_set(context.arena(), data[0].*which, high);
  };
  return RecordBuilder(context.arena(), 3)
      .add("effective", set(&KernelCapabilities::effective))
      .add("permitted", set(&KernelCapabilities::permitted))
      .add("inheritable", set(&KernelCapabilities::inheritable))
      .done();
}

// The low byte is the personality itself, with some flags above belonging to it.
Decoded personality_flags_of(Arena& arena, std::uint64_t value) {
  const std::uint64_t low = value & 0xff;
  const auto flags = make_flags(arena, value & ~std::uint64_t{0xff}, personality_flags);
  const Decoded base = make_symbol(low, personalities);
  if (flags.names.empty() && flags.rest == 0) return base;
  const std::string_view name = std::get<Symbol>(base.what).name;
  auto names = arena.array<std::string_view>(flags.names.size() + 1);
  names[0] = name.empty()
                 ? std::get<Word>(make_word(arena, 0, "{:#x} /* {} */", low, personalities.family).what).text
                 : name;
  std::copy(flags.names.begin(), flags.names.end(), names.begin() + 1);
  return {FlagNames{value, names, flags.rest, personality_flags.family}};
}

// arch/x86/include/uapi/asm/ldt.h, struct user_desc: numbers, then bits.
struct KernelUserDesc {
  std::uint32_t entry_number, base_addr, limit, bits;
};
Decoded user_desc(Context& context, const KernelUserDesc& d) {
  Arena& arena = context.arena();
  struct Bits {
    std::string_view name;
    unsigned shift, mask;
  };
  constexpr std::array<Bits, 7> rows{{{"seg_32bit", 0, 1},
                                      {"contents", 1, 3},
                                      {"read_exec_only", 3, 1},
                                      {"limit_in_pages", 4, 1},
                                      {"seg_not_present", 5, 1},
                                      {"useable", 6, 1},
                                      {"lm", 7, 1}}};
  const auto wide = [&](std::uint32_t v) {
    return v == 0 ? make_word(arena, 0, "00000000") : make_word(arena, v, "{:#08x}", v);
  };
  RecordBuilder record(arena, 10);
  record.add("entry_number", make_signed(static_cast<std::int32_t>(d.entry_number)));
  record.add("base_addr", wide(d.base_addr)).add("limit", wide(d.limit));
  for (const Bits& row : rows) {
    const bool known = row.name != "lm" || context.abi() != Abi::ilp32;  // a long mode segment
    if (known) record.add(row.name, make_unsigned(d.bits >> row.shift & row.mask));
  }
  return record.done();
}

}  // namespace

Decoded decode_capability_header(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, capability_header, address);
}

// How long the data is stands in the header's version.
Decoded decode_capabilities(Context& context, const Argument&, std::uint64_t address) {
  const auto version = context.object<std::uint32_t>(context.arg(0));
  if (address == 0 || !version) return make_unread(address);
  return capability_record(context, address, *version == version_2 || *version == version_3);
}

template <class Group>
Decoded groups_of(Context& context, std::uint64_t address, DecodeArgument decode) {
  constexpr std::uint64_t groups_limit = 65536;  // NGROUPS_MAX
  const auto asked = static_cast<std::uint32_t>(context.arg(0));
  const std::uint64_t count =
      context.result() == nullptr ? asked : static_cast<std::uint64_t>(context.result()->value);
  if (asked == 0 || asked > groups_limit) return make_unread(address);
  return make_list(context, address, count, sizeof(Group), [&](std::uint64_t at) -> Decoded {
    const auto group = context.object<Group>(at);
    return group ? decode(context, Argument{}, *group) : Decoded{};
  });
}

Decoded decode_groups(Context& context, const Argument&, std::uint64_t address) {
  return groups_of<std::uint32_t>(context, address, decode_id);
}
Decoded decode_groups16(Context& context, const Argument&, std::uint64_t address) {
  return groups_of<std::uint16_t>(context, address, decode_id16);
}

// -1 asks and changes nothing.
Decoded decode_personality(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t query = 0xffffffff;
  if ((value & query) == query) return make_unsigned(query, Base::hex);
  return personality_flags_of(context.arena(), value & 0xffffffff);
}
std::span<const Field> detail_of_personality(Context& context) {
  if (context.failed()) return {};
  const auto value = static_cast<std::uint64_t>(context.result()->value);
  return make_detail(context.arena(), personality_flags_of(context.arena(), value));
}

Decoded decode_pointer_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto value = address == 0 ? std::nullopt : context.word(address);
  if (!value) return make_unread(address);
  return {List{{context.arena().node(make_address(*value)), 1}}};
}
Decoded decode_size_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto value = address == 0 ? std::nullopt : context.word(address);
  if (!value) return make_unread(address);
  return {List{{context.arena().node(make_unsigned(*value)), 1}}};
}

// set_thread_area(2) and clone(2) read it, and the first writes the number of the entry it found.
Decoded decode_thread_area(Context& context, const Argument&, std::uint64_t address) {
  const auto segment = address == 0 ? std::nullopt : context.object<KernelUserDesc>(address);
  return segment ? user_desc(context, *segment) : make_unread(address);
}
std::span<const Field> detail_of_thread_area(Context& context) {
  const auto number = context.failed() ? std::nullopt : context.object<std::int32_t>(context.arg(0));
  if (!number) return {};
  return make_detail(context.arena(), make_word(context.arena(), static_cast<std::uint64_t>(*number),
                                                "entry_number={}", *number));
}

// func 1 and 0x11 write one descriptor. 0 and 2 read as many entries of the table as fit, in the processor's
// form; what has the size of a descriptor is shown as one, as it was before.
Decoded decode_segments(Context& context, const Argument&, std::uint64_t address) {
  if (context.arg(2) != sizeof(KernelUserDesc)) return make_unread(address);
  const auto segment = context.object<KernelUserDesc>(address);
  return segment ? user_desc(context, *segment) : make_unread(address);
}

// include/uapi/linux/kcmp.h: numbers of descriptors, or what an epoll instance waits for.
bool kcmp_has_first(const Args& args) {
  constexpr std::uint32_t file = 0, epoll = 7;
  const auto type = static_cast<std::uint32_t>(args[2]);
  return type == file || type >= epoll;
}
Decoded decode_kcmp_first(Context& context, const Argument& argument, std::uint64_t value) {
  constexpr std::uint32_t epoll = 7;
  if (static_cast<std::uint32_t>(context.arg(2)) > epoll) return make_unsigned(value, Base::hex);
  return decode_fd(context, argument, value);
}
Decoded decode_kcmp_second(Context& context, const Argument& argument, std::uint64_t value) {
  constexpr std::uint32_t epoll = 7;
  static constexpr Member slot_members[] = {u32("efd").fd(), u32("tfd").fd(), u32("toff")};
  static constexpr Structure slot{slot_members};
  if (static_cast<std::uint32_t>(context.arg(2)) == epoll) return make_structure(context, slot, value);
  return decode_kcmp_first(context, argument, value);
}

}  // namespace ptop::decode
