// Messages of netlink sockets: headers, flags by type, errors, attributes.
#include "netlink.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "decoders.hpp"
#include "flag_tables.hpp"
#include "netlink_tables.hpp"
#include "network.hpp"
#include "ptop/decode/surroundings.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/netlink.h
struct KernelHead {
  std::uint32_t length;
  std::uint16_t type, flags;
  std::uint32_t sequence, port;
};
constexpr std::uint64_t head_size = sizeof(KernelHead);
constexpr std::uint16_t first_of_protocol = 16, type_error = 2, type_done = 3;
enum Protocol : std::int32_t {
  route = 0,
  sock_diag = 4,
  audit = 9,
  netfilter = 12,
  uevent = 15,
  generic = 16
};

Decoded raw(const NetlinkPart& part) {
  return part.length == 0 ? Decoded{} : make_bytes(part.context, part.address, part.length, true);
}

// High byte: the subsystem, which has messages of its own.
Decoded netfilter_type(Arena& arena, std::uint16_t type) {
  const std::string_view subsystem = symbol_text(arena, type >> 8U, netfilter_subsystems);
  return make_word(arena, type, "{}<<8|{}", subsystem, symbol_text(arena, type & 0xffU, nft_messages));
}

Decoded type_of(Arena& arena, std::uint16_t type, std::int32_t protocol) {
  if (type < first_of_protocol) return make_symbol(type, netlink_types);
  switch (protocol) {
    case route:
      return make_symbol(type, route_types);
    case sock_diag:
      return make_symbol(type, sock_diag_types);
    case audit:
      return make_symbol(type, audit_types);
    case generic:
      return make_symbol(type, generic_types);
    case netfilter:
      if (type == 16 || type == 17) return make_symbol(type, netfilter_batch);
      return (type >> 8U) == 10
                 ? netfilter_type(arena, type)
                 : make_word(arena, type, "{}<<8|{:#x}", symbol_text(arena, type >> 8U, netfilter_subsystems),
                             type & 0xffU);
    default:
      return make_symbol(type, netlink_types);
  }
}

// By what the message of nf_tables does; up to NFT_MSG_NEWGEN they come in threes.
const Table& flags_of_netfilter(std::uint16_t type) {
  constexpr std::uint16_t nf_tables = 10, messages = 25;
  constexpr std::string_view does = "ngdngdngdngdngdng-ngdgngd";
  static_assert(does.size() == messages);
  const std::uint16_t message = type & 0xff;
  if (type >> 8 != nf_tables || message >= messages) return netlink_flags;
  switch (does[message]) {
    case 'n':
      return netlink_new_flags;
    case 'g':
      return netlink_get_flags;
    case 'd':
      return netlink_delete_flags;
    default:
      return netlink_flags;
  }
}

const Table& flags_of(std::uint16_t type, std::int32_t protocol) {
  if (type == type_error || type == type_done) return netlink_ack_flags;
  if (type < first_of_protocol) return netlink_flags;
  if (protocol == sock_diag) return netlink_get_flags;
  if (protocol == netfilter) return flags_of_netfilter(type);
  if (protocol != route || type > 0x77) return netlink_flags;
  constexpr const Table* by_operation[] = {&netlink_new_flags, &netlink_delete_flags, &netlink_get_flags,
                                           &netlink_flags};
  return *by_operation[type & 3];
}

Decoded head_record(Arena& arena, const KernelHead& head, std::int32_t protocol) {
  return RecordBuilder(arena, 5)
      .add("nlmsg_len", make_unsigned(head.length))
      .add("nlmsg_type", type_of(arena, head.type, protocol))
      .add("nlmsg_flags", {make_flags(arena, head.flags, flags_of(head.type, protocol))})
      .add("nlmsg_seq", make_unsigned(head.sequence))
      .add("nlmsg_pid", make_signed(static_cast<std::int32_t>(head.port)))
      .done();
}

struct KernelNetfilterHead {
  std::uint8_t family, version;
  std::uint16_t resource;
};
NetlinkBody netfilter_body(const NetlinkPart& part) {
  const auto head = part.context.object<KernelNetfilterHead>(part.address);
  if (part.length < sizeof(KernelNetfilterHead) || !head) return {raw(part), {}};
  const Decoded version =
      head->version == 0 ? Decoded{Symbol{0, "NFNETLINK_V0", {}}} : make_unsigned(head->version, Base::hex);
  return {RecordBuilder(part.arena(), 3)
              .add("nfgen_family", make_symbol(head->family, address_families))
              .add("version", version)
              .add("res_id", make_htons(part.arena(), head->resource))
              .done(),
          make_attributes(part.after(sizeof *head), {&nameless_attributes, {}})};
}

