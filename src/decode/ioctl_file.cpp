// ioctl requests of files, file systems and block devices.
#include <algorithm>

#include "ioctl.hpp"
#include "ioctl_tables.hpp"

namespace ptop::decode {
namespace {

constexpr Member trim_members[] = {u64("start").hex(), u64("len"), u64("minlen")};
constexpr Structure trim_range{trim_members};

constexpr Member clone_members[] = {s64("src_fd").shown_by(show_fd), u64("src_offset"), u64("src_length"),
                                    u64("dest_offset")};
constexpr Structure clone_range{clone_members};

constexpr Member xattr_members[] = {u32("fsx_xflags").flags(file_xflags), u32("fsx_extsize"),
                                    u32("fsx_nextents"), u32("fsx_projid").hex(), u32("fsx_cowextsize")};
constexpr Structure got_xattr{xattr_members};
// The number of extents is the kernel's to say.
constexpr Member set_xattr_members[] = {u32("fsx_xflags").flags(file_xflags), u32("fsx_extsize"), pad(4),
                                        u32("fsx_projid").hex(), u32("fsx_cowextsize")};
constexpr Structure set_xattr{set_xattr_members};

constexpr Member trace_members[] = {text("name", 32), u16("act_mask"), u32("buf_size"), u32("buf_nr"),
                                    u64("start_lba"), u64("end_lba"),  u32("pid")};
constexpr Structure block_trace{trace_members};

constexpr Member label_members[] = {text("label", 256)};
constexpr Structure label{label_members};
Decoded show_label(Context& context, const IoctlRequest&, std::uint64_t address) {
  const Decoded whole = make_structure(context, label, address);
  const auto* const record = std::get_if<Record>(&whole.what);
  return record == nullptr ? whole : *record->fields.front().value;
}

constexpr Member geometry_members[] = {u8("heads"), u8("sectors"), u16("cylinders"), uword("start")};
constexpr Structure geometry{geometry_members};

constexpr Member partition_members[] = {s64("start"), s64("length"), s32("pno"), text("devname", 64),
                                        text("volname", 64)};
constexpr Structure partition{partition_members};

Decoded show_partition_change(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto head = context.object<std::array<std::int32_t, 3>>(address);
  const std::uint64_t at_data = context.word_size() == 4 ? 12 : 16;
  const auto data = context.word(address + at_data);
  if (address == 0 || !head || !data) return make_unread(address);
  return RecordBuilder(context.arena(), 4)
      .add("op", make_symbol(static_cast<std::uint32_t>((*head)[0]), partition_operations))
      .add("flags", make_signed((*head)[1]))
      .add("datalen", make_signed((*head)[2]))
      .add("data", make_structure(context, partition, *data))
      .done();
}

struct KernelDedupeTarget {
  std::int64_t fd;
  std::uint64_t offset, done;
  std::int32_t status;
  std::uint32_t reserved;
};
struct KernelDedupe {
  std::uint64_t offset, length;
  std::uint16_t count, reserved1;
  std::uint32_t reserved2;
};

Decoded dedupe_target(Context& context, const KernelDedupeTarget& t) {
  RecordBuilder record(context.arena(), 2);
  if (context.result() == nullptr)
    return record.add("dest_fd", make_fd(static_cast<std::int32_t>(t.fd), context))
        .add("dest_offset", make_unsigned(t.offset))
        .done();
  return record.add("bytes_deduped", make_unsigned(t.done)).add("status", make_signed(t.status)).done();
}

Decoded dedupe_targets(Context& context, std::uint64_t address, std::uint16_t count) {
  if (count == 0) return {List{}};
  return make_list(context, address, count, sizeof(KernelDedupeTarget), [&](std::uint64_t at) -> Decoded {
    const auto target = context.object<KernelDedupeTarget>(at);
    return target ? dedupe_target(context, *target) : Decoded{};
  });
}

// {…} => {info=[{bytes_deduped=…, status=…}]}
Decoded show_dedupe(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto head = context.object<KernelDedupe>(address);
  if (address == 0 || !head) return make_unread(address);
  Arena& arena = context.arena();
  const Decoded targets = dedupe_targets(context, address + sizeof *head, head->count);
  if (context.result() != nullptr)
    return make_changed(arena, *context.before(), RecordBuilder(arena, 1).add("info", targets).done());
  context.set_timing(Timing::grows);
  return RecordBuilder(arena, 4)
      .add("src_offset", make_unsigned(head->offset))
      .add("src_length", make_unsigned(head->length))
      .add("dest_count", make_unsigned(head->count))
      .add("info", targets)
      .done();
}

struct KernelFiemap {
  std::uint64_t start, length;
  std::uint32_t flags, mapped, count, reserved;
};
constexpr Member extent_members[] = {u64("fe_logical"),
                                     u64("fe_physical"),
                                     u64("fe_length"),
                                     pad(16),
                                     u32("fe_flags").flags(fiemap_extent_flags),
                                     pad(12)};
constexpr Structure extent{extent_members};

Decoded mapped_extents(Context& context, const KernelFiemap& map, std::uint64_t address) {
  RecordBuilder record(context.arena(), 3);
  record.add("fm_flags", {make_flags(context.arena(), map.flags, fiemap_flags)});
  record.add("fm_mapped_extents", make_unsigned(map.mapped));
  if (!context.options().verbose) return record.done(true);
  const auto there = std::min(map.mapped, map.count);
  const Decoded extents =
      there == 0 ? Decoded{List{}} : make_structures(context, extent, address + sizeof map, there);
  return record.add("fm_extents", extents).done();
}

Decoded show_fiemap(Context& context, const IoctlRequest&, std::uint64_t address) {
  const auto map = context.object<KernelFiemap>(address);
  if (address == 0 || !map) return make_unread(address);
  Arena& arena = context.arena();
  if (context.result() != nullptr)
    return make_changed(arena, *context.before(), mapped_extents(context, *map, address));
  context.set_timing(Timing::grows);
  return RecordBuilder(arena, 4)
      .add("fm_start", make_unsigned(map->start))
      .add("fm_length", make_unsigned(map->length))
      .add("fm_flags", {make_flags(arena, map->flags, fiemap_flags)})
      .add("fm_extent_count", make_unsigned(map->count))
      .done();
}

constexpr IoctlRequest requests[] = {
    gives(0x125d, show_int_behind),         // BLKROSET
    gets(0x125e, show_int_behind),          // BLKROGET
    bare(0x125f),                           // BLKRRPART
    gets(0x1260, show_word_behind),         // BLKGETSIZE
    bare(0x1261),                           // BLKFLSBUF
    gives(0x1262, show_unsigned_argument),  // BLKRASET
    gets(0x1263, show_word_behind),         // BLKRAGET
    gives(0x1264, show_unsigned_argument),  // BLKFRASET
    gets(0x1265, show_word_behind),         // BLKFRAGET
    gets(0x1267, show_uint_behind),         // BLKSECTGET (16 bits since 2.6: fills an int)
    gets(0x1268, show_int_behind),          // BLKSSZGET
    gives(0x1269, show_partition_change),   // BLKPG
    gets(0x80081270, show_int_behind),      // BLKBSZGET
    gives(0x40081271, show_int_behind),     // BLKBSZSET
    gets(0x80081272, show_u64_behind),      // BLKGETSIZE64
    gives(0x1277, show_pair64_behind),      // BLKDISCARD
    asks(0xc0481273, block_trace, "act_mask buf_size buf_nr start_lba end_lba pid", "name"),  // BLKTRACESETUP
    bare(0x1274),                                                                             // BLKTRACESTART
    bare(0x1275),                                                                             // BLKTRACESTOP
    bare(0x1276),                                            // BLKTRACETEARDOWN
    gets(0x1278, show_uint_behind),                          // BLKIOMIN
    gets(0x1279, show_uint_behind),                          // BLKIOOPT
    gets(0x127a, show_int_behind),                           // BLKALIGNOFF
    gets(0x127b, show_uint_behind),                          // BLKPBSZGET
    gets(0x127c, show_uint_behind),                          // BLKDISCARDZEROES
    gives(0x127d, show_pair64_behind),                       // BLKSECDISCARD
    gets(0x127e, show_uint_behind),                          // BLKROTATIONAL
    gives(0x127f, show_pair64_behind),                       // BLKZEROOUT
    gets(0x0301, geometry),                                  // HDIO_GETGEO
    gets(0x80086601, show_flags_behind, &file_attributes),   // FS_IOC_GETFLAGS
    gives(0x40086602, show_flags_behind, &file_attributes),  // FS_IOC_SETFLAGS
    gets(0x80046601, show_flags_behind, &file_attributes),   // FS_IOC32_GETFLAGS
    gives(0x40046602, show_flags_behind, &file_attributes),  // FS_IOC32_SETFLAGS
    gets(0x801c581f, got_xattr),                             // FS_IOC_FSGETXATTR
    gives(0x401c5820, set_xattr),                            // FS_IOC_FSSETXATTR
    gets(0x81009431, show_label),                            // FS_IOC_GETFSLABEL
    gives(0x41009432, show_label),                           // FS_IOC_SETFSLABEL
    changes(0xc020660b, show_fiemap),                        // FS_IOC_FIEMAP
    bare(0xc0045877),                                        // FIFREEZE
    bare(0xc0045878),                                        // FITHAW
    gives(0xc0185879, trim_range),                           // FITRIM
    gives(0x40049409, show_fd_argument),                     // FICLONE
    gives(0x4020940d, clone_range),                          // FICLONERANGE
    changes(0xc0189436, show_dedupe),                        // FIDEDUPERANGE
};

}  // namespace

std::span<const IoctlRequest> file_requests() { return requests; }

}  // namespace ptop::decode
