// Addresses of sockets by family.
#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"
#include "ptop/decode/surroundings.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/socket.h: a socket address is at most this long.
constexpr std::size_t storage = 128;

class AddressBytes {
 public:
  AddressBytes(Context& context, std::span<const std::byte> bytes) : context_(context), bytes_(bytes) {}
  Context& context() const { return context_; }
  Arena& arena() const { return context_.arena(); }
  std::size_t size() const { return bytes_.size(); }
  template <class T>
  T at(std::size_t offset) const {
    T value{};
    if (offset < size()) std::memcpy(&value, bytes_.data() + offset, std::min(sizeof value, size() - offset));
    return value;
  }
  std::span<const std::byte> bytes(std::size_t offset, std::size_t n) const {
    return bytes_.subspan(offset, n);
  }
  std::string_view from(std::size_t offset) const {
    return {reinterpret_cast<const char*>(bytes_.data()) + offset, size() - offset};
  }
  std::string_view text(std::size_t offset, std::size_t n) const {
    const std::string_view all = from(offset).substr(0, n);
    return all.substr(0, all.find('\0'));
  }

 private:
  Context& context_;
  std::span<const std::byte> bytes_;
};

// [0x1, 0x2]: `truncated` where the address claims more than there is room for.
Decoded hex_list(const AddressBytes& address, std::size_t offset, std::size_t n, bool truncated = false) {
  auto items = address.arena().array<Decoded>(n);
  for (std::size_t i = 0; i < n; ++i)
    items[i] = make_unsigned(address.at<std::uint8_t>(offset + i), Base::hex);
  return {List{items, truncated}};
}

// A path ends at its NUL or with the address. An abstract name begins with NUL and has no end but the length.
void add_unix(RecordBuilder& record, const AddressBytes& address) {
  constexpr std::size_t room = 108;
  std::string_view name = address.from(2).substr(0, room);
  if (name.empty()) return;
  const bool abstract = name.front() == '\0';
  if (!abstract) name = name.substr(0, name.find('\0'));
  Text text{address.arena().copy(name)};
  text.abstract = abstract;
  record.add("sun_path", {text});
}

void add_inet(RecordBuilder& record, const AddressBytes& address) {
  record.add("sin_port", make_htons(address.arena(), address.at<std::uint16_t>(2)));
  record.add("sin_addr", make_inet_address(address.arena(), address.at<std::uint32_t>(4)));
}

// Only addresses of one link need to say of which: fe80::/10, ff02::/16.
bool has_scope(std::uint16_t first) { return (first & 0xffc0) == 0xfe80 || (first & 0xff0f) == 0xff02; }

void add_inet6(RecordBuilder& record, const AddressBytes& address) {
  Arena& arena = address.arena();
  const std::uint32_t flow = ntohl(address.at<std::uint32_t>(4));
  record.add("sin6_port", make_htons(arena, address.at<std::uint16_t>(2)));
  record.add("sin6_flowinfo", make_word(arena, flow, "htonl({})", flow));
  record.add("sin6_addr", make_inet6_address(arena, address.bytes(8, 16).first<16>(), "sin6_addr"),
             Naming::never);
  if (address.size() < 28) return;
  const auto scope = address.at<std::uint32_t>(24);
  const bool linked = has_scope(ntohs(address.at<std::uint16_t>(8)));
  record.add("sin6_scope_id", linked ? make_interface(address.context(), scope) : make_unsigned(scope));
}

void add_netlink(RecordBuilder& record, const AddressBytes& address) {
  const auto pad = address.at<std::uint16_t>(2);
  const auto mask = address.at<std::uint32_t>(8);
  if (pad != 0) record.add("nl_pad", make_unsigned(pad, Base::hex));
  record.add("nl_pid", make_unsigned(address.at<std::uint32_t>(4)));
  record.add("nl_groups", mask == 0 ? make_word(address.arena(), 0, "00000000")
                                    : make_word(address.arena(), mask, "{:#08x}", mask));
}

void add_packet(RecordBuilder& record, const AddressBytes& address) {
  constexpr std::size_t room = 8;
  const std::size_t length = address.at<std::uint8_t>(11);
  const auto index = address.at<std::uint32_t>(4);
  record.add("sll_protocol", make_htons(address.arena(), address.at<std::uint16_t>(2), ethernet_protocols));
  record.add("sll_ifindex", make_interface(address.context(), index));
  record.add("sll_hatype", make_symbol(address.at<std::uint16_t>(8), hardware_types));
  record.add("sll_pkttype", make_symbol(address.at<std::uint8_t>(10), packet_types));
  record.add("sll_halen", make_unsigned(length));
  if (length > 0) record.add("sll_addr", hex_list(address, 12, std::min(length, room), length > room));
}

