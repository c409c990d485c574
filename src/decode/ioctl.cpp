// ioctl: names of requests, and whose business their arguments are.
#include "ioctl.hpp"

#include <algorithm>

#include "decoders.hpp"
#include "flag_tables.hpp"
#include "ioctl_tables.hpp"
#include "network.hpp"

namespace ptop::decode {
namespace {

constexpr FlagName names[] = {
#include "ioctl_names.inc"
};

// include/uapi/asm-generic/ioctl.h: direction, size, type and number packed into one word.
struct RequestParts {
  std::uint32_t number, type, size, direction;
};
constexpr RequestParts split(std::uint32_t request) {
  return {request & 0xff, request >> 8 & 0xff, request >> 16 & 0x3fff, request >> 30};
}
constexpr std::string_view directions[] = {"_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE"};

std::string_view name_of(std::uint32_t request) {
  constexpr NameRows rows = name_rows<names>();
  std::size_t place = 0;
  for (std::size_t left = rows.size(); left > 0;) {
    const std::size_t half = left / 2;
    const bool behind = rows[place + half].value < request;
    if (behind) place += half + 1;
    left = behind ? left - half - 1 : half;
  }
  return place < rows.size() && rows[place].value == request ? rows[place].name : std::string_view{};
}

// Requests of input devices have a length in them: any that the caller likes.
Decoded named_with_length(Arena& arena, std::uint32_t request) {
  constexpr std::uint32_t reads = 2, input = 'E', joystick = 'j', user_input = 'U', raw_hid = 'H';
  const RequestParts p = split(request);
  const auto word = [&](std::string_view name) { return make_word(arena, request, "{}({})", name, p.size); };
  if (p.direction != reads) return {};
  if (p.type == input) {
    constexpr FlagName sized[] = {{0x06, "EVIOCGNAME"}, {0x07, "EVIOCGPHYS"},    {0x08, "EVIOCGUNIQ"},
                                  {0x09, "EVIOCGPROP"}, {0x0a, "EVIOCGMTSLOTS"}, {0x18, "EVIOCGKEY"},
                                  {0x19, "EVIOCGLED"},  {0x1a, "EVIOCGSND"},     {0x1b, "EVIOCGSW"}};
    for (const FlagName& row : sized) {
      if (row.value == p.number) return word(row.name);
    }
    if (p.number >= 0x20 && p.number < 0x40) {
      const std::uint32_t kind = p.number - 0x20;
      return make_word(arena, request, "EVIOCGBIT({}, {})",
                       kind == 0 ? "0" : symbol_text(arena, kind, input_kinds), p.size);
    }
  }
  if (p.type == joystick && p.number == 0x13) return word("JSIOCGNAME");
  if (p.type == user_input && p.number == 0x2c) return word("UI_GET_SYSNAME");
  if (p.type == raw_hid && p.number == 0x04) return word("HIDIOCGRAWNAME");
  if (p.type == raw_hid && p.number == 0x05) return word("HIDIOCGRAWPHYS");
  return {};
}

Decoded axis_request(Arena& arena, std::uint32_t request) {
  const RequestParts p = split(request);
  const bool reads = p.direction == 2 && p.number >= 0x40 && p.number < 0x80;
  const bool writes = p.direction == 1 && p.number >= 0xc0;
  if (p.type != 'E' || p.size != 24 || (!reads && !writes)) return {};
  return make_word(arena, request, "{}({})", reads ? "EVIOCGABS" : "EVIOCSABS",
                   symbol_text(arena, p.number & 0x3f, input_axes));
}

constexpr Member absinfo_members[] = {s32("value"),         s32("minimum"),       s32("maximum").with_v(),
                                      s32("fuzz").with_v(), s32("flat").with_v(), s32("resolution").with_v()};
constexpr Structure absinfo{absinfo_members};

/// Requests that are numbered by the size of a structure with longs, pointers or 64-bit numbers in it: of
/// 32-bit callers, and of others.
struct NarrowRequest {
  std::uint32_t narrow, wide;
  std::string_view name = {};  ///< of its own, if it has another one there
};
constexpr NarrowRequest narrow_requests[] = {
#include "ioctl_narrow.inc"
};

const NarrowRequest* narrow_request(const Context& context, std::uint64_t value) {
  if (context.word_size() == 8) return nullptr;
  const auto code = static_cast<std::uint32_t>(value);
  const auto* const row = std::ranges::lower_bound(narrow_requests, code, {}, &NarrowRequest::narrow);
  return row != std::end(narrow_requests) && row->narrow == code ? row : nullptr;
}

/// As a 64-bit caller has it, by which the tables know it; 0: such a caller's, from one who is none.
std::uint32_t known_code(const Context& context, std::uint64_t value) {
  const auto code = static_cast<std::uint32_t>(value);
  if (context.word_size() == 8) return code;
  if (const auto* const row = narrow_request(context, value)) return row->wide;
  return std::ranges::find(narrow_requests, code, &NarrowRequest::wide) == std::end(narrow_requests) ? code
                                                                                                     : 0;
}

const IoctlRequest* find(std::uint32_t code) {
  static constexpr IoctlRequest get_axis = gets(0, absinfo), set_axis = gives(0, absinfo);
  for (const auto requests : {terminal_requests(), file_requests(), interface_requests(), device_requests(),
                              input_requests(), scsi_requests(), btrfs_requests(), btrfs_list_requests(),
                              video_requests(), video_control_requests()}) {
    for (const IoctlRequest& request : requests) {
      if (request.code == code) return &request;
    }
  }
  const RequestParts p = split(code);
  if (p.type == 'E' && p.size == 24 && p.direction == 2 && p.number >= 0x40 && p.number < 0x80)
    return &get_axis;
  if (p.type == 'E' && p.size == 24 && p.direction == 1 && p.number >= 0xc0) return &set_axis;
  return nullptr;
}

Decoded one(Arena& arena, const Decoded& item) { return {List{{arena.node(item), 1}}}; }

template <class T, class Make>
Decoded behind(Context& context, std::uint64_t address, Make make) {
  const auto value = context.object<T>(address);
  return value && address != 0 ? one(context.arena(), make(*value)) : make_unread(address);
}
template <class T>
Decoded pair_behind(Context& context, std::uint64_t address) {
  const auto pair = context.object<std::array<T, 2>>(address);
  if (!pair || address == 0) return make_unread(address);
  auto items = context.arena().array<Decoded>(2);
  items[0] = make_unsigned((*pair)[0]);
  items[1] = make_unsigned((*pair)[1]);
  return {List{items}};
}

}  // namespace

bool ioctl_has_argument(const Args& args) {
  const IoctlRequest* const request = find(static_cast<std::uint32_t>(args[1]));
  return request == nullptr || request->passed != Passed::nothing;
}

Decoded decode_ioctl_request(Context& context, const Argument&, std::uint64_t value) {
  const auto request = static_cast<std::uint32_t>(value);
  const NarrowRequest* const narrow = narrow_request(context, value);
  const std::string_view name =
      narrow && !narrow->name.empty() ? narrow->name : name_of(known_code(context, value));
  if (!name.empty()) return {Symbol{request, name, {}}};
  Arena& arena = context.arena();
  for (const Decoded& found : {axis_request(arena, request), named_with_length(arena, request)}) {
    if (!std::holds_alternative<std::monostate>(found.what)) return found;
  }
  const RequestParts p = split(request);
  const auto hex = [&](std::uint32_t n) { return n == 0 ? std::string("0") : fmt::format("{:#x}", n); };
  return make_word(arena, request, "_IOC({}, {}, {}, {})", directions[p.direction], hex(p.type),
                   hex(p.number), hex(p.size));
}

Decoded decode_ioctl_argument(Context& context, const Argument&, std::uint64_t value) {
  const IoctlRequest* const request = find(known_code(context, context.arg(1)));
  if (request == nullptr) return make_unsigned(value, Base::hex);
  if (request->passed == Passed::out && context.result() == nullptr) return {};
  if (context.failed() && !request->even_on_error)
    return context.before() == nullptr ? make_address(value) : *context.before();
  return request->show(context, *request, value);
}

// Requests about namespaces answer with one, or with what kind it is of.
Decoded decode_ioctl_result(Context& context) {
  const std::int64_t value = context.result()->value;
  switch (static_cast<std::uint32_t>(context.arg(1))) {
    case 0xb701:  // NS_GET_USERNS
    case 0xb702:  // NS_GET_PARENT
      return make_fd(static_cast<std::int32_t>(value), context);
    default:
      return make_signed(value);
  }
}

std::span<const Field> detail_of_ioctl(Context& context) {
  constexpr std::uint32_t ns_get_nstype = 0xb703, create_buffers = 0xc100565c;
  if (context.failed()) return {};
  if (known_code(context, context.arg(1)) == create_buffers) return detail_of_created_buffers(context);
  if (static_cast<std::uint32_t>(context.arg(1)) != ns_get_nstype) return {};
  const auto kind = static_cast<std::uint64_t>(context.result()->value);
  return RecordBuilder(context.arena(), 1).add("", make_symbol(kind, namespace_kinds)).fields();
}

Decoded show_signed_argument(Context&, const IoctlRequest&, std::uint64_t value) {
  return make_signed(static_cast<std::int32_t>(value));
}
Decoded show_unsigned_argument(Context&, const IoctlRequest&, std::uint64_t value) {
  return make_unsigned(value);
}
Decoded show_hex32_argument(Context&, const IoctlRequest&, std::uint64_t value) {
  return make_unsigned(value & 0xffffffff, Base::hex);
}
Decoded show_fd_argument(Context& context, const IoctlRequest&, std::uint64_t value) {
  return make_fd(static_cast<std::int32_t>(value), context);
}
Decoded show_signal_argument(Context&, const IoctlRequest&, std::uint64_t value) {
  return make_signal(value & 0xffffffff);
}
Decoded show_symbol_argument(Context&, const IoctlRequest& request, std::uint64_t value) {
  return make_symbol(value & 0xffffffff, *request.table);
}
Decoded show_flags_argument(Context& context, const IoctlRequest& request, std::uint64_t value) {
  return {make_flags(context.arena(), value, *request.table)};
}
Decoded show_int_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  return behind<std::int32_t>(context, address, [](std::int32_t v) { return make_signed(v); });
}
Decoded show_uint_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  return behind<std::uint32_t>(context, address, [](std::uint32_t v) { return make_unsigned(v); });
}
Decoded show_word_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto value = context.word(address);
  return value && address != 0 ? one(context.arena(), make_unsigned(*value)) : make_unread(address);
}
Decoded show_u64_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  return behind<std::uint64_t>(context, address, [](std::uint64_t v) { return make_unsigned(v); });
}
Decoded show_hex64_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  return behind<std::uint64_t>(context, address, [](std::uint64_t v) { return make_unsigned(v, Base::hex); });
}
Decoded show_flags_behind(Context& context, const IoctlRequest& request, std::uint64_t address) {
  return behind<std::uint32_t>(context, address, [&](std::uint32_t v) -> Decoded {
    return {make_flags(context.arena(), v, *request.table)};
  });
}
Decoded show_symbol_behind(Context& context, const IoctlRequest& request, std::uint64_t address) {
  return behind<std::uint32_t>(context, address,
                               [&](std::uint32_t v) { return make_symbol(v, *request.table); });
}
Decoded show_pid_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  return behind<std::int32_t>(context, address, [](std::int32_t v) -> Decoded { return {ProcessId{v, {}}}; });
}
Decoded show_pair_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  return pair_behind<std::uint32_t>(context, address);
}
Decoded show_pair64_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  return pair_behind<std::uint64_t>(context, address);
}
Decoded show_text_behind(Context& context, const IoctlRequest&, std::uint64_t address) {
  return decode_string(context, Argument{}, address);
}
Decoded show_structure_behind(Context& context, const IoctlRequest& request, std::uint64_t address) {
  return make_structure(context, *request.layout, address);
}

}  // namespace ptop::decode
