// Files and descriptors: open flags, stat structures, fcntl, directory entries, vectors.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "stat.hpp"
#include "structures.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/openat2.h
struct KernelOpenHow {
  std::uint64_t flags, mode, resolve;
};

constexpr std::uint64_t o_creat = 0100, o_tmpfile = 020200000;

bool creates(std::uint64_t flags) { return (flags & o_creat) != 0 || (flags & o_tmpfile) == o_tmpfile; }
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
  f_getlk64 = 12,  // of 32-bit callers; on others no command
  f_setlk64 = 13,
  f_setlkw64 = 14,
  f_setown_ex = 15,
  f_getown_ex = 16,
  f_ofd_getlk = 36,
  f_ofd_setlk = 37,
  f_ofd_setlkw = 38,
  f_setlease = 1024,
  f_getlease = 1025,
  f_notify = 1026,
  f_dupfd_query = 1027,
  f_created_query = 1028,
  f_cancellk = 1029,
  f_dupfd_cloexec = 1030,
  f_setpipe_sz = 1031,
  f_getpipe_sz = 1032,
  f_add_seals = 1033,
  f_get_seals = 1034,
  f_get_rw_hint = 1035,
  f_set_rw_hint = 1036,
  f_get_file_rw_hint = 1037,
  f_set_file_rw_hint = 1038,
};

// include/uapi/asm-generic/fcntl.h, struct flock; the owner is said in the answer.
constexpr Member lock_members[] = {u16("l_type").symbol(lock_types), u16("l_whence").symbol(whence),
                                   sword("l_start"), sword("l_len")};
constexpr Structure lock{lock_members};
constexpr Member answered_lock_members[] = {u16("l_type").symbol(lock_types), u16("l_whence").symbol(whence),
                                            sword("l_start"), sword("l_len"), s32("l_pid").pid()};
constexpr Structure answered_lock{answered_lock_members};
constexpr Member lock64_members[] = {u16("l_type").symbol(lock_types), u16("l_whence").symbol(whence),
                                     s64("l_start"), s64("l_len")};
constexpr Structure lock64{lock64_members};
constexpr Member answered_lock64_members[] = {u16("l_type").symbol(lock_types),
                                              u16("l_whence").symbol(whence), s64("l_start"), s64("l_len"),
                                              s32("l_pid").pid()};
constexpr Structure answered_lock64{answered_lock64_members};
Decoded show_owner(Context& context, const Member&, std::uint64_t value, const Instance& whole) {
  constexpr std::uint64_t group = 2;  // F_OWNER_PGRP
  const auto number = static_cast<std::int32_t>(value);
  return whole.value(0) == group ? make_group(number, context.arena(), context.options())
                                 : make_pid(number, context.arena(), context.options());
}
constexpr Member owner_members[] = {s32("type").symbol(owner_types), s32("pid").shown_by(show_owner)};
constexpr Structure owner{owner_members};

Decoded hint(Context& context, std::uint64_t address) {
  const auto value = context.object<std::uint64_t>(address);
  if (!value) return make_unread(address);
  return {List{{context.arena().node(make_symbol(*value, rw_hints)), 1}}};
}

Decoded at_exit(Context& context, std::uint64_t address, Decoded (*decode)(Context&, std::uint64_t)) {
  return context.result() == nullptr ? Decoded{} : decode(context, address);
}

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
    case f_created_query:
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
      return decode_sint(context, argument, value);
    case f_setown:
      return decode_pid(context, argument, value);
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
    case f_notify:
      return {make_flags(arena, value & 0xffffffff, notify_flags)};
    case f_dupfd_query:
      return decode_fd(context, argument, value);
    case f_setlk:
    case f_setlkw:
    case f_cancellk:
      return make_structure(context, lock, value);
    case f_ofd_setlk:
    case f_ofd_setlkw:
      return make_structure(context, lock64, value);
    case f_getlk:
      return at_exit(context, value,
                     [](Context& c, std::uint64_t a) { return make_structure(c, answered_lock, a); });
    case f_ofd_getlk:
      return at_exit(context, value,
                     [](Context& c, std::uint64_t a) { return make_structure(c, answered_lock64, a); });
    case f_setown_ex:
      return make_structure(context, owner, value);
    case f_getown_ex:
      return at_exit(context, value, [](Context& c, std::uint64_t a) { return make_structure(c, owner, a); });
    case f_set_rw_hint:
    case f_set_file_rw_hint:
      return hint(context, value);
    case f_get_rw_hint:
    case f_get_file_rw_hint:
      return at_exit(context, value, hint);
    default:
      return make_address(value);
  }
}

