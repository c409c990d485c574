// Rings: parameters, and what is registered with them.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "io_uring.hpp"
#include "ring_tables.hpp"
#include "set.hpp"
#include "structure.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/io_uring.h, struct io_uring_params.
constexpr Member sq_members[] = {u32("head"),  u32("tail"),    u32("ring_mask"), u32("ring_entries"),
                                 u32("flags"), u32("dropped"), u32("array"),     pad(12)};
constexpr Structure sq{sq_members};
constexpr Member cq_members[] = {u32("head"),     u32("tail"), u32("ring_mask"), u32("ring_entries"),
                                 u32("overflow"), u32("cqes"), u32("flags"),     pad(12)};
constexpr Structure cq{cq_members};

struct KernelParams {
  std::uint32_t sq_entries, cq_entries, flags, sq_thread_cpu, sq_thread_idle, features, wq_fd, resv[3];
};
static_assert(sizeof(KernelParams) == 40);

enum SetupFlag : std::uint32_t { setup_cqsize = 8, setup_attach_wq = 0x20 };

void add_asked(RecordBuilder& record, Context& context, const KernelParams& p, bool at_exit) {
  Arena& arena = context.arena();
  record.add("flags", {make_flags(arena, p.flags, ring_setup_flags)});
  if (!at_exit && (p.flags & setup_cqsize) != 0) record.add("cq_entries", make_unsigned(p.cq_entries));
  record.add("sq_thread_cpu", make_unsigned(p.sq_thread_cpu, Base::hex));
  record.add("sq_thread_idle", make_unsigned(p.sq_thread_idle));
  if ((p.flags & setup_attach_wq) != 0)
    record.add("wq_fd", make_fd(static_cast<std::int32_t>(p.wq_fd), context));
  if (p.resv[0] == 0 && p.resv[1] == 0 && p.resv[2] == 0) return;
  auto reserved = arena.array<Decoded>(3);
  for (std::size_t i = 0; i < 3; ++i) reserved[i] = make_unsigned(p.resv[i], Base::hex);
  record.add("resv", {List{reserved}});
}

void add_answers(RecordBuilder& record, Context& context, const KernelParams& p, std::uint64_t address) {
  record.add("sq_entries", make_unsigned(p.sq_entries)).add("cq_entries", make_unsigned(p.cq_entries));
  record.add("features", {make_flags(context.arena(), p.features, ring_features)});
  const std::uint64_t offsets = address + sizeof(KernelParams);
  record.add("sq_off", make_structure(context, sq, offsets));
  record.add("cq_off", make_structure(context, cq, offsets + size_of(sq, context.abi())));
}

constexpr std::uint32_t use_registered_ring = 0x80000000;
enum RegisterOperation : std::uint32_t {
  buffers = 0,
  files = 2,
  eventfd = 4,
  files_update = 6,
  eventfd_async = 7,
  probe = 8,
  restrictions = 11,
  worker_cpus = 17,
  ring_descriptors = 20,
  unregister_ring_descriptors = 21,
  buffer_ring = 22,
  unregister_buffer_ring = 23,
};

struct KernelUpdate {
  std::uint32_t offset, resv;
  std::uint64_t fds;
};

Decoded update(Context& context, std::uint64_t address, std::uint64_t count) {
  const auto u = address == 0 ? std::nullopt : context.object<KernelUpdate>(address);
  if (!u) return make_unread(address);
  RecordBuilder record(context.arena(), 3);
  record.add("offset", make_unsigned(u->offset));
  if (u->resv != 0) record.add("resv", make_unsigned(u->resv, Base::hex));
  return record.add("fds", make_ring_descriptors(context, u->fds, count)).done();
}

// Rings by their descriptors, in slots.
Decoded ring_slots(Context& context, std::uint64_t address, std::uint64_t count, bool with_descriptor) {
  constexpr std::uint32_t any_slot = 0xffffffff;
  return make_list(context, address, count, sizeof(KernelUpdate), [&](std::uint64_t at) -> Decoded {
    const auto u = context.object<KernelUpdate>(at);
    if (!u) return {};
    RecordBuilder record(context.arena(), 3);
    record.add("offset", u->offset == any_slot ? make_signed(-1) : make_unsigned(u->offset));
    if (u->resv != 0) record.add("resv", make_unsigned(u->resv, Base::hex));
    if (with_descriptor) record.add("data", make_fd(static_cast<std::int32_t>(u->fds), context));
    return record.done();
  });
}

constexpr Member probe_operation_members[] = {u8("op").symbol(ring_operations), pad(1),
                                              u16("flags").flags(ring_operation_flags), pad(4)};
constexpr Structure probe_operation{probe_operation_members};

Decoded probe_answer(Context& context, std::uint64_t address, std::uint64_t count) {
  struct Head {
    std::uint8_t last_op, ops_len;
    std::uint16_t resv;
    std::uint32_t resv2[3];
  };
  const auto head = context.object<Head>(address);
  if (!head) return make_unread(address);
  const std::uint64_t shown = std::min<std::uint64_t>(head->ops_len, count);
  return RecordBuilder(context.arena(), 3)
      .add("last_op", make_symbol(head->last_op, ring_operations))
      .add("ops_len", make_unsigned(head->ops_len))
      .add("ops", make_structures(context, probe_operation, address + sizeof(Head), shown))
      .done();
}