void add_vsock(RecordBuilder& record, const AddressBytes& address) {
  const auto reserved = address.at<std::uint16_t>(2);
  const auto port = address.at<std::uint32_t>(4);
  const auto cid = address.at<std::uint32_t>(8);
  if (reserved != 0) record.add("svm_reserved1", make_unsigned(reserved, Base::hex));
  const Decoded known = make_symbol(cid, vsock_cids);
  record.add("svm_cid", std::get<Symbol>(known.what).name.empty() ? make_unsigned(cid, Base::hex) : known);
  record.add("svm_port",
             port == ~0U ? Decoded{Symbol{port, "VMADDR_PORT_ANY", {}}} : make_unsigned(port, Base::hex));
  record.add("svm_flags", {make_flags(address.arena(), address.at<std::uint8_t>(12), vsock_flags)});
}

void add_alg(RecordBuilder& record, const AddressBytes& address) {
  Arena& arena = address.arena();
  record.add("salg_type", make_text(arena.copy(address.text(2, 14))));
  record.add("salg_feat", {make_flags(arena, address.at<std::uint32_t>(16), crypto_flags)});
  record.add("salg_mask", {make_flags(arena, address.at<std::uint32_t>(20), crypto_flags)});
  record.add("salg_name", make_text(arena.copy(address.text(24, storage))));
}

void add_ipx(RecordBuilder& record, const AddressBytes& address) {
  const std::uint32_t network = ntohl(address.at<std::uint32_t>(4));
  record.add("sipx_port", make_htons(address.arena(), address.at<std::uint16_t>(2)));
  record.add("sipx_network", make_word(address.arena(), network, "htonl({:#x})", network));
  record.add("sipx_node", hex_list(address, 8, 6));
  record.add("sipx_type", make_unsigned(address.at<std::uint8_t>(14), Base::hex));
}

// include/uapi/linux/ax25.h, ax25_address: six characters and the station's number, each one bit to the left.
constexpr std::size_t call_letters = 6, call_size = 7;

struct CallSign {
  std::array<char, call_letters> letters{};
  unsigned station = 0;
  bool other_bits = false;  ///< there are some that mean nothing
  std::string_view name() const {
    const std::string_view all(letters.data(), letters.size());
    return all.substr(0, all.find_last_not_of(' ') + 1);
  }
};

CallSign call_sign(std::string_view bytes) {
  CallSign call;
  for (std::size_t i = 0; i < call_letters; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    call.letters[i] = static_cast<char>(byte >> 1U);
    call.other_bits = call.other_bits || (byte & 1U) != 0;
  }
  constexpr unsigned station_bits = 0x1e;
  const auto last = static_cast<unsigned char>(bytes[call_letters]);
  call.station = (last & station_bits) >> 1U;
  call.other_bits = call.other_bits || (last & ~station_bits) != 0;
  return call;
}

bool is_usual(const CallSign& call) {
  const auto usual = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  return !call.other_bits && !call.name().empty() && std::ranges::all_of(call.name(), usual);
}

/// One that no station would have is shown by its bytes, as strace does: it may be anything.
Decoded make_call_sign(Arena& arena, std::string_view bytes) {
  const CallSign call = call_sign(bytes);
  if (!call.other_bits && call.name().empty() && call.station == 0) return make_word(arena, 0, "*");
  const Decoded text = make_word(arena, 0, "{}-{}", call.name(), call.station);
  if (is_usual(call)) return text;
  const Decoded raw =
      RecordBuilder(arena, 1).add("ax25_call", {Text{.bytes = arena.copy(bytes), .hex = true}}).done();
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  if (!std::ranges::all_of(call.name(), printable)) return raw;
  return make_remarked(arena, raw, std::get<Word>(text.what).text);
}

// struct full_sockaddr_ax25: stations that pass the packet on follow, at most eight.
constexpr std::size_t ax25_size = 16, most_digipeaters = 8;

Decoded make_digipeaters(const AddressBytes& address, std::size_t claimed) {
  const std::size_t wanted = std::min(claimed, most_digipeaters);
  const auto items =
      address.arena().array<Decoded>(std::min(wanted, (address.size() - ax25_size) / call_size));
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto bytes = address.from(ax25_size + i * call_size).substr(0, call_size);
    items[i] = make_call_sign(address.arena(), bytes);
  }
  return {List{items, items.size() < wanted}};
}

