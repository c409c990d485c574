// ioctl requests of SCSI devices: scsi/sg.h, include/uapi/linux/bsg.h.
#include "ioctl.hpp"
#include "ioctl_tables.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

constexpr std::int32_t to_device = -2, from_device = -3, both_ways = -4;  // SG_DXFER_*
constexpr std::uint32_t version_3 = 'S', version_4 = 'Q';

Decoded show_version(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_word(context.arena(), value, "'{}'", static_cast<char>(value));
}

/// `length` bytes, or as many in the buffers of `vector` struct iovec.
Decoded show_data(Context& context, std::uint64_t address, std::uint64_t length, std::uint64_t vector) {
  if (vector != 0) return make_iovec(context, address, vector, Buffers::bytes, length);
  return make_bytes(context, address, length, true);
}

/// What was moved, once that is known: a residue counts if there was as much to move.
std::uint64_t moved(const Context& context, std::uint64_t length, std::uint64_t residue) {
  const auto missing = static_cast<std::int32_t>(residue);
  if (context.result() == nullptr || missing <= 0 || residue > length) return length;
  return length - residue;
}

Decoded show_command(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return show_data(context, address, whole.value("cmd_len"), 0);
}
Decoded show_sense(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return show_data(context, address, whole.value("sb_len_wr"), 0);
}
Decoded show_moved(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  const std::uint64_t length = moved(context, whole.value("dxfer_len"), whole.value("resid"));
  return show_data(context, address, length, whole.value("iovec_count"));
}

constexpr Member header_members[] = {s32("interface_id").shown_by(show_version),
                                     s32("dxfer_direction").symbol(scsi_directions),
                                     u8("cmd_len"),
                                     u8("mx_sb_len"),
                                     u16("iovec_count"),
                                     u32("dxfer_len"),
                                     pointer("dxferp").shown_by(show_moved),
                                     pointer("cmdp").shown_by(show_command),
                                     pointer("sbp").shown_by(show_sense),
                                     u32("timeout"),
                                     u32("flags").flags(scsi_flags),
                                     s32("pack_id"),
                                     pointer("usr_ptr"),
                                     u8("status").hex(),
                                     u8("masked_status").hex(),
                                     u8("msg_status").hex(),
                                     u8("sb_len_wr"),
                                     u16("host_status").hex(),
                                     u16("driver_status").hex(),
                                     s32("resid"),
                                     u32("duration"),
                                     u32("info").flags(scsi_info)};
constexpr Structure header{header_members};

Decoded show_request(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return show_data(context, address, whole.value("request_len"), 0);
}
Decoded show_response(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return show_data(context, address, whole.value("response_len"), 0);
}
Decoded show_data_out(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return show_data(context, address, whole.value("dout_xfer_len"), whole.value("dout_iovec_count"));
}
Decoded show_data_in(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  const std::uint64_t length = moved(context, whole.value("din_xfer_len"), whole.value("din_resid"));
  return show_data(context, address, length, whole.value("din_iovec_count"));
}

constexpr Member block_members[] = {s32("guard").shown_by(show_version),
                                    u32("protocol").symbol(bsg_protocols),
                                    u32("subprotocol").symbol(bsg_subprotocols),
                                    u32("request_len"),
                                    u64("request").shown_by(show_request),
                                    u64("request_tag").hex(),
                                    u32("request_attr"),
                                    u32("request_priority"),
                                    u32("request_extra"),
                                    u32("max_response_len"),
                                    u64("response").shown_by(show_response),
                                    u32("dout_iovec_count"),
                                    u32("dout_xfer_len"),
                                    u32("din_iovec_count"),
                                    u32("din_xfer_len"),
                                    u64("dout_xferp").shown_by(show_data_out),
                                    u64("din_xferp").shown_by(show_data_in),
                                    u32("timeout"),
                                    u32("flags").flags(bsg_flags),
                                    u64("usr_ptr").hex(),
                                    u32("spare_in"),
                                    u32("driver_status").hex(),
                                    u32("transport_status").hex(),
                                    u32("device_status").hex(),
                                    u32("retry_delay"),
                                    u32("info").flags(scsi_info),
                                    u32("duration"),
                                    u32("response_len"),
                                    s32("din_resid"),
                                    s32("dout_resid"),
                                    u64("generated_tag").hex(),
                                    pad(8)};
