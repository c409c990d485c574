// Tables of constants: what is behind the arguments of ioctl(2).
#include "ioctl_tables.hpp"

namespace ptop::decode {

// linux/fs.h
constexpr FlagName file_attributes_rows[] = {{0x1, "FS_SECRM_FL"},
                                             {0x2, "FS_UNRM_FL"},
                                             {0x4, "FS_COMPR_FL"},
                                             {0x8, "FS_SYNC_FL"},
                                             {0x10, "FS_IMMUTABLE_FL"},
                                             {0x20, "FS_APPEND_FL"},
                                             {0x40, "FS_NODUMP_FL"},
                                             {0x80, "FS_NOATIME_FL"},
                                             {0x100, "FS_DIRTY_FL"},
                                             {0x200, "FS_COMPRBLK_FL"},
                                             {0x400, "FS_NOCOMP_FL"},
                                             {0x800, "FS_ENCRYPT_FL"},
                                             {0x1000, "FS_BTREE_FL"},
                                             {0x2000, "FS_IMAGIC_FL"},
                                             {0x4000, "FS_JOURNAL_DATA_FL"},
                                             {0x8000, "FS_NOTAIL_FL"},
                                             {0x10000, "FS_DIRSYNC_FL"},
                                             {0x20000, "FS_TOPDIR_FL"},
                                             {0x40000, "FS_HUGE_FILE_FL"},
                                             {0x80000, "FS_EXTENT_FL"},
                                             {0x100000, "FS_VERITY_FL"},
                                             {0x200000, "FS_EA_INODE_FL"},
                                             {0x400000, "FS_EOFBLOCKS_FL"},
                                             {0x800000, "FS_NOCOW_FL"},
                                             {0x2000000, "FS_DAX_FL"},
                                             {0x10000000, "FS_INLINE_DATA_FL"},
                                             {0x20000000, "FS_PROJINHERIT_FL"},
                                             {0x40000000, "FS_CASEFOLD_FL"}};
constinit const Table file_attributes = table<file_attributes_rows>("FS_???_FL");

// linux/fs.h
constexpr FlagName file_xflags_rows[] = {
    {0x1, "FS_XFLAG_REALTIME"},       {0x2, "FS_XFLAG_PREALLOC"},      {0x8, "FS_XFLAG_IMMUTABLE"},
    {0x10, "FS_XFLAG_APPEND"},        {0x20, "FS_XFLAG_SYNC"},         {0x40, "FS_XFLAG_NOATIME"},
    {0x80, "FS_XFLAG_NODUMP"},        {0x100, "FS_XFLAG_RTINHERIT"},   {0x200, "FS_XFLAG_PROJINHERIT"},
    {0x400, "FS_XFLAG_NOSYMLINKS"},   {0x800, "FS_XFLAG_EXTSIZE"},     {0x1000, "FS_XFLAG_EXTSZINHERIT"},
    {0x2000, "FS_XFLAG_NODEFRAG"},    {0x4000, "FS_XFLAG_FILESTREAM"}, {0x8000, "FS_XFLAG_DAX"},
    {0x10000, "FS_XFLAG_COWEXTSIZE"}, {0x80000000, "FS_XFLAG_HASATTR"}};
constinit const Table file_xflags = table<file_xflags_rows>("FS_XFLAG_???");

// linux/fiemap.h
constexpr FlagName fiemap_flags_rows[] = {
    {0x1, "FIEMAP_FLAG_SYNC"}, {0x2, "FIEMAP_FLAG_XATTR"}, {0x4, "FIEMAP_FLAG_CACHE"}};
constinit const Table fiemap_flags = table<fiemap_flags_rows>("FIEMAP_FLAG_???");

// linux/fiemap.h
constexpr FlagName fiemap_extent_flags_rows[] = {{0x1, "FIEMAP_EXTENT_LAST"},
                                                 {0x2, "FIEMAP_EXTENT_UNKNOWN"},
                                                 {0x4, "FIEMAP_EXTENT_DELALLOC"},
                                                 {0x8, "FIEMAP_EXTENT_ENCODED"},
                                                 {0x80, "FIEMAP_EXTENT_DATA_ENCRYPTED"},
                                                 {0x100, "FIEMAP_EXTENT_NOT_ALIGNED"},
                                                 {0x200, "FIEMAP_EXTENT_DATA_INLINE"},
                                                 {0x400, "FIEMAP_EXTENT_DATA_TAIL"},
                                                 {0x800, "FIEMAP_EXTENT_UNWRITTEN"},
                                                 {0x1000, "FIEMAP_EXTENT_MERGED"},
                                                 {0x2000, "FIEMAP_EXTENT_SHARED"}};
constinit const Table fiemap_extent_flags = table<fiemap_extent_flags_rows>("FIEMAP_EXTENT_???");

// linux/blkpg.h
constexpr FlagName partition_operations_rows[] = {
    {1, "BLKPG_ADD_PARTITION"}, {2, "BLKPG_DEL_PARTITION"}, {3, "BLKPG_RESIZE_PARTITION"}};
constinit const Table partition_operations = table<partition_operations_rows>("BLKPG_???");

// linux/if.h
constexpr FlagName interface_flags_rows[] = {
    {0x1, "IFF_UP"},           {0x2, "IFF_BROADCAST"},   {0x4, "IFF_DEBUG"},        {0x8, "IFF_LOOPBACK"},
    {0x10, "IFF_POINTOPOINT"}, {0x20, "IFF_NOTRAILERS"}, {0x40, "IFF_RUNNING"},     {0x80, "IFF_NOARP"},
    {0x100, "IFF_PROMISC"},    {0x200, "IFF_ALLMULTI"},  {0x400, "IFF_MASTER"},     {0x800, "IFF_SLAVE"},
    {0x1000, "IFF_MULTICAST"}, {0x2000, "IFF_PORTSEL"},  {0x4000, "IFF_AUTOMEDIA"}, {0x8000, "IFF_DYNAMIC"},
    {0x10000, "IFF_LOWER_UP"}, {0x20000, "IFF_DORMANT"}, {0x40000, "IFF_ECHO"}};
constinit const Table interface_flags = table<interface_flags_rows>("IFF_???");

// linux/loop.h
constexpr FlagName loop_crypt_rows[] = {
    {0, "LO_CRYPT_NONE"},      {1, "LO_CRYPT_XOR"},       {2, "LO_CRYPT_DES"},  {3, "LO_CRYPT_FISH2"},
    {4, "LO_CRYPT_BLOW"},      {5, "LO_CRYPT_CAST128"},   {6, "LO_CRYPT_IDEA"}, {9, "LO_CRYPT_DUMMY"},
    {10, "LO_CRYPT_SKIPJACK"}, {18, "LO_CRYPT_CRYPTOAPI"}};
constinit const Table loop_crypt = table<loop_crypt_rows>("LO_CRYPT_???");

// linux/loop.h
constexpr FlagName loop_flags_rows[] = {{1, "LO_FLAGS_READ_ONLY"},
                                        {4, "LO_FLAGS_AUTOCLEAR"},
                                        {8, "LO_FLAGS_PARTSCAN"},
                                        {0x10, "LO_FLAGS_DIRECT_IO"}};
constinit const Table loop_flags = table<loop_flags_rows>("LO_FLAGS_???");

// linux/input-event-codes.h
constexpr FlagName input_axes_rows[] = {{0, "ABS_X"},
                                        {1, "ABS_Y"},
                                        {2, "ABS_Z"},
                                        {3, "ABS_RX"},
                                        {4, "ABS_RY"},
                                        {5, "ABS_RZ"},
                                        {6, "ABS_THROTTLE"},
                                        {7, "ABS_RUDDER"},
                                        {8, "ABS_WHEEL"},
                                        {9, "ABS_GAS"},
                                        {10, "ABS_BRAKE"},
                                        {16, "ABS_HAT0X"},
                                        {17, "ABS_HAT0Y"},
                                        {18, "ABS_HAT1X"},
                                        {19, "ABS_HAT1Y"},
                                        {20, "ABS_HAT2X"},
                                        {21, "ABS_HAT2Y"},
                                        {22, "ABS_HAT3X"},
                                        {23, "ABS_HAT3Y"},
                                        {24, "ABS_PRESSURE"},
                                        {25, "ABS_DISTANCE"},
                                        {26, "ABS_TILT_X"},
                                        {27, "ABS_TILT_Y"},
                                        {28, "ABS_TOOL_WIDTH"},
                                        {32, "ABS_VOLUME"},
                                        {33, "ABS_PROFILE"},
                                        {40, "ABS_MISC"},
                                        {46, "ABS_RESERVED"},
                                        {47, "ABS_MT_SLOT"},
                                        {48, "ABS_MT_TOUCH_MAJOR"},
                                        {49, "ABS_MT_TOUCH_MINOR"},
                                        {50, "ABS_MT_WIDTH_MAJOR"},
                                        {51, "ABS_MT_WIDTH_MINOR"},
                                        {52, "ABS_MT_ORIENTATION"},
                                        {53, "ABS_MT_POSITION_X"},
                                        {54, "ABS_MT_POSITION_Y"},
                                        {55, "ABS_MT_TOOL_TYPE"},
                                        {56, "ABS_MT_BLOB_ID"},
                                        {57, "ABS_MT_TRACKING_ID"},
                                        {58, "ABS_MT_PRESSURE"},
                                        {59, "ABS_MT_DISTANCE"},
                                        {60, "ABS_MT_TOOL_X"},
                                        {61, "ABS_MT_TOOL_Y"}};
constinit const Table input_axes = table<input_axes_rows>("ABS_???");

// linux/input-event-codes.h
constexpr FlagName input_kinds_rows[] = {{0, "EV_SYN"},  {1, "EV_KEY"}, {2, "EV_REL"},  {3, "EV_ABS"},
                                         {4, "EV_MSC"},  {5, "EV_SW"},  {17, "EV_LED"}, {18, "EV_SND"},
                                         {20, "EV_REP"}, {21, "EV_FF"}, {22, "EV_PWR"}, {23, "EV_FF_STATUS"}};
constinit const Table input_kinds = table<input_kinds_rows>("EV_???");

// linux/input.h
constexpr FlagName input_effects_rows[] = {
    {0x50, "FF_RUMBLE"},   {0x51, "FF_PERIODIC"}, {0x52, "FF_CONSTANT"}, {0x53, "FF_SPRING"},
    {0x54, "FF_FRICTION"}, {0x55, "FF_DAMPER"},   {0x56, "FF_INERTIA"},  {0x57, "FF_RAMP"},
    {0x58, "FF_SQUARE"},   {0x59, "FF_TRIANGLE"}, {0x5a, "FF_SINE"},     {0x5b, "FF_SAW_UP"},
    {0x5c, "FF_SAW_DOWN"}, {0x5d, "FF_CUSTOM"},   {0x60, "FF_GAIN"},     {0x61, "FF_AUTOCENTER"}};
constinit const Table input_effects = table<input_effects_rows>("FF_???");

// linux/kd.h
constexpr FlagName console_modes_rows[] = {
    {0, "KD_TEXT"}, {1, "KD_GRAPHICS"}, {2, "KD_TEXT0"}, {3, "KD_TEXT1"}};
constinit const Table console_modes = table<console_modes_rows>("KD_???");

// linux/kd.h
constexpr FlagName keyboard_modes_rows[] = {
    {0, "K_RAW"}, {1, "K_XLATE"}, {2, "K_MEDIUMRAW"}, {3, "K_UNICODE"}, {4, "K_OFF"}};
constinit const Table keyboard_modes = table<keyboard_modes_rows>("K_???");

// linux/kd.h
constexpr FlagName keyboard_leds_rows[] = {{1, "LED_SCR"}, {2, "LED_NUM"}, {4, "LED_CAP"}};
constinit const Table keyboard_leds = table<keyboard_leds_rows>("LED_???");

// linux/userfaultfd.h
constexpr FlagName userfaultfd_features_rows[] = {
    {0x1, "UFFD_FEATURE_PAGEFAULT_FLAG_WP"},    {0x2, "UFFD_FEATURE_EVENT_FORK"},
    {0x4, "UFFD_FEATURE_EVENT_REMAP"},          {0x8, "UFFD_FEATURE_EVENT_REMOVE"},
    {0x10, "UFFD_FEATURE_MISSING_HUGETLBFS"},   {0x20, "UFFD_FEATURE_MISSING_SHMEM"},
    {0x40, "UFFD_FEATURE_EVENT_UNMAP"},         {0x80, "UFFD_FEATURE_SIGBUS"},
    {0x100, "UFFD_FEATURE_THREAD_ID"},          {0x200, "UFFD_FEATURE_MINOR_HUGETLBFS"},
    {0x400, "UFFD_FEATURE_MINOR_SHMEM"},        {0x800, "UFFD_FEATURE_EXACT_ADDRESS"},
    {0x1000, "UFFD_FEATURE_WP_HUGETLBFS_SHMEM"}};
constinit const Table userfaultfd_features = table<userfaultfd_features_rows>("UFFD_FEATURE_???");

// linux/userfaultfd.h
constexpr FlagName userfaultfd_register_modes_rows[] = {
    {1, "UFFDIO_REGISTER_MODE_MISSING"}, {2, "UFFDIO_REGISTER_MODE_WP"}, {4, "UFFDIO_REGISTER_MODE_MINOR"}};
constinit const Table userfaultfd_register_modes =
    table<userfaultfd_register_modes_rows>("UFFDIO_REGISTER_MODE_???");

// linux/userfaultfd.h
constexpr FlagName userfaultfd_copy_modes_rows[] = {{1, "UFFDIO_COPY_MODE_DONTWAKE"},
                                                    {2, "UFFDIO_COPY_MODE_WP"}};
constinit const Table userfaultfd_copy_modes = table<userfaultfd_copy_modes_rows>("UFFDIO_COPY_???");

// linux/userfaultfd.h
constexpr FlagName userfaultfd_zeropage_modes_rows[] = {{1, "UFFDIO_ZEROPAGE_MODE_DONTWAKE"}};
constinit const Table userfaultfd_zeropage_modes =
    table<userfaultfd_zeropage_modes_rows>("UFFDIO_ZEROPAGE_???");

// linux/userfaultfd.h
constexpr FlagName userfaultfd_requests_rows[] = {
    {1ULL << 0, "1<<_UFFDIO_REGISTER"},     {1ULL << 1, "1<<_UFFDIO_UNREGISTER"},
    {1ULL << 2, "1<<_UFFDIO_WAKE"},         {1ULL << 3, "1<<_UFFDIO_COPY"},
    {1ULL << 4, "1<<_UFFDIO_ZEROPAGE"},     {1ULL << 5, "1<<_UFFDIO_MOVE"},
    {1ULL << 6, "1<<_UFFDIO_WRITEPROTECT"}, {1ULL << 7, "1<<_UFFDIO_CONTINUE"},
    {1ULL << 8, "1<<_UFFDIO_POISON"},       {1ULL << 63, "1<<_UFFDIO_API"}};
constinit const Table userfaultfd_requests = table<userfaultfd_requests_rows>("_UFFDIO_???");

// linux/perf_event.h
constexpr FlagName perf_ioctl_flags_rows[] = {{1, "PERF_IOC_FLAG_GROUP"}};
constinit const Table perf_ioctl_flags = table<perf_ioctl_flags_rows>("PERF_IOC_FLAG_???");

// linux/seccomp.h
constexpr FlagName seccomp_response_flags_rows[] = {{1, "SECCOMP_USER_NOTIF_FLAG_CONTINUE"}};
constinit const Table seccomp_response_flags =
    table<seccomp_response_flags_rows>("SECCOMP_USER_NOTIF_FLAG_???");

// linux/seccomp.h
constexpr FlagName seccomp_addfd_flags_rows[] = {{1, "SECCOMP_ADDFD_FLAG_SETFD"},
                                                 {2, "SECCOMP_ADDFD_FLAG_SEND"}};
constinit const Table seccomp_addfd_flags = table<seccomp_addfd_flags_rows>("SECCOMP_ADDFD_FLAG_???");

// linux/sched.h
constexpr FlagName namespace_kinds_rows[] = {{0x80, "CLONE_NEWTIME"},        {0x20000, "CLONE_NEWNS"},
                                             {0x2000000, "CLONE_NEWCGROUP"}, {0x4000000, "CLONE_NEWUTS"},
                                             {0x8000000, "CLONE_NEWIPC"},    {0x10000000, "CLONE_NEWUSER"},
                                             {0x20000000, "CLONE_NEWPID"},   {0x40000000, "CLONE_NEWNET"}};
constinit const Table namespace_kinds = table<namespace_kinds_rows>("CLONE_???");

// scsi/sg.h
constexpr FlagName scsi_directions_rows[] = {{static_cast<std::uint64_t>(-1), "SG_DXFER_NONE"},
                                             {static_cast<std::uint64_t>(-2), "SG_DXFER_TO_DEV"},
                                             {static_cast<std::uint64_t>(-3), "SG_DXFER_FROM_DEV"},
                                             {static_cast<std::uint64_t>(-4), "SG_DXFER_TO_FROM_DEV"}};
constinit const Table scsi_directions = table<scsi_directions_rows>("SG_DXFER_???");

// scsi/sg.h
constexpr FlagName scsi_flags_rows[] = {{0x1, "SG_FLAG_DIRECT_IO"},  {0x2, "SG_FLAG_UNUSED_LUN_INHIBIT"},
                                        {0x4, "SG_FLAG_MMAP_IO"},    {0x10000, "SG_FLAG_NO_DXFER"},
                                        {0x10, "SG_FLAG_Q_AT_TAIL"}, {0x20, "SG_FLAG_Q_AT_HEAD"}};
constinit const Table scsi_flags = table<scsi_flags_rows>("SG_FLAG_???");

// scsi/sg.h
constexpr FlagName scsi_info_rows[] = {
    {0x1, "SG_INFO_CHECK"}, {0x2, "SG_INFO_DIRECT_IO"}, {0x4, "SG_INFO_MIXED_IO"}};
constinit const Table scsi_info = table<scsi_info_rows>("SG_INFO_???");

// scsi/sg.h
constexpr FlagName scsi_resets_rows[] = {{0, "SG_SCSI_RESET_NOTHING"},
                                         {1, "SG_SCSI_RESET_DEVICE"},
                                         {2, "SG_SCSI_RESET_BUS"},
                                         {3, "SG_SCSI_RESET_HOST"},
                                         {4, "SG_SCSI_RESET_TARGET"}};
constinit const Table scsi_resets = table<scsi_resets_rows>("SG_SCSI_RESET_???");

// linux/bsg.h
constexpr FlagName bsg_protocols_rows[] = {{0, "BSG_PROTOCOL_SCSI"}};
constinit const Table bsg_protocols = table<bsg_protocols_rows>("BSG_PROTOCOL_???");

// linux/bsg.h
constexpr FlagName bsg_subprotocols_rows[] = {{0, "BSG_SUB_PROTOCOL_SCSI_CMD"},
                                              {1, "BSG_SUB_PROTOCOL_SCSI_TMF"},
                                              {2, "BSG_SUB_PROTOCOL_SCSI_TRANSPORT"}};
constinit const Table bsg_subprotocols = table<bsg_subprotocols_rows>("BSG_SUB_PROTOCOL_???");

// linux/bsg.h
constexpr FlagName bsg_flags_rows[] = {{0x10, "BSG_FLAG_Q_AT_TAIL"}, {0x20, "BSG_FLAG_Q_AT_HEAD"}};
constinit const Table bsg_flags = table<bsg_flags_rows>("BSG_FLAG_???");

}  // namespace ptop::decode
