// prctl(2) and arch_prctl(2): what the arguments of each option are, as rows, and what its result says.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "network.hpp"

namespace ptop::decode {
namespace {

Decoded list_of(Arena& arena, const Decoded& item) { return {List{{arena.node(item), 1}}}; }

Decoded show_signal(Context&, const Argument&, std::uint64_t value) { return make_signal(value); }

// The kernel writes it there.
Decoded show_written_signal(Context& context, const Argument&, std::uint64_t address) {
  const auto signal = context.object<std::uint32_t>(address);
  return signal ? list_of(context.arena(), make_signal(*signal)) : make_unread(address);
}
Decoded show_written_int(Context& context, const Argument&, std::uint64_t address) {
  const auto value = context.object<std::uint32_t>(address);
  return value ? list_of(context.arena(), make_unsigned(*value)) : make_unread(address);
}
Decoded show_written_flags(Context& context, const Argument& argument, std::uint64_t address) {
  const auto value = context.object<std::uint32_t>(address);
  if (!value) return make_unread(address);
  return list_of(context.arena(), {make_flags(context.arena(), *value, *argument.table)});
}
Decoded show_written_symbol(Context& context, const Argument& argument, std::uint64_t address) {
  const auto value = context.object<std::uint32_t>(address);
  return value ? list_of(context.arena(), make_symbol(*value, *argument.table)) : make_unread(address);
}
Decoded show_written_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto value = context.word(address);
  return value ? list_of(context.arena(), make_address(*value)) : make_unread(address);
}

Decoded show_task_name(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::size_t name_limit = 15;  // TASK_COMM_LEN - 1
  const auto name = context.string(address, name_limit);
  return name ? make_text(name->bytes, !name->complete) : make_unread(address);
}

Decoded show_vma_name(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::size_t name_limit = 80;  // ANON_VMA_NAME_MAX_LEN, include/linux/mm.h of the kernel
  if (context.arg(1) != 0) return make_unsigned(address, Base::hex);
  const auto name = address == 0 ? std::nullopt : context.string(address, name_limit);
  return name ? make_text(name->bytes, !name->complete) : make_unread(address);
}
Decoded show_vma_size(Context& context, const Argument&, std::uint64_t value) {
  return make_unsigned(value, context.arg(1) == 0 ? Base::decimal : Base::hex);
}
Decoded show_vma_address(Context&, const Argument&, std::uint64_t value) {
  return make_unsigned(value, Base::hex);
}

Decoded show_policy_of_memory_errors(Context& context, const Argument&, std::uint64_t value) {
  return context.arg(1) == 1 ? make_symbol(value, mce_kill_policies) : make_unsigned(value, Base::hex);
}
Decoded show_ambient_capability(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t is_set = 1, lower = 3;
  const bool has_one = context.arg(1) >= is_set && context.arg(1) <= lower;
  return has_one ? make_symbol(value, capabilities) : make_unsigned(value, Base::hex);
}
Decoded show_speculation_setting(Context& context, const Argument&, std::uint64_t value) {
  const bool known = !std::get<Symbol>(make_symbol(context.arg(1), speculation_features).what).name.empty();
  return known ? make_symbol(value, speculation_settings) : make_unsigned(value, Base::hex);
}
Decoded show_tracer(Context& context, const Argument& argument, std::uint64_t value) {
  if (value == (context.word_size() == 4 ? UINT32_MAX : ~std::uint64_t{0}))
    return {Symbol{-1, "PR_SET_PTRACER_ANY", {}}};
  return decode_pid(context, argument, value);
}
// 0 /* PIDTYPE_PID */: the constants are the kernel's own.
Decoded show_pid_type(Context& context, const Argument&, std::uint64_t value) {
  const std::string_view name = std::get<Symbol>(make_symbol(value, pid_types).what).name;
  return make_remarked(context.arena(), make_unsigned(value, Base::hex),
                       name.empty() ? pid_types.family : name);
}

// A length of vectors in the low 16 bits, flags above.
Decoded show_vector_length(Context& context, const Argument& argument, std::uint64_t value) {
  return {make_flags(context.arena(), value, *argument.table)};
}

// PR_TAGGED_ADDR_ENABLE|PR_MTE_TCF_SYNC|0xffff<<PR_MTE_TAG_SHIFT
Decoded show_tagged_addresses(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t mode_mask = 6, tag_mask = 0x7fff8, tag_shift = 3;
  Arena& arena = context.arena();
  FlagNames flags = make_flags(arena, value & ~(mode_mask | tag_mask), tagged_address_flags);
  auto names = arena.array<std::string_view>(flags.names.size() + 2);
  auto end = std::copy(flags.names.begin(), flags.names.end(), names.begin());
  *end++ = std::get<Symbol>(make_symbol(value & mode_mask, mte_modes).what).name;
  if ((value & tag_mask) != 0) {
    const Decoded tags = make_word(arena, 0, "{:#x}<<PR_MTE_TAG_SHIFT", (value & tag_mask) >> tag_shift);
    *end++ = std::get<Word>(tags.what).text;
  }
  flags.names = names.first(static_cast<std::size_t>(end - names.begin()));
  flags.value = value;
  return {flags};
}

constexpr std::uint64_t seccomp_mode_filter = 2;
Decoded show_seccomp_program(Context& context, const Argument&, std::uint64_t address) {
  return context.arg(1) == seccomp_mode_filter ? make_filter_program(context, address, FilterOf::seccomp)
                                               : make_unsigned(address, Base::hex);
}

enum class Result : std::uint8_t { number, symbol, flags };

struct One {
  DecodeArgument decode = nullptr;
  const Table* table = nullptr;
  bool out = false;
};

struct Option {
  std::uint32_t number;
  std::uint8_t count;  ///< of arguments the option has a meaning for, or at least looks at
  std::array<One, 4> arguments{};
  const Table* names_of_result = nullptr;
  Result result = Result::number;
};

constexpr One hexadecimal{decode_hex};
constexpr One unsigned_number{decode_ulong};
constexpr One symbol_in(const Table& table) { return {decode_symbol64, &table}; }
constexpr One flags_in(const Table& table) { return {decode_flags64, &table}; }
constexpr One out(DecodeArgument decode, const Table* table = nullptr) { return {decode, table, true}; }

// include/uapi/linux/prctl.h; what is not here has four hexadecimal arguments.
constexpr std::array options{
    Option{1, 1, {One{show_signal}}},
    Option{2, 1, {out(show_written_signal)}},
    Option{3, 0, {}, &dumpable_settings, Result::symbol},
    Option{4, 1, {symbol_in(dumpable_settings)}},
    Option{5, 1, {out(show_written_flags, &unaligned_actions)}},
    Option{6, 1, {flags_in(unaligned_actions)}},
    Option{7, 0, {}},
    Option{8, 1, {unsigned_number}},
    Option{9, 1, {out(show_written_int)}},
    Option{10, 1, {unsigned_number}},
    Option{11, 1, {out(show_written_int)}},
    Option{12, 1, {unsigned_number}},
    Option{13, 0, {}},
    Option{14, 1, {unsigned_number}},
    Option{15, 1, {One{show_task_name}}},
    Option{16, 1, {out(show_task_name)}},
    Option{19, 1, {out(show_written_symbol, &endian_modes)}},
    Option{20, 1, {unsigned_number}},
    Option{21, 0, {}},
    Option{22, 4, {symbol_in(seccomp_modes), One{show_seccomp_program}, hexadecimal, hexadecimal}},
    Option{23, 1, {symbol_in(capabilities)}},
    Option{24, 1, {symbol_in(capabilities)}},
    Option{25, 1, {out(show_written_symbol, &tsc_modes)}},
    Option{26, 1, {symbol_in(tsc_modes)}},
    Option{27, 0, {}, &secure_bits, Result::flags},
    Option{28, 1, {flags_in(secure_bits)}},
    Option{29, 1, {unsigned_number}},
    Option{30, 0, {}},
    Option{31, 0, {}},
    Option{32, 0, {}},
    Option{33, 4, {symbol_in(mce_kill_actions), One{show_policy_of_memory_errors}, hexadecimal, hexadecimal}},
    Option{34, 4, {}, &mce_kill_policies, Result::symbol},
    Option{35, 4, {symbol_in(mm_fields), hexadecimal, hexadecimal, hexadecimal}},
    Option{36, 1, {unsigned_number}},
    Option{37, 1, {out(show_written_int)}},
    Option{38, 4, {unsigned_number, hexadecimal, hexadecimal, hexadecimal}},
    Option{40, 1, {out(show_written_pointer)}},
    Option{41, 4, {unsigned_number, hexadecimal, hexadecimal, hexadecimal}},
    Option{45, 1, {flags_in(fp_modes)}},
    Option{46, 0, {}, &fp_modes, Result::flags},
    Option{47, 4, {symbol_in(ambient_actions), One{show_ambient_capability}, hexadecimal, hexadecimal}},
    Option{50, 1, {One{show_vector_length, &sve_flags}}},
    Option{51, 0, {}, &sve_flags, Result::flags},
    Option{52, 1, {symbol_in(speculation_features)}, &speculation_states, Result::flags},
    Option{53, 2, {symbol_in(speculation_features), One{show_speculation_setting}}},
    Option{54, 4, {flags_in(pac_keys), hexadecimal, hexadecimal, hexadecimal}},
    Option{55, 4, {One{show_tagged_addresses}, hexadecimal, hexadecimal, hexadecimal}},
    Option{57, 4, {unsigned_number, hexadecimal, hexadecimal, hexadecimal}},
    Option{59, 4, {symbol_in(dispatch_modes), hexadecimal, hexadecimal, One{decode_address}}},
    Option{60, 4, {flags_in(pac_enabled_keys), flags_in(pac_enabled_keys), hexadecimal, hexadecimal}},
    Option{61, 4, {}, &pac_enabled_keys, Result::flags},
    Option{62, 4, {symbol_in(sched_core_commands), One{decode_pid}, One{show_pid_type}, One{decode_address}}},
    Option{63, 1, {One{show_vector_length, &sme_flags}}},
    Option{64, 0, {}, &sme_flags, Result::flags},
    Option{65, 4, {flags_in(mdwe_flags), hexadecimal, hexadecimal, hexadecimal}},
    Option{66, 4, {}, &mdwe_flags, Result::flags},
    Option{0x53564d41,
           4,
           {symbol_in(vma_settings), One{show_vma_address}, One{show_vma_size}, One{show_vma_name}}},
    Option{0x59616d61, 1, {One{show_tracer}}},
};

const Option* find_option(std::uint64_t number) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const Option& o) {
    return o.number == static_cast<std::uint32_t>(number);
  });
  return found == options.end() ? nullptr : &*found;
}

