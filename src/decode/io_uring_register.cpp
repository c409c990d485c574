// io_uring_register(2): resources with tags, workers, cancelling, buffers, busy polling, regions.
#include "argument.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "io_uring.hpp"
#include "network.hpp"
#include "ring_tables.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

enum Operation : std::uint32_t {
  files2 = 13,
  files_update2,
  buffers2,
  buffers_update,
  max_workers = 19,
  sync_cancel = 24,
  file_alloc_range,
  buffer_status,
  busy_poll,
  no_busy_poll,
  clock_source,
  clone_buffers,
  send_message,
  zero_copy_receive,
  resize,
  memory_region,
  query,
};

Decoded show_timespec(Context& context, const Member&, std::uint64_t address, const Instance&) {
  return decode_timespec(context, Argument{}, address);
}

constexpr Member timespec_members[] = {s64("tv_sec"), s64("tv_nsec")};
constexpr Structure timespec{timespec_members};
constexpr Member cancel_members[] = {u64("addr").hex(),
                                     s32("fd").fd(),
                                     u32("flags").flags(ring_cancel_flags),
                                     nested("timeout", timespec),
                                     u8("opcode").symbol(ring_operations),
                                     u8("pad").hex().times(7).unless_zero(),
                                     u64("pad2").hex().times(3).unless_zero()};
constexpr Structure cancel{cancel_members};
constexpr Member range_members[] = {u32("off"), u32("len"), u64("resv").hex().unless_zero()};
constexpr Structure range{range_members};
constexpr Member status_members[] = {u32("buf_group"), u32("head"), u32("resv").hex().times(8).unless_zero()};
constexpr Structure status{status_members};
constexpr Member busy_poll_members[] = {u32("busy_poll_to"),
                                        u8("prefer_busy_poll"),
                                        u8("opcode").symbol(ring_busy_poll_operations),
                                        u8("pad").hex().times(2).unless_zero(),
                                        u32("op_param").symbol(ring_busy_poll_strategies),
                                        u32("resv").hex().unless_zero()};
constexpr Structure busy_poll_settings{busy_poll_members};
constexpr Member clock_members[] = {u32("clockid").symbol(clocks),
                                    u32("__resv").hex().times(3).unless_zero()};
constexpr Structure clock_choice{clock_members};
constexpr Member clone_members[] = {u32("src_fd").fd(), u32("flags").flags(ring_clone_flags),
                                    u32("src_off"),     u32("dst_off"),
                                    u32("nr"),          u32("pad").hex().times(3).unless_zero()};
constexpr Structure clone{clone_members};
constexpr Member region_members[] = {pointer64("user_addr"),
                                     u64("size"),
                                     u32("flags").flags(ring_region_flags),
                                     u32("id"),
                                     u64("mmap_offset").hex(),
                                     u64("__resv").hex().times(4).unless_zero()};
constexpr Structure region{region_members};
Decoded show_region(Context& context, const Member&, std::uint64_t address, const Instance&) {
  return make_structure(context, region, address);
}
constexpr Member region_choice_members[] = {u64("region_uptr").shown_by(show_region),
                                            u64("flags").flags(ring_wait_region_flags),
                                            u64("__resv").hex().times(2).unless_zero()};
constexpr Structure region_choice{region_choice_members};
Decoded show_interface_number(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_interface(context, static_cast<std::uint32_t>(value));
}
constexpr Member receive_members[] = {u32("if_idx").shown_by(show_interface_number),
                                      u32("if_rxq"),
                                      u32("rq_entries"),
                                      u32("flags").hex(),
                                      pointer64("area_ptr"),
                                      u64("region_ptr").shown_by(show_region),
                                      pad(32),
                                      u32("zcrx_id")};
constexpr Structure receive{receive_members};
constexpr Member query_members[] = {pointer64("next_entry"), pointer64("query_data"), u32("query_op").hex(),
                                    u32("size"), s32("result")};
constexpr Structure query_head{query_members};

// struct io_uring_rsrc_register and io_uring_rsrc_update2: an array of things and one of their tags.
struct KernelResources {
  std::uint32_t count, flags;
  std::uint64_t reserved, data, tags;
};
struct KernelUpdate {
  std::uint32_t offset, reserved;
  std::uint64_t data, tags;
  std::uint32_t count, reserved2;
};
static_assert(sizeof(KernelResources) == 32 && sizeof(KernelUpdate) == 32);

