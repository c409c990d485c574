// Messages of sockets: what is sent and received, struct msghdr with its vectors and control messages.
#include <algorithm>

#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"
#include "structure.hpp"
#include "structures.hpp"

namespace ptop::decode {
namespace {

// struct msghdr as the caller has it.
struct MessageHead {
  std::uint64_t name, iov, iov_count, control, control_length;
  std::int32_t name_length;
  std::uint32_t flags;
};
constexpr std::size_t head_words = 7;

// Seven words: those that are ints are padded to one, or are one.
std::uint64_t head_size(const Context& context) { return head_words * context.word_size(); }

std::optional<MessageHead> read_head(Context& context, std::uint64_t address) {
  std::array<std::uint64_t, head_words> words{};
  std::array<std::byte, head_words * sizeof(std::uint64_t)> bytes{};
  const std::size_t width = context.word_size();
  if (address == 0 || !context.read(address, std::span(bytes).first(head_words * width))) return std::nullopt;
  for (std::size_t i = 0; i < head_words; ++i) std::memcpy(&words[i], &bytes[i * width], width);
  return MessageHead{.name = words[0],
                     .iov = words[2],
                     .iov_count = words[3],
                     .control = words[4],
                     .control_length = words[5],
                     .name_length = static_cast<std::int32_t>(words[1]),
                     .flags = static_cast<std::uint32_t>(words[6])};
}

constexpr std::uint64_t all = ~0ULL;

// The pieces of the vector, of which `bytes` were written.
Decoded vector_of(Context& context, const MessageHead& head, std::uint64_t bytes) {
  const std::size_t width = context.word_size();
  return make_list(context, head.iov, head.iov_count, 2 * width, [&](std::uint64_t at) -> Decoded {
    const auto base = context.word(at), length = context.word(at + width);
    if (!base || !length) return {};
    const std::uint64_t used = std::min(*length, bytes);
    if (bytes != all) bytes -= used;
    return RecordBuilder(context.arena(), 2)
        .add("iov_base", make_socket_bytes(context, *base, used))
        .add("iov_len", make_unsigned(*length))
        .done();
  });
}

// One control message: what is known of it, and where its data are.
struct Control {
  Context& context;
  std::uint32_t level, type;
  std::uint64_t data, length;