// A program is all that PR_SET_SECCOMP takes.
bool takes_filter(const Args& args) { return args[0] == 22 && args[1] == seccomp_mode_filter; }

std::size_t count_of(const Args& args) {
  if (takes_filter(args)) return 2;
  const Option* const option = find_option(args[0]);
  return option == nullptr ? 4 : option->count;
}

// arch/x86/include/uapi/asm/prctl.h
enum ArchPrctlOption : std::uint32_t {
  arch_get_fs = 0x1003,
  arch_get_gs = 0x1004,
  arch_get_cpuid = 0x1011,
  arch_req_xcomp_perm = 0x1023,
  arch_req_xcomp_guest_perm = 0x1025,
};

}  // namespace

bool prctl_has_second(const Args& args) { return count_of(args) > 0; }
bool prctl_has_third(const Args& args) { return count_of(args) > 1; }
bool prctl_has_fourth(const Args& args) { return count_of(args) > 2; }
bool prctl_has_fifth(const Args& args) { return count_of(args) > 3; }

Decoded decode_prctl_argument(Context& context, const Argument& argument, std::uint64_t value) {
  const Option* const option = find_option(context.arg(0));
  const One one =
      option == nullptr ? One{} : option->arguments[static_cast<std::size_t>(argument.in_register) - 1];
  if (one.decode == nullptr) return make_unsigned(value, Base::hex);
  if (one.out && context.result() == nullptr) return {};
  Argument as = argument;
  as.table = one.table;
  return one.decode(context, as, value);
}

