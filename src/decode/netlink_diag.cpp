// NETLINK_SOCK_DIAG: what ss(8) asks about sockets of the internet and of Unix, and what it is answered.
#include <sys/sysmacros.h>

#include "flag_tables.hpp"
#include "netlink.hpp"
#include "netlink_tables.hpp"
#include "network.hpp"
#include "stat.hpp"

namespace ptop::decode {
namespace {

enum Family : std::uint32_t { af_unix = 1, af_inet = 2, af_inet6 = 10, af_netlink = 16, af_packet = 17 };

constexpr Member unix_request_members[] = {u8("sdiag_family").symbol(address_families),
                                           u8("sdiag_protocol"),
                                           pad(2),
                                           u32("udiag_states").flags(tcp_state_bits),
                                           u32("udiag_ino"),
                                           u32("udiag_show").flags(unix_diag_shows),
                                           u32("udiag_cookie").times(2)};
constexpr Structure unix_request{unix_request_members};
constexpr Member unix_answer_members[] = {u8("udiag_family").symbol(address_families),
                                          u8("udiag_type").symbol(socket_types),
                                          u8("udiag_state").symbol(tcp_states),
                                          pad(1),
                                          u32("udiag_ino"),
                                          u32("udiag_cookie").times(2)};
constexpr Structure unix_answer{unix_answer_members};

// struct unix_diag_vfs. The device is in the kernel's own form, 12 bits and 20, and not in that of stat(2).
Decoded show_vfs(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto vfs =
      part.length >= 8 ? part.context.object<std::array<std::uint32_t, 2>>(part.address) : std::nullopt;
  if (!vfs) return {};
  const auto [inode, device] = *vfs;
  const std::uint32_t major = device >> 20U, minor = device & 0xfffffU;
  return RecordBuilder(part.arena(), 2)
      .add("udiag_vfs_dev", make_device(part.arena(), gnu_dev_makedev(major, minor)))
      .add("udiag_vfs_ino", make_unsigned(inode))
      .done();
}
// Of those who wait to be accepted.
Decoded show_inodes(const NetlinkPart& part, const NetlinkAttribute&) {
  return make_list(part.context, part.address, part.length / 4, 4, [&](std::uint64_t at) -> Decoded {
    const auto inode = part.context.object<std::uint32_t>(at);
    return inode ? make_unsigned(*inode) : Decoded{};
  });
}
constexpr Member queue_members[] = {u32("udiag_rqueue"), u32("udiag_wqueue")};
constexpr Structure queues{queue_members};
constexpr NetlinkAttribute unix_known[] = {
    {0, show_text_attribute},                         // UNIX_DIAG_NAME
    {1, show_vfs},                                    // UNIX_DIAG_VFS
    {2, show_u32_attribute},                          // UNIX_DIAG_PEER
    {3, show_inodes},                                 // UNIX_DIAG_ICONS
    {4, show_structure_attribute, nullptr, &queues},  // UNIX_DIAG_RQLEN
    {5, show_socket_memory},                          // UNIX_DIAG_MEMINFO
    {6, show_u8_attribute},                           // UNIX_DIAG_SHUTDOWN
    {7, show_u32_attribute},                          // UNIX_DIAG_UID
};
constexpr NetlinkAttributes unix_set{&unix_diag_attributes, unix_known};

// include/uapi/linux/inet_diag.h: who talks to whom. Ports are in network order.
struct KernelSocketId {
  std::uint16_t source_port, destination_port;
  std::array<std::byte, 16> source, destination;
  std::uint32_t interface;
  std::array<std::uint32_t, 2> cookie;
};
static_assert(sizeof(KernelSocketId) == 48);
struct KernelRequest {
  std::uint8_t family, protocol, extensions, pad;
  std::uint32_t states;
  KernelSocketId id;
};
struct KernelAnswer {
  std::uint8_t family, state, timer, retransmits;
  KernelSocketId id;
  std::uint32_t expires, receive_queue, send_queue, uid, inode;
};

void add_address(RecordBuilder& record, std::string_view name, const NetlinkPart& part,
                 std::uint32_t family) {
  const NetlinkPart ip{part.context, part.address, part.length, family};
  if (family != af_inet6) {
    record.add(name, make_network_address(ip));
    return;
  }
  const auto bytes =
      part.context.object<std::array<std::byte, 16>>(part.address).value_or(std::array<std::byte, 16>{});
  record.add(name, make_inet6_address(part.arena(), bytes, name), Naming::never);
}

Decoded socket_id(const NetlinkPart& part, const KernelSocketId& id, std::uint32_t family) {
  Arena& arena = part.arena();
  RecordBuilder record(arena, 6);
  record.add("idiag_sport", make_htons(arena, id.source_port));
  record.add("idiag_dport", make_htons(arena, id.destination_port));
  if (family == af_inet || family == af_inet6) {
    add_address(record, "idiag_src", {part.context, part.address + 4, 16}, family);
    add_address(record, "idiag_dst", {part.context, part.address + 20, 16}, family);
  }
  auto cookie = arena.array<Decoded>(2);
  for (std::size_t i = 0; i < 2; ++i) cookie[i] = make_unsigned(id.cookie[i]);
  return record.add("idiag_if", make_interface(part.context, id.interface))
      .add("idiag_cookie", {List{cookie}})
      .done();
}

Decoded inet_request(const NetlinkPart& part, const KernelRequest& q) {
  Arena& arena = part.arena();
  return RecordBuilder(arena, 5)
      .add("sdiag_family", make_symbol(q.family, address_families))
      .add("sdiag_protocol", make_symbol(q.protocol, inet_protocols))
      .add("idiag_ext", {make_flags(arena, q.extensions, inet_diag_extensions)})
      .add("idiag_states", {make_flags(arena, q.states, tcp_state_bits)})
      .add("id", socket_id({part.context, part.address + 8, sizeof q.id}, q.id, q.family))
      .done();
}

Decoded inet_answer(const NetlinkPart& part, const KernelAnswer& m) {
  return RecordBuilder(part.arena(), 10)
      .add("idiag_family", make_symbol(m.family, address_families))
      .add("idiag_state", make_symbol(m.state, tcp_states))
      .add("idiag_timer", make_unsigned(m.timer))
      .add("idiag_retrans", make_unsigned(m.retransmits))
      .add("id", socket_id({part.context, part.address + 4, sizeof m.id}, m.id, m.family))
      .add("idiag_expires", make_unsigned(m.expires))
      .add("idiag_rqueue", make_unsigned(m.receive_queue))
      .add("idiag_wqueue", make_unsigned(m.send_queue))
      .add("idiag_uid", make_unsigned(m.uid))
      .add("idiag_inode", make_unsigned(m.inode))
      .done();
}

constexpr Member memory_members[] = {u32("idiag_rmem"), u32("idiag_wmem"), u32("idiag_fmem"),
                                     u32("idiag_tmem")};
constexpr Structure memory{memory_members};

Decoded show_shutdown(const NetlinkPart& part, const NetlinkAttribute&) {
  constexpr std::string_view sides[] = {"", "RCV_SHUTDOWN", "SEND_SHUTDOWN", "RCV_SHUTDOWN|SEND_SHUTDOWN"};
  const auto bits = part.length > 0 ? part.context.object<std::uint8_t>(part.address) : std::nullopt;
  if (!bits) return {};
  const Decoded number = make_unsigned(*bits, Base::hex);
  return *bits == 0 || *bits > 3 ? number : make_remarked(part.arena(), number, sides[*bits]);
}

// What a congestion control says of a connection.
constexpr Member vegas_members[] = {u32("tcpv_enabled"), u32("tcpv_rttcnt"), u32("tcpv_rtt"),
                                    u32("tcpv_minrtt")};
constexpr Structure vegas{vegas_members};
constexpr Member dctcp_members[] = {u16("dctcp_enabled"), u16("dctcp_ce_state"), u32("dctcp_alpha"),
                                    u32("dctcp_ab_ecn"), u32("dctcp_ab_tot")};
constexpr Structure dctcp{dctcp_members};
constexpr Member bbr_members[] = {u32("bbr_bw_lo").hex(), u32("bbr_bw_hi").hex(), u32("bbr_min_rtt"),
                                  u32("bbr_pacing_gain"), u32("bbr_cwnd_gain")};
constexpr Structure bbr{bbr_members};
Decoded show_whole_structure(const NetlinkPart& part, const NetlinkAttribute& attribute) {
  if (part.length < size_of(*attribute.layout, part.context.abi())) return {};
  return make_structure(part.context, *attribute.layout, part.address);
}

}  // namespace

// SK_MEMINFO_*: linux/sock_diag.h

Decoded show_socket_memory(const NetlinkPart& part, const NetlinkAttribute&) {
  constexpr std::string_view names[] = {"RMEM_ALLOC",  "RCVBUF", "WMEM_ALLOC", "SNDBUF", "FWD_ALLOC",
                                        "WMEM_QUEUED", "OPTMEM", "BACKLOG",    "DROPS"};
  return make_list(part.context, part.address, part.length / 4, 4, [&](std::uint64_t at) -> Decoded {
    const auto value = part.context.object<std::uint32_t>(at);
    const std::uint64_t index = (at - part.address) / 4;
    if (!value) return {};
    if (index >= std::size(names))
      return make_word(part.arena(), *value, "[{} /* SK_MEMINFO_??? */]={}", index, *value);
    return make_word(part.arena(), *value, "[SK_MEMINFO_{}]={}", names[index], *value);
  });
}

namespace {

// struct inet_diag_sockopt: a bit each; without -v those that are set.
Decoded show_socket_options(const NetlinkPart& part, const NetlinkAttribute&) {
  constexpr std::string_view names[] = {"recverr",         "is_icsk",      "freebind",
                                        "hdrincl",         "mc_loop",      "transparent",
                                        "mc_all",          "nodefrag",     "bind_address_no_port",
                                        "recverr_rfc4884", "defer_connect"};
  const auto bits = part.length >= 2 ? part.context.object<std::uint16_t>(part.address) : std::nullopt;
  if (!bits) return {};
  const bool all = part.context.options().verbose;
  RecordBuilder record(part.arena(), std::size(names) + 1);
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const bool set = (*bits >> i & 1) != 0;
    if (all || set) record.add(names[i], make_unsigned(set ? 1 : 0));
  }
  const unsigned unused = *bits >> std::size(names);
  if (all || unused != 0)
    record.add("unused", make_remarked(part.arena(), make_unsigned(unused, Base::hex), "bits 3..8"));
  return record.done();
}

constexpr NetlinkAttribute inet_known[] = {
    {1, show_structure_attribute, nullptr, &memory},     // INET_DIAG_MEMINFO
    {3, show_whole_structure, nullptr, &vegas},          // INET_DIAG_VEGASINFO
    {4, show_text_attribute},                            // INET_DIAG_CONG
    {5, show_u8_attribute},                              // INET_DIAG_TOS
    {6, show_u8_attribute},                              // INET_DIAG_TCLASS
    {7, show_socket_memory},                             // INET_DIAG_SKMEMINFO
    {8, show_shutdown},                                  // INET_DIAG_SHUTDOWN
    {9, show_whole_structure, nullptr, &dctcp},          // INET_DIAG_DCTCPINFO
    {10, show_small_symbol_attribute, &inet_protocols},  // INET_DIAG_PROTOCOL
    {11, show_u8_attribute},                             // INET_DIAG_SKV6ONLY
    {15, show_u32_attribute},                            // INET_DIAG_MARK
    {16, show_whole_structure, nullptr, &bbr},           // INET_DIAG_BBRINFO
    {17, show_u32_attribute},                            // INET_DIAG_CLASS_ID
    {21, show_u64_attribute},                            // INET_DIAG_CGROUP_ID
    {22, show_socket_options},                           // INET_DIAG_SOCKOPT
};
constexpr NetlinkAttributes inet_set{&inet_diag_attributes, inet_known};

template <class T>
std::optional<T> head_of(const NetlinkPart& part) {
  return part.length >= sizeof(T) ? part.context.object<T>(part.address) : std::nullopt;
}

NetlinkBody raw_body(const NetlinkPart& part) {
  return {make_bytes(part.context, part.address, part.length, true), {}};
}

// struct inet_diag_req, of TCPDIAG_GETSOCK and DCCPDIAG_GETSOCK.
struct KernelOldRequest {
  std::uint8_t family, source_length, destination_length, extensions;
  KernelSocketId id;
  std::uint32_t states, tables;
};
NetlinkBody old_request(const NetlinkPart& part) {
  const auto q = head_of<KernelOldRequest>(part);
  if (!q) return raw_body(part);
  Arena& arena = part.arena();
  return {RecordBuilder(arena, 7)
              .add("idiag_family", make_symbol(q->family, address_families))
              .add("idiag_src_len", make_unsigned(q->source_length))
              .add("idiag_dst_len", make_unsigned(q->destination_length))
              .add("idiag_ext", {make_flags(arena, q->extensions, inet_diag_extensions)})
              .add("id", socket_id({part.context, part.address + 4, sizeof q->id}, q->id, q->family))
              .add("idiag_states", {make_flags(arena, q->states, tcp_state_bits)})
              .add("idiag_dbs", make_unsigned(q->tables))
              .done(),
          make_attributes(part.after(sizeof *q), {&inet_diag_request_attributes, {}})};
}

NetlinkBody inet_body(const NetlinkPart& part, std::uint16_t type, bool request) {
  constexpr std::uint16_t by_family = 20;
  if (request && type != by_family) return old_request(part);
  if (request) {
    const auto q = head_of<KernelRequest>(part);
    if (!q) return raw_body(part);
    const NetlinkPart rest = part.after(sizeof *q);
    return {inet_request(part, *q), make_attributes(rest, {&inet_diag_request_attributes, {}})};
  }
  const auto m = head_of<KernelAnswer>(part);
  return m ? NetlinkBody{inet_answer(part, *m), make_attributes(part.after(sizeof *m), inet_set)}
           : raw_body(part);
}

NetlinkBody unix_body(const NetlinkPart& part, bool request) {
  const Structure& layout = request ? unix_request : unix_answer;
  const std::uint64_t size = size_of(layout, part.context.abi());
  if (part.length < size) return raw_body(part);
  return {make_structure(part.context, layout, part.address),
          request ? Decoded{} : make_attributes(part.after(size), unix_set)};
}

}  // namespace

NetlinkBody make_socket_diagnosis(const NetlinkPart& part, std::uint16_t type, bool request) {
  const auto family = head_of<std::uint8_t>(part);
  if (family && *family == af_unix) return unix_body(part, request);
  if (family && (*family == af_inet || *family == af_inet6)) return inet_body(part, type, request);
  if (family && *family == af_netlink) return make_netlink_diagnosis(part, request);
  if (family && *family == af_packet) return make_packet_diagnosis(part, request);
  return make_family_body(part);
}

}  // namespace ptop::decode
