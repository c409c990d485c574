// getsockopt and setsockopt: names of options by level, and what is behind them.
#include <algorithm>

#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

enum Level : std::uint32_t {
  sol_ip = 0,
  sol_socket = 1,
  sol_ipv6 = 41,
  sol_raw = 255,
  sol_packet = 263,
  sol_netlink = 270,
};
constexpr std::uint32_t so_attach_filter = 26;

struct LevelOptions {
  std::uint32_t level;
  const Table* names;
};
constexpr LevelOptions levels[] = {
    {sol_ip, &ip_options},     {sol_socket, &socket_options},
    {6, &tcp_options},         {17, &udp_options},
    {sol_ipv6, &ipv6_options}, {132, &sctp_options},
    {sol_raw, &raw_options},   {256, &ipx_options},
    {257, &ax25_options},      {sol_packet, &packet_options},
    {266, &irda_options},      {268, &llc_options},
    {269, &dccp_options},      {sol_netlink, &netlink_options},
    {271, &tipc_options},      {272, &rxrpc_options},
    {273, &pppol2tp_options},  {274, &bluetooth_options},
    {275, &pnpipe_options},    {276, &rds_options},
    {277, &iucv_options},      {278, &caif_options},
    {279, &alg_options},       {280, &nfc_options},
    {281, &kcm_options},       {282, &tls_options},
    {283, &xdp_options},
};

const Table* options_of(std::uint32_t level) {
  for (const LevelOptions& row : levels) {
    if (row.level == level) return row.names;
  }
  return nullptr;
}

// One option of this call, and the bytes that are its value.
struct Option {
  Context& context;
  std::uint64_t address;
  std::uint64_t length;
  bool got;  // by getsockopt(2): what there is of it, however little

  Arena& arena() const { return context.arena(); }
};

Decoded one_item(Arena& arena, const Decoded& item) { return {List{{arena.node(item), 1}}}; }

Decoded default_value(const Option& o) {
  if (o.length != sizeof(std::int32_t)) return make_bytes(o.context, o.address, o.length);
  const auto value = o.context.object<std::int32_t>(o.address);
  return value ? one_item(o.arena(), make_signed(*value)) : make_unread(o.address);
}

// An int, whose length may be more than that. The kernel gives fewer bytes of it if nobody asks for more.
Decoded int_value(const Option& o) {
  if (o.length >= sizeof(std::int32_t)) {
    const auto value = o.context.object<std::int32_t>(o.address);
    return value ? one_item(o.arena(), make_signed(*value)) : make_unread(o.address);
  }
  return o.got ? make_bytes(o.context, o.address, o.length, true) : make_unread(o.address);
}

// A structure of ints that may be cut off anywhere: {l_onoff=0, l_linger="\x00\x00"}.
Decoded ints_value(const Option& o, std::span<const std::string_view> names,
                   Decoded (*show)(Context&, std::size_t, std::uint32_t)) {
  constexpr std::size_t width = sizeof(std::uint32_t);
  if (!o.got && o.length < names.size() * width) return make_unread(o.address);
  RecordBuilder record(o.arena(), names.size());
  for (std::size_t i = 0; i < names.size() && i * width < o.length; ++i) {
    const std::uint64_t at = o.address + i * width, left = o.length - i * width;
    if (left < width) {
      record.add(names[i], make_bytes(o.context, at, left, true));
      break;
    }
    const auto value = o.context.object<std::uint32_t>(at);
    if (!value) return make_unread(o.address);
    record.add(names[i], show(o.context, i, *value));
  }
  return record.done();
}

Decoded as_signed(Context&, std::size_t, std::uint32_t v) {
  return make_signed(static_cast<std::int32_t>(v));
}
Decoded as_unsigned(Context&, std::size_t, std::uint32_t v) { return make_unsigned(v); }
Decoded as_credential(Context& context, std::size_t i, std::uint32_t v) {
  if (i == 0) return make_pid(static_cast<std::int32_t>(v), context.arena(), context.options());
  return v == ~0U ? make_signed(-1) : make_unsigned(v);
}

Decoded linger_value(const Option& o) {
  constexpr std::string_view names[] = {"l_onoff", "l_linger"};
  return ints_value(o, names, as_signed);
}

Decoded credentials_value(const Option& o) {
  constexpr std::string_view names[] = {"pid", "uid", "gid"};
  return o.got ? ints_value(o, names, as_credential) : default_value(o);
}

