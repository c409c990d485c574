// Files and descriptors: open flags, stat structures, fcntl, directory entries, vectors.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"

namespace ptop::decode {
namespace {

// arch/x86/include/uapi/asm/stat.h, 64 bit.
struct KernelStat {
  std::uint64_t dev, ino, nlink;
  std::uint32_t mode, uid, gid, pad;
  std::uint64_t rdev;
  std::int64_t size, blksize, blocks;
  std::uint64_t atime, atime_nsec, mtime, mtime_nsec, ctime, ctime_nsec;
  std::int64_t unused[3];
};
static_assert(sizeof(KernelStat) == 144);

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
  std::uint64_t spare[14];
};
static_assert(sizeof(KernelStatx) == 256);

// include/uapi/linux/openat2.h
struct KernelOpenHow {
  std::uint64_t flags, mode, resolve;
};

struct KernelIovec {
  std::uint64_t base, length;
};

constexpr std::uint64_t type_mask = 0170000, character_device = 0020000, block_device = 0060000;
constexpr std::uint64_t o_creat = 0100, o_tmpfile = 020200000;

bool creates(std::uint64_t flags) { return (flags & o_creat) != 0 || (flags & o_tmpfile) == o_tmpfile; }
bool is_device(std::uint64_t mode) {
  return (mode & type_mask) == character_device || (mode & type_mask) == block_device;
}

Decoded file_mode(Arena& arena, std::uint64_t mode) {
  FlagNames names = make_flags(arena, mode, file_types);
  if (names.names.empty()) return make_unsigned(mode, Base::octal);
  names.rest_base = Base::octal;
  return {names};
}

// In hex with its 0x, but for 0.
std::string hex_or_zero(std::uint64_t value) { return value == 0 ? "0" : fmt::format("{:#x}", value); }

// The numbers of glibc's makedev(), which are the kernel's huge_encode_dev() ones.
Decoded device(Arena& arena, std::uint64_t dev) {
  const std::uint64_t major = (dev >> 8 & 0xfff) | (dev >> 32 & ~0xfffULL);
  const std::uint64_t minor = (dev & 0xff) | (dev >> 12 & ~0xffULL & 0xffffffff);
  return make_word(arena, dev, "makedev({}, {})", hex_or_zero(major), hex_or_zero(minor));
}

void add_time(RecordBuilder& record, std::string_view name, std::string_view nsec_name, std::uint64_t sec,
              std::uint64_t nsec) {
  record.add(name, make_signed(static_cast<std::int64_t>(sec))).add(nsec_name, make_unsigned(nsec));
}

Decoded short_stat(Arena& arena, const KernelStat& s) {
  RecordBuilder record(arena, 2);
  record.add("st_mode", file_mode(arena, s.mode));
  if (is_device(s.mode)) {
    record.add("st_rdev", device(arena, s.rdev));
  } else {
    record.add("st_size", make_signed(s.size));
  }
  return record.done(true);
}

Decoded full_stat(Arena& arena, const KernelStat& s) {
  RecordBuilder record(arena, 16);
  record.add("st_dev", device(arena, s.dev)).add("st_ino", make_unsigned(s.ino));
  record.add("st_mode", file_mode(arena, s.mode)).add("st_nlink", make_unsigned(s.nlink));
  record.add("st_uid", make_unsigned(s.uid)).add("st_gid", make_unsigned(s.gid));
  record.add("st_blksize", make_signed(s.blksize)).add("st_blocks", make_signed(s.blocks));
  if (is_device(s.mode)) {
    record.add("st_rdev", device(arena, s.rdev));
  } else {
    record.add("st_size", make_signed(s.size));
  }
  add_time(record, "st_atime", "st_atime_nsec", s.atime, s.atime_nsec);
  add_time(record, "st_mtime", "st_mtime_nsec", s.mtime, s.mtime_nsec);
  add_time(record, "st_ctime", "st_ctime_nsec", s.ctime, s.ctime_nsec);
  return record.done();
}

Decoded iovec_items(Context& context, std::uint64_t address, std::uint64_t count, std::uint64_t bytes) {
  if (address == 0) return make_address(0);
  const auto limit = static_cast<std::size_t>(std::min<std::uint64_t>(count, context.options().string_limit));
  auto items = context.arena().array<Decoded>(limit);
  for (std::size_t i = 0; i < limit; ++i) {
    const auto item = context.object<KernelIovec>(address + i * sizeof(KernelIovec));
    if (!item) return make_unread(address);
    const std::uint64_t length = std::min(item->length, bytes);
    bytes -= length;
    items[i] = RecordBuilder(context.arena(), 2)
                   .add("iov_base", make_bytes(context, item->base, length))
                   .add("iov_len", make_unsigned(item->length))
                   .done();
  }
  return {List{items, count > limit}};
}

struct EntryLayout {
  std::size_t reclen;  // offset of d_reclen
};

// The names are shown with -v of strace only; without it, how many entries there are.
Decoded dirents(Context& context, std::uint64_t address, EntryLayout layout) {
  if (address == 0) return make_address(0);
  const auto size = static_cast<std::uint64_t>(context.result()->value);
  std::uint64_t at = 0, count = 0;
  while (at < size) {
    const auto length = context.object<std::uint16_t>(address + at + layout.reclen);
    if (!length || *length == 0) return make_unread(address);
    at += *length;
    ++count;
  }
  return {CountedAddress{address, count, "entries"}};
}

// include/uapi/asm-generic/fcntl.h and linux/fcntl.h
enum FcntlCommand : std::uint32_t {
  f_dupfd = 0,
  f_getfd = 1,
  f_setfd = 2,
  f_getfl = 3,
  f_setfl = 4,
  f_getlk = 5,
  f_setlk = 6,
  f_setlkw = 7,
  f_setown = 8,
  f_getown = 9,
  f_setsig = 10,
  f_getsig = 11,
  f_setlease = 1024,
  f_getlease = 1025,
  f_dupfd_cloexec = 1030,
  f_setpipe_sz = 1031,
  f_getpipe_sz = 1032,
  f_add_seals = 1033,
  f_get_seals = 1034,
};

}  // namespace

