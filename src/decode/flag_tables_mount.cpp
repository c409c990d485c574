// Tables of constants: mounts, and watching files.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/inotify.h
constexpr FlagName inotify_masks_rows[] = {{1, "IN_ACCESS"},
                                           {2, "IN_MODIFY"},
                                           {4, "IN_ATTRIB"},
                                           {8, "IN_CLOSE_WRITE"},
                                           {0x10, "IN_CLOSE_NOWRITE"},
                                           {0x20, "IN_OPEN"},
                                           {0x40, "IN_MOVED_FROM"},
                                           {0x80, "IN_MOVED_TO"},
                                           {0x100, "IN_CREATE"},
                                           {0x200, "IN_DELETE"},
                                           {0x400, "IN_DELETE_SELF"},
                                           {0x800, "IN_MOVE_SELF"},
                                           {0x2000, "IN_UNMOUNT"},
                                           {0x4000, "IN_Q_OVERFLOW"},
                                           {0x8000, "IN_IGNORED"},
                                           {0x1000000, "IN_ONLYDIR"},
                                           {0x2000000, "IN_DONT_FOLLOW"},
                                           {0x4000000, "IN_EXCL_UNLINK"},
                                           {0x10000000, "IN_MASK_CREATE"},
                                           {0x20000000, "IN_MASK_ADD"},
                                           {0x40000000, "IN_ISDIR"},
                                           {0x80000000, "IN_ONESHOT"}};
constinit const Table inotify_masks = table<inotify_masks_rows>("IN_???");

// linux/inotify.h
constexpr FlagName inotify_init_flags_rows[] = {{0x800, "IN_NONBLOCK"}, {0x80000, "IN_CLOEXEC"}};
constinit const Table inotify_init_flags = table<inotify_init_flags_rows>("IN_???");

// linux/fanotify.h
constexpr FlagName fanotify_init_flags_rows[] = {{0, "FAN_CLASS_NOTIF", 0xc},
                                                 {0xc, "0xc /* FAN_CLASS_??? */", 0xc},
                                                 {4, "FAN_CLASS_CONTENT", 0xc},
                                                 {8, "FAN_CLASS_PRE_CONTENT", 0xc},
                                                 {1, "FAN_CLOEXEC"},
                                                 {2, "FAN_NONBLOCK"},
                                                 {0x10, "FAN_UNLIMITED_QUEUE"},
                                                 {0x20, "FAN_UNLIMITED_MARKS"},
                                                 {0x40, "FAN_ENABLE_AUDIT"},
                                                 {0x80, "FAN_REPORT_PIDFD"},
                                                 {0x100, "FAN_REPORT_TID"},
                                                 {0x200, "FAN_REPORT_FID"},
                                                 {0x400, "FAN_REPORT_DIR_FID"},
                                                 {0x800, "FAN_REPORT_NAME"},
                                                 {0x1000, "FAN_REPORT_TARGET_FID"}};
constinit const Table fanotify_init_flags = table<fanotify_init_flags_rows>("FAN_???");

// linux/fanotify.h
constexpr FlagName fanotify_mark_flags_rows[] = {{1, "FAN_MARK_ADD"},
                                                 {2, "FAN_MARK_REMOVE"},
                                                 {4, "FAN_MARK_DONT_FOLLOW"},
                                                 {8, "FAN_MARK_ONLYDIR"},
                                                 {0x10, "FAN_MARK_MOUNT"},
                                                 {0x20, "FAN_MARK_IGNORED_MASK"},
                                                 {0x40, "FAN_MARK_IGNORED_SURV_MODIFY"},
                                                 {0x80, "FAN_MARK_FLUSH"},
                                                 {0x100, "FAN_MARK_FILESYSTEM"},
                                                 {0x200, "FAN_MARK_EVICTABLE"},
                                                 {0x400, "FAN_MARK_IGNORE"}};