Decoded filter_value(const Option& o) {
  if (o.got) return make_filter(o.context, o.address, o.length, FilterOf::socket);
  const std::uint64_t size = 2 * o.context.word_size();
  return o.length == size ? make_filter_program(o.context, o.address, FilterOf::socket)
                          : make_unread(o.address);
}

Decoded txrehash_value(const Option& o) {
  if (o.length < sizeof(std::uint32_t)) return int_value(o);
  const auto value = o.context.object<std::uint32_t>(o.address);
  if (!value) return make_unread(o.address);
  const Decoded named = make_symbol(*value, txrehash_modes);
  if (!std::get<Symbol>(named.what).name.empty()) return one_item(o.arena(), named);
  return one_item(o.arena(), make_remarked(o.arena(), make_signed(static_cast<std::int32_t>(*value)),
                                           txrehash_modes.family));
}

Decoded membership_value(const Option& o) {
  const auto both = o.length >= 8 ? o.context.object<std::array<std::uint32_t, 2>>(o.address) : std::nullopt;
  if (!both) return make_unread(o.address);
  return RecordBuilder(o.arena(), 2)
      .add("imr_multiaddr", make_inet_address(o.arena(), (*both)[0]))
      .add("imr_interface", make_inet_address(o.arena(), (*both)[1]))
      .done();
}

struct KernelIpv6Membership {
  std::array<std::byte, 16> group;
  std::uint32_t interface;
};

Decoded membership6_value(const Option& o) {
  const auto m = o.length >= sizeof(KernelIpv6Membership) ? o.context.object<KernelIpv6Membership>(o.address)
                                                          : std::nullopt;
  if (!m) return make_unread(o.address);
  return RecordBuilder(o.arena(), 2)
      .add("ipv6mr_multiaddr", make_inet6_address(o.arena(), m->group, "ipv6mr_multiaddr"), Naming::never)
      .add("ipv6mr_interface", make_interface(o.context, m->interface))
      .done();
}

// struct group_req: an interface, and an address behind what aligns it.
Decoded group_value(const Option& o) {
  constexpr std::uint64_t storage = 128;
  const std::uint64_t before = o.context.word_size();
  const auto index = o.length >= before + storage ? o.context.object<std::uint32_t>(o.address) : std::nullopt;
  if (!index) return make_unread(o.address);
  return RecordBuilder(o.arena(), 2)
      .add("gr_interface", make_interface(o.context, *index))
      .add("gr_group", make_sockaddr(o.context, o.address + before, storage))
      .done();
}

struct KernelPacketMembership {
  std::uint32_t index;
  std::uint16_t type, length;
  std::array<std::byte, 8> address;
};

Decoded packet_membership_value(const Option& o) {
  const auto m = o.length >= sizeof(KernelPacketMembership)
                     ? o.context.object<KernelPacketMembership>(o.address)
                     : std::nullopt;
  if (!m) return make_unread(o.address);
  const auto used = std::span(m->address).first(std::min<std::size_t>(m->length, m->address.size()));
  return RecordBuilder(o.arena(), 4)
      .add("mr_ifindex", make_interface(o.context, m->index))
      .add("mr_type", make_symbol(m->type, packet_memberships))
      .add("mr_alen", make_unsigned(m->length))
      .add("mr_address", make_hardware_address(o.arena(), used))
      .done();
}

Decoded packet_ring_value(const Option& o) {
  constexpr std::string_view names[] = {"tp_block_size", "tp_block_nr", "tp_frame_size", "tp_frame_nr"};
  if (o.length != sizeof(std::uint32_t) * std::size(names)) return make_unread(o.address);
  return ints_value(o, names, as_unsigned);
}

Decoded packet_statistics_value(const Option& o) {
  constexpr std::string_view names[] = {"tp_packets", "tp_drops"};
  return o.got ? ints_value(o, names, as_unsigned) : default_value(o);
}

// Types of ICMP that do not get in: one bit each.
Decoded icmp_filter_value(const Option& o) {
  std::uint32_t mask = 0;
  const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(o.length, sizeof mask));
  if (n == 0 || !o.context.read(o.address, std::as_writable_bytes(std::span(&mask, 1)).first(n)))
    return make_unread(o.address);
  fmt::basic_memory_buffer<char, 256> text;
  const auto out = std::back_inserter(text);
  std::string_view separator;
  for (std::uint32_t i = 0; i < 32; ++i) {
    if ((mask >> i & 1) == 0) continue;
    fmt::format_to(out, "{}{}", separator, symbol_text(o.arena(), i, icmp_types));
    separator = " ";
  }
  return one_item(o.arena(), {Word{o.arena().copy({text.data(), text.size()}), mask}});
}

