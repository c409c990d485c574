// Sockets: how they are made, which protocols they speak.
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"

namespace ptop::decode {
namespace {

struct FamilyProtocols {
  std::uint32_t family;
  const Table* names;
};
constexpr FamilyProtocols protocols[] = {
    {2, &inet_protocols},  {10, &inet_protocols},      {16, &netlink_protocols}, {23, &can_protocols},
    {29, &can_protocols},  {31, &bluetooth_protocols}, {34, &isdn_protocols},    {35, &phonet_protocols},
    {37, &caif_protocols}, {41, &kcm_protocols},       {43, &smc_protocols},
};

}  // namespace

// One that is none is a number.
Decoded decode_socket_call(Context&, const Argument&, std::uint64_t value) {
  const Decoded named = make_symbol(value, socket_calls);
  return std::get<Symbol>(named.what).name.empty() ? make_signed(static_cast<std::int32_t>(value)) : named;
}

// The type is a number, and flags are beside it.
Decoded decode_socket_type(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t type_mask = 0xf;
  const std::uint64_t type = value & 0xffffffff, flags = type & ~type_mask;
  Arena& arena = context.arena();
  const Decoded known = make_symbol(type & type_mask, socket_types);
  if (std::get<Symbol>(known.what).name.empty()) return {make_flags(arena, type, socket_flags)};
  const FlagNames set = make_flags(arena, flags, socket_flags);
  if (set.names.empty() && flags != 0)
    return make_word(arena, type, "{}|{}", std::get<Symbol>(known.what).name,
                     symbol_text(arena, flags, socket_flags));
  return {make_flags(arena, type, socket_types)};
}

Decoded decode_protocol(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint32_t af_packet = 17;
  const auto family = static_cast<std::uint32_t>(context.arg(0));
  const std::uint64_t low = value & 0xffffffff;
  if (family == af_packet)
    return make_htons(context.arena(), static_cast<std::uint16_t>(low), ethernet_protocols);
  for (const FamilyProtocols& row : protocols) {
    if (row.family == family) return make_symbol(low, *row.names);
  }
  return make_unsigned(low);
}

}  // namespace ptop::decode
