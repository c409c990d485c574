// perf_event_open(2): include/uapi/linux/perf_event.h, struct perf_event_attr.
#include <algorithm>

#include "bpf_tables.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

enum Type : std::uint32_t { hardware, software, tracepoint, hardware_cache, raw, breakpoint };
constexpr std::uint64_t oldest_size = 64;  // PERF_ATTR_SIZE_VER0
constexpr std::size_t size_at = 4;
constexpr std::uint64_t has_branches = 0x800, has_stack = 0x2000;

// The word of bits that the structure has in its middle, from the lowest.
struct Bits {
  std::string_view name;
  unsigned width = 1;
};
constexpr Bits bit_fields[] = {
    {"disabled"},
    {"inherit"},
    {"pinned"},
    {"exclusive"},
    {"exclude_user"},
    {"exclude_kernel"},
    {"exclude_hv"},
    {"exclude_idle"},
    {"mmap"},
    {"comm"},
    {"freq"},
    {"inherit_stat"},
    {"enable_on_exec"},
    {"task"},
    {"watermark"},
    {"precise_ip", 2},
    {"mmap_data"},
    {"sample_id_all"},
    {"exclude_host"},
    {"exclude_guest"},
    {"exclude_callchain_kernel"},
    {"exclude_callchain_user"},
    {"mmap2"},
    {"comm_exec"},
    {"use_clockid"},
    {"context_switch"},
    {"write_backward"},
    {"namespaces"},
    {"ksymbol"},
    {"bpf_event"},
    {"aux_output"},
    {"cgroup"},
    {"text_poke"},
    {"build_id"},
    {"inherit_thread"},
    {"remove_on_exec"},
    {"sigtrap"},
};
constexpr unsigned precise_ip = 15;
constexpr std::uint64_t frequency = 1 << 10, watermark = 1 << 14, clock = 1 << 25;
constexpr std::string_view skids[] = {"arbitrary skid", "constant skid", "requested to have 0 skid",
                                      "must have 0 skid"};

Decoded show_bits(Context& context, const Member&, std::uint64_t value, const Instance&) {
  Arena& arena = context.arena();
  RecordBuilder record(arena, std::size(bit_fields) + 1);
  unsigned at = 0;
  for (const Bits& bits : bit_fields) {
    const std::uint64_t number = value >> at & ((1U << bits.width) - 1);
    const Decoded plain = make_unsigned(number);
    record.add(bits.name, at == precise_ip ? make_remarked(arena, plain, skids[number]) : plain);
    at += bits.width;
  }
  if (const std::uint64_t rest = value >> at; rest != 0) {
    const Decoded where = make_word(arena, 0, "Bits 63..{}", at);
    record.add("__reserved_1",
               make_remarked(arena, make_unsigned(rest, Base::hex), std::get<Word>(where.what).text));
  }
  return record.done();
}

// PERF_COUNT_HW_CACHE_RESULT_MISS<<16|PERF_COUNT_HW_CACHE_OP_READ<<8|PERF_COUNT_HW_CACHE_L1D
Decoded cache_event(Arena& arena, std::uint64_t config) {
  const auto text = [&](unsigned shift, const Table& table) {
    return symbol_text(arena, config >> shift & 0xff, table);
  };
  const Decoded known = make_word(arena, config, "{}<<16|{}<<8|{}", text(16, perf_cache_results),
                                  text(8, perf_cache_operations), text(0, perf_caches));
  if (config >> 24 == 0) return known;
  return make_word(arena, config, "{:#x}<<24|{}", config >> 24, std::get<Word>(known.what).text);
}

Decoded show_config(Context& context, const Member&, std::uint64_t value, const Instance& whole) {
  switch (whole.value("type")) {
    case hardware:
      return make_symbol(value, perf_hardware_events);
    case software:
      return make_symbol(value, perf_software_events);
    case tracepoint:
      return make_unsigned(value);
    case hardware_cache:
      return cache_event(context.arena(), value);
    default:
      return make_unsigned(value, Base::hex);
  }
}

// Reading and executing at once cannot be watched.
Decoded show_breakpoint(Context&, const Member&, std::uint64_t value, const Instance&) {
  constexpr std::uint64_t all = 7;
  constexpr Table impossible{{}, "HW_BREAKPOINT_INVALID"};
  const Decoded known = make_symbol(value, breakpoint_types);
  return std::get<Symbol>(known.what).name.empty() && value <= all ? make_symbol(value, impossible) : known;
}