/// Bytes behind what a full address has room for, or that make no whole call sign.
bool has_more_than_ax25(const AddressBytes& address) {
  const std::size_t behind = address.size() - ax25_size;
  return behind % call_size != 0 || behind > most_digipeaters * call_size;
}

void add_ax25(RecordBuilder& record, const AddressBytes& address) {
  const auto digipeaters = address.at<std::int32_t>(12);
  const bool full = address.size() > ax25_size || digipeaters != 0;
  RecordBuilder inner(address.arena(), 2);
  RecordBuilder& fields = full ? inner : record;
  fields.add("sax25_call", make_call_sign(address.arena(), address.from(2).substr(0, call_size)));
  fields.add("sax25_ndigis", make_signed(digipeaters));
  if (!full) return;
  record.add("fsa_ax25", inner.done());
  if (digipeaters > 0)
    record.add("fsa_digipeater", make_digipeaters(address, static_cast<std::size_t>(digipeaters)));
}

void add_x25(RecordBuilder& record, const AddressBytes& address) {
  Arena& arena = address.arena();
  record.add("sx25_addr",
             RecordBuilder(arena, 1).add("x25_addr", make_text(arena.copy(address.text(2, 16)))).done());
}

// The kinds of Bluetooth socket are told apart by nothing but the length.
void add_hci(RecordBuilder& record, const AddressBytes& address) {
  const auto device = address.at<std::uint16_t>(2);
  record.add("hci_dev", make_word(address.arena(), device, "htobs({})", device));
  record.add("hci_channel", make_symbol(address.at<std::uint16_t>(4), hci_channels));
}
void add_sco(RecordBuilder& record, const AddressBytes& address) {
  record.add("sco_bdaddr", make_hardware_address(address.arena(), address.bytes(2, 6)));
}
void add_rfcomm(RecordBuilder& record, const AddressBytes& address) {
  record.add("rc_bdaddr", make_hardware_address(address.arena(), address.bytes(2, 6)));
  record.add("rc_channel", make_unsigned(address.at<std::uint8_t>(8)));
}
Decoded htobs(Arena& arena, std::uint16_t value, const Table& table) {
  return make_word(arena, value, "htobs({})", symbol_text(arena, value, table));
}
void add_l2cap(RecordBuilder& record, const AddressBytes& address) {
  Arena& arena = address.arena();
  record.add("l2_psm", htobs(arena, address.at<std::uint16_t>(2), l2cap_psms));
  record.add("l2_bdaddr", make_hardware_address(arena, address.bytes(4, 6)));
  record.add("l2_cid", htobs(arena, address.at<std::uint16_t>(10), l2cap_cids));
  record.add("l2_bdaddr_type", make_symbol(address.at<std::uint8_t>(12), bluetooth_address_types));
}

// How much of its structure an address must have to be shown by field.
struct FamilyShape {
  std::uint16_t family;
  std::size_t at_least, at_most;
  void (*add)(RecordBuilder&, const AddressBytes&);
};
constexpr FamilyShape shapes[] = {
    {1, 2, storage, add_unix},
    {2, 16, storage, add_inet},
    {AF_AX25, ax25_size, storage, add_ax25},
    {4, 16, storage, add_ipx},
    {9, 18, storage, add_x25},
    {10, 24, storage, add_inet6},
    {16, 12, storage, add_netlink},
    {17, 20, storage, add_packet},
    {31, 6, 6, add_hci},
    {31, 8, 8, add_sco},
    {31, 10, 10, add_rfcomm},
    {31, 14, 14, add_l2cap},
    {38, 88, storage, add_alg},
    {40, 16, storage, add_vsock},
};

void add_family_fields(RecordBuilder& record, const AddressBytes& address) {
  const auto family = address.at<std::uint16_t>(0);
  for (const FamilyShape& shape : shapes) {
    if (shape.family == family && address.size() >= shape.at_least && address.size() <= shape.at_most)
      return shape.add(record, address);
  }
  if (address.size() > 2) record.add("sa_data", make_text(address.arena().copy(address.from(2))));
}

}  // namespace

Decoded make_sockaddr(Context& context, std::uint64_t at, std::int64_t length) {
  if (at == 0 || length < 2) return make_unread(at);
  std::array<std::byte, storage> bytes{};
  const auto used = std::span(bytes).first(std::min(static_cast<std::size_t>(length), storage));
  if (!context.read(at, used)) return make_unread(at);
  const AddressBytes address(context, used);
  RecordBuilder record(context.arena(), 8);
  record.add("sa_family", make_symbol(address.at<std::uint16_t>(0), address_families));
  add_family_fields(record, address);
  return record.done(used.size() >= ax25_size && address.at<std::uint16_t>(0) == AF_AX25 &&
                     has_more_than_ax25(address));
}

