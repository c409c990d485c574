// Mounts: which strings an old mount(2) looks at, fsconfig's values, attributes, file handles, quotas.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/mount.h
constexpr std::uint64_t ms_remount = 0x20, ms_bind = 0x1000, ms_move = 0x2000, ms_propagation = 0x1e0000;
constexpr std::uint64_t magic = 0xc0ed0000, magic_mask = 0xffff0000;

std::uint64_t mount_flags_of(std::uint64_t flags) {
  return (flags & magic_mask) == magic ? flags & ~magic_mask : flags;
}

enum FsconfigCommand : std::uint32_t {
  set_flag,
  set_string,
  set_binary,
  set_path,
  set_path_empty,
  set_fd,
  last = 8
};
std::uint32_t fsconfig_command(const Context& context) { return static_cast<std::uint32_t>(context.arg(1)); }

constexpr std::uint64_t attributes_size = 32;
Decoded show_userns(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return value > INT32_MAX ? make_unsigned(value) : make_fd(static_cast<std::int32_t>(value), context);
}
Decoded show_propagation(Context&, const Member&, std::uint64_t value, const Instance&) {
  return make_symbol(value, mount_propagations);
}
constexpr Member attributes_members[] = {
    u64("attr_set").flags(mount_attributes), u64("attr_clr").flags(mount_attributes),
    u64("propagation").shown_by(show_propagation), u64("userns_fd").shown_by(show_userns)};
constexpr Structure attributes{attributes_members};

// include/linux/fs.h of the kernel, struct file_handle; no handle is longer than MAX_HANDLE_SZ.
struct KernelHandle {
  std::uint32_t bytes;
  std::int32_t type;
};
constexpr std::uint32_t longest_handle = 128;

Decoded whole_handle(Context& context, std::uint64_t address, const KernelHandle& handle) {
  const std::uint64_t size = std::min(handle.bytes, longest_handle);
  auto bytes = context.arena().array<char>(static_cast<std::size_t>(size));
  RecordBuilder record(context.arena(), 3);
  record.add("handle_bytes", make_unsigned(handle.bytes)).add("handle_type", make_signed(handle.type));
  const bool readable = context.read(address + sizeof handle, std::as_writable_bytes(bytes));
  const Text text{{bytes.data(), bytes.size()}, handle.bytes > longest_handle, true};
  record.add("f_handle", readable ? Decoded{text} : make_unread(address + sizeof handle));
  return record.done();
}

// include/uapi/linux/quota.h, linux/dqblk_xfs.h
enum QuotaCommand : std::uint32_t {
  q_sync = 0x800001,
  q_quotaon = 0x800002,
  q_quotaoff = 0x800003,
  q_getfmt = 0x800004,
  q_getinfo = 0x800005,
  q_setinfo = 0x800006,
  q_getquota = 0x800007,
  q_setquota = 0x800008,
  q_getnextquota = 0x800009,
  q_xquotaon = 0x5801,
  q_xquotaoff = 0x5802,
  q_xgetqstat = 0x5805,
  q_xquotarm = 0x5806,
  q_xquotasync = 0x5807,
  q_xgetqstatv = 0x5808,
};
template <std::size_t at>
std::uint32_t quota_command(const Args& args) {
  return static_cast<std::uint32_t>(args[at]) >> 8;
}

constexpr Member quota_members[] = {
    u64("dqb_bhardlimit"), u64("dqb_bsoftlimit"), u64("dqb_curspace"),
    u64("dqb_ihardlimit"), u64("dqb_isoftlimit"), u64("dqb_curinodes"),
    u64("dqb_btime"),      u64("dqb_itime"),      u32("dqb_valid").flags(quota_fields)};
constexpr Structure quota{quota_members};
constexpr Member next_quota_members[] = {
    u64("dqb_bhardlimit"), u64("dqb_bsoftlimit"), u64("dqb_curspace"),
    u64("dqb_ihardlimit"), u64("dqb_isoftlimit"), u64("dqb_curinodes"),
    u64("dqb_btime"),      u64("dqb_itime"),      u32("dqb_valid").flags(quota_fields),
    u32("dqb_id")};
constexpr Structure next_quota{next_quota_members};
constexpr Member quota_info_members[] = {u64("dqi_bgrace"), u64("dqi_igrace"),
                                         u32("dqi_flags").flags(quota_info_flags),
                                         u32("dqi_valid").flags(quota_info_fields)};
