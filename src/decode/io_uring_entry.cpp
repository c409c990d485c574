// Entries of submission queues: which member an operation uses for what. include/uapi/linux/io_uring.h,
// struct io_uring_sqe; the kernel's io_uring/opdef.c and the prep functions that it names.
#include <algorithm>

#include "argument.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "io_uring.hpp"
#include "network.hpp"
#include "ring_tables.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

struct KernelEntry {
  std::uint8_t opcode, flags;
  std::uint16_t ioprio;
  std::int32_t fd;
  std::uint64_t off, addr;
  std::uint32_t len, op_flags;
  std::uint64_t user_data;
  std::uint16_t buf_index, personality;
  std::uint32_t file_index;
  std::uint64_t addr3, pad;
};
static_assert(sizeof(KernelEntry) == 64);

enum class At : std::uint8_t { fd, off, addr, len, op_flags, file_index, addr3, buf_index, ioprio };
using Show = Decoded (*)(Context&, const KernelEntry&, std::uint64_t value, const Table*);

/// A member of the entry and what it is to this operation.
struct Use {
  At at;
  std::string_view name;
  Show show;
  const Table* table = nullptr;
};

std::uint64_t value_at(const KernelEntry& e, At at) {
  switch (at) {
    case At::fd:
      return static_cast<std::uint64_t>(std::int64_t{e.fd});
    case At::off:
      return e.off;
    case At::addr:
      return e.addr;
    case At::len:
      return e.len;
    case At::op_flags:
      return e.op_flags;
    case At::file_index:
      return e.file_index;
    case At::addr3:
      return e.addr3;
    case At::buf_index:
      return e.buf_index;
    case At::ioprio:
      return e.ioprio;
  }
  return 0;
}

constexpr std::uint8_t fixed_file = 1;

// With IOSQE_FIXED_FILE it is the number of a registered file.
Decoded descriptor(Context& c, const KernelEntry& e, std::uint64_t v, const Table*) {
  return (e.flags & fixed_file) != 0 ? make_signed(static_cast<std::int32_t>(v))
                                     : make_fd(static_cast<std::int32_t>(v), c);
}
Decoded plain_descriptor(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return make_fd(static_cast<std::int32_t>(v), c);
}
Decoded directory(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return decode_dirfd(c, Argument{}, v);
}
Decoded number(Context&, const KernelEntry&, std::uint64_t v, const Table*) { return make_unsigned(v); }
Decoded signed_number(Context&, const KernelEntry&, std::uint64_t v, const Table*) {
  return make_signed(static_cast<std::int64_t>(v));
}
Decoded hexadecimal(Context&, const KernelEntry&, std::uint64_t v, const Table*) {
  return make_unsigned(v, Base::hex);
}
Decoded pointer_to(Context&, const KernelEntry&, std::uint64_t v, const Table*) { return make_address(v); }
Decoded path_at(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return decode_path(c, Argument{}, v);
}
Decoded string_at(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return decode_string(c, Argument{}, v);
}
Decoded mode_of(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return decode_mode(c, Argument{}, v);
}
Decoded set_of(Context& c, const KernelEntry&, std::uint64_t v, const Table* table) {
  return {make_flags(c.arena(), v, *table)};
}
Decoded name_of(Context&, const KernelEntry&, std::uint64_t v, const Table* table) {
  return make_symbol(v, *table);
}
Decoded time_at(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return decode_timespec(c, Argument{}, v);
}
Decoded buffers_in(Context& c, const KernelEntry& e, std::uint64_t v, const Table*) {
  return make_iovec(c, v, e.len, Buffers::bytes);
}
Decoded buffers_out(Context& c, const KernelEntry& e, std::uint64_t v, const Table*) {
  return make_iovec(c, v, e.len, Buffers::addresses);
}
Decoded bytes_of_length(Context& c, const KernelEntry& e, std::uint64_t v, const Table*) {
  return make_bytes(c, v, e.len);
}
Decoded address_of_offset_length(Context& c, const KernelEntry& e, std::uint64_t v, const Table*) {
  return make_sockaddr(c, v, static_cast<std::int64_t>(std::min<std::uint64_t>(e.off, 128)));
}
Decoded destination(Context& c, const KernelEntry& e, std::uint64_t v, const Table*) {
  return make_sockaddr(c, v, e.file_index & 0xffff);
}
Decoded message_in(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return decode_sent_message(c, Argument{}, v);
}
Decoded how_to_open(Context& c, const KernelEntry& e, std::uint64_t v, const Table*) {
  return make_open_how(c, v, e.len);
}
Decoded epoll_event_at(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return make_epoll_event(c, v);
}
Decoded socket_type(Context& c, const KernelEntry&, std::uint64_t v, const Table*) {
  return decode_socket_type(c, Argument{}, v);
}
// 0 is no slot; the highest number any free one.
Decoded slot(Context&, const KernelEntry&, std::uint64_t v, const Table*) {
  constexpr std::uint32_t any = 0xffffffff;
  if (v == any) return {Symbol{-1, "IORING_FILE_INDEX_ALLOC", {}}};
  return make_unsigned(v);
}
Decoded waiters(Context& c, const KernelEntry& e, std::uint64_t v, const Table*) {
  return make_futex_waiters(c, v, e.len);
}