NetlinkBody body_of(const NetlinkPart& part, const KernelHead& head, std::int32_t protocol) {
  constexpr std::uint16_t request = 1, tcp_diag = 18, sock_diag_by_family = 20;
  if (head.type == type_error) return {make_netlink_error(part, head.flags, protocol), {}};
  if (head.type == type_done) return {make_netlink_end(part, head.flags), {}};
  if (head.type < first_of_protocol) return {raw(part), {}};
  if (protocol == route) return make_route_body(part, head.type);
  if (protocol == sock_diag && head.type >= tcp_diag && head.type <= sock_diag_by_family)
    return make_socket_diagnosis(part, head.type, (head.flags & request) != 0);
  if (protocol == netfilter) return netfilter_body(part);
  return {raw(part), {}};
}

}  // namespace

Decoded make_netlink_list(Arena& arena, std::initializer_list<Decoded> parts) {
  auto items = arena.array<Decoded>(parts.size());
  std::size_t n = 0;
  for (const Decoded& part : parts) {
    if (!std::holds_alternative<std::monostate>(part.what)) items[n++] = part;
  }
  return {List{items.first(n)}};
}

// [header, body, attributes], or the header alone.
Decoded make_netlink_message(const NetlinkPart& part, std::int32_t protocol) {
  const auto head = part.context.object<KernelHead>(part.address);
  if (part.length < head_size || !head) return raw(part);
  const Decoded record = head_record(part.arena(), *head, protocol);
  const std::uint64_t used = std::min<std::uint64_t>(head->length, part.length);
  if (used <= head_size) return record;
  const NetlinkBody body =
      body_of({part.context, part.address + head_size, used - head_size, 0}, *head, protocol);
  return make_netlink_list(part.arena(), {record, body.head, body.attributes});
}

namespace {

// Where the next message begins; 0: there is none.
std::uint64_t step_of(const NetlinkPart& part) {
  const auto length = part.context.object<std::uint32_t>(part.address);
  if (part.length < head_size || !length || *length < head_size) return 0;
  const std::uint64_t step = (std::uint64_t{*length} + 3) & ~std::uint64_t{3};
  return step < part.length ? step : 0;
}

Decoded messages(NetlinkPart part, std::int32_t protocol) {
  constexpr std::size_t most = 4096;
  if (step_of(part) == 0) return make_netlink_message(part, protocol);
  const std::size_t limit =
      part.context.options().verbose ? most : std::max<std::size_t>(part.context.options().string_limit, 1);
  auto items = part.arena().array<Decoded>(
      static_cast<std::size_t>(std::min<std::uint64_t>(limit, part.length / head_size + 1)));
  std::size_t n = 0;
  std::uint64_t step = 0;
  do {
    step = step_of(part);
    items[n++] = make_netlink_message(part, protocol);
    part.skip(step);
  } while (step != 0 && n < items.size());
  return {List{items.first(n), step != 0}};
}

struct KernelAttribute {
  std::uint16_t length, type;
};
constexpr std::uint16_t nested_bit = 0x8000, network_order_bit = 0x4000;

std::string_view in_hex(Arena& arena, std::uint64_t value) {
  return std::get<Word>(make_word(arena, value, "{:#x}", value).what).text;
}

Decoded attribute_type(Arena& arena, std::uint16_t type, const Table& names) {
  const std::uint16_t bits = type & (nested_bit | network_order_bit);
  if (names.family.empty() && bits == 0) return make_unsigned(type, Base::hex);
  if (bits == 0) return make_symbol(type, names);
  return make_word(
      arena, type, "{}{}{}", (bits & nested_bit) != 0 ? "NLA_F_NESTED|" : "",
      (bits & network_order_bit) != 0 ? "NLA_F_NET_BYTEORDER|" : "",
      names.family.empty() ? in_hex(arena, type & 0x3fffU) : symbol_text(arena, type & 0x3fffU, names));
}

Decoded attribute_value(const NetlinkPart& value, std::uint16_t type, const NetlinkAttributes& attributes) {
  for (const NetlinkAttribute& known : attributes.known) {
    if (known.type != (type & 0x3fff)) continue;
    const Decoded shown = known.show(value, known);
    if (!std::holds_alternative<std::monostate>(shown.what)) return shown;
  }
  return raw(value);
}

Decoded one_attribute(const NetlinkPart& part, const KernelAttribute& a,
                      const NetlinkAttributes& attributes) {
  const Decoded head = RecordBuilder(part.arena(), 2)
                           .add("nla_len", make_unsigned(a.length))
                           .add("nla_type", attribute_type(part.arena(), a.type, *attributes.names))
                           .done();
  const std::uint64_t used = std::min<std::uint64_t>(a.length, part.length);
  if (used <= sizeof a) return head;
  NetlinkPart value = part;
  value.address += sizeof a;
  value.length = used - sizeof a;
  return make_netlink_list(part.arena(), {head, attribute_value(value, a.type, attributes)});
}

template <class T>
std::optional<T> value_of(const NetlinkPart& part) {
  return part.length >= sizeof(T) ? part.context.object<T>(part.address) : std::nullopt;
}
template <class T>
Decoded number_of(const NetlinkPart& part) {
  const auto value = value_of<T>(part);
  return value ? make_unsigned(*value) : Decoded{};
}

}  // namespace

