// Programs of the classic packet filter: sockets and seccomp(2) take them.
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/filter.h
struct KernelFilter {
  std::uint16_t code;
  std::uint8_t jt, jf;
  std::uint32_t k;
};

enum Class : std::uint16_t { ld, ldx, st, stx, alu, jmp, ret, misc };
constexpr std::uint16_t class_mask = 0x07, size_mask = 0x18, mode_mask = 0xe0, source_mask = 0x08,
                        operation_mask = 0xf0, value_mask = 0x18, misc_mask = 0xf8;
constexpr std::uint64_t most_instructions = 4096;  // BPF_MAXINSNS

constexpr Member sizes_members[] = {u16("seccomp_notif"), u16("seccomp_notif_resp"), u16("seccomp_data")};
constexpr Structure notification_sizes{sizes_members};

using Line = fmt::basic_memory_buffer<char, 256>;

void add(Line& line, std::string_view text) { line.append(text.data(), text.data() + text.size()); }

struct Part {
  std::uint16_t mask;
  const Table* table;
};

// The parts of an instruction's code after its class, as linux/bpf_common.h has them.
std::array<Part, 2> parts_of(std::uint16_t code) {
  switch (code & class_mask) {
    case ld:
    case ldx:
      return {{{size_mask, &bpf_sizes}, {mode_mask, &bpf_modes}}};
    case alu:
      return {{{source_mask, &bpf_sources}, {operation_mask, &bpf_alu_operations}}};
    case jmp:
      return {{{source_mask, &bpf_sources}, {operation_mask, &bpf_jump_operations}}};
    case ret:
      return {{{value_mask, &bpf_return_values}, {}}};
    case misc:
      return {{{misc_mask, &bpf_misc_operations}, {}}};
    default:
      return {};
  }
}

void add_code(Line& line, Arena& arena, std::uint16_t code) {
  add(line, symbol_text(arena, code & class_mask, bpf_classes));
  std::uint16_t rest = code & static_cast<std::uint16_t>(~class_mask);
  for (const Part& part : parts_of(code)) {
    if (part.table == nullptr) continue;
    add(line, "|");
    add(line, symbol_text(arena, code & part.mask, *part.table));
    rest &= static_cast<std::uint16_t>(~part.mask);
  }
  if (rest != 0) fmt::format_to(std::back_inserter(line), "|{:#x} /* BPF_??? */", rest);
}

// What lies before the packet: its metadata, and its headers by layer.
void add_packet_offset(Line& line, Arena& arena, std::uint32_t k) {
  constexpr std::uint32_t ad = 0xfffff000, net = 0xfff00000, link = 0xffe00000;
  const auto out = std::back_inserter(line);
  if (k >= ad) {
    fmt::format_to(out, "SKF_AD_OFF+{}", symbol_text(arena, k - ad, bpf_packet_data));
  } else if (k >= net) {
    fmt::format_to(out, "SKF_NET_OFF+{}", k == net ? "0" : fmt::format("{:#x}", k - net));
  } else if (k >= link) {
    fmt::format_to(out, "SKF_LL_OFF+{}", k == link ? "0" : fmt::format("{:#x}", k - link));
  }
}

void add_number(Line& line, std::uint32_t value) {
  if (value == 0) return add(line, "0");
  fmt::format_to(std::back_inserter(line), "{:#x}", value);
}

void add_seccomp_action(Line& line, Arena& arena, std::uint32_t k) {
  constexpr std::uint32_t action_mask = 0xffff0000;
  add(line, symbol_text(arena, k & action_mask, seccomp_actions));
  if ((k & ~action_mask) == 0) return;
  add(line, "|");
  add_number(line, k & ~action_mask);
}

void add_operand(Line& line, Arena& arena, const KernelFilter& i, FilterOf whose) {
  constexpr std::uint32_t before_packet = 0xffe00000;
  constexpr std::uint16_t absolute = 0x20;
  const std::uint16_t kind = i.code & class_mask;
  if (whose == FilterOf::seccomp && kind == ret) return add_seccomp_action(line, arena, i.k);
  const bool loads = kind == ld && (i.code & mode_mask) == absolute;
  if (whose == FilterOf::socket && loads && i.k >= before_packet) return add_packet_offset(line, arena, i.k);
  add_number(line, i.k);
}

Decoded instruction(Arena& arena, const KernelFilter& i, FilterOf whose) {
  const bool jumps = i.jt != 0 || i.jf != 0;
  Line line;
  add(line, jumps ? "BPF_JUMP(" : "BPF_STMT(");
  add_code(line, arena, i.code);
  add(line, ", ");
  add_operand(line, arena, i, whose);
  if (jumps) {
    add(line, ", ");
    add_number(line, i.jt);
    add(line, ", ");
    add_number(line, i.jf);
  }
  add(line, ")");
  return {Word{arena.copy({line.data(), line.size()}), i.k}};
}

}  // namespace

Decoded make_filter(Context& context, std::uint64_t address, std::uint64_t count, FilterOf whose) {
  if (address == 0 || !context.options().verbose) return make_address(address);
  if (count == 0) return {List{}};
  const auto n = static_cast<std::size_t>(std::min(count, most_instructions));
  auto items = context.arena().array<Decoded>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto one = context.object<KernelFilter>(address + i * sizeof(KernelFilter));
    if (!one) {
      if (i == 0) return make_unread(address);
      return {List{items.first(i), false, address + i * sizeof(KernelFilter)}};
    }
    items[i] = instruction(context.arena(), *one, whose);
  }
  return {List{items, count > n}};
}

Decoded make_filter_program(Context& context, std::uint64_t address, FilterOf whose) {
  const auto count = context.object<std::uint16_t>(address);
  const auto filter = context.word(address + context.word_size());
  if (address == 0 || !count || !filter) return make_unread(address);
  return RecordBuilder(context.arena(), 2)
      .add("len", make_unsigned(*count))
      .add("filter", make_filter(context, *filter, *count, whose))
      .done();
}

// What the operation takes: a program, an action to ask about, sizes to be told.
Decoded decode_seccomp_argument(Context& context, const Argument&, std::uint64_t address) {
  enum Operation : std::uint32_t { set_mode_filter = 1, get_action_avail = 2, get_notif_sizes = 3 };
  switch (static_cast<std::uint32_t>(context.arg(0))) {
    case set_mode_filter:
      return make_filter_program(context, address, FilterOf::seccomp);
    case get_action_avail: {
      const auto action = context.object<std::uint32_t>(address);
      if (address == 0 || !action) return make_unread(address);
      return {List{{context.arena().node(make_symbol(*action, seccomp_actions)), 1}}};
    }
    case get_notif_sizes:
      return context.result() == nullptr ? Decoded{} : make_structure(context, notification_sizes, address);
    default:
      return make_address(address);
  }
}

Decoded decode_seccomp_flags(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint32_t set_mode_filter = 1;
  const auto flags = static_cast<std::uint32_t>(value);
  if (static_cast<std::uint32_t>(context.arg(0)) != set_mode_filter) return make_unsigned(flags, Base::hex);
  return {make_flags(context.arena(), flags, seccomp_filter_flags)};
}

}  // namespace ptop::decode