constexpr Use fd_of_file{At::fd, "fd", descriptor};
constexpr Use offset{At::off, "off", signed_number};
constexpr Use length{At::len, "len", number};
constexpr Use read_write_flags{At::op_flags, "rw_flags", set_of, &rwf_flags};
constexpr Use message_set{At::op_flags, "msg_flags", set_of, &message_flags};
constexpr Use buffer_index{At::buf_index, "buf_index", number};
constexpr Use send_options{At::ioprio, "ioprio", set_of, &ring_send_flags};
constexpr Use file_slot{At::file_index, "file_index", slot};
constexpr Use target{At::addr, "addr", hexadecimal};
constexpr Use timeout_at{At::addr, "addr", time_at};
constexpr Use timeout_set{At::op_flags, "timeout_flags", set_of, &ring_timeout_flags};
constexpr Use directory_fd{At::fd, "fd", directory};
constexpr Use path_address{At::addr, "addr", path_at};
constexpr Use other_path{At::off, "addr2", path_at};
constexpr Use splice_source{At::file_index, "splice_fd_in", plain_descriptor};
constexpr Use splice_set{At::op_flags, "splice_flags", set_of, &splice_flags};
constexpr Use xattr_set{At::op_flags, "xattr_flags", set_of, &xattr_flags};
constexpr Use futex_set{At::fd, "futex_flags", set_of, &futex_flags};
constexpr Use futex_word{At::addr, "addr", pointer_to};