Decoded make_attributes(const NetlinkPart& whole, const NetlinkAttributes& attributes) {
  constexpr std::size_t most = 1024;
  NetlinkPart part = whole;
  if (part.length == 0) return {};
  const std::size_t limit =
      part.context.options().verbose ? most : std::max<std::size_t>(part.context.options().string_limit, 1);
  auto items = part.arena().array<Decoded>(
      std::min(limit, static_cast<std::size_t>(part.length / sizeof(KernelAttribute)) + 1));
  std::size_t n = 0;
  while (n < items.size() && part.length > 0) {
    const auto head = value_of<KernelAttribute>(part);
    items[n++] = head ? one_attribute(part, *head, attributes) : raw(part);
    if (!head || head->length < sizeof *head) break;
    part.skip(head->length);
  }
  return n == 1 ? items[0]
                : Decoded{List{items.first(n), part.length >= sizeof(KernelAttribute) && n == limit}};
}

Decoded make_network_address(const NetlinkPart& part) {
  constexpr std::uint32_t af_inet = 2, af_inet6 = 10;
  if (part.family == af_inet) {
    const auto ip = value_of<std::uint32_t>(part);
    return ip ? make_inet_address(part.arena(), *ip) : Decoded{};
  }
  const auto ip = part.family == af_inet6 ? value_of<in6_addr>(part) : std::nullopt;
  if (!ip) return {};
  char text[INET6_ADDRSTRLEN];
  return make_word(part.arena(), 0, "inet_pton(AF_INET6, \"{}\")",
                   inet_ntop(AF_INET6, &*ip, text, sizeof text));
}

Decoded show_u8_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  return number_of<std::uint8_t>(part);
}
Decoded show_u16_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  return number_of<std::uint16_t>(part);
}
Decoded show_u32_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  return number_of<std::uint32_t>(part);
}
Decoded show_u64_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  return number_of<std::uint64_t>(part);
}
Decoded show_hex32_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto value = value_of<std::uint32_t>(part);
  return value ? make_unsigned(*value, Base::hex) : Decoded{};
}
Decoded show_hex64_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto value = value_of<std::uint64_t>(part);
  return value ? make_unsigned(*value, Base::hex) : Decoded{};
}
Decoded show_s64_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto value = value_of<std::int64_t>(part);
  return value ? make_signed(*value) : Decoded{};
}
Decoded show_s32_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto value = value_of<std::int32_t>(part);
  return value ? make_signed(*value) : Decoded{};
}
Decoded show_text_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto text = part.context.string(part.address, static_cast<std::size_t>(part.length));
  return text ? make_text(text->bytes) : Decoded{};
}
Decoded show_hardware_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  constexpr std::uint64_t longest = 32;  // MAX_ADDR_LEN
  auto bytes = part.arena().array<std::byte>(static_cast<std::size_t>(std::min(part.length, longest)));
  return part.context.read(part.address, bytes) ? make_hardware_address(part.arena(), bytes) : Decoded{};
}
Decoded show_interface_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto index = value_of<std::uint32_t>(part);
  return index ? make_interface(part.context, *index) : Decoded{};
}
Decoded show_address_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  return make_network_address(part);
}
Decoded show_flags_attribute(const NetlinkPart& part, const NetlinkAttribute& attribute) {
  const auto bits = value_of<std::uint32_t>(part);
  return bits ? Decoded{make_flags(part.arena(), *bits, *attribute.table)} : Decoded{};
}
Decoded show_symbol_attribute(const NetlinkPart& part, const NetlinkAttribute& attribute) {
  const auto value = value_of<std::uint32_t>(part);
  return value ? make_symbol(*value, *attribute.table) : Decoded{};
}
Decoded show_small_symbol_attribute(const NetlinkPart& part, const NetlinkAttribute& attribute) {
  const auto value = value_of<std::uint8_t>(part);
  return value ? make_symbol(*value, *attribute.table) : Decoded{};
}
Decoded show_structure_attribute(const NetlinkPart& part, const NetlinkAttribute& attribute) {
  const std::uint64_t least = std::min<std::uint64_t>(size_of(*attribute.layout, part.context.abi()), 4);
  if (part.length < least) return {};
  return make_structure(part.context, *attribute.layout, part.address, part.length);
}
Decoded show_nested_attribute(const NetlinkPart& part, const NetlinkAttribute& attribute) {
  return make_attributes(part, *attribute.nested);
}

Decoded make_socket_bytes(Context& context, std::uint64_t address, std::uint64_t length) {
  Surroundings* const surroundings = context.options().surroundings;
  const auto fd = static_cast<std::int32_t>(context.arg(0));
  if (surroundings == nullptr || address == 0 || length == 0) return make_bytes(context, address, length);
  const auto protocol = surroundings->netlink_protocol(fd);
  if (!protocol || *protocol == uevent) return make_bytes(context, address, length);
  if (length < head_size) return make_bytes(context, address, length, true);
  if (!context.object<KernelHead>(address)) return make_unread(address);
  return messages({context, address, length}, *protocol);
}

}  // namespace ptop::decode