Decoded decode_prctl_result(Context& context) {
  const Option* const option = find_option(context.arg(0));
  const std::int64_t value = context.result()->value;
  const bool is_set = option != nullptr && option->result == Result::flags;
  return is_set ? make_unsigned(static_cast<std::uint64_t>(value), Base::hex) : make_signed(value);
}

std::span<const Field> detail_of_prctl(Context& context) {
  const Option* const option = find_option(context.arg(0));
  if (context.failed() || option == nullptr || option->names_of_result == nullptr) return {};
  const auto value = static_cast<std::uint64_t>(context.result()->value);
  if (option->result == Result::symbol)
    return make_detail(context.arena(), make_symbol(value, *option->names_of_result));
  if (value == 0) return {};
  return make_detail(context.arena(), {make_flags(context.arena(), value, *option->names_of_result)});
}

bool arch_prctl_has_argument(const Args& args) {
  return static_cast<std::uint32_t>(args[0]) != arch_get_cpuid;
}

Decoded decode_arch_prctl_argument(Context& context, const Argument&, std::uint64_t value) {
  const auto what = static_cast<std::uint32_t>(context.arg(0));
  const bool is_written = what == arch_get_fs || what == arch_get_gs;
  if (is_written) {
    if (context.result() == nullptr) return {};
    const auto base = context.word(value);
    return base ? list_of(context.arena(), make_address(*base)) : make_unread(value);
  }
  const bool is_feature = what == arch_req_xcomp_perm || what == arch_req_xcomp_guest_perm;
  if (!is_feature) return make_unsigned(value, Base::hex);
  const std::string_view name = std::get<Symbol>(make_symbol(value, xfeatures).what).name;
  return make_remarked(context.arena(), make_unsigned(value, Base::hex),
                       name.empty() ? xfeatures.family : name);
}

}  // namespace ptop::decode