Decoded netlink_groups_value(const Option& o) {
  if (!o.got) return int_value(o);
  return make_list(o.context, o.address, o.length / 4, 4, [&](std::uint64_t at) -> Decoded {
    const auto group = o.context.object<std::uint32_t>(at);
    return group ? make_unsigned(*group) : Decoded{};
  });
}

struct Value {
  std::uint32_t level, option;
  Decoded (*show)(const Option&);
};
constexpr Value values[] = {
    {sol_socket, 13, linger_value},
    {sol_socket, 17, credentials_value},
    {sol_socket, so_attach_filter, filter_value},
    {sol_socket, 51, filter_value},
    {sol_socket, 74, txrehash_value},
    {sol_ip, 35, membership_value},
    {sol_ip, 36, membership_value},
    {sol_ip, 42, group_value},
    {sol_ip, 45, group_value},
    {sol_ipv6, 20, membership6_value},
    {sol_ipv6, 21, membership6_value},
    {sol_ipv6, 27, membership6_value},
    {sol_ipv6, 28, membership6_value},
    {sol_ipv6, 42, group_value},
    {sol_ipv6, 45, group_value},
    {sol_raw, 1, icmp_filter_value},
    {sol_packet, 1, packet_membership_value},
    {sol_packet, 2, packet_membership_value},
    {sol_packet, 5, packet_ring_value},
    {sol_packet, 6, packet_statistics_value},
    {sol_packet, 13, packet_ring_value},
    {sol_netlink, 9, netlink_groups_value},
};

// Options of SOL_SOCKET that are an int, whatever length they are given with.
bool is_socket_int(std::uint32_t option, bool got) {
  constexpr std::uint8_t ints[] = {1,  2,  5,  6,  7,  8,  9,  10, 11, 12, 14, 15, 16, 18, 19,
                                   27, 29, 30, 32, 33, 34, 35, 36, 37, 40, 41, 42, 43, 44, 45,
                                   46, 49, 53, 56, 60, 63, 64, 65, 68, 69, 70, 73, 75};
  constexpr std::uint32_t so_error = 4;
  return (got && option == so_error) || std::find(std::begin(ints), std::end(ints), option) != std::end(ints);
}

Decoded option_value(const Option& o) {
  const auto level = static_cast<std::uint32_t>(o.context.arg(1));
  const auto option = static_cast<std::uint32_t>(o.context.arg(2));
  for (const Value& v : values) {
    if (v.level == level && v.option == option) return v.show(o);
  }
  const Table* const names = options_of(level);
  const bool known = names != nullptr && !std::get<Symbol>(make_symbol(option, *names).what).name.empty();
  if (level == sol_socket && is_socket_int(option, o.got)) return int_value(o);
  if (level == sol_netlink && known && !o.got) return int_value(o);
  return default_value(o);
}

}  // namespace

Decoded decode_socket_option(Context& context, const Argument&, std::uint64_t value) {
  const auto option = static_cast<std::uint32_t>(value);
  const Table* const names = options_of(static_cast<std::uint32_t>(context.arg(1)));
  return names != nullptr ? make_symbol(option, *names) : make_unsigned(option);
}

// The same number sets a filter and gets it.
Decoded decode_got_socket_option(Context& context, const Argument& argument, std::uint64_t value) {
  const bool filter = static_cast<std::uint32_t>(context.arg(1)) == sol_socket && value == so_attach_filter;
  return filter ? Decoded{Symbol{so_attach_filter, "SO_GET_FILTER", {}}}
                : decode_socket_option(context, argument, value);
}

Decoded decode_option_value(Context& context, const Argument&, std::uint64_t address) {
  const auto length = static_cast<std::int32_t>(context.arg(4));
  if (length < 0) return make_unread(address);
  return option_value({context, address, static_cast<std::uint64_t>(length), false});
}

// The kernel writes no more than there is room for, and says how much there would be.
Decoded decode_option_value_out(Context& context, const Argument&, std::uint64_t address) {
  const auto length = context.object<std::int32_t>(context.arg(4));
  const auto room = length_at_enter(context, 4);
  const bool filter =
      static_cast<std::uint32_t>(context.arg(1)) == sol_socket && context.arg(2) == so_attach_filter;
  if (!length || !room || *length <= 0) return make_unread(address);
  if (filter && *room == 0) return make_unread(address);
  return option_value({context, address, static_cast<std::uint64_t>(*length), true});
}

}  // namespace ptop::decode