constexpr Structure quota_info{quota_info_members};

bool quota_names_somebody(std::uint32_t command) {
  switch (command) {
    case q_sync:
    case q_quotaoff:
    case q_getfmt:
    case q_getinfo:
    case q_setinfo:
    case q_xquotaon:
    case q_xquotaoff:
    case q_xgetqstat:
    case q_xgetqstatv:
    case q_xquotarm:
    case q_xquotasync:
      return false;
    default:
      return true;
  }
}
bool quota_has_data(std::uint32_t command) {
  return command != q_sync && command != q_quotaoff && command != q_xquotasync;
}

Decoded quota_data(Context& context, std::uint32_t command, std::uint64_t address) {
  const bool at_exit = context.result() != nullptr;
  const auto number = [&](auto make) -> Decoded {
    const auto value = context.object<std::uint32_t>(address);
    return value ? Decoded{List{{context.arena().node(make(*value)), 1}}} : make_unread(address);
  };
  switch (command) {
    case q_quotaon:
      return decode_path(context, Argument{}, address);
    case q_getfmt:
      if (!at_exit) return {};
      return number([](std::uint32_t v) { return make_symbol(v, quota_formats); });
    case q_setquota:
      return make_structure(context, quota, address);
    case q_getquota:
      return at_exit ? make_structure(context, quota, address) : Decoded{};
    case q_getnextquota:
      return at_exit ? make_structure(context, next_quota, address) : Decoded{};
    case q_setinfo:
      return make_structure(context, quota_info, address);
    case q_getinfo:
      return at_exit ? make_structure(context, quota_info, address) : Decoded{};
    case q_xquotaon:
    case q_xquotaoff:
    case q_xquotarm:
      return number(
          [&](std::uint32_t v) { return Decoded{make_flags(context.arena(), v, quota_xfs_flags)}; });
    default:
      return make_address(address);
  }
}

}  // namespace

// MS_MGC_VAL was needed before Linux 2.4, and is ignored since.
Decoded decode_mount_flags(Context& context, const Argument&, std::uint64_t value) {
  const FlagNames flags = make_flags(context.arena(), mount_flags_of(value), mount_flags);
  if ((value & magic_mask) != magic) return {flags};
  auto names = context.arena().array<std::string_view>(flags.names.size() + 1);
  names[0] = "MS_MGC_VAL";
  std::copy(flags.names.begin(), flags.names.end(), names.begin() + 1);
  return {FlagNames{value, names, flags.rest, flags.family}};
}

// Of what is there already the type is nobody's business.
Decoded decode_mount_type(Context& context, const Argument& argument, std::uint64_t address) {
  const bool ignored =
      (mount_flags_of(context.arg(3)) & (ms_remount | ms_bind | ms_move | ms_propagation)) != 0;
  return ignored ? make_address(address) : decode_string(context, argument, address);
}
Decoded decode_mount_data(Context& context, const Argument& argument, std::uint64_t address) {
  const std::uint64_t flags = mount_flags_of(context.arg(3));
  const bool remounts = (flags & ms_remount) != 0;
  const bool ignored = (flags & (ms_move | ms_propagation)) != 0 || ((flags & ms_bind) != 0 && !remounts);
  return ignored ? make_address(address) : decode_string(context, argument, address);
}

Decoded decode_fsconfig_key(Context& context, const Argument& argument, std::uint64_t address) {
  return fsconfig_command(context) <= set_fd ? decode_string(context, argument, address)
                                             : make_address(address);
}
Decoded decode_fsconfig_value(Context& context, const Argument& argument, std::uint64_t address) {
  switch (fsconfig_command(context)) {
    case set_string:
      return decode_string(context, argument, address);
    case set_binary: {
      const Decoded bytes = make_bytes(context, address, static_cast<std::uint32_t>(context.arg(4)), true);
      return bytes;
    }
    case set_path:
    case set_path_empty:
      return decode_path(context, argument, address);
    default:
      return make_address(address);
  }
}
Decoded decode_fsconfig_aux(Context& context, const Argument& argument, std::uint64_t value) {
  switch (fsconfig_command(context)) {
    case set_path:
    case set_path_empty:
      return decode_dirfd(context, argument, value);
    case set_fd:
      return decode_fd(context, argument, value);
    default:
      return decode_sint(context, argument, value);
  }
}