// fcntl64(2) of 32-bit programs has three commands more.
Decoded decode_fcntl64_command(Context&, const Argument&, std::uint64_t value) {
  switch (static_cast<std::uint32_t>(value)) {
    case f_getlk64:
      return {Symbol{f_getlk64, "F_GETLK64", {}}};
    case f_setlk64:
      return {Symbol{f_setlk64, "F_SETLK64", {}}};
    case f_setlkw64:
      return {Symbol{f_setlkw64, "F_SETLKW64", {}}};
    default:
      return make_symbol(value & UINT32_MAX, fcntl_commands);
  }
}
Decoded decode_fcntl64_argument(Context& context, const Argument& argument, std::uint64_t value) {
  switch (static_cast<std::uint32_t>(context.arg(1))) {
    case f_setlk64:
    case f_setlkw64:
      return make_structure(context, lock64, value);
    case f_getlk64:
      return at_exit(context, value,
                     [](Context& c, std::uint64_t a) { return make_structure(c, answered_lock64, a); });
    default:
      return decode_fcntl_argument(context, argument, value);
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
    return make_detail(arena, what, name);
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

Decoded decode_open_how(Context& context, const Argument&, std::uint64_t address) {
  return make_open_how(context, address, context.arg(3));
}

Decoded make_open_how(Context& context, std::uint64_t address, std::uint64_t size) {
  const auto how = size >= sizeof(KernelOpenHow) ? context.object<KernelOpenHow>(address) : std::nullopt;
  if (!how) return make_unread(address);
  Arena& arena = context.arena();
  RecordBuilder record(arena, 4);
  record.add("flags", {make_flags(arena, how->flags, open_flags)});
  if (how->mode != 0 || creates(how->flags)) record.add("mode", make_unsigned(how->mode, Base::octal));
  record.add("resolve", {make_flags(arena, how->resolve, resolve_flags)});
  add_unknown_bytes(record, context, address, sizeof(KernelOpenHow), size);
  return record.done();
}

namespace {

Decoded moved_offset(Context& context, const Decoded& now) {
  if (context.before() == nullptr) return now;
  const auto* const was = std::get_if<List>(&context.before()->what);
  const auto* const is = std::get_if<List>(&now.what);
  if (was == nullptr || is == nullptr) return *context.before();
  const auto value = [](const List* list) { return std::get<Signed>(list->items[0].what).value; };
  return value(was) == value(is) ? *context.before() : make_changed(context.arena(), *context.before(), now);
}

}  // namespace

// sendfile(2) moves it on.
Decoded decode_offset(Context& context, const Argument& argument, std::uint64_t address) {
  return moved_offset(context, decode_long_pointer(context, argument, address));
}
Decoded decode_offset64(Context& context, const Argument& argument, std::uint64_t address) {
  return moved_offset(context, decode_int64_pointer(context, argument, address));
}

// _llseek(2) has the high half first.
Decoded decode_high_and_low(Context& context, const Argument&, std::uint64_t high) {
  return make_signed(static_cast<std::int64_t>(high << 32 | (context.arg(2) & UINT32_MAX)));
}
// mmap2(2) counts pages of 4096 bytes.
Decoded decode_page_offset(Context&, const Argument&, std::uint64_t pages) {
  return make_unsigned(pages * 4096, Base::hex);
}

Decoded decode_fd_pair(Context& context, const Argument&, std::uint64_t address) {
  const auto pair = context.object<std::array<std::int32_t, 2>>(address);
  if (!pair) return make_unread(address);
  auto items = context.arena().array<Decoded>(2);
  items[0] = make_fd((*pair)[0], context);
  items[1] = make_fd((*pair)[1], context);
  return {List{items}};
}

}  // namespace ptop::decode