struct Operation {
  std::uint8_t number;
  Use uses[6];
};
// By number; an operation that is missing shows all members as numbers.
constexpr Operation operations[] = {
    {0, {}},
    {1, {fd_of_file, {At::addr, "addr", buffers_out}, length, offset, read_write_flags}},
    {2, {fd_of_file, {At::addr, "addr", buffers_in}, length, offset, read_write_flags}},
    {3, {fd_of_file, offset, length, {At::op_flags, "fsync_flags", set_of, &ring_fsync_flags}}},
    {4, {fd_of_file, {At::addr, "addr", pointer_to}, length, offset, read_write_flags, buffer_index}},
    {5, {fd_of_file, {At::addr, "addr", bytes_of_length}, length, offset, read_write_flags, buffer_index}},
    {6,
     {fd_of_file,
      {At::op_flags, "poll32_events", set_of, &poll_events},
      {At::len, "len", set_of, &ring_poll_flags}}},
    {7,
     {target,
      {At::off, "off", hexadecimal},
      {At::op_flags, "poll32_events", set_of, &poll_events},
      {At::len, "len", set_of, &ring_poll_flags}}},
    {8, {fd_of_file, offset, length, {At::op_flags, "sync_range_flags", set_of, &sync_file_range_flags}}},
    {9, {fd_of_file, {At::addr, "addr", message_in}, message_set, send_options}},
    {10, {fd_of_file, {At::addr, "addr", pointer_to}, message_set, send_options}},
    {11, {timeout_at, {At::off, "off", number}, timeout_set}},
    {12, {target, {At::off, "addr2", time_at}, timeout_set}},
    {13,
     {fd_of_file,
      {At::addr, "addr", pointer_to},
      {At::off, "addr2", pointer_to},
      {At::op_flags, "accept_flags", set_of, &socket_flags},
      file_slot,
      {At::ioprio, "ioprio", set_of, &ring_accept_flags}}},
    {14, {target, fd_of_file, {At::op_flags, "cancel_flags", set_of, &ring_cancel_flags}}},
    {15, {timeout_at, timeout_set}},
    {16, {fd_of_file, {At::addr, "addr", address_of_offset_length}, {At::off, "addr2", number}}},
    {17, {fd_of_file, {At::len, "len", set_of, &fallocate_modes}, offset, {At::addr, "addr", signed_number}}},
    {18,
     {directory_fd,
      path_address,
      {At::op_flags, "open_flags", set_of, &open_flags},
      {At::len, "len", mode_of},
      file_slot}},
    {19, {fd_of_file, file_slot}},
    {20, {{At::addr, "addr", pointer_to}, length, {At::off, "off", number}}},
    {21,
     {directory_fd,
      path_address,
      {At::op_flags, "statx_flags", set_of, &at_statx_flags},
      {At::len, "len", set_of, &statx_masks},
      {At::off, "addr2", pointer_to}}},
    {22, {fd_of_file, {At::addr, "addr", pointer_to}, length, offset, read_write_flags, buffer_index}},
    {23, {fd_of_file, {At::addr, "addr", bytes_of_length}, length, offset, read_write_flags}},
    {24, {fd_of_file, offset, length, {At::op_flags, "fadvise_advice", name_of, &fadvise_advice}}},
    {25,
     {{At::addr, "addr", pointer_to}, length, {At::op_flags, "fadvise_advice", name_of, &madvise_advice}}},
    {26, {fd_of_file, {At::addr, "addr", bytes_of_length}, length, message_set, send_options}},
    {27, {fd_of_file, {At::addr, "addr", pointer_to}, length, message_set, send_options, buffer_index}},
    {28, {directory_fd, path_address, {At::off, "addr2", how_to_open}, length, file_slot}},
    {29,
     {{At::fd, "fd", plain_descriptor},
      {At::len, "len", name_of, &epoll_operations},
      {At::off, "off", plain_descriptor},
      {At::addr, "addr", epoll_event_at}}},
    {30, {splice_source, {At::addr, "splice_off_in", signed_number}, fd_of_file, offset, length, splice_set}},
    {31,
     {{At::addr, "addr", pointer_to},
      length,
      {At::fd, "fd", number},
      {At::buf_index, "buf_group", number},
      {At::off, "off", number}}},
    {32, {{At::fd, "fd", number}, {At::buf_index, "buf_group", number}}},
    {33, {splice_source, fd_of_file, length, splice_set}},
    {34, {fd_of_file, {At::len, "len", name_of, &shutdown_how}}},
    {35,
     {directory_fd,
      path_address,
      {At::len, "len", directory},
      other_path,
      {At::op_flags, "rename_flags", set_of, &rename_flags}}},
    {36, {directory_fd, path_address, {At::op_flags, "unlink_flags", set_of, &at_flags}}},
    {37, {directory_fd, path_address, {At::len, "len", mode_of}}},
    {38, {path_address, directory_fd, other_path}},
    {39,
     {directory_fd,
      path_address,
      {At::len, "len", directory},
      other_path,
      {At::op_flags, "hardlink_flags", set_of, &at_flags}}},
    {40,
     {fd_of_file,
      {At::addr, "addr", name_of, &ring_message_commands},
      length,
      {At::off, "off", hexadecimal},
      {At::op_flags, "msg_ring_flags", set_of, &ring_message_flags}}},
    {41, {fd_of_file, {At::addr, "addr", string_at}, {At::off, "addr2", bytes_of_length}, length, xattr_set}},
    {42,
     {{At::addr3, "addr3", path_at},
      {At::addr, "addr", string_at},
      {At::off, "addr2", bytes_of_length},
      length,
      xattr_set}},
    {43, {fd_of_file, {At::addr, "addr", string_at}, {At::off, "addr2", pointer_to}, length}},
    {44,
     {{At::addr3, "addr3", path_at}, {At::addr, "addr", string_at}, {At::off, "addr2", pointer_to}, length}},
    {45,
     {{At::fd, "fd", name_of, &address_families},
      {At::off, "off", socket_type},
      length,
      {At::op_flags, "rw_flags", hexadecimal},
      file_slot}},
    {46, {fd_of_file, {At::off, "cmd_op", hexadecimal}, {At::op_flags, "uring_cmd_flags", hexadecimal}}},
    {47,
     {fd_of_file,
      {At::addr, "addr", bytes_of_length},
      length,
      message_set,
      {At::off, "addr2", destination},
      send_options}},
    {48, {fd_of_file, {At::addr, "addr", message_in}, message_set, send_options}},
    {49, {fd_of_file, length, offset, {At::buf_index, "buf_group", number}}},
    {50,
     {{At::len, "len", name_of, &waitid_types},
      {At::fd, "fd", signed_number},
      {At::off, "addr2", pointer_to},
      {At::file_index, "file_index", set_of, &wait_options},
      {At::op_flags, "waitid_flags", hexadecimal}}},
    {51, {futex_word, {At::off, "addr2", number}, {At::addr3, "addr3", hexadecimal}, futex_set}},
    {52, {futex_word, {At::off, "addr2", number}, {At::addr3, "addr3", hexadecimal}, futex_set}},
    {53, {{At::addr, "addr", waiters}, length}},
    {54, {fd_of_file, {At::op_flags, "install_fd_flags", hexadecimal}}},
    {55, {fd_of_file, offset}},
    {56, {fd_of_file, {At::addr, "addr", address_of_offset_length}, {At::off, "addr2", number}}},
    {57, {fd_of_file, length}},
    {58, {fd_of_file, length, {At::file_index, "zcrx_ifq_idx", number}, message_set, send_options}},
    {59, {{At::fd, "fd", plain_descriptor}, {At::addr, "addr", pointer_to}, length}},
    {60, {fd_of_file, {At::addr, "addr", buffers_out}, length, offset, read_write_flags, buffer_index}},
    {61, {fd_of_file, {At::addr, "addr", buffers_in}, length, offset, read_write_flags, buffer_index}},
    {62, {{At::addr, "addr", pointer_to}, {At::op_flags, "pipe_flags", set_of, &open_flags}, file_slot}},
};
constexpr Use unknown_uses[] = {
    {At::fd, "fd", signed_number},           {At::off, "off", hexadecimal},
    {At::addr, "addr", hexadecimal},         {At::len, "len", number},
    {At::op_flags, "rw_flags", hexadecimal}, {At::file_index, "file_index", hexadecimal}};