template <std::uint64_t bit, bool wanted>
bool bit_is(const Instance& whole) {
  return ((whole.value("bits") & bit) != 0) == wanted;
}
template <std::uint64_t kind>
bool samples(const Instance& whole) {
  return (whole.value("sample_type") & kind) != 0;
}
bool watches(const Instance& whole) { return whole.value("type") == breakpoint; }
bool counts(const Instance& whole) { return !watches(whole); }
bool has_action(const Instance& whole) { return whole.value("aux_action") != 0; }

constexpr Member attribute_members[] = {
    u32("type").symbol(perf_types),
    u32("size").symbol(perf_attribute_sizes),
    u64("config").shown_by(show_config),
    u64("sample_period").when(bit_is<frequency, false>).with_v(),
    u64("sample_freq").overlaid().when(bit_is<frequency, true>).with_v(),
    u64("sample_type").flags(perf_sample_types).with_v(),
    u64("read_format").flags(perf_read_formats).with_v(),
    u64("bits").shown_by(show_bits).with_v(),
    u32("wakeup_events").when(bit_is<watermark, false>).with_v(),
    u32("wakeup_watermark").overlaid().when(bit_is<watermark, true>).with_v(),
    u32("bp_type").shown_by(show_breakpoint, &breakpoint_types).when(watches).with_v(),
    u64("bp_addr").hex().when(watches).with_v(),
    u64("config1").hex().overlaid().when(counts).with_v(),
    u64("bp_len").when(watches).with_v().later(),
    u64("config2").hex().overlaid().when(counts).with_v(),
    u64("branch_sample_type").flags(perf_branch_types).when(samples<has_branches>).with_v().later(),
    u64("sample_regs_user").hex().with_v().later(),
    u32("sample_stack_user").hex().when(samples<has_stack>).with_v().later(),
    s32("clockid").symbol(clocks).when(bit_is<clock, true>).with_v().later(),
    u64("sample_regs_intr").hex().with_v().later(),
    u32("aux_watermark").with_v().later(),
    u16("sample_max_stack").with_v().later(),
    pad(2),
    u32("aux_sample_size").with_v().later(),
    u32("aux_action").hex().when(has_action).with_v().later(),
    u64("sig_data").hex().with_v().later(),
    u64("config3").hex().with_v().later(),
};
constexpr Structure attributes{attribute_members};

// The bits are members like the others.
Decoded flattened(Context& context, const Record& record, bool more) {
  RecordBuilder flat(context.arena(), record.fields.size() + std::size(bit_fields) + 1);
  for (const Field& field : record.fields) {
    if (field.name != "bits") {
      flat.add(field.name, *field.value);
      continue;
    }
    for (const Field& bit : std::get<Record>(field.value->what).fields) flat.add(bit.name, *bit.value);
  }
  return flat.done(more);
}

// The kernel says how much it knows where the caller knows more.
Decoded with_other_size(Context& context, const Decoded& before, std::uint64_t address) {
  const auto* const record = std::get_if<Record>(&before.what);
  const auto now = context.object<std::uint32_t>(address + size_at);
  if (record == nullptr || !now) return before;
  RecordBuilder changed(context.arena(), record->fields.size());
  for (const Field& field : record->fields) {
    const bool is_size = field.name == "size";
    changed.add(field.name,
                is_size ? make_changed(context.arena(), *field.value, make_symbol(*now, perf_attribute_sizes))
                        : *field.value);
  }
  return changed.done(record->more);
}

}  // namespace

Decoded decode_perf_attributes(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::int64_t too_big = -7;  // E2BIG
  if (context.before() != nullptr) {
    const bool resized = context.failed() && context.result()->value == too_big;
    return resized ? with_other_size(context, *context.before(), address) : *context.before();
  }
  const auto asked = address == 0 ? std::nullopt : context.object<std::uint32_t>(address + size_at);
  const std::uint64_t size = asked.value_or(0) == 0 ? oldest_size : *asked;
  const std::uint64_t known = std::min<std::uint64_t>(size, size_of(attributes, context.abi()));
  const auto given = context.arena().array<std::byte>(static_cast<std::size_t>(known));
  if (!asked || size < oldest_size || !context.read(address, given)) return make_unread(address);
  const Decoded shown = make_grown_structure(context, attributes, given, address);
  const auto& record = std::get<Record>(shown.what);
  return flattened(context, record, record.more || size > known);
}

}  // namespace ptop::decode