Decoded make_inet_address(Arena& arena, std::uint32_t network_order) {
  char text[INET_ADDRSTRLEN];
  const in_addr ip{network_order};
  return make_word(arena, ntohl(network_order), "inet_addr(\"{}\")",
                   inet_ntop(AF_INET, &ip, text, sizeof text));
}

Decoded make_inet6_address(Arena& arena, std::span<const std::byte, 16> bytes, std::string_view name) {
  char text[INET6_ADDRSTRLEN];
  inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
  return make_word(arena, 0, "inet_pton(AF_INET6, \"{}\", &{})", text, name);
}

Decoded make_htons(Arena& arena, std::uint16_t network_order) {
  const std::uint16_t number = ntohs(network_order);
  return make_word(arena, number, "htons({})", number);
}

Decoded make_htons(Arena& arena, std::uint16_t network_order, const Table& table) {
  const std::uint16_t number = ntohs(network_order);
  return make_word(arena, number, "htons({})", symbol_text(arena, number, table));
}

Decoded make_hardware_address(Arena& arena, std::span<const std::byte> bytes) {
  auto text = arena.array<char>(bytes.size() * 3);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    fmt::format_to_n(text.data() + i * 3, 3, "{:02x}:", static_cast<unsigned>(bytes[i]));
  return {Word{{text.data(), text.empty() ? 0 : text.size() - 1}}};
}

Decoded make_interface(Context& context, std::uint32_t index) {
  Surroundings* const surroundings = context.options().surroundings;
  const std::string_view name = surroundings != nullptr && index != 0
                                    ? surroundings->interface_name(index, context.arena())
                                    : std::string_view{};
  if (name.empty()) return make_unsigned(index);
  return make_word(context.arena(), index, "if_nametoindex(\"{}\")", name);
}

std::string_view symbol_text(Arena& arena, std::uint64_t value, const Table& table) {
  const Decoded known = make_symbol(value, table);
  const Symbol& symbol = std::get<Symbol>(known.what);
  if (!symbol.name.empty()) return symbol.name;
  const Decoded unknown = value == 0 ? make_word(arena, 0, "0 /* {} */", table.family)
                                     : make_word(arena, value, "{:#x} /* {} */", value, table.family);
  return std::get<Word>(unknown.what).text;
}

std::optional<std::int64_t> length_at_enter(const Context& context, std::size_t argument) {
  const auto fields = context.arguments();
  if (argument >= fields.size() || fields[argument].value == nullptr) return std::nullopt;
  const auto* const list = std::get_if<List>(&fields[argument].value->what);
  if (list == nullptr || list->items.empty()) return std::nullopt;
  const auto* const number = std::get_if<Signed>(&list->items[0].what);
  return number != nullptr ? std::optional(number->value) : std::nullopt;
}

Decoded decode_sockaddr(Context& context, const Argument& argument, std::uint64_t address) {
  return make_sockaddr(context, address, static_cast<std::int32_t>(context.arg(argument.length.index)));
}

// The kernel says how long the address is, and writes as much of it as there was room for.
Decoded decode_sockaddr_out(Context& context, const Argument& argument, std::uint64_t address) {
  const auto room = length_at_enter(context, argument.length.index);
  const auto length = context.object<std::int32_t>(context.arg(argument.length.index));
  return room && length ? make_sockaddr(context, address, std::min<std::int64_t>(*room, *length))
                        : make_unread(address);
}

// [128], or [128 => 16] when the kernel said another length. Without an address nobody asks for a length.
Decoded decode_length_pointer(Context& context, const Argument& argument, std::uint64_t address) {
  const bool of_nothing =
      argument.length.from == Length::From::argument && context.arg(argument.length.index) == 0;
  if (of_nothing) return make_address(address);
  const auto length = context.object<std::int32_t>(address);
  if (!length) return context.before() != nullptr ? *context.before() : make_unread(address);
  const Decoded now = make_signed(*length);
  Arena& arena = context.arena();
  const auto* const before =
      context.before() != nullptr ? std::get_if<List>(&context.before()->what) : nullptr;
  if (before == nullptr) return {List{{arena.node(now), 1}}};
  const auto was = std::get<Signed>(before->items[0].what).value;
  if (was == *length) return *context.before();
  return {List{{arena.node(make_changed(arena, before->items[0], now)), 1}}};
}

}  // namespace ptop::decode
