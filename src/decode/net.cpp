// Sockets: addresses by family, protocols, options.
#include <arpa/inet.h>

#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/socket.h: a socket address is at most this long.
constexpr std::size_t storage = 128;
enum Family : std::uint16_t { af_unix = 1, af_inet = 2, af_inet6 = 10, af_netlink = 16 };
constexpr std::uint32_t sol_socket = 1;

class AddressBytes {
 public:
  AddressBytes(const std::array<std::byte, storage>& bytes, std::size_t size) : bytes_(bytes), size_(size) {}
  std::size_t size() const { return size_; }
  bool has(std::size_t offset, std::size_t n) const { return offset + n <= size_; }
  template <class T>
  T at(std::size_t offset) const {
    T value{};
    std::memcpy(&value, bytes_.data() + offset, std::min(sizeof value, size_ - offset));
    return value;
  }
  std::string_view from(std::size_t offset) const {
    return {reinterpret_cast<const char*>(bytes_.data()) + offset, size_ - offset};
  }

 private:
  const std::array<std::byte, storage>& bytes_;
  std::size_t size_;
};

Decoded port(Arena& arena, std::uint16_t network_order) {
  const std::uint16_t number = ntohs(network_order);
  return make_word(arena, number, "htons({})", number);
}

// A path ends at its NUL or with the address. An abstract name begins with NUL and has no end but the length.
void add_unix(RecordBuilder& record, const AddressBytes& address, Arena& arena) {
  std::string_view name = address.from(2);
  if (name.empty()) return;
  if (name.front() != '\0') name = name.substr(0, name.find('\0'));
  record.add("sun_path", make_text(arena.copy(name)));
}

void add_inet(RecordBuilder& record, const AddressBytes& address, Arena& arena) {
  char text[INET_ADDRSTRLEN];
  const auto ip = address.at<in_addr>(4);
  record.add("sin_port", port(arena, address.at<std::uint16_t>(2)));
  record.add("sin_addr", make_word(arena, ntohl(ip.s_addr), "inet_addr(\"{}\")",
                                   inet_ntop(AF_INET, &ip, text, sizeof text)));
}

void add_inet6(RecordBuilder& record, const AddressBytes& address, Arena& arena) {
  char text[INET6_ADDRSTRLEN];
  const auto ip = address.at<in6_addr>(8);
  const std::uint32_t flow = ntohl(address.at<std::uint32_t>(4));
  record.add("sin6_port", port(arena, address.at<std::uint16_t>(2)));
  record.add("sin6_flowinfo", make_word(arena, flow, "htonl({})", flow));
  record.add("sin6_addr",
             make_word(arena, 0, "inet_pton(AF_INET6, \"{}\", &sin6_addr)",
                       inet_ntop(AF_INET6, &ip, text, sizeof text)),
             Naming::never);
  if (address.has(24, 4)) record.add("sin6_scope_id", make_unsigned(address.at<std::uint32_t>(24)));
}

void add_netlink(RecordBuilder& record, const AddressBytes& address, Arena& arena) {
  const auto groups_mask = address.at<std::uint32_t>(8);
  record.add("nl_pid", make_unsigned(address.at<std::uint32_t>(4)));
  record.add("nl_groups", make_word(arena, groups_mask, "{:08x}", groups_mask));
}

void add_family_fields(RecordBuilder& record, std::uint16_t family, const AddressBytes& address,
                       Arena& arena) {
  if (family == af_unix) return add_unix(record, address, arena);
  if (family == af_inet && address.has(4, 4)) return add_inet(record, address, arena);
  if (family == af_inet6 && address.has(8, 16)) return add_inet6(record, address, arena);
  if (family == af_netlink && address.has(8, 4)) return add_netlink(record, address, arena);
  if (address.size() > 2) record.add("sa_data", make_text(arena.copy(address.from(2))));
}

Decoded socket_address(Context& context, std::uint64_t at, std::int64_t length) {
  if (at == 0 || length < 2) return make_unread(at);
  std::array<std::byte, storage> bytes{};
  const std::size_t used = std::min(static_cast<std::size_t>(length), storage);
  if (!context.read(at, std::span(bytes).first(used))) return make_unread(at);
  const AddressBytes address(bytes, used);
  const auto family = address.at<std::uint16_t>(0);
  RecordBuilder record(context.arena(), 6);
  record.add("sa_family", make_symbol(family, address_families));
  add_family_fields(record, family, address, context.arena());
  return record.done();
}

Decoded option_value(Context& context, std::uint64_t address, std::uint64_t length) {
  if (length != sizeof(std::int32_t)) return make_bytes(context, address, length);
  const auto value = context.object<std::int32_t>(address);
  if (!value) return make_unread(address);
  return {List{{context.arena().node(make_signed(*value)), 1}}};
}

}  // namespace

Decoded decode_sockaddr(Context& context, const Argument& argument, std::uint64_t address) {
  return socket_address(context, address, static_cast<std::int32_t>(context.arg(argument.length.index)));
}

// The length is behind a pointer: what the kernel says the address has.
Decoded decode_sockaddr_out(Context& context, const Argument& argument, std::uint64_t address) {
  const auto length = context.object<std::int32_t>(context.arg(argument.length.index));
  return length ? socket_address(context, address, *length) : make_unread(address);
}

// [128], or [128 => 16] when the kernel said another length.
Decoded decode_length_pointer(Context& context, const Argument&, std::uint64_t address) {
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

Decoded decode_protocol(Context& context, const Argument&, std::uint64_t value) {
  const auto family = static_cast<std::uint32_t>(context.arg(0));
  const auto low = value & 0xffffffff;
  if (family == af_inet || family == af_inet6) return make_symbol(low, inet_protocols);
  if (family == af_netlink) return make_symbol(low, netlink_protocols);
  return make_unsigned(low);
}

Decoded decode_socket_option(Context& context, const Argument&, std::uint64_t value) {
  const auto low = value & 0xffffffff;
  if (static_cast<std::uint32_t>(context.arg(1)) == sol_socket) return make_symbol(low, socket_options);
  return make_unsigned(low);
}

Decoded decode_option_value(Context& context, const Argument& argument, std::uint64_t address) {
  return option_value(context, address, static_cast<std::uint32_t>(context.arg(argument.length.index)));
}

Decoded decode_option_value_out(Context& context, const Argument&, std::uint64_t address) {
  const auto length = context.object<std::uint32_t>(context.arg(4));
  return length ? option_value(context, address, *length) : make_unread(address);
}

}  // namespace ptop::decode
