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

// Each part is there when the kernel says so in `mask`. Strings are behind the structure, at offsets.
template <std::uint64_t bit>
bool tells(const Instance& whole) {
  return (whole.value("mask") & bit) != 0;
}
enum Tells : std::uint64_t {
  superblock = 1,
  basic = 2,
  propagation_from = 4,
  root = 8,
  point = 0x10,
  type = 0x20,
  mount_namespace = 0x40,
  mount_options = 0x80,
  subtype = 0x100,
  source = 0x200,
  option_array = 0x400,
  security_options = 0x800,
  supported = 0x1000,
  user_map = 0x2000,
  group_map = 0x4000,
};
constexpr std::uint64_t strings_at = 512;

Decoded show_mount_string(Context& context, const Member&, std::uint64_t offset, const Instance& whole) {
  return decode_string(context, Argument{}, whole.address() + strings_at + offset);
}
// Strings one behind the other, as many as the member before says.
template <auto& count_name>
Decoded show_mount_strings(Context& context, const Member&, std::uint64_t offset, const Instance& whole) {
  std::uint64_t at = whole.address() + strings_at + offset;
  return make_list(context, at, whole.value(count_name), 0, [&](std::uint64_t) -> Decoded {
    const auto found = context.string(at, context.options().string_limit);
    if (!found) return {};
    at += found->bytes.size() + 1;
    return found->complete ? make_text(found->bytes) : make_text(found->bytes, true);
  });
}
constexpr char options_count[] = "opt_num", security_count[] = "opt_sec_num",
               users_count[] = "mnt_uidmap_num", groups_count[] = "mnt_gidmap_num";
constexpr Member part_string(std::string_view name) { return u32(name).shown_by(show_mount_string); }

constexpr Member statmount_members[] = {
    u32("size"),
    part_string("mnt_opts").when(tells<mount_options>),
    u64("mask").flags(statmount_masks),
    u32("sb_dev_major").when(tells<superblock>),
    u32("sb_dev_minor").when(tells<superblock>),
    u64("sb_magic").symbol(statfs_types).when(tells<superblock>),
    u32("sb_flags").flags(mount_flags).when(tells<superblock>),
    part_string("fs_type").when(tells<type>),
    u64("mnt_id").hex().when(tells<basic>),
    u64("mnt_parent_id").hex().when(tells<basic>),
    u32("mnt_id_old").when(tells<basic>),
    u32("mnt_parent_id_old").when(tells<basic>),
    u64("mnt_attr").flags(mount_attributes).when(tells<basic>),
    u64("mnt_propagation").symbol(mount_propagations).when(tells<basic>),
    u64("mnt_peer_group").hex().when(tells<basic>),
    u64("mnt_master").hex().when(tells<basic>),
    u64("propagate_from").hex().when(tells<propagation_from>),
    part_string("mnt_root").when(tells<root>),
    part_string("mnt_point").when(tells<point>),
    u64("mnt_ns_id").when(tells<mount_namespace>),
    part_string("fs_subtype").when(tells<subtype>),
    part_string("sb_source").when(tells<source>),
    u32("opt_num").when(tells<option_array>),
    u32("opt_array").shown_by(show_mount_strings<options_count>).when(tells<option_array>),
    u32("opt_sec_num").when(tells<security_options>),
    u32("opt_sec_array").shown_by(show_mount_strings<security_count>).when(tells<security_options>),
    u64("supported_mask").flags(statmount_masks).when(tells<supported>),
    u32("mnt_uidmap_num").when(tells<user_map>),
    u32("mnt_uidmap").shown_by(show_mount_strings<users_count>).when(tells<user_map>),
    u32("mnt_gidmap_num").when(tells<group_map>),
    u32("mnt_gidmap").shown_by(show_mount_strings<groups_count>).when(tells<group_map>),
};
constexpr Structure statmount{statmount_members};

// include/uapi/linux/lsm.h, struct lsm_ctx: `len` leads to the next one.
struct KernelSecurityContext {
  std::uint64_t id, flags, len, ctx_len;
};

Decoded security_context(Context& context, std::uint64_t address, const KernelSecurityContext& c) {
  return RecordBuilder(context.arena(), 5)
      .add("id", make_symbol(c.id, lsm_modules))
      .add("flags", make_unsigned(c.flags, Base::hex))
      .add("len", make_unsigned(c.len))
      .add("ctx_len", make_unsigned(c.ctx_len))
      .add("ctx", make_bytes(context, address + sizeof c, c.ctx_len))
      .done();
}

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
  return make_structure(context, statmount, address);
}
Decoded decode_mount_numbers(Context& context, const Argument&, std::uint64_t address) {
  return make_list(context, address, static_cast<std::uint64_t>(context.result()->value), 8,
                   [&](std::uint64_t at) -> Decoded {
                     const auto number = context.object<std::uint64_t>(at);
                     return number ? make_unsigned(*number, Base::hex) : Decoded{};
                   });
}

// As many as the call returns. Each holds its text, and all of them are in the bytes that it counts.
Decoded decode_security_contexts(Context& context, const Argument&, std::uint64_t address) {
  const auto bytes = context.object<std::uint32_t>(context.arg(2));
  const std::uint64_t end = address + bytes.value_or(0);
  std::uint64_t at = address;
  return make_list(context, address, static_cast<std::uint64_t>(context.result()->value), 0,
                   [&](std::uint64_t) -> Decoded {
                     const auto one = context.object<KernelSecurityContext>(at);
                     if (!one || one->len < sizeof *one || one->len > end - at) return {};
                     if (one->ctx_len > one->len - sizeof *one) return {};
                     const Decoded shown = security_context(context, at, *one);
                     at += one->len;
                     return shown;
                   });
}
Decoded decode_security_context(Context& context, const Argument&, std::uint64_t address) {
  const auto one = address == 0 ? std::nullopt : context.object<KernelSecurityContext>(address);
  return one ? security_context(context, address, *one) : make_unread(address);
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