constexpr Structure block{block_members};

constexpr std::string_view asked_3 =
    "interface_id dxfer_direction cmd_len cmdp mx_sb_len iovec_count dxfer_len timeout flags";
constexpr std::string_view answered_3 =
    "status masked_status msg_status sb_len_wr sbp host_status driver_status resid duration info";
constexpr std::string_view asked_4 =
    "guard protocol subprotocol request_len request request_tag request_attr request_priority request_extra "
    "max_response_len dout_iovec_count dout_xfer_len din_iovec_count din_xfer_len dout_xferp timeout flags "
    "usr_ptr";
constexpr std::string_view answered_4 =
    "response_len response din_xferp driver_status transport_status device_status retry_delay info duration "
    "din_resid dout_resid generated_tag";
static_assert(has_members(header, asked_3) && has_members(header, answered_3));
static_assert(has_members(block, asked_4) && has_members(block, answered_4));

std::int32_t direction_of(const Instance& now) {
  return static_cast<std::int32_t>(now.value("dxfer_direction"));
}

/// The structure ends where memory does: its first word is all there is.
Decoded show_first_word(Context& context, std::uint32_t version, std::uint64_t address) {
  const bool is_3 = version == version_3;
  return RecordBuilder(context.arena(), 2)
      .add(is_3 ? "interface_id" : "guard",
           make_word(context.arena(), version, "'{}'", static_cast<char>(version)))
      .add(is_3 ? "dxfer_direction" : "protocol", make_unread(address + sizeof version), Naming::never)
      .done();
}

Decoded show_question(Context& context, std::uint32_t version, std::uint64_t address) {
  const Structure& layout = version == version_3 ? header : block;
  const auto now = read_structure(context, layout, address);
  if (!now) return show_first_word(context, version, address);
  context.set_timing(Timing::at_exit);
  RecordBuilder record(context.arena(), layout.members.size());
  add_members(record, context, *now, version == version_3 ? asked_3 : asked_4);
  if (version == version_3 && (direction_of(*now) == to_device || direction_of(*now) == both_ways))
    add_members(record, context, *now, "dxferp");
  return record.done();
}

/// Data that went to the device and came from it are in one buffer.
void add_data_of_both_ways(RecordBuilder& record, Context& context, const Field& sent, const Instance& now) {
  RecordBuilder received(context.arena(), 1);
  add_members(received, context, now, "dxferp");
  record.add(sent.name, make_changed(context.arena(), *sent.value, *received.fields().front().value));
}

Decoded show_answer_3(Context& context, const Instance& now) {
  const auto asked = std::get<Record>(context.before()->what).fields;
  RecordBuilder record(context.arena(), header.members.size());
  const bool both = direction_of(now) == both_ways && asked.back().name == "dxferp" &&
                    moved(context, now.value("dxfer_len"), now.value("resid")) > 0;
  for (const Field& field : asked.first(asked.size() - (both ? 1 : 0))) record.add(field.name, *field.value);
  if (both) add_data_of_both_ways(record, context, asked.back(), now);
  if (direction_of(now) == from_device) add_members(record, context, now, "dxferp");
  add_members(record, context, now, answered_3);
  return record.done();
}

/// Only a structure whose version is known is looked at again; its owner may have changed it meanwhile.
Decoded show_answer(Context& context, std::uint64_t address) {
  const bool was_3 = std::get<Record>(context.before()->what).fields.front().name == "interface_id";
  const auto now = read_structure(context, was_3 ? header : block, address);
  if (!now || now->value(std::size_t{0}) != (was_3 ? version_3 : version_4)) return *context.before();
  return was_3 ? show_answer_3(context, *now) : make_answered(context, *now, answered_4);
}

