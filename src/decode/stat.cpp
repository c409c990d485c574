// What files and file systems are: modes, device numbers, stat, statx, statfs.
#include "stat.hpp"

#include <iterator>

#include "argument.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structures.hpp"

namespace ptop::decode {
namespace {

constexpr std::uint64_t type_mask = 0170000, character_device = 0020000, block_device = 0060000;

// In hex with its 0x, but for 0.
std::string hex_or_zero(std::uint64_t value) { return value == 0 ? "0" : fmt::format("{:#x}", value); }

// arch/x86/include/uapi/asm/stat.h, 64 bit.
struct KernelStat {
  std::uint64_t dev, ino, nlink;
  std::uint32_t mode, uid, gid, pad;
  std::uint64_t rdev;
  std::int64_t size, blksize, blocks;
  std::int64_t times[6];
  std::int64_t unused[3];
};
static_assert(sizeof(KernelStat) == 144);

// arch/x86/include/asm/compat.h, struct compat_stat; include/uapi/asm/stat.h has the others of i386.
struct KernelStat32 {
  std::uint32_t dev, ino;
  std::uint16_t mode, nlink, uid, gid;
  std::uint32_t rdev, size, blksize, blocks;
  std::int32_t times[6];
  std::uint32_t unused[2];
};
static_assert(sizeof(KernelStat32) == 64);
// Its inode numbers have 64 bits, in the last member.
struct [[gnu::packed]] KernelStat64 {
  std::uint64_t dev;
  std::uint32_t pad, ino32, mode, nlink, uid, gid;
  std::uint64_t rdev;
  std::uint32_t pad2;
  std::int64_t size;
  std::uint32_t blksize;
  std::int64_t blocks;
  std::int32_t times[6];
  std::uint64_t ino;
};
static_assert(sizeof(KernelStat64) == 96);
// struct __old_kernel_stat: whole seconds.
struct KernelOldStat {
  std::uint16_t dev, ino, mode, nlink, uid, gid, rdev;
  std::uint32_t size;
  std::int32_t times[3];
};
static_assert(sizeof(KernelOldStat) == 32);

template <class Narrow>
KernelStat widened(const Narrow& n) {
  KernelStat s{};
  s.dev = n.dev, s.ino = n.ino, s.nlink = n.nlink, s.mode = n.mode, s.uid = n.uid, s.gid = n.gid;
  s.rdev = n.rdev, s.size = n.size, s.blksize = n.blksize, s.blocks = n.blocks;
  // One by one: a reference to an array of a packed structure is one to a copy of it.
  for (std::size_t i = 0; i < std::size(s.times); ++i) s.times[i] = n.times[i];
  return s;
}

void add_stat_time(RecordBuilder& record, Arena& arena, std::string_view name, std::string_view nsec_name,
                   const std::int64_t* time) {
  const auto nanoseconds = static_cast<std::uint64_t>(time[1]);
  record.add(name, make_dated(arena, make_signed(time[0]), time[0], nanoseconds));
  record.add(nsec_name, make_unsigned(nanoseconds));
}

void add_size_or_device(RecordBuilder& record, Arena& arena, const KernelStat& s) {
  if (is_device(s.mode)) {
    record.add("st_rdev", make_device(arena, s.rdev));
  } else {
    record.add("st_size", make_signed(s.size));
  }
}

Decoded short_stat(Arena& arena, const KernelStat& s) {
  RecordBuilder record(arena, 2);
  record.add("st_mode", make_file_mode(arena, s.mode));
  add_size_or_device(record, arena, s);
  return record.done(true);
}

Decoded full_stat(Arena& arena, const KernelStat& s) {
  RecordBuilder record(arena, 16);
  record.add("st_dev", make_device(arena, s.dev)).add("st_ino", make_unsigned(s.ino));
  record.add("st_mode", make_file_mode(arena, s.mode)).add("st_nlink", make_unsigned(s.nlink));
  record.add("st_uid", make_unsigned(s.uid)).add("st_gid", make_unsigned(s.gid));
  record.add("st_blksize", make_signed(s.blksize)).add("st_blocks", make_signed(s.blocks));
  add_size_or_device(record, arena, s);
  add_stat_time(record, arena, "st_atime", "st_atime_nsec", s.times);
  add_stat_time(record, arena, "st_mtime", "st_mtime_nsec", s.times + 2);
  add_stat_time(record, arena, "st_ctime", "st_ctime_nsec", s.times + 4);
  return record.done();
}

// include/uapi/linux/stat.h
struct KernelStatxTime {
  std::int64_t sec;
  std::uint32_t nsec;
  std::int32_t pad;
};
struct KernelStatx {
  std::uint32_t mask, blksize;
  std::uint64_t attributes;
  std::uint32_t nlink, uid, gid;
  std::uint16_t mode, pad;
  std::uint64_t ino, size, blocks, attributes_mask;
  KernelStatxTime atime, btime, ctime, mtime;
  std::uint32_t rdev_major, rdev_minor, dev_major, dev_minor;
  std::uint64_t mnt_id;
  std::uint32_t dio_mem_align, dio_offset_align;
  std::uint64_t subvol;
  std::uint32_t atomic_write_unit_min, atomic_write_unit_max, atomic_write_segments_max,
      dio_read_offset_align;
  std::uint64_t spare[9];
};
static_assert(sizeof(KernelStatx) == 256);

// Bits of stx_mask: what the kernel did fill in.
enum StatxBit : std::uint32_t {
  statx_atime = 0x20,
  statx_mtime = 0x40,
  statx_ctime = 0x80,
  statx_btime = 0x800,
  statx_mount = 0x1000,
  statx_direct_io = 0x2000,
  statx_unique_mount = 0x4000,
  statx_subvolume = 0x8000,
  statx_atomic_writes = 0x10000,
};

void add_statx_times(RecordBuilder& record, Arena& arena, const KernelStatx& s) {
  struct Row {
    std::string_view name;
    std::uint32_t bit;
    KernelStatxTime time;
  };
  for (const Row& row : {Row{"stx_atime", statx_atime, s.atime}, Row{"stx_btime", statx_btime, s.btime},
                         Row{"stx_ctime", statx_ctime, s.ctime}, Row{"stx_mtime", statx_mtime, s.mtime}}) {
    if ((s.mask & row.bit) == 0) continue;
    const Decoded time = RecordBuilder(arena, 2)
                             .add("tv_sec", make_signed(row.time.sec))
                             .add("tv_nsec", make_unsigned(row.time.nsec))
                             .done();
    record.add(row.name, make_dated(arena, time, row.time.sec, row.time.nsec));
  }
}

void add_statx_numbers(RecordBuilder& record, const KernelStatx& s) {
  record.add("stx_rdev_major", make_unsigned(s.rdev_major))
      .add("stx_rdev_minor", make_unsigned(s.rdev_minor));
  record.add("stx_dev_major", make_unsigned(s.dev_major)).add("stx_dev_minor", make_unsigned(s.dev_minor));
  if ((s.mask & (statx_mount | statx_unique_mount)) != 0)
    record.add("stx_mnt_id", make_unsigned(s.mnt_id, Base::hex));
  if ((s.mask & statx_direct_io) != 0)
    record.add("stx_dio_mem_align", make_unsigned(s.dio_mem_align))
        .add("stx_dio_offset_align", make_unsigned(s.dio_offset_align));
  if ((s.mask & statx_subvolume) != 0) record.add("stx_subvol", make_unsigned(s.subvol));
  if ((s.mask & statx_atomic_writes) != 0)
    record.add("stx_atomic_write_unit_min", make_unsigned(s.atomic_write_unit_min))
        .add("stx_atomic_write_unit_max", make_unsigned(s.atomic_write_unit_max))
        .add("stx_atomic_write_segments_max", make_unsigned(s.atomic_write_segments_max));
}

Decoded full_statx(Arena& arena, const KernelStatx& s) {
  RecordBuilder record(arena, 28);
  record.add("stx_mask", {make_flags(arena, s.mask, statx_masks)})
      .add("stx_blksize", make_unsigned(s.blksize));
  record.add("stx_attributes", {make_flags(arena, s.attributes, statx_attributes)});
  record.add("stx_nlink", make_unsigned(s.nlink)).add("stx_uid", make_unsigned(s.uid));
  record.add("stx_gid", make_unsigned(s.gid)).add("stx_mode", make_file_mode(arena, s.mode));
  record.add("stx_ino", make_unsigned(s.ino)).add("stx_size", make_unsigned(s.size));
  record.add("stx_blocks", make_unsigned(s.blocks));
  record.add("stx_attributes_mask", {make_flags(arena, s.attributes_mask, statx_attributes)});
  add_statx_times(record, arena, s);
  add_statx_numbers(record, s);
  return record.done();
}

Decoded short_statx(Arena& arena, const KernelStatx& s) {
  RecordBuilder record(arena, 4);
  record.add("stx_mask", {make_flags(arena, s.mask, statx_masks)});
  record.add("stx_attributes", {make_flags(arena, s.attributes, statx_attributes)});
  record.add("stx_mode", make_file_mode(arena, s.mode)).add("stx_size", make_unsigned(s.size));
  return record.done(true);
}

// include/uapi/asm-generic/statfs.h
Decoded show_file_system_id(Context& context, const Member&, std::uint64_t value, const Instance&) {
  Arena& arena = context.arena();
  auto halves = arena.array<Decoded>(2);
  halves[0] = make_unsigned(value & 0xffffffff, Base::hex);
  halves[1] = make_unsigned(value >> 32, Base::hex);
  return RecordBuilder(arena, 1).add("val", {List{halves}}).done();
}
constexpr Member statfs_members[] = {
    uword("f_type").symbol(statfs_types),
    uword("f_bsize"),
    uword("f_blocks"),
    uword("f_bfree"),
    uword("f_bavail"),
    uword("f_files"),
    uword("f_ffree"),
    u64("f_fsid").shown_by(show_file_system_id),
    uword("f_namelen"),
    uword("f_frsize"),
    uword("f_flags").flags(statfs_flags),
    uword("f_spare").when([](const Instance&) { return false; }).times(4),
};
constexpr Structure statfs{statfs_members};
// struct compat_statfs64, packed (arch/x86/include/asm/compat.h).
constexpr Member statfs64_members[] = {
    u32("f_type").symbol(statfs_types),
    u32("f_bsize"),
    u64("f_blocks"),
    u64("f_bfree"),
    u64("f_bavail"),
    u64("f_files"),
    u64("f_ffree"),
    u64("f_fsid").shown_by(show_file_system_id),
    u32("f_namelen"),
    u32("f_frsize"),
    u32("f_flags").flags(statfs_flags),
    u32("f_spare").when([](const Instance&) { return false; }).times(4),
};
constexpr Structure statfs64{statfs64_members, true};

}  // namespace

bool is_device(std::uint64_t mode) {
  return (mode & type_mask) == character_device || (mode & type_mask) == block_device;
}

Decoded make_file_mode(Arena& arena, std::uint64_t mode) {
  FlagNames names = make_flags(arena, mode, file_types);
  // With a type that there is not, the other bits are told as little.
  if (names.names.empty() || (names.rest & type_mask) != 0) return make_unsigned(mode, Base::octal);
  names.rest_base = Base::octal;
  return {names};
}

// The numbers of glibc's makedev(), which are the kernel's huge_encode_dev() ones.
Decoded make_device(Arena& arena, std::uint64_t dev) {
  const std::uint64_t major = (dev >> 8 & 0xfff) | (dev >> 32 & ~0xfffULL);
  const std::uint64_t minor = (dev & 0xff) | (dev >> 12 & ~0xffULL & 0xffffffff);
  return make_word(arena, dev, "makedev({}, {})", hex_or_zero(major), hex_or_zero(minor));
}

namespace {

Decoded stat_record(Context& context, const KernelStat& s) {
  return context.options().verbose ? full_stat(context.arena(), s) : short_stat(context.arena(), s);
}

template <class Narrow>
Decoded narrow_stat(Context& context, std::uint64_t address) {
  const auto s = context.object<Narrow>(address);
  return s ? stat_record(context, widened(*s)) : make_unread(address);
}

}  // namespace

Decoded decode_stat(Context& context, const Argument&, std::uint64_t address) {
  if (context.abi() == Abi::ilp32) return narrow_stat<KernelStat32>(context, address);
  const auto s = context.object<KernelStat>(address);
  return s ? stat_record(context, *s) : make_unread(address);
}
Decoded decode_stat64(Context& context, const Argument&, std::uint64_t address) {
  return narrow_stat<KernelStat64>(context, address);
}

// Without a time's fraction. There are no blocks: 0 of them, as in strace.
Decoded decode_old_stat(Context& context, const Argument&, std::uint64_t address) {
  const auto s = context.object<KernelOldStat>(address);
  if (!s) return make_unread(address);
  KernelStat wide{};
  wide.mode = s->mode, wide.rdev = s->rdev, wide.size = s->size;
  if (!context.options().verbose) return short_stat(context.arena(), wide);
  Arena& arena = context.arena();
  RecordBuilder record(arena, 12);
  record.add("st_dev", make_device(arena, s->dev)).add("st_ino", make_unsigned(s->ino));
  record.add("st_mode", make_file_mode(arena, s->mode)).add("st_nlink", make_unsigned(s->nlink));
  record.add("st_uid", make_unsigned(s->uid)).add("st_gid", make_unsigned(s->gid));
  record.add("st_blksize", make_unsigned(0)).add("st_blocks", make_unsigned(0));
  add_size_or_device(record, arena, wide);
  constexpr std::string_view names[] = {"st_atime", "st_mtime", "st_ctime"};
  for (std::size_t i = 0; i < std::size(names); ++i)
    record.add(names[i], make_dated(arena, make_signed(s->times[i]), s->times[i]));
  return record.done();
}

Decoded decode_statx(Context& context, const Argument&, std::uint64_t address) {
  const auto s = context.object<KernelStatx>(address);
  if (!s) return make_unread(address);
  return context.options().verbose ? full_statx(context.arena(), *s) : short_statx(context.arena(), *s);
}

Decoded decode_statfs(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, statfs, address);
}

// The size comes first: two of them are right, with padding at the end and without.
Decoded decode_statfs64(Context& context, const Argument&, std::uint64_t address) {
  const std::uint64_t size = context.arg(1), known = size_of(statfs64, context.abi());
  if (size != known && size != known + 4) return make_unread(address);
  return make_structure(context, statfs64, address);
}

Decoded decode_file_mode(Context& context, const Argument&, std::uint64_t mode) {
  return make_file_mode(context.arena(), mode & 0xffff);
}

// mknod(2) and ustat(2) take the 32-bit form, new_encode_dev(): no bits above.
Decoded decode_device(Context& context, const Argument&, std::uint64_t dev) {
  return make_device(context.arena(), dev & 0xffffffff);
}

}  // namespace ptop::decode
