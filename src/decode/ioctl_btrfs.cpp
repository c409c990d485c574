// ioctl requests of btrfs: include/uapi/linux/btrfs.h. What lists items behind it is in
// ioctl_btrfs_lists.cpp.
#include "ioctl_btrfs.hpp"

#include "ioctl_tables.hpp"

namespace ptop::decode {

Decoded show_object(Context& context, const Member& member, std::uint64_t value, const Instance& whole) {
  const Decoded named = make_symbol(value, btrfs_objects);
  return std::get<Symbol>(named.what).name.empty() ? show_limit(context, member, value, whole) : named;
}

Decoded show_limit(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return value == UINT64_MAX ? make_word(context.arena(), value, "UINT64_MAX") : make_unsigned(value);
}

namespace {

Decoded show_uuid(Context& context, const Member&, std::uint64_t address, const Instance&) {
  const auto bytes = context.object<std::array<std::uint8_t, 16>>(address);
  if (!bytes) return make_unread(address);
  std::string text;
  for (std::size_t i = 0; i < bytes->size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += fmt::format("{:02x}", (*bytes)[i]);
  }
  return make_word(context.arena(), 0, "{}", text);
}

constexpr Member time_members[] = {u64("sec"), u32("nsec")};
constexpr Structure time_layout{time_members};
Decoded show_time(Context& context, const Member&, std::uint64_t address, const Instance&) {
  const auto now = read_structure(context, time_layout, address);
  if (!now) return make_unread(address);
  return make_dated(context.arena(), make_record(context, *now), static_cast<std::int64_t>(now->value("sec")),
                    now->value("nsec"));
}
Decoded show_moment(Context& context, const Member&, std::uint64_t seconds, const Instance&) {
  return make_dated(context.arena(), make_unsigned(seconds), static_cast<std::int64_t>(seconds));
}

// A volume, by descriptor and name.
constexpr Member volume_members[] = {s64("fd").shown_by(show_fd), text("name", 4088)};
constexpr Structure volume{volume_members};

constexpr Member limit_members[] = {u64("flags").flags(btrfs_quota_limits), u64("max_rfer"), u64("max_excl"),
                                    u64("rsv_rfer"), u64("rsv_excl")};
constexpr Structure quota_limit{limit_members};

constexpr Member inherit_members[] = {u64("flags").flags(btrfs_inherit_flags), u64("num_qgroups"),
                                      u64("num_ref_copies"), u64("num_excl_copies"),
                                      nested("lim", quota_limit)};
constexpr Structure inherit_layout{inherit_members};

Decoded show_inherited(Context& context, const Member&, std::uint64_t value, const Instance&) {
  // In a union of 64-bit words the pointer has the width of the caller's.
  const std::uint64_t address = context.word_size() == 4 ? value & UINT32_MAX : value;
  const auto now = read_structure(context, inherit_layout, address);
  if (!now) return make_unread(address);
  RecordBuilder record(context.arena(), std::size(inherit_members) + 1);
  add_members(record, context, *now, "flags num_qgroups num_ref_copies num_excl_copies lim");
  if (!context.options().verbose) return record.done(true);
  const std::uint64_t groups = address + size_of(inherit_layout, context.abi());
  return record.add("qgroups", make_numbers64(context, groups, now->value("num_qgroups"))).done();
}

bool inherits(const Instance& whole) { return (whole.value("flags") & 4) != 0; }
constexpr Member volume_2_members[] = {
    s64("fd").shown_by(show_fd),
    u64("transid"),
    u64("flags").flags(btrfs_subvolume_flags),
    u64("size").when(inherits),
    u64("qgroup_inherit").shown_by(show_inherited).when(inherits),
    pad(16),
    text("name", 4040),
};
constexpr Structure volume_2{volume_2_members};

constexpr Member progress_members[] = {u64("data_extents_scrubbed"), u64("tree_extents_scrubbed"),
                                       u64("data_bytes_scrubbed"),   u64("tree_bytes_scrubbed"),
                                       u64("read_errors"),           u64("csum_errors"),
                                       u64("verify_errors"),         u64("no_csum"),
                                       u64("csum_discards"),         u64("super_errors"),
                                       u64("malloc_errors"),         u64("uncorrectable_errors"),
                                       u64("corrected_errors"),      u64("last_physical"),
                                       u64("unverified_errors")};
constexpr Structure scrub_progress{progress_members};
constexpr Member scrub_members[] = {u64("devid").shown_by(show_device), u64("start"),
                                    u64("end").shown_by(show_limit),    u64("flags").flags(btrfs_scrub_flags),
                                    nested("progress", scrub_progress), pad(872)};
constexpr Structure scrub{scrub_members};

constexpr Member replace_start_members[] = {u64("srcdevid").shown_by(show_device),
                                            u64("cont_reading_from_srcdev_mode").symbol(btrfs_replace_modes),
                                            text("srcdev_name", 1025), text("tgtdev_name", 1025)};
constexpr Structure replace_start{replace_start_members};

Decoded show_thousandths(Context& context, const Member&, std::uint64_t value, const Instance&) {
  const Decoded number = make_unsigned(value);
  if (value > 1000) return number;
  const Decoded remark = make_word(context.arena(), value, "{}.{}%", value / 10, value % 10);
  return make_remarked(context.arena(), number, std::get<Word>(remark.what).text);
}
constexpr Member replace_status_members[] = {u64("replace_state").symbol(btrfs_replace_states),
                                             u64("progress_1000").shown_by(show_thousandths),
                                             u64("time_started").shown_by(show_moment),
                                             u64("time_stopped").shown_by(show_moment),
                                             u64("num_write_errors"),
                                             u64("num_uncorrectable_read_errors")};
constexpr Structure replace_status{replace_status_members};

template <std::uint64_t command>
bool is_command(const Instance& whole) {
  return whole.value("cmd") == command;
}
constexpr Member replace_members[] = {
    u64("cmd").symbol(btrfs_replace_commands), u64("result").symbol(btrfs_replace_results),
    nested("start", replace_start).when(is_command<0>),
    nested("status", replace_status).overlaid().when(is_command<1>), u64("spare").times(64)};
constexpr Structure replace{replace_members};

constexpr Member device_members[] = {u64("devid").shown_by(show_device),
                                     raw_bytes("uuid", 16).shown_by(show_uuid).unless_zero(),
                                     u64("bytes_used"),
                                     u64("total_bytes"),
                                     pad(3032),
                                     text("path", 1024)};
constexpr Structure device{device_members};

template <std::uint64_t flag>
bool is_told(const Instance& whole) {
  return (whole.value("flags") & flag) != 0;
}
constexpr Member system_members[] = {u64("max_id"),
                                     u64("num_devices"),
                                     raw_bytes("fsid", 16).shown_by(show_uuid),
                                     u32("nodesize"),
                                     u32("sectorsize"),
                                     u32("clone_alignment"),
                                     u16("csum_type").symbol(btrfs_checksums).when(is_told<1>),
                                     u16("csum_size").when(is_told<1>),
                                     u64("flags").flags(btrfs_system_flags),
                                     u64("generation").when(is_told<2>),
                                     raw_bytes("metadata_uuid", 16).shown_by(show_uuid).when(is_told<4>),
                                     pad(944)};
constexpr Structure file_system{system_members};

constexpr Member feature_members[] = {u64("compat_flags").flags(btrfs_features),
                                      u64("compat_ro_flags").flags(btrfs_features_ro),
                                      u64("incompat_flags").flags(btrfs_features_incompat)};
constexpr Structure features{feature_members};

Decoded feature_list(Context& context, std::uint64_t address, std::span<const std::string_view> remarks) {
  auto items = context.arena().array<Decoded>(remarks.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto now = read_structure(context, features, address + i * size_of(features, context.abi()));
    if (!now) return make_unread(address);
    items[i] = make_record(context, *now);
    if (!remarks[i].empty()) items[i] = make_remarked(context.arena(), items[i], remarks[i]);
  }
  return {List{items}};
}
Decoded show_wanted_features(Context& context, const IoctlRequest&, std::uint64_t address) {
  constexpr std::string_view none[2];
  return feature_list(context, address, none);
}
Decoded show_supported_features(Context& context, const IoctlRequest&, std::uint64_t address) {
  constexpr std::string_view remarks[] = {"supported", "safe to set", "safe to clear"};
  return feature_list(context, address, remarks);
}

constexpr Member balance_part_members[] = {u64("profiles").flags(btrfs_balance_profiles),
                                           u64("usage").shown_by(show_limit),
                                           u64("devid").shown_by(show_device),
                                           u64("pstart").shown_by(show_limit),
                                           u64("pend").shown_by(show_limit),
                                           u64("vstart").shown_by(show_limit),
                                           u64("vend").shown_by(show_limit),
                                           u64("target").shown_by(show_limit),
                                           u64("flags").flags(btrfs_balance_filters),
                                           pad(64)};
constexpr Structure balance_part{balance_part_members};
constexpr Member balance_members[] = {
    u64("flags").flags(btrfs_balance_flags),       u64("state").flags(btrfs_balance_states),
    nested("data", balance_part).when(is_told<1>), nested("meta", balance_part).when(is_told<4>),
    nested("sys", balance_part).when(is_told<2>),  pad(600)};
constexpr Structure balance{balance_members};

constexpr Member defragment_members[] = {u64("start"),
                                         u64("len").shown_by(show_limit),
                                         u64("flags").flags(btrfs_defragment_flags),
                                         u32("extent_thresh"),
                                         u32("compress_type").symbol(btrfs_compressions),
                                         pad(16)};
constexpr Structure defragment{defragment_members};

constexpr Member assign_members[] = {u64("assign"), u64("src"), u64("dst")};
constexpr Structure quota_assign{assign_members};
constexpr Member create_members[] = {u64("create"), u64("qgroupid")};
constexpr Structure quota_create{create_members};
constexpr Member limited_members[] = {u64("qgroupid"), nested("lim", quota_limit)};
constexpr Structure limited{limited_members};
constexpr Member control_members[] = {u64("cmd").symbol(btrfs_quota_commands), pad(8)};
constexpr Structure quota_control{control_members};
constexpr Member rescan_members[] = {u64("flags"), pad(56)};
constexpr Structure quota_rescan{rescan_members};
constexpr Member rescanned_members[] = {u64("flags"), u64("progress").shown_by(show_object), pad(48)};
constexpr Structure quota_rescanned{rescanned_members};

constexpr Member received_members[] = {raw_bytes("uuid", 16).shown_by(show_uuid),
                                       u64("stransid"),
                                       u64("rtransid"),
                                       nested("stime", time_layout).shown_by(show_time),
                                       nested("rtime", time_layout).shown_by(show_time),
                                       u64("flags"),
                                       u64("reserved").times(16)};
constexpr Structure received{received_members};

Decoded show_subvolume_flags(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto flags = context.object<std::uint64_t>(address);
  if (address == 0 || !flags) return make_unread(address);
  return {make_flags(context.arena(), *flags, btrfs_subvolume_flags)};
}

constexpr std::string_view balance_parts = "flags data meta sys", balance_all = "flags state data meta sys";

constexpr IoctlRequest requests[] = {
    gives(0x50009401, volume),           // BTRFS_IOC_SNAP_CREATE
    bare(0x50009402),                    // BTRFS_IOC_DEFRAG
    gives(0x50009403, volume),           // BTRFS_IOC_RESIZE
    gives(0x50009404, volume),           // BTRFS_IOC_SCAN_DEV
    gives(0x50009405, volume),           // BTRFS_IOC_FORGET_DEV
    bare(0x9406),                        // BTRFS_IOC_TRANS_START
    bare(0x9407),                        // BTRFS_IOC_TRANS_END
    bare(0x9408),                        // BTRFS_IOC_SYNC
    gives(0x5000940a, volume),           // BTRFS_IOC_ADD_DEV
    gives(0x5000940b, volume),           // BTRFS_IOC_RM_DEV
    bare(0x5000940c),                    // BTRFS_IOC_BALANCE
    gives(0x5000940e, volume),           // BTRFS_IOC_SUBVOL_CREATE
    gives(0x5000940f, volume),           // BTRFS_IOC_SNAP_DESTROY
    gives(0x40309410, defragment),       // BTRFS_IOC_DEFRAG_RANGE
    gives(0x40089413, show_u64_behind),  // BTRFS_IOC_DEFAULT_SUBVOL
    gets(0x80089418, show_u64_behind),   // BTRFS_IOC_START_SYNC
    gives(0x40089416, show_u64_behind),  // BTRFS_IOC_WAIT_SYNC
    exchanges(0x50009417, volume_2, "fd flags size qgroup_inherit name",
              "transid"),  // BTRFS_IOC_SNAP_CREATE_V2
    exchanges(0x50009418, volume_2, "fd flags size qgroup_inherit name",
              "transid"),                                               // BTRFS_IOC_SUBVOL_CREATE_V2
    gets(0x80089419, show_subvolume_flags),                             // BTRFS_IOC_SUBVOL_GETFLAGS
    gives(0x4008941a, show_subvolume_flags),                            // BTRFS_IOC_SUBVOL_SETFLAGS
    exchanges(0xc400941b, scrub, "devid start end flags", "progress"),  // BTRFS_IOC_SCRUB
    bare(0x941c),                                                       // BTRFS_IOC_SCRUB_CANCEL
    exchanges(0xc400941d, scrub, "devid", "progress"),                  // BTRFS_IOC_SCRUB_PROGRESS
    exchanges(0xd000941e, device, "devid uuid", "uuid bytes_used total_bytes path"),  // BTRFS_IOC_DEV_INFO
    gets(0x8400941f, file_system),                                                    // BTRFS_IOC_FS_INFO
    exchanges(0xc4009420, balance, balance_parts, balance_all),                       // BTRFS_IOC_BALANCE_V2
    gives(0x40049421, show_symbol_argument, &btrfs_balance_commands),                 // BTRFS_IOC_BALANCE_CTL
    gets(0x84009422, balance),  // BTRFS_IOC_BALANCE_PROGRESS
    exchanges(0xc0c89425, received, "uuid stransid stime flags",
              "rtransid rtime"),                                   // BTRFS_IOC_SET_RECEIVED_SUBVOL
    gives(0x90009427, volume),                                     // BTRFS_IOC_DEVICES_READY
    gives(0xc0109428, quota_control),                              // BTRFS_IOC_QUOTA_CTL
    gives(0x40189429, quota_assign),                               // BTRFS_IOC_QGROUP_ASSIGN
    gives(0x4010942a, quota_create),                               // BTRFS_IOC_QGROUP_CREATE
    gets(0x8030942b, limited),                                     // BTRFS_IOC_QGROUP_LIMIT
    gives(0x4040942c, quota_rescan),                               // BTRFS_IOC_QUOTA_RESCAN
    gets(0x8040942d, quota_rescanned),                             // BTRFS_IOC_QUOTA_RESCAN_STATUS
    bare(0x942e),                                                  // BTRFS_IOC_QUOTA_RESCAN_WAIT
    exchanges(0xca289435, replace, "cmd start", "result status"),  // BTRFS_IOC_DEV_REPLACE
    gets(0x80189439, features),                                    // BTRFS_IOC_GET_FEATURES
    gives(0x40309439, show_wanted_features),                       // BTRFS_IOC_SET_FEATURES
    gets(0x80489439, show_supported_features),                     // BTRFS_IOC_GET_SUPPORTED_FEATURES
};

}  // namespace

std::span<const IoctlRequest> btrfs_requests() { return requests; }

}  // namespace ptop::decode
