// Scheduling: parameters and attributes, masks of CPUs, priorities of input and output.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "set.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/sched/types.h, struct sched_attr: its first member says how long it is.
constexpr std::uint64_t first_size = 48, keep_policy = 8, keep_params = 0x10;
bool has_policy(const Instance& whole) { return (whole.value(2) & keep_policy) == 0; }
bool has_params(const Instance& whole) { return (whole.value(2) & keep_params) == 0; }
bool has_clamps(const Instance& whole) { return whole.value(0) >= 56; }
constexpr Member attributes_members[] = {
    u32("size"),
    u32("sched_policy").symbol(schedulers).when(has_policy),
    u64("sched_flags").flags(sched_flags),
    s32("sched_nice").when(has_params),
    u32("sched_priority").when(has_params),
    u64("sched_runtime").when(has_params),
    u64("sched_deadline").when(has_params),
    u64("sched_period").when(has_params),
    u32("sched_util_min").when(has_clamps),
    u32("sched_util_max").when(has_clamps),
};
constexpr Structure attributes{attributes_members};

Decoded attributes_of(Context& context, std::uint64_t address, std::uint64_t size) {
  const std::uint64_t known = size_of(attributes, context.abi());
  const Decoded all = make_structure(context, attributes, address, std::min(size, known));
  const auto* record = std::get_if<Record>(&all.what);
  return record == nullptr ? all : Decoded{Record{record->fields, size > known}};
}

// A class in the three bits from 13 on, its data below.
Decoded io_priority(Arena& arena, std::uint64_t value) {
  constexpr unsigned class_shift = 13;
  const std::uint64_t data = value & ((1U << class_shift) - 1), kind = value >> class_shift;
  const std::string_view name = std::get<Symbol>(make_symbol(kind, ioprio_classes).what).name;
  if (!name.empty()) return make_word(arena, value, "IOPRIO_PRIO_VALUE({}, {})", name, data);
  return make_word(arena, value, "IOPRIO_PRIO_VALUE({:#x} /* {} */, {})", kind, ioprio_classes.family, data);
}

Decoded cpu_mask(Context& context, std::uint64_t address, std::uint64_t bytes) {
  constexpr std::uint64_t sane = 1 << 16;
  const std::uint64_t word = context.word_size();
  const std::uint64_t words = (bytes + word - 1) / word;
  if (address != 0 && words * word > sane) return {List{.items = {}, .truncated = true}};
  return make_bit_set(context, address, words * word, [](std::size_t cpu) { return make_unsigned(cpu); });
}

}  // namespace

namespace {
// Whose priority it is: of one, of a group, or of all that a user has.
Decoded target(Context& context, std::uint64_t value, std::uint32_t process, std::uint32_t group) {
  const auto number = static_cast<std::int32_t>(value);
  const auto which = static_cast<std::uint32_t>(context.arg(0));
  if (which == process) return make_pid(number, context.arena(), context.options());
  if (which == group) return make_group(number, context.arena(), context.options());
  return make_signed(number);
}
}  // namespace

// include/uapi/linux/resource.h
Decoded decode_priority_target(Context& context, const Argument&, std::uint64_t value) {
  return target(context, value, 0, 1);
}
// include/uapi/linux/ioprio.h
Decoded decode_io_priority_target(Context& context, const Argument&, std::uint64_t value) {
  return target(context, value, 1, 2);
}

Decoded decode_sched_param(Context& context, const Argument& argument, std::uint64_t address) {
  return decode_int_pointer(context, argument, address);
}

Decoded decode_sched_attributes(Context& context, const Argument&, std::uint64_t address) {
  const auto size = address == 0 ? std::nullopt : context.object<std::uint32_t>(address);
  if (!size) return make_unread(address);
  if (*size != 0 && *size < first_size)
    return RecordBuilder(context.arena(), 1).add("size", make_unsigned(*size)).done();
  return attributes_of(context, address, *size == 0 ? first_size : *size);
}
Decoded decode_sched_attributes_out(Context& context, const Argument&, std::uint64_t address) {
  const auto size = context.object<std::uint32_t>(address);
  return size ? attributes_of(context, address, *size) : make_unread(address);
}

// The kernel says how many bytes it wrote.
Decoded decode_cpu_mask(Context& context, const Argument&, std::uint64_t address) {
  return cpu_mask(context, address, static_cast<std::uint32_t>(context.arg(1)));
}
Decoded decode_cpu_mask_out(Context& context, const Argument&, std::uint64_t address) {
  return cpu_mask(context, address, static_cast<std::uint64_t>(context.result()->value));
}

std::span<const Field> detail_of_scheduler(Context& context) {
  if (context.failed()) return {};
  const auto value = static_cast<std::uint64_t>(context.result()->value);
  const Decoded policy = make_symbol(value, schedulers);
  if (std::get<Symbol>(policy.what).name.empty()) return {};
  return make_detail(context.arena(), policy);
}

Decoded decode_io_priority(Context& context, const Argument&, std::uint64_t value) {
  return io_priority(context.arena(), value & 0xffffffff);
}
std::span<const Field> detail_of_io_priority(Context& context) {
  if (context.failed()) return {};
  return make_detail(context.arena(),
                     io_priority(context.arena(), static_cast<std::uint64_t>(context.result()->value)));
}

}  // namespace ptop::decode
