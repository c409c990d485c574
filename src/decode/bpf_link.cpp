// BPF_LINK_CREATE of bpf(2): a union behind its flags, of which the link's kind says the part.
#include <algorithm>

#include "bpf.hpp"
#include "bpf_tables.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"

namespace ptop::decode {
namespace {

constexpr std::uint64_t is_id = 0x20, before_or_after = 0x18;  // BPF_F_ID, BPF_F_BEFORE | BPF_F_AFTER

enum AttachType : std::uint32_t {
  trace_fentry = 24,
  lsm_mac = 27,
  trace_iter = 28,
  xdp = 37,
  perf_event = 41,
  trace_kprobe_multi = 42,
  netfilter = 45,
  tcx_ingress = 46,
  tcx_egress = 47,
  trace_uprobe_multi = 48,
  netkit_primary = 54,
  netkit_peer = 55,
};

// A link's kind says which part of a union there is behind its flags.
template <std::uint32_t... types>
bool attaches(const Instance& whole) {
  return ((whole.value("attach_type") == types) || ...);
}
bool attaches_to_code(const Instance& whole) {
  const std::uint64_t type = whole.value("attach_type");
  return type >= trace_fentry && type <= lsm_mac;
}
// include/linux/bpf-cgroup.h of the kernel, to_cgroup_bpf_attach_type()
bool attaches_to_cgroup(const Instance& whole) {
  constexpr std::uint64_t cgroups = 1ULL << 0 | 1ULL << 1 | 1ULL << 2 | 1ULL << 3 | 1ULL << 6 | 0xffULL << 8 |
                                    0x1fULL << 18 | 0xfULL << 29 | 1ULL << 34 | 0x1fULL << 49;
  const std::uint64_t type = whole.value("attach_type");
  return type < 64 && (cgroups >> type & 1) != 0;
}
bool places_in_cgroup(const Instance& whole) {
  return attaches_to_cgroup(whole) && (whole.value("flags") & before_or_after) != 0;
}
bool names_a_type(const Instance& whole) { return attaches_to_cgroup(whole) && !places_in_cgroup(whole); }

Decoded show_iterated(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_list(context, address, whole.value("iter_info_len"), 4, [&](std::uint64_t at) -> Decoded {
    const auto fd = context.object<std::int32_t>(at);
    if (!fd) return {};
    const Decoded map = RecordBuilder(context.arena(), 1).add("map_fd", make_fd(*fd, context)).done();
    return RecordBuilder(context.arena(), 1).add("map", map).done();
  });
}
Decoded show_symbols(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_list(context, address, whole.value("cnt"), context.word_size(),
                   [&](std::uint64_t at) -> Decoded {
                     const auto name = context.word(at);
                     return name ? decode_string(context, Argument{}, *name) : Decoded{};
                   });
}
Decoded show_words(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  return make_list(context, address, whole.value("cnt"), 8, [&](std::uint64_t at) -> Decoded {
    const auto value = context.object<std::uint64_t>(at);
    return value ? make_unsigned(*value, Base::hex) : Decoded{};
  });
}
constexpr Member target_type_members[] = {u32("target_btf_id")};
constexpr Structure target_type{.members = target_type_members, .wide = true};
constexpr Member iterated_members[] = {u64("iter_info").shown_by(show_iterated), u32("iter_info_len")};
constexpr Structure iterated{.members = iterated_members, .wide = true};
constexpr Member perf_event_members[] = {u64("bpf_cookie").hex()};
constexpr Structure perf_event_part{.members = perf_event_members, .wide = true};
constexpr Member tracing_members[] = {u32("target_btf_id"), u64("cookie").hex()};
constexpr Structure tracing{.members = tracing_members, .wide = true};
constexpr Member kprobe_members[] = {u32("flags").flags(bpf_kprobe_flags), u32("cnt"),
                                     u64("syms").shown_by(show_symbols), u64("addrs").shown_by(show_words),
                                     u64("cookies").shown_by(show_words)};
constexpr Structure kprobe_multi{.members = kprobe_members, .wide = true};
constexpr Member netfilter_members[] = {u32("pf"), u32("hooknum"), s32("priority"),
                                        u32("flags").flags(bpf_netfilter_flags)};
constexpr Structure netfilter_part{.members = netfilter_members, .wide = true};
constexpr Member uprobe_members[] = {u64("path").shown_by(show_bpf_path),
                                     u64("offsets").shown_by(show_words),
                                     u64("ref_ctr_offsets").shown_by(show_words),
                                     u64("cookies").shown_by(show_words),
                                     u32("cnt"),
                                     u32("flags").flags(bpf_uprobe_flags),
                                     u32("pid").pid()};
constexpr Structure uprobe_multi{.members = uprobe_members, .wide = true};
constexpr Member by_descriptor_members[] = {u32("relative_fd").fd(), u64("expected_revision").hex()};
constexpr Structure by_descriptor{.members = by_descriptor_members, .wide = true};
constexpr Member by_number_members[] = {u32("relative_id"), u64("expected_revision").hex()};
constexpr Structure by_number{.members = by_number_members, .wide = true};

// The place among others: the descriptor of a program, or its number where the link's flags say so.
template <auto condition, bool number>
bool placed(const Instance& link) {
  return condition(link) && ((link.value("flags") & is_id) != 0) == number;
}
constexpr auto is_tcx = attaches<tcx_ingress, tcx_egress>;
constexpr auto is_netkit = attaches<netkit_primary, netkit_peer>;

constexpr Member link_members[] = {
    u32("prog_fd").fd(),
    u32("target_fd").fd().when(wants_bpf_descriptor),
    u32("target_ifindex").shown_by(show_interface).overlaid().when(wants_bpf_interface),
    u32("attach_type").symbol(bpf_attach_types),
    u32("flags").flags(bpf_attach_flags),
};
constexpr std::size_t link_size = 16;

/// `name`: of a record of its own; empty: its members are the link's.
struct LinkPart {
  std::string_view name;
  const Structure* structure;
  bool (*is_there)(const Instance& link);
};
constexpr LinkPart link_parts[] = {
    {"", &target_type, names_a_type},
    {"", &iterated, attaches<trace_iter>},
    {"perf_event", &perf_event_part, attaches<perf_event>},
    {"tracing", &tracing, attaches_to_code},
    {"kprobe_multi", &kprobe_multi, attaches<trace_kprobe_multi>},
    {"netfilter", &netfilter_part, attaches<netfilter>},
    {"uprobe_multi", &uprobe_multi, attaches<trace_uprobe_multi>},
    {"tcx", &by_descriptor, placed<is_tcx, false>},
    {"tcx", &by_number, placed<is_tcx, true>},
    {"netkit", &by_descriptor, placed<is_netkit, false>},
    {"netkit", &by_number, placed<is_netkit, true>},
    {"cgroup", &by_descriptor, placed<places_in_cgroup, false>},
    {"cgroup", &by_number, placed<places_in_cgroup, true>},
};

}  // namespace

// A descriptor at one place and an interface's number in the same.
bool wants_bpf_interface(const Instance& whole) {
  switch (whole.value("attach_type")) {
    case xdp:
    case tcx_ingress:
    case tcx_egress:
    case netkit_primary:
    case netkit_peer:
      return true;
    default:
      return false;
  }
}
bool wants_bpf_descriptor(const Instance& whole) { return !wants_bpf_interface(whole); }

constexpr Structure bpf_link{.members = link_members, .wide = true};

BpfShown show_bpf_link(Context& context, std::span<const std::byte> given, std::uint64_t address) {
  const auto head = context.arena().array<std::byte>(link_size);
  std::copy_n(given.begin(), std::min(given.size(), link_size), head.begin());
  const Instance instance(bpf_link, head, address, context.abi());
  const Decoded fixed = make_record(context, instance);
  const auto part = std::ranges::find_if(link_parts, [&](const LinkPart& p) { return p.is_there(instance); });
  if (given.size() <= link_size || part == std::end(link_parts)) return {fixed, link_size};
  const Decoded more =
      make_grown_structure(context, *part->structure, given.subspan(link_size), address + link_size);
  RecordBuilder record(context.arena(), 8);
  for (const Field& field : std::get<Record>(fixed.what).fields) record.add(field.name, *field.value);
  if (!part->name.empty()) record.add(part->name, more);
  for (const Field& field : std::get<Record>(more.what).fields) {
    if (part->name.empty()) record.add(field.name, *field.value);
  }
  return {record.done(), link_size + end_of(*part->structure, context.abi())};
}

}  // namespace ptop::decode
