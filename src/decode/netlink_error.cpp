// NLMSG_ERROR and NLMSG_DONE: an error number, the message that is answered, and what the kernel says beside
// (NETLINK_EXT_ACK).
#include "netlink.hpp"
#include "netlink_tables.hpp"
#include "ptop/base/names.hpp"

namespace ptop::decode {
namespace {

constexpr std::uint16_t capped = 0x100, with_attributes = 0x200;  // NLM_F_CAPPED, NLM_F_ACK_TLVS
constexpr std::uint64_t head_size = 16;                           // sizeof(struct nlmsghdr)

Decoded error_number(Arena& arena, std::int32_t value) {
  const std::string_view name = value < 0 ? errno_name(-value) : std::string_view{};
  return name.empty() ? make_signed(value) : make_word(arena, static_cast<std::uint64_t>(value), "-{}", name);
}

// At most NETLINK_MAX_COOKIE_LEN bytes that nobody but the subsystem understands.
Decoded show_cookie(const NetlinkPart& part, const NetlinkAttribute&) {
  return make_list(part.context, part.address, part.length, 1, [&](std::uint64_t at) -> Decoded {
    const auto byte = part.context.object<std::uint8_t>(at);
    return byte ? make_unsigned(*byte) : Decoded{};
  });
}

// Why a value was refused: the type and the limits of the attribute.
constexpr NetlinkAttribute policy_known[] = {
    {1, show_symbol_attribute, &netlink_attribute_types},  // NL_POLICY_TYPE_ATTR_TYPE
    {2, show_s64_attribute},                               // NL_POLICY_TYPE_ATTR_MIN_VALUE_S
    {3, show_s64_attribute},                               // NL_POLICY_TYPE_ATTR_MAX_VALUE_S
    {4, show_u64_attribute},                               // NL_POLICY_TYPE_ATTR_MIN_VALUE_U
    {5, show_u64_attribute},                               // NL_POLICY_TYPE_ATTR_MAX_VALUE_U
    {6, show_u32_attribute},                               // NL_POLICY_TYPE_ATTR_MIN_LENGTH
    {7, show_u32_attribute},                               // NL_POLICY_TYPE_ATTR_MAX_LENGTH
    {8, show_u32_attribute},                               // NL_POLICY_TYPE_ATTR_POLICY_IDX
    {9, show_u32_attribute},                               // NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE
    {10, show_hex32_attribute},                            // NL_POLICY_TYPE_ATTR_BITFIELD32_MASK
    {12, show_hex64_attribute},                            // NL_POLICY_TYPE_ATTR_MASK
};
constexpr NetlinkAttributes policy{&netlink_policy_attributes, policy_known};

constexpr NetlinkAttribute known[] = {
    {1, show_text_attribute},                               // NLMSGERR_ATTR_MSG
    {2, show_u32_attribute},                                // NLMSGERR_ATTR_OFFS
    {3, show_cookie},                                       // NLMSGERR_ATTR_COOKIE
    {4, show_nested_attribute, nullptr, nullptr, &policy},  // NLMSGERR_ATTR_POLICY
    {5, show_u32_attribute},                                // NLMSGERR_ATTR_MISS_TYPE
    {6, show_u32_attribute},                                // NLMSGERR_ATTR_MISS_NEST
};
constexpr NetlinkAttributes attributes{&netlink_ack_attributes, known};

Decoded raw(const NetlinkPart& part) {
  return part.length == 0 ? Decoded{} : make_bytes(part.context, part.address, part.length, true);
}

// The message that was answered takes the bytes that its head says, or is cut off behind the head. Nobody
// answers an error with an error: of what pretends to be one, and may hold thousands more, the head is
// enough.
std::uint64_t length_of_answered(const NetlinkPart& rest, std::uint16_t flags) {
  struct Head {
    std::uint32_t length;
    std::uint16_t type;
  };
  constexpr std::uint16_t type_error = 2;
  const auto head = rest.context.object<Head>(rest.address);
  if ((flags & capped) != 0 || !head || head->type == type_error) return head_size;
  return std::clamp<std::uint64_t>(head->length, head_size, rest.length);
}

}  // namespace

// struct nlmsgerr
Decoded make_netlink_error(const NetlinkPart& part, std::uint16_t flags, std::int32_t protocol) {
  const auto error = part.context.object<std::int32_t>(part.address);
  if (part.length < sizeof(std::int32_t) + head_size || !error) return raw(part);
  NetlinkPart answered = part.after(sizeof(std::int32_t));
  const std::uint64_t length = length_of_answered(answered, flags);
  const NetlinkPart rest = answered.after(length);
  answered.length = length;
  const Decoded record = RecordBuilder(part.arena(), 2)
                             .add("error", error_number(part.arena(), *error))
                             .add("msg", make_netlink_message(answered, protocol))
                             .done();
  return rest.length == 0 ? record
                          : make_netlink_list(part.arena(), {record, make_attributes(rest, attributes)});
}

// The end of a dump: 0, or why it broke off.
Decoded make_netlink_end(const NetlinkPart& part, std::uint16_t flags) {
  const auto number = part.context.object<std::int32_t>(part.address);
  if (part.length < sizeof(std::int32_t) || !number) return raw(part);
  const Decoded shown = make_signed(*number);
  if ((flags & with_attributes) == 0 || part.length == sizeof(std::int32_t)) return shown;
  return make_netlink_list(part.arena(),
                           {shown, make_attributes(part.after(sizeof(std::int32_t)), attributes)});
}

}  // namespace ptop::decode
