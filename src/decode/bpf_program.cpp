// Instructions of the extended packet filter: include/uapi/linux/bpf.h, struct bpf_insn.
#include "bpf.hpp"
#include "bpf_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"

namespace ptop::decode {
namespace {

struct KernelInstruction {
  std::uint8_t code, registers;
  std::int16_t off;
  std::uint32_t imm;
};
static_assert(sizeof(KernelInstruction) == 8);

constexpr std::uint64_t most_instructions = 4096;  // BPF_MAXINSNS
constexpr std::uint8_t class_mask = 0x07, source_mask = 0x08, size_mask = 0x18, mode_mask = 0xe0,
                       operation_mask = 0xf0;
enum Class : std::uint8_t { ld, ldx, st, stx, alu, jmp, jmp32, alu64 };

// BPF_ALU64|BPF_K|BPF_MOV
Decoded code_of(Arena& arena, std::uint8_t code) {
  const std::string_view kind = symbol_text(arena, code & class_mask, extended_classes);
  const auto joined = [&](std::uint64_t first, const Table& firsts, std::uint64_t second,
                          const Table& seconds) {
    return make_word(arena, code, "{}|{}|{}", kind, symbol_text(arena, first, firsts),
                     symbol_text(arena, second, seconds));
  };
  switch (code & class_mask) {
    case ld:
    case ldx:
    case st:
    case stx:
      return joined(code & size_mask, bpf_sizes, code & mode_mask, extended_modes);
    case alu:
    case alu64:
      return joined(code & source_mask, bpf_sources, code & operation_mask, extended_arithmetic);
    default:
      return joined(code & source_mask, bpf_sources, code & operation_mask, extended_jumps);
  }
}

Decoded instruction(Context& context, std::uint64_t address) {
  const auto i = context.object<KernelInstruction>(address);
  if (!i) return {};
  return RecordBuilder(context.arena(), 5)
      .add("code", code_of(context.arena(), i->code))
      .add("dst_reg", make_symbol(i->registers & 0xf, bpf_registers))
      .add("src_reg", make_symbol(i->registers >> 4, bpf_registers))
      .add("off", make_signed(i->off))
      .add("imm", make_unsigned(i->imm, Base::hex))
      .done();
}

}  // namespace

Decoded make_bpf_program(Context& context, std::uint64_t address, std::uint64_t count) {
  if (!context.options().verbose) return make_address(address);
  const std::uint64_t shown = std::min(count, most_instructions);
  Decoded all = make_list(context, address, shown, sizeof(KernelInstruction),
                          [&](std::uint64_t at) { return instruction(context, at); });
  if (auto* const list = std::get_if<List>(&all.what); list != nullptr && shown < count)
    list->truncated = true;
  return all;
}

}  // namespace ptop::decode