std::span<const Use> uses_of(std::uint8_t opcode) {
  const auto found = std::ranges::find(operations, opcode, &Operation::number);
  if (found == std::end(operations)) return unknown_uses;
  return found->uses;
}

}  // namespace

// What is 0 and needs no words is left out: flags, priority, personality.
Decoded make_ring_entry(Context& context, std::uint64_t address) {
  const auto e = address == 0 ? std::nullopt : context.object<KernelEntry>(address);
  if (!e) return make_unread(address);
  RecordBuilder record(context.arena(), 11);
  record.add("opcode", make_symbol(e->opcode, ring_operations));
  if (e->flags != 0) record.add("flags", {make_flags(context.arena(), e->flags, ring_entry_flags)});
  bool says_priority = false;
  for (const Use& use : uses_of(e->opcode)) {
    const std::uint64_t value = value_at(*e, use.at);
    const bool optional = use.at == At::ioprio || use.at == At::file_index || use.at == At::buf_index;
    says_priority = says_priority || use.at == At::ioprio;
    if (use.show == nullptr || (optional && value == 0)) continue;
    record.add(use.name, use.show(context, *e, value, use.table));
  }
  if (e->ioprio != 0 && !says_priority) record.add("ioprio", make_unsigned(e->ioprio, Base::hex));
  if (e->personality != 0) record.add("personality", make_unsigned(e->personality));
  return record.add("user_data", make_unsigned(e->user_data, Base::hex)).done();
}

}  // namespace ptop::decode