constinit const Table fanotify_mark_flags = table<fanotify_mark_flags_rows>("FAN_MARK_???");

// linux/fanotify.h
constexpr FlagName fanotify_masks_rows[] = {{1, "FAN_ACCESS"},
                                            {2, "FAN_MODIFY"},
                                            {4, "FAN_ATTRIB"},
                                            {8, "FAN_CLOSE_WRITE"},
                                            {0x10, "FAN_CLOSE_NOWRITE"},
                                            {0x20, "FAN_OPEN"},
                                            {0x40, "FAN_MOVED_FROM"},
                                            {0x80, "FAN_MOVED_TO"},
                                            {0x100, "FAN_CREATE"},
                                            {0x200, "FAN_DELETE"},
                                            {0x400, "FAN_DELETE_SELF"},
                                            {0x800, "FAN_MOVE_SELF"},
                                            {0x1000, "FAN_OPEN_EXEC"},
                                            {0x4000, "FAN_Q_OVERFLOW"},
                                            {0x8000, "FAN_FS_ERROR"},
                                            {0x10000, "FAN_OPEN_PERM"},
                                            {0x20000, "FAN_ACCESS_PERM"},
                                            {0x40000, "FAN_OPEN_EXEC_PERM"},
                                            {0x80000, "FAN_DIR_MODIFY"},
                                            {0x40000000, "FAN_ONDIR"},
                                            {0x8000000, "FAN_EVENT_ON_CHILD"},
                                            {0x10000000, "FAN_RENAME"}};
constinit const Table fanotify_masks = table<fanotify_masks_rows>("FAN_???");

// linux/mount.h
constexpr FlagName mount_flags_rows[] = {
    {1, "MS_RDONLY"},           {2, "MS_NOSUID"},           {4, "MS_NODEV"},
    {8, "MS_NOEXEC"},           {0x10, "MS_SYNCHRONOUS"},   {0x20, "MS_REMOUNT"},
    {0x40, "MS_MANDLOCK"},      {0x80, "MS_DIRSYNC"},       {0x100, "MS_NOSYMFOLLOW"},
    {0x400, "MS_NOATIME"},      {0x800, "MS_NODIRATIME"},   {0x1000, "MS_BIND"},
    {0x2000, "MS_MOVE"},        {0x4000, "MS_REC"},         {0x8000, "MS_SILENT"},
    {0x10000, "MS_POSIXACL"},   {0x20000, "MS_UNBINDABLE"}, {0x40000, "MS_PRIVATE"},
    {0x80000, "MS_SLAVE"},      {0x100000, "MS_SHARED"},    {0x200000, "MS_RELATIME"},
    {0x400000, "MS_KERNMOUNT"}, {0x800000, "MS_I_VERSION"}, {0x1000000, "MS_STRICTATIME"},
    {0x2000000, "MS_LAZYTIME"}, {0x4000000, "MS_SUBMOUNT"}, {0x10000000, "MS_NOSEC"},
    {0x20000000, "MS_BORN"},    {0x40000000, "MS_ACTIVE"},  {0x80000000, "MS_NOUSER"}};
constinit const Table mount_flags = table<mount_flags_rows>("MS_???");

// include/linux/fs.h of the kernel, sys/mount.h
constexpr FlagName umount_flags_rows[] = {
    {1, "MNT_FORCE"}, {2, "MNT_DETACH"}, {4, "MNT_EXPIRE"}, {8, "UMOUNT_NOFOLLOW"}};
constinit const Table umount_flags = table<umount_flags_rows>("MNT_???");

// linux/mount.h
constexpr FlagName open_tree_flags_rows[] = {{1, "OPEN_TREE_CLONE"},         {0x80000, "OPEN_TREE_CLOEXEC"},
                                             {0x100, "AT_SYMLINK_NOFOLLOW"}, {0x200, "AT_REMOVEDIR"},
                                             {0x400, "AT_SYMLINK_FOLLOW"},   {0x800, "AT_NO_AUTOMOUNT"},
                                             {0x1000, "AT_EMPTY_PATH"},      {0x8000, "AT_RECURSIVE"}};