Decoded make_tags(Context& context, std::uint64_t address, std::uint64_t count) {
  return make_list(context, address, count, 8, [&](std::uint64_t at) -> Decoded {
    const auto tag = context.object<std::uint64_t>(at);
    return tag ? make_unsigned(*tag, Base::hex) : Decoded{};
  });
}
Decoded make_things(Context& context, bool are_files, std::uint64_t address, std::uint64_t count) {
  return are_files ? make_ring_descriptors(context, address, count)
                   : make_iovec(context, address, count, Buffers::addresses);
}

Decoded tagged_resources(Context& context, std::uint64_t address, bool are_files) {
  const auto r = address == 0 ? std::nullopt : context.object<KernelResources>(address);
  if (!r) return make_unread(address);
  RecordBuilder record(context.arena(), 5);
  record.add("nr", make_unsigned(r->count))
      .add("flags", {make_flags(context.arena(), r->flags, ring_resource_flags)});
  if (r->reserved != 0) record.add("resv2", make_unsigned(r->reserved, Base::hex));
  return record.add("data", make_things(context, are_files, r->data, r->count))
      .add("tags", make_tags(context, r->tags, r->count))
      .done();
}
Decoded resources_update(Context& context, std::uint64_t address, bool are_files) {
  const auto u = address == 0 ? std::nullopt : context.object<KernelUpdate>(address);
  if (!u) return make_unread(address);
  RecordBuilder record(context.arena(), 6);
  record.add("offset", make_unsigned(u->offset));
  if (u->reserved != 0) record.add("resv", make_unsigned(u->reserved, Base::hex));
  record.add("data", make_things(context, are_files, u->data, u->count))
      .add("tags", make_tags(context, u->tags, u->count))
      .add("nr", make_unsigned(u->count));
  if (u->reserved2 != 0) record.add("resv2", make_unsigned(u->reserved2, Base::hex));
  return record.done();
}

// [[IO_WQ_BOUND]=4, [IO_WQ_UNBOUND]=0]: the kernel's answer is what was set before.
Decoded workers(Context& context, std::uint64_t address, std::uint64_t count) {
  constexpr std::string_view names[] = {"IO_WQ_BOUND", "IO_WQ_UNBOUND"};
  std::size_t index = 0;
  const Decoded now = make_list(context, address, count, 4, [&](std::uint64_t at) -> Decoded {
    const auto number = context.object<std::uint32_t>(at);
    const std::size_t i = index++;
    if (!number) return {};
    return i < std::size(names) ? make_word(context.arena(), *number, "[{}]={}", names[i], *number)
                                : make_word(context.arena(), *number, "[{} /* IO_WQ_??? */]={}", i, *number);
  });
  if (context.before() == nullptr) return now;
  if (!std::holds_alternative<List>(context.before()->what)) return *context.before();
  return make_changed(context.arena(), *context.before(), context.failed() ? make_address(address) : now);
}

struct Layout {
  std::uint32_t operation;
  const Structure* structure;
};
constexpr Layout layouts[] = {
    {sync_cancel, &cancel},
    {file_alloc_range, &range},
    {buffer_status, &status},
    {busy_poll, &busy_poll_settings},
    {no_busy_poll, &busy_poll_settings},
    {clock_source, &clock_choice},
    {clone_buffers, &clone},
    {zero_copy_receive, &receive},
    {memory_region, &region_choice},
    {query, &query_head},
};

}  // namespace

Decoded make_ring_registration(Context& context, std::uint32_t operation, std::uint64_t address,
                               std::uint64_t count) {
  switch (operation) {
    // Of these the last argument is the structure's size.
    case files2:
    case buffers2:
      if (count != sizeof(KernelResources)) break;
      return tagged_resources(context, address, operation == files2);
    case files_update2:
    case buffers_update:
      if (count != sizeof(KernelUpdate)) break;
      return resources_update(context, address, operation == files_update2);
    case max_workers:
      context.set_timing(Timing::grows);
      return workers(context, address, count);
    case send_message:
      return make_ring_entry(context, address);
    case resize:
      return make_ring_params(context, address);
    default:
      break;
  }
  for (const Layout& layout : layouts) {
    if (layout.operation == operation) return make_structure(context, *layout.structure, address);
  }
  return make_address(address);
}

// What waiting takes: struct io_uring_getevents_arg, with IORING_ENTER_EXT_ARG.
Decoded make_ring_wait(Context& context, std::uint64_t address) {
  static constexpr Member members[] = {pointer64("sigmask"), u32("sigmask_sz"), u32("min_wait_usec"),
                                       u64("ts").shown_by(show_timespec)};
  static constexpr Structure wait{members};
  return make_structure(context, wait, address);
}

}  // namespace ptop::decode
