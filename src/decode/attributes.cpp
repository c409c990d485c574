// Attributes of files: extended ones, the flags of file_getattr(2), and mounts by number.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/xattr.h, struct xattr_args
struct KernelAttribute {
  std::uint64_t value;
  std::uint32_t size, flags;
};

Decoded attribute_record(Context& context, std::uint64_t address, std::uint64_t shown) {
  const auto a = address == 0 ? std::nullopt : context.object<KernelAttribute>(address);
  if (!a) return make_unread(address);
  RecordBuilder record(context.arena(), 4);
  record.add("value", a->size == 0 ? make_address(a->value)
                                   : make_bytes(context, a->value, std::min<std::uint64_t>(a->size, shown)));
  record.add("size", make_unsigned(a->size));
  record.add("flags", {make_flags(context.arena(), a->flags, xattr_flags)});
  add_unknown_bytes(record, context, address, sizeof(KernelAttribute), context.arg(5));
  return record.done();
}

// include/uapi/linux/fs.h, struct file_attr
constexpr Member file_attributes_members[] = {u64("fa_xflags").flags(file_extended_flags), u32("fa_extsize"),
                                              u32("fa_nextents"), u32("fa_projid"), u32("fa_cowextsize")};
constexpr Structure file_attributes{file_attributes_members};

// include/uapi/linux/mount.h, struct mnt_id_req: the last member came with Linux 6.10.
constexpr Member statmount_request_members[] = {u32("size"), u32("spare").hex(), u64("mnt_id").hex(),
                                                u64("param").flags(statmount_masks), u64("mnt_ns_id").hex()};
constexpr Structure statmount_request{statmount_request_members};
constexpr Member listmount_request_members[] = {u32("size"), u32("spare").hex(), u64("mnt_id").hex(),
                                                u64("param").hex(), u64("mnt_ns_id").hex()};
constexpr Structure listmount_request{listmount_request_members};

// The first members of struct statmount; the strings behind them are many.
constexpr Member statmount_members[] = {
    u32("size"),
    u32("mnt_opts").hex(),
    u64("mask").flags(statmount_masks),
    u32("sb_dev_major"),
    u32("sb_dev_minor"),
    u64("sb_magic").symbol(statfs_types),
    u32("sb_flags").flags(mount_flags),
    u32("fs_type").hex(),
    u64("mnt_id").hex(),
    u64("mnt_parent_id").hex(),
    u32("mnt_id_old"),
    u32("mnt_parent_id_old"),
    u64("mnt_attr").flags(mount_attributes),
    u64("mnt_propagation").symbol(mount_propagations),
};
constexpr Structure statmount{statmount_members};

Decoded request(Context& context, const Structure& layout, std::uint64_t address) {
  const auto size = address == 0 ? std::nullopt : context.object<std::uint32_t>(address);
  return size ? make_structure(context, layout, address, *size) : make_unread(address);
}

}  // namespace

// No attribute is longer than XATTR_SIZE_MAX, include/uapi/linux/limits.h.
Decoded decode_attribute(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::uint64_t size_max = 65536;
  return context.arg(3) > size_max ? make_unread(address) : make_bytes(context, address, context.arg(3));
}

// With a size of 0 the call asks how long the value is, and nothing is written.
Decoded decode_attribute_out(Context& context, const Argument&, std::uint64_t address) {
  if (context.arg(3) == 0) return make_address(address);
  return make_bytes(context, address, static_cast<std::uint64_t>(context.result()->value));
}
Decoded decode_attribute_names(Context& context, const Argument& argument, std::uint64_t address) {
  if (length_of(context, argument.length) == 0) return make_address(address);
  return make_bytes(context, address, static_cast<std::uint64_t>(context.result()->value));
}

Decoded decode_attribute_arguments(Context& context, const Argument&, std::uint64_t address) {
  return attribute_record(context, address, ~std::uint64_t{0});
}
Decoded decode_attribute_arguments_out(Context& context, const Argument&, std::uint64_t address) {
  return attribute_record(context, address, static_cast<std::uint64_t>(context.result()->value));
}

Decoded decode_file_attributes(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, file_attributes, address, context.arg(3));
}

Decoded decode_statmount_request(Context& context, const Argument&, std::uint64_t address) {
  return request(context, statmount_request, address);
}
Decoded decode_listmount_request(Context& context, const Argument&, std::uint64_t address) {
  return request(context, listmount_request, address);
}
Decoded decode_statmount(Context& context, const Argument&, std::uint64_t address) {
  const Decoded known = make_structure(context, statmount, address);
  const auto* const record = std::get_if<Record>(&known.what);
  return record == nullptr ? known : Decoded{Record{record->fields, true}};
}
Decoded decode_mount_numbers(Context& context, const Argument&, std::uint64_t address) {
  return make_list(context, address, static_cast<std::uint64_t>(context.result()->value), 8,
                   [&](std::uint64_t at) -> Decoded {
                     const auto number = context.object<std::uint64_t>(at);
                     return number ? make_unsigned(*number, Base::hex) : Decoded{};
                   });
}

// struct lsm_id's: numbers of modules.
Decoded decode_lsm_numbers(Context& context, const Argument&, std::uint64_t address) {
  return make_list(context, address, static_cast<std::uint64_t>(context.result()->value), 8,
                   [&](std::uint64_t at) -> Decoded {
                     const auto number = context.object<std::uint64_t>(at);
                     return number ? make_symbol(*number, lsm_modules) : Decoded{};
                   });
}

}  // namespace ptop::decode
