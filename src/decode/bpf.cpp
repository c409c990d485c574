// bpf(2): each command's part of union bpf_attr, include/uapi/linux/bpf.h.
#include "bpf.hpp"

#include <algorithm>

#include "bpf_tables.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"

namespace ptop::decode {
namespace {

constexpr std::size_t name_size = 16;  // BPF_OBJ_NAME_LEN
constexpr std::uint64_t page = 4096;

constexpr std::uint64_t numa_node = 4, is_id = 0x20, replaces = 4;

template <bool wanted>
bool by_id(const Instance& whole) {
  return ((whole.value("attach_flags") & is_id) != 0) == wanted;
}

Decoded show_numa_node(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return value == 0xffffffff ? make_remarked(context.arena(), make_unsigned(value), "NUMA_NO_NODE")
                             : make_unsigned(value);
}
bool has_numa_node(const Instance& whole) { return (whole.value("map_flags") & numa_node) != 0; }

constexpr Member map_create_members[] = {
    u32("map_type").symbol(bpf_map_types),
    u32("key_size"),
    u32("value_size"),
    u32("max_entries"),
    u32("map_flags").flags(bpf_map_flags).later(),
    u32("inner_map_fd").fd().later(),
    u32("numa_node").shown_by(show_numa_node).when(has_numa_node).later(),
    text("map_name", name_size).later(),
    u32("map_ifindex").shown_by(show_interface).later(),
    u32("btf_fd").fd().later(),
    u32("btf_key_type_id"),
    u32("btf_value_type_id"),
    u32("btf_vmlinux_value_type_id").later(),
    u64("map_extra").later(),
    s32("value_type_btf_obj_fd").fd().later(),
    s32("map_token_fd").fd().later(),
    pointer64("excl_prog_hash").later(),
    u32("excl_prog_hash_size"),
};
constexpr Structure map_create{.members = map_create_members, .wide = true};

constexpr Member map_lookup_members[] = {u32("map_fd").fd(), pointer64("key"), pointer64("value"),
                                         u64("flags").flags(bpf_lookup_flags).later()};
constexpr Structure map_lookup{.members = map_lookup_members, .wide = true};
constexpr Member map_update_members[] = {u32("map_fd").fd(), pointer64("key"), pointer64("value"),
                                         u64("flags").symbol(bpf_update_flags)};
constexpr Structure map_update{.members = map_update_members, .wide = true};
constexpr Member map_delete_members[] = {u32("map_fd").fd(), pointer64("key")};
constexpr Structure map_delete{.members = map_delete_members, .wide = true};
constexpr Member map_next_key_members[] = {u32("map_fd").fd(), pointer64("key"), pointer64("next_key")};
constexpr Structure map_next_key{.members = map_next_key_members, .wide = true};
constexpr Member map_freeze_members[] = {u32("map_fd").fd()};
constexpr Structure map_freeze{.members = map_freeze_members, .wide = true};

constexpr Member map_read_batch_members[] = {pointer64("in_batch"),
                                             pointer64("out_batch"),
                                             pointer64("keys"),
                                             pointer64("values"),
                                             u32("count"),
                                             u32("map_fd").fd(),
                                             u64("elem_flags").flags(bpf_lookup_flags),
                                             u64("flags").hex()};
constexpr Structure map_read_batch{.members = map_read_batch_members, .wide = true};
constexpr Member map_update_batch_members[] = {
    pad(16),           pointer64("keys"),  pointer64("values"),
    u32("count"),      u32("map_fd").fd(), u64("elem_flags").flags(bpf_lookup_flags),
    u64("flags").hex()};
constexpr Structure map_update_batch{.members = map_update_batch_members, .wide = true};
constexpr Member map_delete_batch_members[] = {
    pad(16),           pointer64("keys"),  pad(8),
    u32("count"),      u32("map_fd").fd(), u64("elem_flags").flags(bpf_lookup_flags),
    u64("flags").hex()};
constexpr Structure map_delete_batch{.members = map_delete_batch_members, .wide = true};

Decoded show_program(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_bpf_program(context, address, whole.value("insn_cnt"));
}
// Text that the kernel ends with a NUL within a buffer of that size.
Decoded text_within(Context& context, std::uint64_t address, std::uint64_t size) {
  if (address == 0) return make_address(0);
  const std::uint64_t limit = context.options().string_limit;
  const auto found = context.string(address, static_cast<std::size_t>(std::min(size, limit)));
  return found ? make_text(found->bytes, !found->complete) : make_unread(address);
}
Decoded show_log(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return text_within(context, address, whole.value("log_size"));
}
Decoded show_kernel_version(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_word(context.arena(), value, "KERNEL_VERSION({}, {}, {})", value >> 16, value >> 8 & 0xff,
                   value & 0xff);
}
Decoded show_signature(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_bytes(context, address, whole.value("signature_size"), true);
}

// They came after fd_array, and their count is where there was a hole before it.
bool has_relocations(const Instance& whole) {
  constexpr std::size_t relocations_at = 128;
  return whole.size() > relocations_at;
}

constexpr Member program_load_members[] = {
    u32("prog_type").symbol(bpf_program_types),
    u32("insn_cnt"),
    u64("insns").shown_by(show_program),
    u64("license").string(),
    u32("log_level").later(),
    u32("log_size"),
    u64("log_buf").shown_by(show_log),
    u32("kern_version").shown_by(show_kernel_version).later(),
    u32("prog_flags").flags(bpf_program_flags).later(),
    text("prog_name", name_size).later(),
    u32("prog_ifindex").shown_by(show_interface).later(),
    u32("expected_attach_type").symbol(bpf_attach_types).later(),
    u32("prog_btf_fd").fd().later(),
    u32("func_info_rec_size"),
    pointer64("func_info"),
    u32("func_info_cnt"),
    u32("line_info_rec_size"),
    pointer64("line_info"),
    u32("line_info_cnt"),
    u32("attach_btf_id").later(),
    u32("attach_prog_fd").fd().later(),
    u32("core_relo_cnt").when(has_relocations).later(),
    pointer64("fd_array").later(),
    pointer64("core_relos").later(),
    u32("core_relo_rec_size"),
    u32("log_true_size").later(),
    s32("prog_token_fd").fd().later(),
    u32("fd_array_cnt").later(),
    u64("signature").shown_by(show_signature).later(),
    u32("signature_size"),
    s32("keyring_id"),
};
constexpr Structure program_load{.members = program_load_members, .wide = true};

Decoded show_dirfd(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return decode_dirfd(context, Argument{}, value);
}
constexpr Member object_members[] = {u64("pathname").shown_by(show_bpf_path), u32("bpf_fd").fd(),
                                     u32("file_flags").flags(bpf_file_flags).later(),
                                     s32("path_fd").shown_by(show_dirfd).later()};
constexpr Structure object{.members = object_members, .wide = true};

constexpr Member attach_members[] = {
    u32("target_fd").fd().when(wants_bpf_descriptor),
    u32("target_ifindex").shown_by(show_interface).overlaid().when(wants_bpf_interface),
    u32("attach_bpf_fd").fd(),
    u32("attach_type").symbol(bpf_attach_types),
    u32("attach_flags").flags(bpf_attach_flags),
    u32("replace_bpf_fd").fd().later(),
    u32("relative_fd").fd().when(by_id<false>).later(),
    u32("relative_id").overlaid().when(by_id<true>),
    u64("expected_revision"),
};
constexpr Structure attach{.members = attach_members, .wide = true};

constexpr Member test_members[] = {u32("prog_fd").fd(),
                                   u32("retval"),
                                   u32("data_size_in"),
                                   u32("data_size_out"),
                                   pointer64("data_in"),
                                   pointer64("data_out"),
                                   u32("repeat"),
                                   u32("duration"),
                                   u32("ctx_size_in").later(),
                                   u32("ctx_size_out"),
                                   pointer64("ctx_in"),
                                   pointer64("ctx_out"),
                                   u32("flags").flags(bpf_test_flags).later(),
                                   u32("cpu"),
                                   u32("batch_size").later()};
constexpr Structure test{.members = test_members, .wide = true};

constexpr Member next_id_members[] = {u32("start_id"), u32("next_id")};
constexpr Structure next_id{.members = next_id_members, .wide = true};
constexpr Member program_id_members[] = {u32("prog_id")};
constexpr Structure program_id{.members = program_id_members, .wide = true};
constexpr Member map_id_members[] = {u32("map_id"), pad(4), u32("open_flags").flags(bpf_file_flags).later()};
constexpr Structure map_id{.members = map_id_members, .wide = true};
constexpr Member btf_id_members[] = {u32("btf_id"), pad(4), u32("open_flags").flags(bpf_file_flags).later(),
                                     s32("fd_by_id_token_fd").fd()};
constexpr Structure btf_id{.members = btf_id_members, .wide = true};
constexpr Member link_id_members[] = {u32("link_id")};
constexpr Structure link_id{.members = link_id_members, .wide = true};

constexpr Member object_info_members[] = {u32("bpf_fd").fd(), u32("info_len").shown_by(show_changed_number),
                                          u64("info").shown_by(show_bpf_object)};
constexpr Structure object_info{.members = object_info_members, .wide = true};

Decoded show_ids(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_numbers(context, address, whole.value("prog_cnt"));
}
Decoded show_attach_flags(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  if (context.failed() && whole.value("prog_cnt") != 0) return make_address(address);
  return make_list(context, address, whole.value("prog_cnt"), 4, [&](std::uint64_t at) -> Decoded {
    const auto flags = context.object<std::uint32_t>(at);
    return flags ? Decoded{make_flags(context.arena(), *flags, bpf_attach_flags)} : Decoded{};
  });
}
constexpr Member query_members[] = {
    u32("target_fd").fd().when(wants_bpf_descriptor),
    u32("target_ifindex").shown_by(show_interface).overlaid().when(wants_bpf_interface),
    u32("attach_type").symbol(bpf_attach_types),
    u32("query_flags").flags(bpf_query_flags),
    u32("attach_flags").flags(bpf_attach_flags),
    u64("prog_ids").shown_by(show_ids),
    u32("prog_cnt").shown_by(show_changed_number),
    u64("prog_attach_flags").shown_by(show_attach_flags).later(),
    u64("link_ids").shown_by(show_ids).later(),
    u64("link_attach_flags").shown_by(show_attach_flags),
    u64("revision").hex(),
};
constexpr Structure query{.members = query_members, .wide = true};

constexpr Member raw_tracepoint_members[] = {u64("name").string(), u32("prog_fd").fd(),
                                             u64("cookie").hex().later()};
constexpr Structure raw_tracepoint{.members = raw_tracepoint_members, .wide = true};

Decoded show_btf(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_bytes(context, address, whole.value("btf_size"));
}
constexpr Member btf_load_members[] = {u64("btf").shown_by(show_btf),
                                       pointer64("btf_log_buf"),
                                       u32("btf_size"),
                                       u32("btf_log_size"),
                                       u32("btf_log_level"),
                                       u32("btf_log_true_size").later(),
                                       u32("btf_flags").flags(bpf_file_flags).later(),
                                       s32("btf_token_fd").fd()};
constexpr Structure btf_load{.members = btf_load_members, .wide = true};

Decoded show_task_file(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  const std::uint64_t now = whole.value("buf_len");
  return text_within(context, address, std::min(value_at_enter(context, "buf_len").value_or(now), now));
}
constexpr Member task_fd_query_members[] = {
    u32("pid").pid(),
    u32("fd").fd(),
    u32("flags"),
    u32("buf_len").shown_by(show_changed_number),
    u64("buf").shown_by(show_task_file),
    u32("prog_id"),
    u32("fd_type").symbol(bpf_descriptor_types),
    u64("probe_offset").hex(),
    u64("probe_addr").hex(),
};
constexpr Structure task_fd_query{.members = task_fd_query_members, .wide = true};

constexpr Member link_update_members[] = {u32("link_fd").fd(), u32("new_prog_fd").fd(),
                                          u32("flags").flags(bpf_attach_flags),
                                          u32("old_prog_fd").fd().when([](const Instance& whole) {
                                            return (whole.value("flags") & replaces) != 0;
                                          })};
constexpr Structure link_update{.members = link_update_members, .wide = true};

constexpr Member statistics_members[] = {u32("type").symbol(bpf_statistics)};
constexpr Structure statistics{.members = statistics_members, .wide = true};
constexpr Member iterator_members[] = {u32("link_fd").fd(), u32("flags").hex()};
constexpr Structure iterator{.members = iterator_members, .wide = true};
constexpr Member detach_members[] = {u32("link_fd").fd()};
constexpr Structure detach{.members = detach_members, .wide = true};
constexpr Member bind_members[] = {u32("prog_fd").fd(), u32("map_fd").fd(), u32("flags").hex()};
constexpr Structure bind{.members = bind_members, .wide = true};
constexpr Member token_members[] = {u32("flags").hex(), u32("bpffs_fd").fd()};
constexpr Structure token{.members = token_members, .wide = true};

Decoded show_stream(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  const bool written = context.result() != nullptr && !context.failed();
  const auto size = written ? static_cast<std::uint64_t>(context.result()->value) : 0;
  return written ? make_bytes(context, address, std::min(size, whole.value("stream_buf_len")))
                 : make_address(address);
}
constexpr Member stream_members[] = {u64("stream_buf").shown_by(show_stream), u32("stream_buf_len"),
                                     u32("stream_id"), u32("prog_fd").fd()};
constexpr Structure stream{.members = stream_members, .wide = true};

/// When there is everything to show: before the call, after it, or both.
enum class When : std::uint8_t { enter, exit, count_changes };
struct Command {
  const Structure* structure = nullptr;
  std::string_view name = {};  ///< of the record in the record, where union bpf_attr has one
  When when = When::enter;
};

// By number.
constexpr std::array commands{
    Command{&map_create},
    Command{&map_lookup},
    Command{&map_update},
    Command{&map_delete},
    Command{&map_next_key},
    Command{&program_load},
    Command{&object},
    Command{&object},
    Command{&attach},
    Command{&attach},
    Command{&test, "test"},
    Command{&next_id, {}, When::exit},
    Command{&next_id, {}, When::exit},
    Command{&program_id},
    Command{&map_id},
    Command{&object_info, "info", When::exit},
    Command{&query, "query", When::exit},
    Command{&raw_tracepoint, "raw_tracepoint"},
    Command{&btf_load},
    Command{&btf_id},
    Command{&task_fd_query, "task_fd_query", When::exit},
    Command{&map_lookup},
    Command{&map_freeze},
    Command{&next_id, {}, When::exit},
    Command{&map_read_batch, "batch", When::count_changes},
    Command{&map_read_batch, "batch", When::count_changes},
    Command{&map_update_batch, "batch", When::count_changes},
    Command{&map_delete_batch, "batch", When::count_changes},
    Command{&bpf_link, "link_create"},
    Command{&link_update, "link_update"},
    Command{&link_id},
    Command{&next_id, {}, When::exit},
    Command{&statistics, "enable_stats"},
    Command{&iterator, "iter_create"},
    Command{&detach, "link_detach"},
    Command{&bind, "prog_bind_map"},
    Command{&token, "token_create"},
    Command{&stream, "prog_stream_read", When::exit},
};

BpfShown show_command(Context& context, const Command& command, std::span<const std::byte> given,
                      std::uint64_t address) {
  if (command.structure == &bpf_link) return show_bpf_link(context, given, address);
  return {make_grown_structure(context, *command.structure, given, address),
          end_of(*command.structure, context.abi())};
}

// The command's record, in the record that union bpf_attr has it in, and what else the caller gave.
Decoded show_attributes(Context& context, const Command& command, std::span<const std::byte> given,
                        std::uint64_t address) {
  const auto [shown, known] = show_command(context, command, given, address);
  const auto members = std::get<Record>(shown.what).fields;
  RecordBuilder record(context.arena(), members.size() + 2);
  if (!command.name.empty()) record.add(command.name, shown);
  for (const Field& field : members) {
    if (command.name.empty()) record.add(field.name, *field.value);
  }
  return record.done(add_extra_data(record, context, given, known));
}

Decoded show_count(Context& context, std::uint64_t count) {
  const Decoded inner = RecordBuilder(context.arena(), 1).add("count", make_unsigned(count)).done();
  return RecordBuilder(context.arena(), 1).add("batch", inner).done();
}

// {batch={…, count=4, …}} => {batch={count=2}}
Decoded changed_batch(Context& context, std::span<const std::byte> given) {
  constexpr std::size_t count_at = 32;
  std::uint32_t count = 0;
  if (given.size() >= count_at + sizeof count) std::memcpy(&count, given.data() + count_at, sizeof count);
  if (count == value_at_enter(context, "count")) return *context.before();
  return make_changed(context.arena(), *context.before(), show_count(context, count));
}

std::optional<std::uint64_t> find_value(const Decoded& tree, std::string_view name) {
  const auto* const record = std::get_if<Record>(&tree.what);
  if (record == nullptr) return std::nullopt;
  for (const Field& field : record->fields) {
    const auto* const number = std::get_if<Unsigned>(&field.value->what);
    const auto* const address = std::get_if<Address>(&field.value->what);
    if (field.name == name && number != nullptr) return number->value;
    if (field.name == name && address != nullptr) return address->value;
    if (const auto inside = find_value(*field.value, name)) return inside;
  }
  return std::nullopt;
}

Timing timing_of(When when) {
  switch (when) {
    case When::enter:
      return Timing::at_enter;
    case When::exit:
      return Timing::at_exit;
    case When::count_changes:
      return Timing::grows;
  }
  return Timing::at_enter;
}

}  // namespace

Decoded show_bpf_path(Context& context, const Member&, std::uint64_t address, const Instance&) {
  return decode_path(context, Argument{}, address);
}

std::optional<std::uint64_t> value_at_enter(const Context& context, std::string_view name) {
  return context.before() == nullptr ? std::nullopt : find_value(*context.before(), name);
}

Decoded show_changed_number(Context& context, const Member& member, std::uint64_t value, const Instance&) {
  const auto before = value_at_enter(context, member.name);
  if (!before || *before == value) return make_unsigned(value);
  return make_changed(context.arena(), make_unsigned(*before), make_unsigned(value));
}
Decoded show_changed_address(Context& context, const Member& member, std::uint64_t value, const Instance&) {
  const auto before = value_at_enter(context, member.name);
  if (!before || *before == value) return make_address(value);
  return make_changed(context.arena(), make_address(*before), make_address(value));
}
Decoded show_interface(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_interface(context, static_cast<std::uint32_t>(value));
}

Decoded make_numbers(Context& context, std::uint64_t address, std::uint64_t count) {
  if (context.failed() && count != 0) return make_address(address);
  return make_list(context, address, count, 4, [&](std::uint64_t at) -> Decoded {
    const auto number = context.object<std::uint32_t>(at);
    return number ? make_unsigned(*number) : Decoded{};
  });
}

bool add_extra_data(RecordBuilder& record, Context& context, std::span<const std::byte> bytes,
                    std::size_t known) {
  if (bytes.size() <= known) return false;
  const auto extra = bytes.subspan(known);
  if (std::ranges::all_of(extra, [](std::byte b) { return b == std::byte{0}; })) return false;
  if (!context.options().verbose) return true;
  const Decoded remark = make_word(context.arena(), 0, "bytes {}..{}", known, bytes.size() - 1);
  const std::string_view text(reinterpret_cast<const char*>(extra.data()), extra.size());
  record.add("extra_data",
             make_remarked(context.arena(), {Text{text, false, true}}, std::get<Word>(remark.what).text));
  return false;
}

// Most commands that make something return its descriptor.
Decoded decode_bpf_result(Context& context) {
  constexpr std::uint64_t descriptors = 1ULL << 0 | 1ULL << 5 | 1ULL << 7 | 1ULL << 13 | 1ULL << 14 |
                                        1ULL << 17 | 1ULL << 18 | 1ULL << 19 | 1ULL << 28 | 1ULL << 30 |
                                        1ULL << 32 | 1ULL << 33 | 1ULL << 36;
  const auto command = static_cast<std::uint32_t>(context.arg(0));
  const std::int64_t value = context.result()->value;
  const bool is_descriptor = command < 64 && (descriptors >> command & 1) != 0;
  return is_descriptor ? make_fd(static_cast<std::int32_t>(value), context) : make_signed(value);
}

Decoded decode_bpf_attributes(Context& context, const Argument&, std::uint64_t address) {
  const auto number = static_cast<std::uint32_t>(context.arg(0)),
             size = static_cast<std::uint32_t>(context.arg(2));
  context.set_timing(Timing::at_enter);
  if (size == 0 || size > page || number >= commands.size()) return make_address(address);
  const Command& command = commands[number];
  context.set_timing(timing_of(command.when));
  const auto given = context.arena().array<std::byte>(size);
  if (address == 0 || !context.read(address, given))
    return context.before() != nullptr ? *context.before() : make_unread(address);
  if (command.when == When::count_changes && context.before() != nullptr)
    return changed_batch(context, given);
  return show_attributes(context, command, given, address);
}

}  // namespace ptop::decode
