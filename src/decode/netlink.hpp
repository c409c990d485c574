// Messages of netlink: attributes as data, and who decodes the body of which protocol's messages.
#pragma once

#include "context.hpp"
#include "structure.hpp"

namespace ptop::decode {

/// Bytes of one message: a piece of the tracee's memory, and the address family the message is about.
struct NetlinkPart {
  Context& context;
  std::uint64_t address, length;
  std::uint32_t family = 0;
  std::string_view kind = {};  ///< of the link whose IFLA_LINKINFO this is a part of

  Arena& arena() const { return context.arena(); }
  /// Goes on behind its first `n` bytes, aligned as netlink has it.
  void skip(std::uint64_t n) {
    const std::uint64_t skipped = std::min(length, (n + 3) & ~std::uint64_t{3});
    address += skipped;
    length -= skipped;
  }
  NetlinkPart after(std::uint64_t n) const {
    NetlinkPart rest = *this;
    rest.skip(n);
    return rest;
  }
};

struct NetlinkAttribute;
using ShowAttribute = Decoded (*)(const NetlinkPart&, const NetlinkAttribute&);
struct NetlinkAttribute {
  std::uint16_t type;
  ShowAttribute show;
  const Table* table = nullptr;
  const Structure* layout = nullptr;
  const struct NetlinkAttributes* nested = nullptr;
};
/// The attributes of one kind of message.
struct NetlinkAttributes {
  const Table* names;
  std::span<const NetlinkAttribute> known;
};

// All give an empty node when the attribute is shorter than what it should be: then its bytes are shown.
Decoded show_u8_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_u16_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_u32_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_u64_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_hex32_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_hex64_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_s32_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_s64_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_text_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_hardware_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_interface_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_address_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_flags_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_symbol_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_small_symbol_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_structure_attribute(const NetlinkPart&, const NetlinkAttribute&);
Decoded show_nested_attribute(const NetlinkPart&, const NetlinkAttribute&);
/// RTA_TABLE, FRA_TABLE
Decoded show_table_attribute(const NetlinkPart&, const NetlinkAttribute&);
/// SK_MEMINFO_*
Decoded show_socket_memory(const NetlinkPart&, const NetlinkAttribute&);

/// All attributes of a part: `[{nla_len=8, nla_type=IFLA_MTU}, 1500]`, or a list of such.
Decoded make_attributes(const NetlinkPart& part, const NetlinkAttributes& attributes);

/// [header, body, attributes], or the header alone.
Decoded make_netlink_message(const NetlinkPart& part, std::int32_t protocol);
/// Of those that are not empty.
Decoded make_netlink_list(Arena& arena, std::initializer_list<Decoded> parts);
/// What follows the header of NLMSG_ERROR and of NLMSG_DONE. `flags`: of that header.
Decoded make_netlink_error(const NetlinkPart& part, std::uint16_t flags, std::int32_t protocol);
Decoded make_netlink_end(const NetlinkPart& part, std::uint16_t flags);

/// Items of a message after its header.
struct NetlinkBody {
  Decoded head;
  Decoded attributes;  ///< empty: there are none
};
/// An address by the part's family: inet_addr("…"), inet_pton(AF_INET6, "…"); empty for other families.
Decoded make_network_address(const NetlinkPart& part);

NetlinkBody make_route_body(const NetlinkPart& part, std::uint16_t type);
NetlinkBody make_rule_body(const NetlinkPart& part);
NetlinkBody make_traffic_body(const NetlinkPart& part);
NetlinkBody make_socket_diagnosis(const NetlinkPart& part, std::uint16_t type, bool request);
NetlinkBody make_netlink_diagnosis(const NetlinkPart& part, bool request);
NetlinkBody make_packet_diagnosis(const NetlinkPart& part, bool request);
/// A structure that begins with an address family, and attributes after it. `family`: the name of that
/// member, which is all that is shown of a message that is too short.
NetlinkBody make_layout_body(const NetlinkPart& part, const Structure& layout, std::string_view family,
                             const NetlinkAttributes& attributes);
/// Of a message that nothing is known of but that it begins with an address family.
NetlinkBody make_family_body(const NetlinkPart& part);

}  // namespace ptop::decode