Decoded show_scsi(Context& context, const IoctlRequest&, std::uint64_t address) {
  if (context.result() != nullptr) return show_answer(context, address);
  const auto version = context.object<std::uint32_t>(address);
  if (address == 0 || !version) return make_unread(address);
  if (*version == version_3 || *version == version_4) return show_question(context, *version, address);
  auto items = context.arena().array<Decoded>(1);
  items[0] = make_unsigned(*version);
  return {List{items}};
}

// What kind of reset, and a bit that keeps the kernel from going on to stronger ones.
Decoded show_reset(Context& context, const IoctlRequest&, std::uint64_t address) {
  constexpr std::uint32_t no_escalation = 0x100;
  const auto value = context.object<std::uint32_t>(address);
  if (address == 0 || !value) return make_unread(address);
  auto items = context.arena().array<Decoded>(1);
  items[0] = make_symbol(*value & ~no_escalation, scsi_resets);
  if ((*value & no_escalation) != 0) {
    const Symbol kind = std::get<Symbol>(items[0].what);
    const std::string rest =
        kind.name.empty() ? fmt::format("{:#x} /* SG_SCSI_RESET_??? */", kind.value) : std::string(kind.name);
    items[0] = make_word(context.arena(), *value, "SG_SCSI_RESET_NO_ESCALATE|{}", rest);
  }
  return {List{items}};
}

constexpr Member id_members[] = {
    s32("host_no"),         s32("channel"),       s32("scsi_id").hex(), s32("lun"),
    s32("scsi_type").hex(), s16("h_cmd_per_lun"), s16("d_queue_depth"), pad(8)};
constexpr Structure scsi_id{id_members};

constexpr IoctlRequest requests[] = {
    gives(0x2201, show_int_behind),                 // SG_SET_TIMEOUT
    bare(0x2202),                                   // SG_GET_TIMEOUT
    gets(0x2203, show_int_behind),                  // SG_EMULATED_HOST
    gives(0x2204, show_hex32_argument),             // SG_SET_TRANSFORM
    gets(0x2205, show_int_behind),                  // SG_GET_TRANSFORM
    gets(0x2270, show_int_behind),                  // SG_GET_COMMAND_Q
    gives(0x2271, show_int_behind),                 // SG_SET_COMMAND_Q
    gets(0x2272, show_int_behind),                  // SG_GET_RESERVED_SIZE
    gives(0x2275, show_int_behind),                 // SG_SET_RESERVED_SIZE
    gets(0x2276, scsi_id),                          // SG_GET_SCSI_ID
    gives(0x2279, show_int_behind),                 // SG_SET_FORCE_LOW_DMA
    gets(0x227a, show_int_behind),                  // SG_GET_LOW_DMA
    gives(0x227b, show_int_behind),                 // SG_SET_FORCE_PACK_ID
    gets(0x227c, show_int_behind),                  // SG_GET_PACK_ID
    gets(0x227d, show_int_behind),                  // SG_GET_NUM_WAITING
    gives(0x227e, show_int_behind),                 // SG_SET_DEBUG
    gets(0x227f, show_int_behind),                  // SG_GET_SG_TABLESIZE
    gets(0x2282, show_int_behind),                  // SG_GET_VERSION_NUM
    gives(0x2283, show_int_behind),                 // SG_NEXT_CMD_LEN
    gives(0x2284, show_reset),                      // SG_SCSI_RESET
    changes(0x2285, show_scsi).though_it_failed(),  // SG_IO
    gives(0x2287, show_int_behind),                 // SG_SET_KEEP_ORPHAN
    gets(0x2288, show_int_behind),                  // SG_GET_KEEP_ORPHAN
    gets(0x2289, show_int_behind),                  // SG_GET_ACCESS_COUNT
};

}  // namespace

std::span<const IoctlRequest> scsi_requests() { return requests; }

}  // namespace ptop::decode