constinit const Table open_tree_flags = table<open_tree_flags_rows>("OPEN_TREE_???");

// linux/mount.h
constexpr FlagName move_mount_flags_rows[] = {
    {1, "MOVE_MOUNT_F_SYMLINKS"},    {2, "MOVE_MOUNT_F_AUTOMOUNTS"},    {4, "MOVE_MOUNT_F_EMPTY_PATH"},
    {0x10, "MOVE_MOUNT_T_SYMLINKS"}, {0x20, "MOVE_MOUNT_T_AUTOMOUNTS"}, {0x40, "MOVE_MOUNT_T_EMPTY_PATH"},
    {0x100, "MOVE_MOUNT_SET_GROUP"}, {0x200, "MOVE_MOUNT_BENEATH"}};
constinit const Table move_mount_flags = table<move_mount_flags_rows>("MOVE_MOUNT_???");

// linux/mount.h
constexpr FlagName fsopen_flags_rows[] = {{1, "FSOPEN_CLOEXEC"}};
constinit const Table fsopen_flags = table<fsopen_flags_rows>("FSOPEN_???");

// linux/mount.h
constexpr FlagName fsmount_flags_rows[] = {{1, "FSMOUNT_CLOEXEC"}};
constinit const Table fsmount_flags = table<fsmount_flags_rows>("FSMOUNT_???");

// linux/mount.h
constexpr FlagName mount_attributes_rows[] = {
    {1, "MOUNT_ATTR_RDONLY"},        {2, "MOUNT_ATTR_NOSUID"},       {4, "MOUNT_ATTR_NODEV"},
    {8, "MOUNT_ATTR_NOEXEC"},        {0x10, "MOUNT_ATTR_NOATIME"},   {0x20, "MOUNT_ATTR_STRICTATIME"},
    {0x80, "MOUNT_ATTR_NODIRATIME"}, {0x100000, "MOUNT_ATTR_IDMAP"}, {0x200000, "MOUNT_ATTR_NOSYMFOLLOW"}};
constinit const Table mount_attributes = table<mount_attributes_rows>("MOUNT_ATTR_???");

// linux/mount.h
constexpr FlagName fspick_flags_rows[] = {{1, "FSPICK_CLOEXEC"},
                                          {2, "FSPICK_SYMLINK_NOFOLLOW"},
                                          {4, "FSPICK_NO_AUTOMOUNT"},
                                          {8, "FSPICK_EMPTY_PATH"}};
constinit const Table fspick_flags = table<fspick_flags_rows>("FSPICK_???");

// linux/mount.h
constexpr FlagName fsconfig_commands_rows[] = {
    {0, "FSCONFIG_SET_FLAG"},   {1, "FSCONFIG_SET_STRING"},      {2, "FSCONFIG_SET_BINARY"},
    {3, "FSCONFIG_SET_PATH"},   {4, "FSCONFIG_SET_PATH_EMPTY"},  {5, "FSCONFIG_SET_FD"},
    {6, "FSCONFIG_CMD_CREATE"}, {7, "FSCONFIG_CMD_RECONFIGURE"}, {8, "FSCONFIG_CMD_CREATE_EXCL"}};
constinit const Table fsconfig_commands = table<fsconfig_commands_rows>("FSCONFIG_???");

// linux/swap.h
constexpr FlagName swap_flags_rows[] = {{0x8000, "SWAP_FLAG_PREFER"},
                                        {0x10000, "SWAP_FLAG_DISCARD"},
                                        {0x20000, "SWAP_FLAG_DISCARD_ONCE"},
                                        {0x40000, "SWAP_FLAG_DISCARD_PAGES"}};
constinit const Table swap_flags = table<swap_flags_rows>("SWAP_FLAG_???");

}  // namespace ptop::decode
