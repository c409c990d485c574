// ioctl: requests whose structure is question and answer, of SCSI devices. On a descriptor that is none, the
// answer is what the structure had before; where strace shows answers of calls that failed it shows those.
#include "calls.hpp"

#include <linux/bsg.h>
#include <linux/btrfs.h>
#include <linux/input.h>
#include <scsi/sg.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

#include <initializer_list>

namespace {

/// On a descriptor that is none, with the value at the end of what is mapped.
template <class T>
void give(unsigned long request, const T& value) {
  call(SYS_ioctl, -1, request, at_end(value));
}
void bare(unsigned long request, long value = 0) { call(SYS_ioctl, -1, request, value); }

sg_io_hdr scsi(int direction) {
  sg_io_hdr h{};
  h.interface_id = 'S', h.dxfer_direction = direction, h.cmd_len = 6, h.mx_sb_len = 32, h.dxfer_len = 8;
  h.cmdp = reinterpret_cast<unsigned char*>(in_low(std::array<char, 6>{0x12, 0, 0, 0, 36, 0}));
  h.dxferp = in_low(std::array<char, 8>{'d', 'a', 't', 'a', '\n', 0, 'x', 'y'}, 16);
  h.sbp = reinterpret_cast<unsigned char*>(in_low(std::array<char, 4>{0x70, 0, 5, 0}, 32));
  h.timeout = 5000, h.pack_id = 77, h.usr_ptr = low, h.status = 2, h.masked_status = 1, h.msg_status = 3;
  h.sb_len_wr = 3, h.host_status = 4, h.driver_status = 8, h.resid = 2, h.duration = 7,
  h.info = SG_INFO_CHECK;
  return h;
}

sg_io_v4 scsi_4() {
  const auto address = [](const char* at) { return static_cast<__u64>(number(at)); };
  sg_io_v4 q{};
  const sg_io_hdr h = scsi(SG_DXFER_NONE);  // for its memory
  q.guard = 'Q', q.protocol = BSG_PROTOCOL_SCSI, q.subprotocol = BSG_SUB_PROTOCOL_SCSI_TMF;
  q.request_len = h.cmd_len, q.request = address(low), q.request_tag = 5, q.request_attr = 6;
  q.request_priority = 7, q.request_extra = 8, q.max_response_len = 32, q.response = address(low + 32);
  q.dout_xfer_len = 4, q.din_xfer_len = 8, q.dout_xferp = q.din_xferp = address(low + 16), q.timeout = 9;
  q.flags = ~0U, q.usr_ptr = 10, q.driver_status = 11, q.transport_status = 12, q.device_status = 13;
  q.retry_delay = 14, q.info = ~0U, q.duration = 15, q.response_len = 3, q.din_resid = 4, q.dout_resid = -5;
  q.generated_tag = 18;
  return q;
}

/// With all bits set, with none, at unreadable memory.
template <class T>
void give_extremes(unsigned long request) {
  T value;
  std::memset(static_cast<void*>(&value), 0xff, sizeof value);
  give(request, value);
  std::memset(static_cast<void*>(&value), 0, sizeof value);
  give(request, value);
  call(SYS_ioctl, -1, request, low + low_size - sizeof value + 1), call(SYS_ioctl, -1, request, nullptr);
}
void search_for(std::uint64_t object, std::uint32_t type) {
  btrfs_ioctl_search_args_v2 s{};
  s.key.tree_id = object, s.key.min_objectid = object, s.key.max_objectid = object, s.key.min_type = type;
  s.key.max_type = type, s.key.nr_items = 5, s.buf_size = 6;
  call(SYS_ioctl, -1, BTRFS_IOC_TREE_SEARCH_V2, in_low(s));
}

constexpr Case list[] = {
    {"scsi",
     [] {
       for (const int direction : {SG_DXFER_NONE, SG_DXFER_TO_DEV, SG_DXFER_FROM_DEV, -5, 0, 5})
         give(SG_IO, scsi(direction));
       sg_io_hdr h = scsi(SG_DXFER_FROM_DEV);
       h.flags = ~0U, h.info = ~0U, h.resid = 9;
       give(SG_IO, h);
       h.flags = SG_FLAG_DIRECT_IO, h.info = SG_INFO_OK, h.resid = -1, h.cmdp = nullptr, h.sbp = nullptr;
       give(SG_IO, h);
       h.cmdp = static_cast<unsigned char*>(nowhere), h.sbp = h.cmdp, h.dxferp = nowhere, h.sb_len_wr = 0;
       give(SG_IO, h);
     }},
    {"scsi_both_ways", [] { give(SG_IO, scsi(SG_DXFER_TO_FROM_DEV)); }},
    {"scsi_vectors",
     [] {
       sg_io_hdr h = scsi(SG_DXFER_TO_DEV);
       const iovec buffers[] = {{low + 16, 4}, {low + 18, 100}, {nowhere, 1}};
       h.iovec_count = 3, h.dxferp = in_low(buffers, 64);
       give(SG_IO, h);
       h.dxfer_direction = SG_DXFER_FROM_DEV;
       give(SG_IO, h);
       h.iovec_count = 65535, h.dxfer_len = ~0U;
       give(SG_IO, h);
       h.dxferp = nowhere;
       give(SG_IO, h);
     }},
    {"scsi_version_4",
     [] {
       sg_io_v4 q = scsi_4();
       give(SG_IO, q);
       const iovec buffers[] = {{low + 16, 4}, {low + 18, 100}};
       q.dout_xferp = static_cast<__u64>(number(in_low(buffers, 64))), q.dout_iovec_count = 2;
       q.protocol = 1, q.subprotocol = 9, q.flags = BSG_FLAG_Q_AT_TAIL, q.info = 0, q.din_resid = 9;
       give(SG_IO, q);
     }},
    {"scsi_odd",
     [] {
       give(SG_IO, 'S'), give(SG_IO, 'Q'), give(SG_IO, 'X'), give(SG_IO, -1);
       call(SYS_ioctl, -1, SG_IO, nullptr), call(SYS_ioctl, -1, SG_IO, nowhere);
     }},
    {"scsi_numbers",
     [] {
       for (const unsigned long r :
            {SG_SET_TIMEOUT, SG_SET_COMMAND_Q, SG_SET_RESERVED_SIZE, SG_SET_FORCE_LOW_DMA,
             SG_SET_FORCE_PACK_ID, SG_SET_DEBUG, SG_NEXT_CMD_LEN, SG_SET_KEEP_ORPHAN})
         give(r, -5), call(SYS_ioctl, -1, r, nowhere);
       for (const unsigned long r :
            {SG_GET_TIMEOUT, SG_EMULATED_HOST, SG_GET_TRANSFORM, SG_GET_COMMAND_Q, SG_GET_RESERVED_SIZE,
             SG_GET_SCSI_ID, SG_GET_LOW_DMA, SG_GET_PACK_ID, SG_GET_NUM_WAITING, SG_GET_SG_TABLESIZE,
             SG_GET_VERSION_NUM, SG_GET_KEEP_ORPHAN, SG_GET_REQUEST_TABLE})
         bare(r, 0x1000);
       bare(SG_SET_TRANSFORM, -1), bare(SG_SET_TRANSFORM, 0);
     }},
    {"scsi_resets",
     [] {
       for (const int kind : {0, 1, 2, 3, 4, 5, 0x100, 0x101, 0x105, -1}) give(SG_SCSI_RESET, kind);
       call(SYS_ioctl, -1, SG_SCSI_RESET, nowhere);
     }},
    {"effects",
     [] {
       for (int type = 0x4f; type <= 0x62; ++type) {
         ff_effect e{};
         e.type = static_cast<__u16>(type), e.id = -1, e.direction = 0x4000, e.trigger = {1, 2};
         e.replay = {3, 4};
         e.u.periodic = {FF_SINE, 5, -6, -7, 8, {9, 10, 11, 12}, 13, nullptr};
         if (type == FF_CONSTANT) e.u.constant = {-5, {6, 7, 8, 0xffff}};
         if (type == FF_RAMP) e.u.ramp = {-5, 6, {6, 7, 8, 0}};
         if (type == FF_RUMBLE) e.u.rumble = {5, 0xffff};
         give(EVIOCSFF, e);
       }
       ff_effect e{};
       e.type = FF_PERIODIC, e.u.periodic.custom_data = reinterpret_cast<__s16*>(low);
       give(EVIOCSFF, e);
       call(SYS_ioctl, -1, EVIOCSFF, nowhere), call(SYS_ioctl, -1, EVIOCSFF, nullptr);
     }},
    {"btrfs_volumes",
     [] {
       btrfs_ioctl_vol_args v{0, "volume"};
       for (const unsigned long r :
            {BTRFS_IOC_SNAP_CREATE, BTRFS_IOC_RESIZE, BTRFS_IOC_SCAN_DEV, BTRFS_IOC_FORGET_DEV,
             BTRFS_IOC_ADD_DEV, BTRFS_IOC_RM_DEV, BTRFS_IOC_SUBVOL_CREATE, BTRFS_IOC_SNAP_DESTROY,
             BTRFS_IOC_DEVICES_READY})
         give(r, v);
       std::memset(v.name, 'n', sizeof v.name);
       give(BTRFS_IOC_RESIZE, v);
       give_extremes<btrfs_ioctl_vol_args>(BTRFS_IOC_RESIZE);
       for (const unsigned long r : {BTRFS_IOC_TRANS_START, BTRFS_IOC_TRANS_END, BTRFS_IOC_SYNC,
                                     BTRFS_IOC_SCRUB_CANCEL, BTRFS_IOC_QUOTA_RESCAN_WAIT})
         bare(r, 0x1000);
       bare(BTRFS_IOC_DEFRAG, 0x1000), bare(BTRFS_IOC_BALANCE, 0x1000);
     }},
    {"btrfs_volumes_2",
     [] {
       // The flags, how many groups there are, two counts, flags and four limits, and the groups.
       const std::array<__u64, 11> inherit{1, 2, 3, 4, 63, 5, 6, 7, 8, 9, 10};
       btrfs_ioctl_vol_args_v2 v{};
       v.fd = -1, v.transid = 5, v.flags = BTRFS_SUBVOL_QGROUP_INHERIT | BTRFS_SUBVOL_RDONLY, v.size = 88;
       v.qgroup_inherit = reinterpret_cast<btrfs_qgroup_inherit*>(in_low(inherit));
       std::strcpy(v.name, "subvolume");
       give(BTRFS_IOC_SNAP_CREATE_V2, v), give(BTRFS_IOC_SUBVOL_CREATE_V2, v);
       v.qgroup_inherit = static_cast<btrfs_qgroup_inherit*>(nowhere);
       give(BTRFS_IOC_SNAP_CREATE_V2, v);
       v.flags = 0;
       give(BTRFS_IOC_SNAP_CREATE_V2, v);
       give_extremes<btrfs_ioctl_vol_args_v2>(BTRFS_IOC_SNAP_CREATE_V2);
     }},
    {"btrfs_numbers",
     [] {
       give_extremes<__u64>(BTRFS_IOC_DEFAULT_SUBVOL), give_extremes<__u64>(BTRFS_IOC_WAIT_SYNC);
       give_extremes<__u64>(BTRFS_IOC_SUBVOL_SETFLAGS), give(BTRFS_IOC_SUBVOL_SETFLAGS, __u64{2});
       for (const long command : {0, 1, 2, 3, -1}) bare(BTRFS_IOC_BALANCE_CTL, command);
       bare(BTRFS_IOC_START_SYNC, 0x1000), bare(BTRFS_IOC_SUBVOL_GETFLAGS, 0x1000);
       for (const unsigned type : {0U, 1U, 2U, 3U, 4U})
         give(BTRFS_IOC_DEFRAG_RANGE, btrfs_ioctl_defrag_range_args{1, 2, type, 4, type, {}});
       give_extremes<btrfs_ioctl_defrag_range_args>(BTRFS_IOC_DEFRAG_RANGE);
     }},
    {"btrfs_quotas",
     [] {
       for (const __u64 command : {0, 1, 2, 3, 4})
         give(BTRFS_IOC_QUOTA_CTL, btrfs_ioctl_quota_ctl_args{command, 5});
       give_extremes<btrfs_ioctl_quota_ctl_args>(BTRFS_IOC_QUOTA_CTL);
       give_extremes<btrfs_ioctl_qgroup_assign_args>(BTRFS_IOC_QGROUP_ASSIGN);
       give_extremes<btrfs_ioctl_qgroup_create_args>(BTRFS_IOC_QGROUP_CREATE);
       give_extremes<btrfs_ioctl_quota_rescan_args>(BTRFS_IOC_QUOTA_RESCAN);
       bare(BTRFS_IOC_QGROUP_LIMIT, 0x1000), bare(BTRFS_IOC_QUOTA_RESCAN_STATUS, 0x1000);
     }},
    {"btrfs_devices",
     [] {
       btrfs_ioctl_dev_replace_args r{};
       for (const __u64 command : {0, 1, 2, 3}) {
         r.cmd = command, r.start = {257, 1, "source", "target"};
         give(BTRFS_IOC_DEV_REPLACE, r);
       }
       give_extremes<btrfs_ioctl_dev_replace_args>(BTRFS_IOC_DEV_REPLACE);
       give_extremes<btrfs_ioctl_dev_info_args>(BTRFS_IOC_DEV_INFO);
       give_extremes<btrfs_ioctl_get_dev_stats>(BTRFS_IOC_GET_DEV_STATS);
       give_extremes<btrfs_ioctl_scrub_args>(BTRFS_IOC_SCRUB);
       give_extremes<btrfs_ioctl_scrub_args>(BTRFS_IOC_SCRUB_PROGRESS);
       give_extremes<std::array<btrfs_ioctl_feature_flags, 2>>(BTRFS_IOC_SET_FEATURES);
       bare(BTRFS_IOC_FS_INFO, 0x1000), bare(BTRFS_IOC_GET_FEATURES, 0x1000);
       bare(BTRFS_IOC_GET_SUPPORTED_FEATURES, 0x1000);
       give_extremes<btrfs_ioctl_space_args>(BTRFS_IOC_SPACE_INFO);
     }},
    {"btrfs_balance",
     [] {
       btrfs_ioctl_balance_args b{};
       for (const __u64 flags : {0, 1, 2, 4, 7, 31}) {
         b.flags = flags, b.data.profiles = 0x1ff, b.meta.usage = 5, b.sys.devid = 6, b.data.flags = 0x7ff;
         give(BTRFS_IOC_BALANCE_V2, b);
       }
       bare(BTRFS_IOC_BALANCE_PROGRESS, 0x1000), call(SYS_ioctl, -1, BTRFS_IOC_BALANCE_V2, nowhere);
     }},
    {"btrfs_profiles", [] { give_extremes<btrfs_ioctl_balance_args>(BTRFS_IOC_BALANCE_V2); }},
    {"btrfs_search",
     [] {
       for (std::uint32_t type = 0; type < 260; ++type) search_for(type, type);
       give_extremes<btrfs_ioctl_search_args>(BTRFS_IOC_TREE_SEARCH);
       give_extremes<btrfs_ioctl_search_args_v2>(BTRFS_IOC_TREE_SEARCH_V2);
       for (__u64 tree = 0; tree < 14; ++tree)
         give(BTRFS_IOC_INO_LOOKUP, btrfs_ioctl_ino_lookup_args{tree, tree + 250, "name"});
       give_extremes<btrfs_ioctl_ino_lookup_args>(BTRFS_IOC_INO_LOOKUP);
       give_extremes<btrfs_ioctl_ino_path_args>(BTRFS_IOC_INO_PATHS);
       give_extremes<btrfs_ioctl_logical_ino_args>(BTRFS_IOC_LOGICAL_INO);
     }},
    {"btrfs_objects",
     [] {
       for (std::uint64_t object = 1; object < 16; ++object) search_for(-object, 0);
       search_for(-std::uint64_t{255}, 0), search_for(-std::uint64_t{256}, 0);
     }},
    {"btrfs_send",
     [] {
       btrfs_ioctl_send_args s{};
       s.send_fd = 0, s.clone_sources_count = 3, s.flags = BTRFS_SEND_FLAG_NO_FILE_DATA, s.parent_root = 5;
       s.clone_sources = in_low(std::array<__u64, 3>{1, 256, 257})->data();
       give(BTRFS_IOC_SEND, s);
       s.clone_sources_count = 0;
       give(BTRFS_IOC_SEND, s);
       s.clone_sources_count = 3, s.clone_sources = reinterpret_cast<__u64*>(low + low_size - 16);
       call(SYS_ioctl, -1, BTRFS_IOC_SEND, in_low(s));
       s.clone_sources = static_cast<__u64*>(nowhere);
       give(BTRFS_IOC_SEND, s);
       give_extremes<btrfs_ioctl_send_args>(BTRFS_IOC_SEND);
       btrfs_ioctl_received_subvol_args r{};
       r.uuid[0] = 1, r.uuid[15] = -1, r.stransid = 5, r.stime = {1700000000, 5}, r.rtime = {6, 7};
       give(BTRFS_IOC_SET_RECEIVED_SUBVOL, r);
       give_extremes<btrfs_ioctl_received_subvol_args>(BTRFS_IOC_SET_RECEIVED_SUBVOL);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