  Arena& arena() const { return context.arena(); }
};

template <class Item>
Decoded items_of(const Control& c, std::size_t size, Item item) {
  return make_list(c.context, c.data, c.length / size, size, item);
}

Decoded descriptors(const Control& c) {
  if (c.length < sizeof(std::int32_t)) return {};
  return items_of(c, sizeof(std::int32_t), [&](std::uint64_t at) -> Decoded {
    const auto fd = c.context.object<std::int32_t>(at);
    return fd ? make_fd(*fd, c.context) : Decoded{};
  });
}
Decoded ints(const Control& c) {
  if (c.length < sizeof(std::int32_t)) return {};
  return items_of(c, sizeof(std::int32_t), [&](std::uint64_t at) -> Decoded {
    const auto number = c.context.object<std::int32_t>(at);
    return number ? make_signed(*number) : Decoded{};
  });
}
Decoded octets(const Control& c) {
  if (c.length == 0) return {};
  return items_of(c, 1, [&](std::uint64_t at) -> Decoded {
    const auto octet = c.context.object<std::uint8_t>(at);
    return octet ? make_unsigned(*octet, Base::hex) : Decoded{};
  });
}
Decoded string_of_bytes(const Control& c) { return make_bytes(c.context, c.data, c.length); }

constexpr Member credentials_members[] = {s32("pid").pid(), u32("uid").id(), u32("gid").id()};
constexpr Structure credentials_layout{credentials_members};
Decoded credentials(const Control& c) {
  if (c.length < size_of(credentials_layout, c.context.abi())) return {};
  return make_structure(c.context, credentials_layout, c.data);
}

Decoded time_of(const Control& c, const Structure& layout) {
  if (c.length != size_of(layout, c.context.abi())) return make_word(c.arena(), 0, "???");
  return make_structure(c.context, layout, c.data);
}
Decoded time_us(const Control& c) { return time_of(c, timeval); }
Decoded time_ns(const Control& c) { return time_of(c, timespec); }
Decoded time64_us(const Control& c) { return time_of(c, timeval64); }
Decoded time64_ns(const Control& c) { return time_of(c, timespec64); }
Decoded three_of(const Control& c, const Structure& layout) {
  const std::size_t size = size_of(layout, c.context.abi());
  if (c.length != 3 * size) return make_word(c.arena(), 0, "???");
  return make_structures(c.context, layout, c.data, 3);
}
Decoded three_times(const Control& c) { return three_of(c, timespec); }
Decoded three_times64(const Control& c) { return three_of(c, timespec64); }

Decoded address_of_socket(const Control& c) {
  return make_sockaddr(c.context, c.data, static_cast<std::int64_t>(std::min<std::uint64_t>(c.length, 128)));
}

struct KernelPacketInfo {
  std::uint32_t index, local, destination;
};
Decoded packet_info(const Control& c) {
  const auto info =
      c.length >= sizeof(KernelPacketInfo) ? c.context.object<KernelPacketInfo>(c.data) : std::nullopt;
  if (!info) return {};
  return RecordBuilder(c.arena(), 3)
      .add("ipi_ifindex", make_interface(c.context, info->index))
      .add("ipi_spec_dst", make_inet_address(c.arena(), info->local))
      .add("ipi_addr", make_inet_address(c.arena(), info->destination))
      .done();
}

struct KernelPacketInfo6 {
  std::array<std::byte, 16> address;
  std::uint32_t index;
};
Decoded packet_info6(const Control& c) {
  const auto info =
      c.length >= sizeof(KernelPacketInfo6) ? c.context.object<KernelPacketInfo6>(c.data) : std::nullopt;
  if (!info) return {};
  return RecordBuilder(c.arena(), 2)
      .add("ipi6_addr", make_inet6_address(c.arena(), info->address, "ipi6_addr"), Naming::never)
      .add("ipi6_ifindex", make_interface(c.context, info->index))
      .done();
}

// include/uapi/linux/errqueue.h, and behind it the address of who complained.
constexpr Member extended_error_members[] = {u32("ee_errno"), u8("ee_origin"), u8("ee_type"), u8("ee_code"),
                                             pad(1),          u32("ee_info"),  u32("ee_data")};
constexpr Structure extended_error{extended_error_members};
Decoded error_with_offender(const Control& c, std::uint64_t address_size) {
  const std::uint64_t own = size_of(extended_error, c.context.abi());
  if (c.length < own + address_size) return {};
  const Decoded error = make_structure(c.context, extended_error, c.data);
  const auto* const record = std::get_if<Record>(&error.what);
  if (record == nullptr) return error;
  RecordBuilder whole(c.arena(), record->fields.size() + 1);
  for (const Field& field : record->fields) whole.add(field.name, *field.value);
  whole.add("offender", make_sockaddr(c.context, c.data + own, static_cast<std::int64_t>(address_size)));
  return whole.done();
}
Decoded inet_error(const Control& c) { return error_with_offender(c, 16); }
Decoded inet6_error(const Control& c) { return error_with_offender(c, 28); }

enum Level : std::uint32_t { sol_ip = 0, sol_socket = 1, sol_ipv6 = 41 };

struct Kind {
  std::uint32_t level, type;
  Decoded (*show)(const Control&);
};
constexpr Kind kinds[] = {
    {sol_socket, 1, descriptors},
    {sol_socket, 2, credentials},
    {sol_socket, 3, string_of_bytes},
    {sol_socket, 4, descriptors},
    {sol_socket, 29, time_us},
    {sol_socket, 35, time_ns},
    {sol_socket, 36, ints},
    {sol_socket, 37, three_times},
    {sol_socket, 40, ints},
    {sol_socket, 63, time64_us},
    {sol_socket, 64, time64_ns},
    {sol_socket, 65, three_times64},
    {sol_ip, 1, octets},
    {sol_ip, 2, ints},
    {sol_ip, 6, octets},
    {sol_ip, 7, octets},
    {sol_ip, 8, packet_info},
    {sol_ip, 10, string_of_bytes},
    {sol_ip, 11, inet_error},
    {sol_ip, 20, address_of_socket},
    {sol_ip, 23, ints},
    {sol_ip, 25, ints},
    {sol_ipv6, 25, inet6_error},
    {sol_ipv6, 50, packet_info6},
    {sol_ipv6, 52, ints},
    {sol_ipv6, 67, ints},
    {sol_ipv6, 74, address_of_socket},
    {sol_ipv6, 77, ints},
};

Decoded type_of(const Control& c) {
  if (c.level == sol_socket) return make_symbol(c.type, control_types);
  if (c.level == sol_ip) return make_symbol(c.type, ip_control_types);
  if (c.level == sol_ipv6) return make_symbol(c.type, ipv6_control_types);
  return make_unsigned(c.type, Base::hex);
}

Decoded data_of(const Control& c) {
  for (const Kind& kind : kinds) {
    if (kind.level == c.level && kind.type == c.type) return kind.show(c);
  }
  return {};
}

Decoded control_message(const Control& c, std::uint64_t length) {
  const Table levels{socket_levels.rows, "SOL_???"};
  RecordBuilder record(c.arena(), 4);
  record.add("cmsg_len", make_unsigned(length)).add("cmsg_level", make_symbol(c.level, levels));
  record.add("cmsg_type", type_of(c));
  const Decoded data = data_of(c);
  if (!std::holds_alternative<std::monostate>(data.what)) record.add("cmsg_data", data);
  return record.done();
}

// struct cmsghdr: a length that counts itself, a level and a type; the next one begins at a word.
class ControlMessages {
 public:
  ControlMessages(Context& context, std::uint64_t address, std::uint64_t size)
      : context_(context), head_(context.word_size() + 8), at_(address), left_(size) {}

