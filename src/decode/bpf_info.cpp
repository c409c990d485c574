// BPF_OBJ_GET_INFO_BY_FD: struct bpf_map_info, bpf_prog_info, bpf_btf_info and bpf_link_info of
// include/uapi/linux/bpf.h. Which one it is, only the descriptor tells.
#include <algorithm>
#include <ctime>

#include "bpf.hpp"
#include "bpf_tables.hpp"
#include "stat.hpp"

namespace ptop::decode {
namespace {

constexpr std::uint64_t page = 4096;
constexpr std::size_t name_size = 16, tag_size = 8, instruction_size = 8;

Decoded show_device(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_device(context.arena(), value);
}

constexpr Member map_members[] = {
    u32("type").symbol(bpf_map_types),
    u32("id"),
    u32("key_size"),
    u32("value_size"),
    u32("max_entries"),
    u32("map_flags").flags(bpf_map_flags),
    text("name", name_size).later(),
    u32("ifindex").shown_by(show_interface).later(),
    u32("btf_vmlinux_value_type_id"),
    u64("netns_dev").shown_by(show_device),
    u64("netns_ino"),
    u32("btf_id").later(),
    u32("btf_key_type_id"),
    u32("btf_value_type_id"),
    u32("btf_vmlinux_id").later(),
    u64("map_extra").hex().later(),
    pointer64("hash").later(),
    u32("hash_size"),
};
constexpr Structure map_info{.members = map_members, .wide = true};

// The kernel says how much there is, and writes as much as the caller has room for.
std::uint64_t written(const Context& context, const Instance& whole, std::string_view count) {
  const std::uint64_t now = whole.value(count);
  return std::min(now, value_at_enter(context, count).value_or(now));
}

Decoded show_machine_code(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  if (context.result() == nullptr) return make_address(address);
  return make_bytes(context, address, whole.value("jited_prog_len"), true);
}
Decoded show_instructions(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  if (context.result() == nullptr || context.failed()) return make_address(address);
  return make_bpf_program(context, address, written(context, whole, "xlated_prog_len") / instruction_size);
}
Decoded show_map_ids(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  if (context.result() == nullptr) return make_address(address);
  return make_numbers(context, address, written(context, whole, "nr_map_ids"));
}

// Nanoseconds since the machine was started.
Decoded show_load_time(Context& context, const Member&, std::uint64_t value, const Instance&) {
  constexpr std::uint64_t second = 1'000'000'000;
  timespec now{}, up{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  ::clock_gettime(CLOCK_BOOTTIME, &up);
  const std::int64_t started = now.tv_sec - up.tv_sec - (now.tv_nsec < up.tv_nsec ? 1 : 0);
  return make_dated(context.arena(), make_unsigned(value),
                    started + static_cast<std::int64_t>(value / second));
}

constexpr Member changed(Member member) { return member.shown_by(show_changed_number); }
constexpr Member program_members[] = {
    u32("type").symbol(bpf_program_types),
    u32("id"),
    raw_bytes("tag", tag_size),
    changed(u32("jited_prog_len")),
    changed(u32("xlated_prog_len")),
    u64("jited_prog_insns").shown_by(show_machine_code),
    u64("xlated_prog_insns").shown_by(show_instructions),
    u64("load_time").shown_by(show_load_time).later(),
    u32("created_by_uid").id(),
    changed(u32("nr_map_ids")),
    u64("map_ids").shown_by(show_map_ids),
    text("name", name_size),
    u32("ifindex").shown_by(show_interface).later(),
    u32("gpl_compatible").shown_by([](Context&, const Member&, std::uint64_t value, const Instance&) {
      return make_unsigned(value & 1);
    }),
    u64("netns_dev").shown_by(show_device),
    u64("netns_ino"),
    changed(u32("nr_jited_ksyms")).later(),
    changed(u32("nr_jited_func_lens")),
    u64("jited_ksyms").shown_by(show_changed_address),
    u64("jited_func_lens").shown_by(show_changed_address),
    u32("btf_id").later(),
    changed(u32("func_info_rec_size")),
    pointer64("func_info"),
    changed(u32("nr_func_info")),
    changed(u32("nr_line_info")),
    pointer64("line_info"),
    u64("jited_line_info").shown_by(show_changed_address),
    changed(u32("nr_jited_line_info")),
    changed(u32("line_info_rec_size")),
    changed(u32("jited_line_info_rec_size")),
    changed(u32("nr_prog_tags")),
    pointer64("prog_tags"),
    u64("run_time_ns").later(),
    u64("run_cnt"),
    u64("recursion_misses").later(),
    u32("verified_insns").later(),
    u32("attach_btf_obj_id").later(),
    u32("attach_btf_id"),
};
constexpr Structure program_info{.members = program_members, .wide = true};

constexpr Member btf_members[] = {pointer64("btf"),  u32("btf_size"), u32("id"),
                                  pointer64("name"), u32("name_len"), u32("kernel_btf")};
constexpr Structure btf_info{.members = btf_members, .wide = true};

constexpr Member link_members[] = {u32("type").symbol(bpf_link_types), u32("id"), u32("prog_id")};
constexpr Structure link_info{.members = link_members, .wide = true};

struct Kind {
  std::string_view link;  ///< what /proc/PID/fd/N is a link to
  const Structure* structure;
  bool is_whole;  ///< false: what follows hangs on the type, and is not shown
};
constexpr Kind kinds[] = {
    {"anon_inode:bpf-map", &map_info, true},
    {"anon_inode:bpf-prog", &program_info, true},
    {"anon_inode:btf", &btf_info, true},
    {"anon_inode:bpf_link", &link_info, false},
};

const Structure* structure_of(Context& context, std::int32_t fd, bool& is_whole) {
  if (context.options().surroundings == nullptr) return nullptr;
  const std::string_view link = context.options().surroundings->descriptor_link(fd, context.arena());
  const auto kind = std::ranges::find(kinds, link, &Kind::link);
  if (kind == std::end(kinds)) return nullptr;
  is_whole = kind->is_whole;
  return kind->structure;
}

// In the kernel's structure two lengths come before the two things that have them.
std::span<const Field> lengths_first(Arena& arena, std::span<const Field> fields) {
  const auto code = std::ranges::find(fields, "jited_prog_insns", &Field::name);
  if (code == fields.end()) return fields;
  auto sorted = arena.array<Field>(fields.size());
  std::ranges::copy(fields, sorted.begin());
  const auto at = static_cast<std::size_t>(code - fields.begin());
  std::swap(sorted[at - 1], sorted[at]);
  return sorted;
}

}  // namespace

Decoded show_bpf_object(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  const std::uint64_t size = whole.value("info_len");
  if (!context.options().verbose || address == 0 || size == 0 || size > page) return make_address(address);
  bool is_whole = true;
  const Structure* const structure =
      structure_of(context, static_cast<std::int32_t>(whole.value("bpf_fd")), is_whole);
  const auto given = context.arena().array<std::byte>(static_cast<std::size_t>(size));
  if (structure == nullptr || !context.read(address, given)) return make_unread(address);
  const Decoded known = make_grown_structure(context, *structure, given, address);
  const auto fields = std::get<Record>(known.what).fields;
  RecordBuilder record(context.arena(), fields.size() + 1);
  for (const Field& field : lengths_first(context.arena(), fields)) record.add(field.name, *field.value);
  if (is_whole) add_extra_data(record, context, given, end_of(*structure, context.abi()));
  return record.done(!is_whole);
}

}  // namespace ptop::decode