bool open_creates(const Args& args) { return creates(args[1]); }
bool openat_creates(const Args& args) { return creates(args[2]); }
bool mknod_makes_device(const Args& args) { return is_device(args[1]); }
bool mknodat_makes_device(const Args& args) { return is_device(args[2]); }

bool fcntl_has_argument(const Args& args) {
  switch (static_cast<std::uint32_t>(args[1])) {
    case f_getfd:
    case f_getfl:
    case f_getown:
    case f_getsig:
    case f_getlease:
    case f_getpipe_sz:
    case f_get_seals:
      return false;
    default:
      return true;
  }
}

Decoded decode_fcntl_argument(Context& context, const Argument& argument, std::uint64_t value) {
  Arena& arena = context.arena();
  switch (static_cast<std::uint32_t>(context.arg(1))) {
    case f_dupfd:
    case f_dupfd_cloexec:
    case f_setpipe_sz:
    case f_setown:
      return decode_sint(context, argument, value);
    case f_setfd:
      return {make_flags(arena, value, fd_flags)};
    case f_setfl:
      return {make_flags(arena, value & 0xffffffff, open_flags)};
    case f_setlease:
      return make_symbol(value & 0xffffffff, lock_types);
    case f_add_seals:
      return {make_flags(arena, value & 0xffffffff, seals)};
    case f_setsig:
      return make_signal(value & 0xffffffff);
    default:
      return make_address(value);
  }
}

Decoded decode_fcntl_result(Context& context) {
  const std::int64_t value = context.result()->value;
  switch (static_cast<std::uint32_t>(context.arg(1))) {
    case f_dupfd:
    case f_dupfd_cloexec:
      return make_fd(static_cast<std::int32_t>(value), context);
    case f_getfd:
    case f_getfl:
    case f_get_seals:
    case f_getlease:
      return make_unsigned(static_cast<std::uint64_t>(value), Base::hex);
    default:
      return make_signed(value);
  }
}