  Decoded list() {
    constexpr std::size_t most = 256;
    auto items = context_.arena().array<Decoded>(
        static_cast<std::size_t>(std::min<std::uint64_t>(left_ / head_, most)));
    std::size_t n = 0;
    while (n < items.size() && !broken_ && left_ >= head_ && one(items[n])) ++n;
    if (n == 0) return make_unread(at_);
    return {List{items.first(n), false, left_ > 0 ? at_ : 0}};
  }

 private:
  bool one(Decoded& out) {
    const std::size_t width = context_.word_size();
    const auto length = context_.word(at_);
    const auto kind = context_.object<std::array<std::uint32_t, 2>>(at_ + width);
    if (!length || !kind) return false;
    const std::uint64_t used = std::min(*length, left_);
    const std::uint64_t data = used > head_ ? used - head_ : 0;
    out = control_message({context_, (*kind)[0], (*kind)[1], at_ + head_, data}, *length);
    advance(used < head_ ? head_ : (used + width - 1) / width * width);
    broken_ = used < head_;  // what follows a wrong length is anybody's guess
    return true;
  }
  void advance(std::uint64_t size) {
    const std::uint64_t step = std::min(size, left_);
    at_ += step;
    left_ -= step;
  }

  Context& context_;
  std::uint64_t head_, at_, left_;
  bool broken_ = false;
};

Decoded controls_of(Context& context, const MessageHead& head) {
  const std::uint64_t smallest = context.word_size() + 8;
  if (head.control == 0 || head.control_length < smallest) return make_unread(head.control);
  return ControlMessages(context, head.control, head.control_length).list();
}

// `bytes`: of the vector. `room`: for a name, before the kernel said how long it is.
Decoded message(Context& context, const MessageHead& head, std::uint64_t bytes,
                std::optional<std::int64_t> room) {
  Arena& arena = context.arena();
  const std::int64_t length = head.name_length, had = room.value_or(length);
  RecordBuilder record(arena, 7);
  record.add("msg_name", make_sockaddr(context, head.name, std::min(had, length)));
  record.add("msg_namelen", had == length ? make_signed(length)
                                          : make_changed(arena, make_signed(had), make_signed(length)));
  record.add("msg_iov", vector_of(context, head, bytes));
  record.add("msg_iovlen", make_unsigned(head.iov_count));
  if (head.control_length > 0) record.add("msg_control", controls_of(context, head));
  record.add("msg_controllen", make_unsigned(head.control_length));
  record.add("msg_flags", {make_flags(arena, head.flags, message_flags)});
  return record.done();
}

std::optional<std::int64_t> number_in(const Decoded* tree) {
  const auto* const number = tree != nullptr ? std::get_if<Signed>(&tree->what) : nullptr;
  return number != nullptr ? std::optional(number->value) : std::nullopt;
}

// struct mmsghdr: a message, and the bytes of it that went over.
std::uint64_t entry_size(const Context& context) { return head_size(context) + context.word_size(); }

Decoded entry(Context& context, std::uint64_t address, bool with_length, bool received,
              std::optional<std::int64_t> room) {
  const auto head = read_head(context, address);
  const auto length = context.object<std::uint32_t>(address + head_size(context));
  if (!head || !length) return {};
  RecordBuilder record(context.arena(), 2);
  record.add("msg_hdr", message(context, *head, received ? *length : all, room));
  if (with_length) record.add("msg_len", make_unsigned(*length));
  return record.done();
}

Decoded rooms_for_names(Context& context, std::uint64_t address, std::uint64_t count) {
  return make_list(context, address, count, entry_size(context), [&](std::uint64_t at) -> Decoded {
    const auto head = read_head(context, at);
    return head ? make_signed(head->name_length) : Decoded{};
  });
}

}  // namespace

Decoded decode_sent(Context& context, const Argument& argument, std::uint64_t address) {
  return make_socket_bytes(context, address, length_of(context, argument.length));
}

// With MSG_TRUNC the result is what there was, not what there was room for.
Decoded decode_received(Context& context, const Argument&, std::uint64_t address) {
  const auto result = static_cast<std::uint64_t>(context.result()->value);
  return make_socket_bytes(context, address, std::min(result, context.arg(2)));
}

Decoded decode_sent_message(Context& context, const Argument&, std::uint64_t address) {
  const auto head = read_head(context, address);
  return head ? message(context, *head, all, std::nullopt) : make_unread(address);
}

// When it fails, only how much room there was for a name is told.
Decoded decode_received_message(Context& context, const Argument&, std::uint64_t address) {
  const auto head = read_head(context, address);
  if (!head) return make_unread(address);
  if (context.result() == nullptr)
    return RecordBuilder(context.arena(), 1).add("msg_namelen", make_signed(head->name_length)).done();
  const auto* const before =
      context.before() != nullptr ? std::get_if<Record>(&context.before()->what) : nullptr;
  const auto room = before != nullptr ? number_in(before->fields[0].value) : std::nullopt;
  return message(context, *head, static_cast<std::uint64_t>(context.result()->value), room);
}

Decoded decode_sent_messages(Context& context, const Argument&, std::uint64_t address) {
  const bool failed = context.failed();
  const std::uint64_t count = failed ? static_cast<std::uint32_t>(context.arg(2))
                                     : static_cast<std::uint64_t>(context.result()->value);
  return make_list(context, address, count, entry_size(context),
                   [&](std::uint64_t at) { return entry(context, at, !failed, false, std::nullopt); });
}

Decoded decode_received_messages(Context& context, const Argument&, std::uint64_t address) {
  if (context.result() == nullptr)
    return rooms_for_names(context, address, static_cast<std::uint32_t>(context.arg(2)));
  if (context.failed()) return make_address(address);
  const auto* const rooms =
      context.before() != nullptr ? std::get_if<List>(&context.before()->what) : nullptr;
  std::size_t i = 0;
  return make_list(context, address, static_cast<std::uint64_t>(context.result()->value), entry_size(context),
                   [&](std::uint64_t at) {
                     const bool known = rooms != nullptr && i < rooms->items.size();
                     return entry(context, at, true, true,
                                  known ? number_in(&rooms->items[i++]) : std::nullopt);
                   });
}

// The time that was left when a message came.
std::span<const Field> detail_of_recvmmsg(Context& context) {
  Arena& arena = context.arena();
  const std::uint64_t timeout = context.arg(4);
  if (context.failed() || timeout == 0) return {};
  if (context.result()->value == 0)
    return RecordBuilder(arena, 1).add("", make_word(arena, 0, "Timeout")).fields();
  return RecordBuilder(arena, 1).add("left", make_structure(context, timespec_of(context), timeout)).fields();
}

}  // namespace ptop::decode