Decoded decode_mount_attributes(Context& context, const Argument& argument, std::uint64_t address) {
  const std::uint64_t size = length_of(context, argument.length);
  if (size < attributes_size) return make_unread(address);
  const Decoded known = make_structure(context, attributes, address);
  const auto* const fields = std::get_if<Record>(&known.what);
  if (fields == nullptr) return known;
  RecordBuilder record(context.arena(), 5);
  for (const Field& field : fields->fields) record.add(field.name, *field.value);
  add_unknown_bytes(record, context, address, attributes_size, size);
  return record.done();
}

// A class in two bits, and flags: where none of these is known, what is left names its family.
Decoded decode_fanotify_flags(Context& context, const Argument&, std::uint64_t value) {
  FlagNames flags = make_flags(context.arena(), value & 0xffffffff, fanotify_init_flags);
  flags.rest_named = flags.names.size() <= 1;
  return {flags};
}

// name_to_handle_at(2) is told how much room there is, and says how much it needs.
Decoded decode_handle_out(Context& context, const Argument&, std::uint64_t address) {
  const auto handle = address == 0 ? std::nullopt : context.object<KernelHandle>(address);
  if (!handle) return context.before() != nullptr ? *context.before() : make_unread(address);
  if (context.before() == nullptr)
    return RecordBuilder(context.arena(), 1).add("handle_bytes", make_unsigned(handle->bytes)).done();
  const auto* const was = std::get_if<Record>(&context.before()->what);
  if (was == nullptr) return *context.before();
  const auto asked = std::get<Unsigned>(was->fields[0].value->what);
  const bool changed = asked.value != handle->bytes;
  const Decoded size =
      changed ? make_changed(context.arena(), {asked}, make_unsigned(handle->bytes)) : Decoded{asked};
  if (context.failed()) return RecordBuilder(context.arena(), 1).add("handle_bytes", size).done();
  const Decoded whole = whole_handle(context, address, *handle);
  RecordBuilder record(context.arena(), 3);
  record.add("handle_bytes", size);
  for (const Field& field : std::get<Record>(whole.what).fields.subspan(1))
    record.add(field.name, *field.value);
  return record.done();
}
Decoded decode_handle(Context& context, const Argument&, std::uint64_t address) {
  const auto handle = address == 0 ? std::nullopt : context.object<KernelHandle>(address);
  return handle ? whole_handle(context, address, *handle) : make_unread(address);
}

// QCMD(Q_GETQUOTA, USRQUOTA)
Decoded decode_quota_command(Context& context, const Argument&, std::uint64_t value) {
  Arena& arena = context.arena();
  const auto part = [&](std::uint64_t number, const Table& table) {
    const std::string_view name = std::get<Symbol>(make_symbol(number, table).what).name;
    if (!name.empty()) return make_word(arena, 0, "{}", name);
    return make_word(arena, 0, "{}{:x} /* {} */", number == 0 ? "" : "0x", number, table.family);
  };
  const Decoded command = part((value & 0xffffffff) >> 8, quota_commands),
                type = part(value & 0xff, quota_types);
  return make_word(arena, value & 0xffffffff, "QCMD({}, {})", std::get<Word>(command.what).text,
                   std::get<Word>(type.what).text);
}
bool quota_has_id(const Args& args) { return quota_names_somebody(quota_command<0>(args)); }
bool quota_has_address(const Args& args) { return quota_has_data(quota_command<0>(args)); }
bool quota_fd_has_id(const Args& args) { return quota_names_somebody(quota_command<1>(args)); }
bool quota_fd_has_address(const Args& args) { return quota_has_data(quota_command<1>(args)); }

Decoded decode_quota_id(Context& context, const Argument& argument, std::uint64_t value) {
  const auto command = static_cast<std::uint32_t>(context.arg(argument.length.index)) >> 8;
  return command == q_quotaon ? make_symbol(value & 0xffffffff, quota_formats)
                              : decode_id(context, argument, value);
}
Decoded decode_quota_data(Context& context, const Argument& argument, std::uint64_t address) {
  return quota_data(context, static_cast<std::uint32_t>(context.arg(argument.length.index)) >> 8, address);
}

}  // namespace ptop::decode
