// ioctl requests of sockets and network interfaces: include/uapi/linux/sockios.h.
#include <algorithm>

#include "ioctl.hpp"
#include "ioctl_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"

namespace ptop::decode {
namespace {

// struct ifreq: a name, and a union of as many bytes as the caller's struct ifmap, which has three words in
// it.
constexpr std::uint64_t name_size = 16;
std::uint64_t request_size(const Context& context) {
  return name_size + (context.word_size() == 8 ? 24 : 16);
}

Decoded name_at(Context& context, std::uint64_t address) {
  std::array<char, name_size> name{};
  if (address == 0 || !context.read(address, std::as_writable_bytes(std::span(name))))
    return make_unread(address);
  const std::string_view all(name.data(), name.size());
  const std::size_t end = all.find('\0');
  // Its last byte was for the NUL.
  if (end == all.npos) return make_text(context.arena().copy(all.substr(0, all.size() - 1)), true);
  return make_text(context.arena().copy(all.substr(0, end)));
}

Decoded hardware_at(Context& context, std::uint64_t address) {
  const auto bytes = context.object<std::array<std::byte, 8>>(address);
  if (!bytes) return make_unread(address);
  const auto kind = context.object<std::uint16_t>(address).value_or(0);
  return RecordBuilder(context.arena(), 2)
      .add("sa_family", make_symbol(kind, hardware_types))
      .add("sa_data", make_hardware_address(context.arena(), std::span(*bytes).subspan(2)))
      .done();
}

constexpr Member map_members[] = {uword("mem_start").hex(), uword("mem_end").hex(), u16("base_addr").hex(),
                                  u8("irq").hex(),          u8("dma").hex(),        u8("port").hex()};
constexpr Structure map_layout{map_members};

enum class What : std::uint8_t { flags, address, hardware, number, map, nothing };
struct Value {
  std::uint32_t code;
  std::string_view name;
  What what;
};
constexpr Value values[] = {
    {0x8913, "ifr_flags", What::flags},       {0x8914, "ifr_flags", What::flags},
    {0x8915, "ifr_addr", What::address},      {0x8916, "ifr_addr", What::address},
    {0x8917, "ifr_dstaddr", What::address},   {0x8918, "ifr_dstaddr", What::address},
    {0x8919, "ifr_broadaddr", What::address}, {0x891a, "ifr_broadaddr", What::address},
    {0x891b, "ifr_netmask", What::address},   {0x891c, "ifr_netmask", What::address},
    {0x891d, "ifr_metric", What::number},     {0x891e, "ifr_metric", What::number},
    {0x8921, "ifr_mtu", What::number},        {0x8922, "ifr_mtu", What::number},
    {0x8924, "ifr_hwaddr", What::hardware},   {0x8927, "ifr_hwaddr", What::hardware},
    {0x8933, "ifr_ifindex", What::number},    {0x8942, "ifr_qlen", What::number},
    {0x8943, "ifr_qlen", What::number},       {0x8970, "ifr_map", What::map},
    {0x8971, "ifr_map", What::map},
};

Decoded value_at(Context& context, What what, std::uint64_t address) {
  const auto number = context.object<std::int32_t>(address);
  switch (what) {
    case What::flags:
      return {make_flags(context.arena(), static_cast<std::uint16_t>(number.value_or(0)), interface_flags)};
    case What::address:
      return make_sockaddr(context, address, 16);
    case What::hardware:
      return hardware_at(context, address);
    case What::map:
      return make_structure(context, map_layout, address);
    case What::number:
    case What::nothing:
      break;
  }
  return number ? make_signed(*number) : make_unread(address);
}

Decoded with_value(Context& context, std::uint32_t code, std::uint64_t address) {
  const Decoded name = name_at(context, address);
  if (!std::holds_alternative<Text>(name.what)) return name;
  RecordBuilder record(context.arena(), 2);
  record.add("ifr_name", name);
  for (const Value& value : values) {
    if (value.code == code) record.add(value.name, value_at(context, value.what, address + name_size));
  }
  return record.done();
}

Decoded show_given(Context& context, const IoctlRequest& request, std::uint64_t address) {
  return with_value(context, request.code, address);
}

// The name is the question. Without an answer it is all that there is to show.
Decoded show_asked(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() != nullptr) return with_value(context, request.code, address);
  context.set_timing(Timing::at_exit);
  return with_value(context, 0, address);
}

Decoded show_name_asked(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto index = context.object<std::int32_t>(address + name_size);
  if (address == 0 || !index) return make_unread(address);
  context.set_timing(Timing::at_exit);
  RecordBuilder record(context.arena(), 2);
  record.add("ifr_ifindex", make_signed(*index));
  if (context.result() != nullptr) record.add("ifr_name", name_at(context, address));
  return record.done();
}

Decoded show_bridge_port(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto index = context.object<std::uint32_t>(address + name_size);
  if (address == 0 || !index) return make_unread(address);
  return RecordBuilder(context.arena(), 1).add("ifr_ifindex", make_interface(context, *index)).done();
}

// struct ifconf: how many bytes, and where to put as many struct ifreq.
Decoded show_all_interfaces(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto length = context.object<std::int32_t>(address);
  const auto buffer = context.word(address + context.word_size());
  if (address == 0 || !length || !buffer) return make_unread(address);
  Arena& arena = context.arena();
  const std::uint64_t size = request_size(context);
  const auto count = static_cast<std::uint64_t>(std::max(*length, 0)) / size;
  const Decoded bytes = make_signed(*length);
  RecordBuilder record(arena, 2);
  const bool known = count > 0 && static_cast<std::uint64_t>(*length) == count * size;
  const Decoded remark = make_word(arena, count, "{} * sizeof(struct ifreq)", count);
  record.add("ifc_len", known ? make_remarked(arena, bytes, std::get<Word>(remark.what).text) : bytes);
  context.set_timing(Timing::at_exit);
  if (context.result() == nullptr || *buffer == 0) return record.add("ifc_buf", make_address(*buffer)).done();
  return record
      .add("ifc_buf", make_list(context, *buffer, count, size,
                                [&](std::uint64_t at) { return with_value(context, 0x8915, at); }))
      .done();
}

constexpr IoctlRequest requests[] = {
    gives(0x8901, show_int_behind),        // FIOSETOWN
    gives(0x8902, show_int_behind),        // SIOCSPGRP
    gets(0x8903, show_int_behind),         // FIOGETOWN
    gets(0x8904, show_int_behind),         // SIOCGPGRP
    gets(0x8905, show_int_behind),         // SIOCATMARK
    changes(0x8910, show_name_asked),      // SIOCGIFNAME
    changes(0x8912, show_all_interfaces),  // SIOCGIFCONF
    changes(0x8913, show_asked),           // SIOCGIFFLAGS
    gives(0x8914, show_given),             // SIOCSIFFLAGS
    changes(0x8915, show_asked),           // SIOCGIFADDR
    gives(0x8916, show_given),             // SIOCSIFADDR
    changes(0x8917, show_asked),           // SIOCGIFDSTADDR
    gives(0x8918, show_given),             // SIOCSIFDSTADDR
    changes(0x8919, show_asked),           // SIOCGIFBRDADDR
    gives(0x891a, show_given),             // SIOCSIFBRDADDR
    changes(0x891b, show_asked),           // SIOCGIFNETMASK
    gives(0x891c, show_given),             // SIOCSIFNETMASK
    changes(0x891d, show_asked),           // SIOCGIFMETRIC
    gives(0x891e, show_given),             // SIOCSIFMETRIC
    changes(0x8921, show_asked),           // SIOCGIFMTU
    gives(0x8922, show_given),             // SIOCSIFMTU
    gives(0x8924, show_given),             // SIOCSIFHWADDR
    changes(0x8927, show_asked),           // SIOCGIFHWADDR
    changes(0x8933, show_asked),           // SIOCGIFINDEX
    changes(0x8942, show_asked),           // SIOCGIFTXQLEN
    gives(0x8943, show_given),             // SIOCSIFTXQLEN
    changes(0x8970, show_asked),           // SIOCGIFMAP
    gives(0x8971, show_given),             // SIOCSIFMAP
    gives(0x89a2, show_bridge_port),       // SIOCBRADDIF
    gives(0x89a3, show_bridge_port),       // SIOCBRDELIF
};

}  // namespace

std::span<const IoctlRequest> interface_requests() { return requests; }

}  // namespace ptop::decode