bool restricts_register(const Instance& whole) { return whole.value(0) == 0; }
bool restricts_entry(const Instance& whole) { return whole.value(0) == 1; }
bool restricts_flags(const Instance& whole) { return whole.value(0) == 2 || whole.value(0) == 3; }
bool restricts_nothing_known(const Instance& whole) { return whole.value(0) > 3; }
constexpr Member restriction_members[] = {
    u16("opcode").symbol(ring_restrictions),
    u8("register_op").symbol(io_uring_register_operations).when(restricts_register),
    u8("sqe_op").symbol(ring_operations).overlaid().when(restricts_entry),
    u8("sqe_flags").flags(ring_entry_flags).overlaid().when(restricts_flags),
    u8("op").hex().overlaid().when(restricts_nothing_known),
    pad(13),
};
constexpr Structure restriction{restriction_members};

bool has_flags(const Instance& whole) { return whole.value(3) != 0; }
constexpr Member buffer_ring_members[] = {pointer64("ring_addr"), u32("ring_entries"), u16("bgid"),
                                          u16("flags").flags(ring_buffer_flags).when(has_flags),
                                          u64("resv").hex().times(3).unless_zero()};
constexpr Structure buffer_ring_setup{buffer_ring_members};

constexpr std::uint32_t registered_ring = 0x10, extended_argument = 8, argument_in_region = 0x40;

// Of a ring whose descriptor is registered itself, nobody outside can tell which one it is.
Decoded submissions(Context& context) {
  const auto flags = static_cast<std::uint32_t>(context.arg(3));
  if (context.options().surroundings == nullptr || (flags & registered_ring) != 0) return {};
  const auto addresses = context.options().surroundings->submissions(
      static_cast<std::int32_t>(context.arg(0)), static_cast<std::uint32_t>(context.arg(1)), context.arena());
  if (addresses.empty()) return {};
  auto items = context.arena().array<Decoded>(addresses.size());
  std::ranges::transform(addresses, items.begin(),
                         [&](std::uint64_t address) { return make_ring_entry(context, address); });
  return {List{items}};
}

}  // namespace

Decoded make_ring_descriptors(Context& context, std::uint64_t address, std::uint64_t count) {
  constexpr std::int32_t skip = -2;
  return make_list(context, address, count, 4, [&](std::uint64_t at) -> Decoded {
    const auto fd = context.object<std::int32_t>(at);
    if (!fd) return {};
    return *fd == skip ? Decoded{Symbol{skip, "IORING_REGISTER_FILES_SKIP", {}}} : make_fd(*fd, context);
  });
}

Decoded make_ring_params(Context& context, std::uint64_t address) {
  const auto p = address == 0 ? std::nullopt : context.object<KernelParams>(address);
  if (!p) return make_unread(address);
  RecordBuilder record(context.arena(), 11);
  add_asked(record, context, *p, false);
  return record.add("sq_entries", make_unsigned(p->sq_entries)).done();
}

// What is submitted, and with which times and signals the wait ends.
std::span<const Field> beside_ring_enter(Context& context) {
  const auto flags = static_cast<std::uint32_t>(context.arg(3));
  const bool has_wait = (flags & extended_argument) != 0 && (flags & argument_in_region) == 0;
  RecordBuilder fields(context.arena(), 2);
  if (const Decoded entries = submissions(context); std::holds_alternative<List>(entries.what))
    fields.add("sqes", entries, Naming::always);
  if (has_wait) fields.add("wait", make_ring_wait(context, context.arg(4)), Naming::always);
  return fields.fields();
}

Decoded decode_ring_params(Context& context, const Argument&, std::uint64_t address) {
  const bool at_exit = context.result() != nullptr;
  const auto p = address == 0 ? std::nullopt : context.object<KernelParams>(address);
  if (!p) return make_unread(address);
  if (!at_exit) return {};
  RecordBuilder record(context.arena(), 11);
  add_asked(record, context, *p, !context.failed());
  if (!context.failed()) add_answers(record, context, *p, address);
  return record.done();
}

Decoded decode_ring_argument(Context& context, const Argument&, std::uint64_t address) {
  const std::uint64_t count = static_cast<std::uint32_t>(context.arg(3));
  const auto operation = static_cast<std::uint32_t>(context.arg(1)) & ~use_registered_ring;
  context.set_timing(Timing::at_enter);
  switch (operation) {
    case buffers:
      return make_iovec(context, address, count, Buffers::addresses);
    case files:
      return make_ring_descriptors(context, address, count);
    case eventfd:
    case eventfd_async: {
      const auto fd = address == 0 ? std::nullopt : context.object<std::int32_t>(address);
      return fd ? Decoded{List{{context.arena().node(make_fd(*fd, context)), 1}}} : make_unread(address);
    }
    case files_update:
      return update(context, address, count);
    case probe:
      context.set_timing(Timing::at_exit);
      return context.result() == nullptr ? Decoded{} : probe_answer(context, address, count);
    case restrictions:
      return make_structures(context, restriction, address, count);
    case worker_cpus:
      return make_bit_set(context, address, (count + 7) / 8 * 8,
                          [](std::size_t cpu) { return make_unsigned(cpu); });
    case ring_descriptors:
      return ring_slots(context, address, count, true);
    case unregister_ring_descriptors:
      return ring_slots(context, address, count, false);
    case buffer_ring:
    case unregister_buffer_ring:
      return make_structure(context, buffer_ring_setup, address);
    default:
      return make_ring_registration(context, operation, address, count);
  }
}

}  // namespace ptop::decode