std::span<const Field> detail_of_fcntl(Context& context) {
  if (context.failed()) return {};
  const auto value = static_cast<std::uint64_t>(context.result()->value);
  Arena& arena = context.arena();
  const auto detail = [&](std::string_view name, const Decoded& what) {
    return RecordBuilder(arena, 1).add(name, what).fields();
  };
  switch (static_cast<std::uint32_t>(context.arg(1))) {
    case f_getfd:
      return value == 0 ? std::span<const Field>{} : detail("flags", {make_flags(arena, value, fd_flags)});
    case f_getfl:
      return detail("flags", {make_flags(arena, value, open_flags)});
    case f_get_seals:
      return value == 0 ? std::span<const Field>{} : detail("seals", {make_flags(arena, value, seals)});
    case f_getlease:
      return detail("", make_symbol(value, lock_types));
    default:
      return {};
  }
}

Decoded decode_stat(Context& context, const Argument&, std::uint64_t address) {
  const auto s = context.object<KernelStat>(address);
  if (!s) return make_unread(address);
  return context.options().verbose ? full_stat(context.arena(), *s) : short_stat(context.arena(), *s);
}

Decoded decode_statx(Context& context, const Argument&, std::uint64_t address) {
  const auto s = context.object<KernelStatx>(address);
  if (!s) return make_unread(address);
  Arena& arena = context.arena();
  RecordBuilder record(arena, 4);
  record.add("stx_mask", {make_flags(arena, s->mask, statx_masks)});
  record.add("stx_attributes", {make_flags(arena, s->attributes, statx_attributes)});
  record.add("stx_mode", file_mode(arena, s->mode)).add("stx_size", make_unsigned(s->size));
  return record.done(true);
}

Decoded decode_open_how(Context& context, const Argument&, std::uint64_t address) {
  const auto how =
      context.arg(3) >= sizeof(KernelOpenHow) ? context.object<KernelOpenHow>(address) : std::nullopt;
  if (!how) return make_unread(address);
  Arena& arena = context.arena();
  RecordBuilder record(arena, 3);
  record.add("flags", {make_flags(arena, how->flags, open_flags)});
  if (how->mode != 0 || creates(how->flags)) record.add("mode", make_unsigned(how->mode, Base::octal));
  record.add("resolve", {make_flags(arena, how->resolve, resolve_flags)});
  return record.done(context.arg(3) > sizeof(KernelOpenHow));
}

Decoded decode_fd_pair(Context& context, const Argument&, std::uint64_t address) {
  const auto pair = context.object<std::array<std::int32_t, 2>>(address);
  if (!pair) return make_unread(address);
  auto items = context.arena().array<Decoded>(2);
  items[0] = make_fd((*pair)[0], context);
  items[1] = make_fd((*pair)[1], context);
  return {List{items}};
}

Decoded decode_dirents(Context& context, const Argument&, std::uint64_t address) {
  return dirents(context, address, {16});  // struct linux_dirent: d_ino, d_off, d_reclen, d_name
}
Decoded decode_dirents64(Context& context, const Argument&, std::uint64_t address) {
  return dirents(context, address, {16});  // struct linux_dirent64: d_ino, d_off, d_reclen, d_type, d_name
}

Decoded decode_file_mode(Context& context, const Argument&, std::uint64_t mode) {
  return file_mode(context.arena(), mode & 0xffff);
}

// mknod(2) and ustat(2) take the 32-bit form, new_encode_dev(): no bits above.
Decoded decode_device(Context& context, const Argument&, std::uint64_t dev) {
  return device(context.arena(), dev & 0xffffffff);
}

Decoded decode_iovec(Context& context, const Argument& argument, std::uint64_t address) {
  return iovec_items(context, address, context.arg(argument.length.index), ~0ULL);
}
Decoded decode_iovec_out(Context& context, const Argument&, std::uint64_t address) {
  return iovec_items(context, address, context.arg(2), static_cast<std::uint64_t>(context.result()->value));
}

}  // namespace ptop::decode
