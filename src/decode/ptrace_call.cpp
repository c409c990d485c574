// ptrace(2): what addr and data are, request by request.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "registers.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

// arch/x86/include/asm/user_64.h, struct user: the registers first, in words.
constexpr std::array<std::string_view, 21> registers{"R15", "R14",      "R13", "R12", "RBP",    "RBX", "R11",
                                                     "R10", "R9",       "R8",  "RAX", "RCX",    "RDX", "RSI",
                                                     "RDI", "ORIG_RAX", "RIP", "CS",  "EFLAGS", "RSP", "SS"};

Decoded show_user_offset(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t word = 8, debug_registers = 848;
  Arena& arena = context.arena();
  if (value == debug_registers) return make_word(arena, value, "offsetof(struct user, u_debugreg)");
  const std::uint64_t index = value / word, beside = value % word;
  if (index >= registers.size()) return make_unsigned(value, Base::hex);
  if (beside == 0) return make_word(arena, value, "8*{}", registers[static_cast<std::size_t>(index)]);
  return make_word(arena, value, "8*{}+{}", registers[static_cast<std::size_t>(index)], beside);
}

Decoded show_signal(Context&, const Argument&, std::uint64_t value) {
  return make_signal(value & 0xffffffff);
}

Decoded show_signal_mask(Context& context, const Argument&, std::uint64_t address) {
  return make_signal_set_of(context, address, context.arg(2));
}

constexpr Member peek_members[] = {u64("off"), u32("flags").flags(ptrace_peek_flags), s32("nr")};
constexpr Structure peek{peek_members};
Decoded show_peek(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, peek, address);
}

// What was found there, as a word of the caller's.
Decoded show_word(Context& context, const Argument&, std::uint64_t address) {
  const auto word = address == 0 ? std::nullopt : context.word(address);
  if (!word) return make_unread(address);
  return {List{{context.arena().node(make_address(*word)), 1}}};
}

Decoded show_event_message(Context& context, const Argument&, std::uint64_t address) {
  const auto message = context.word(address);
  if (!message) return make_unread(address);
  return {List{{context.arena().node(make_unsigned(*message)), 1}}};
}

// PTRACE_GET_SYSCALL_INFO: include/uapi/linux/ptrace.h, struct ptrace_syscall_info.
bool is_entry(const Instance& whole) { return whole.value(0) == 1; }
bool is_exit(const Instance& whole) { return whole.value(0) == 2; }
bool is_seccomp(const Instance& whole) { return whole.value(0) == 3; }
constexpr Member entry_members[] = {u64("nr"), u64("args").hex().times(6)};
constexpr Structure entry{entry_members};
constexpr Member exit_members[] = {s64("rval"), u8("is_error")};
constexpr Structure exit_{exit_members};
constexpr Member seccomp_members[] = {u64("nr"), u64("args").hex().times(6), u32("ret_data")};
constexpr Structure seccomp{seccomp_members};
constexpr Member info_members[] = {
    u8("op").symbol(ptrace_stop_kinds),
    pad(3),
    u32("arch").symbol(audit_architectures),
    pointer64("instruction_pointer"),
    pointer64("stack_pointer"),
    nested("entry", entry).when(is_entry),
    nested("exit", exit_).overlaid().when(is_exit),
    nested("seccomp", seccomp).overlaid().when(is_seccomp),
};
constexpr Structure info{info_members};
Decoded show_call_info(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, info, address, context.arg(2));
}

Decoded show_filter_offset(Context& context, const Argument&, std::uint64_t address) {
  const auto offset = context.arg(2) >= 8 ? context.object<std::uint64_t>(address) : std::nullopt;
  if (!offset) return make_unread(address);
  return RecordBuilder(context.arena(), 1).add("filter_off", make_unsigned(*offset)).done();
}

struct One {
  bool present = true;
  DecodeArgument decode = decode_address;
  const Table* table = nullptr;
  bool out = false;
};
struct Request {
  std::uint32_t number;
  One addr, data;
};

constexpr One absent{false};
constexpr One plain{};
constexpr One size_{true, decode_ulong};
constexpr One out(DecodeArgument decode) { return {true, decode, nullptr, true}; }
constexpr One option_flags{true, decode_flags64, &ptrace_option_names};
constexpr One register_set{true, decode_symbol32, &register_sets};

// What is not here has an address for each.
constexpr std::array requests{
    Request{0, absent, absent},
    Request{1, plain, out(show_word)},
    Request{2, plain, out(show_word)},
    Request{3, One{true, show_user_offset}, out(show_word)},
    Request{6, One{true, show_user_offset}, One{true, decode_hex}},
    Request{4, plain, One{true, decode_hex}},
    Request{5, plain, One{true, decode_hex}},
    Request{7, plain, One{true, show_signal}},
    Request{8, absent, absent},
    Request{9, plain, One{true, show_signal}},
    Request{12, absent, out(decode_registers)},
    Request{13, absent, One{true, decode_registers}},
    Request{14, absent, out(decode_floating_registers)},
    Request{15, absent, One{true, decode_floating_registers}},
    Request{16, absent, absent},
    Request{17, plain, One{true, show_signal}},
    Request{18, absent, plain},
    Request{19, absent, plain},
    Request{21, plain, option_flags},
    Request{24, plain, One{true, show_signal}},
    Request{31, plain, One{true, show_signal}},
    Request{32, plain, One{true, show_signal}},
    Request{33, plain, One{true, show_signal}},
    Request{0x4200, plain, option_flags},
    Request{0x4201, plain, out(show_event_message)},
    Request{0x4202, plain, out(decode_siginfo_pointer)},
    Request{0x4203, plain, One{true, decode_siginfo_pointer}},
    Request{0x4204, register_set, One{true, decode_register_set_out}},
    Request{0x4205, register_set, One{true, decode_register_set}},
    Request{0x4206, plain, option_flags},
    Request{0x4207, absent, absent},
    Request{0x4208, absent, absent},
    Request{0x4209, One{true, show_peek}, plain},
    Request{0x420a, size_, out(show_signal_mask)},
    Request{0x420b, size_, One{true, show_signal_mask}},
    Request{0x420c, size_, plain},
    Request{0x420d, size_, One{true, show_filter_offset}},
    Request{0x420e, size_, out(show_call_info)},
    Request{0x4212, size_, One{true, show_call_info}},
};

const Request* find_request(std::uint64_t number) {
  const auto found =
      std::find_if(requests.begin(), requests.end(), [&](const Request& r) { return r.number == number; });
  return found == requests.end() ? nullptr : &*found;
}

Decoded decode_one(Context& context, const Argument& argument, std::uint64_t value, const One& one) {
  if (one.out && context.result() == nullptr) return {};
  Argument as = argument;
  as.table = one.table;
  return one.decode(context, as, value);
}

}  // namespace

bool ptrace_has_pid(const Args& args) { return args[0] != 0; }
bool ptrace_has_address(const Args& args) {
  const Request* const request = find_request(args[0]);
  return request == nullptr || request->addr.present;
}
bool ptrace_has_data(const Args& args) {
  const Request* const request = find_request(args[0]);
  return request == nullptr || request->data.present;
}

// All 64 bits count: -1 is not 0xffffffff.
Decoded decode_ptrace_request(Context& context, const Argument&, std::uint64_t value) {
  const Decoded named = make_symbol(value, ptrace_requests);
  if (!std::get<Symbol>(named.what).name.empty()) return named;
  return make_remarked(context.arena(), make_unsigned(value, Base::hex), ptrace_requests.family);
}
Decoded decode_ptrace_address(Context& context, const Argument& argument, std::uint64_t value) {
  const Request* const request = find_request(context.arg(0));
  return decode_one(context, argument, value, request == nullptr ? One{} : request->addr);
}
Decoded decode_ptrace_data(Context& context, const Argument& argument, std::uint64_t value) {
  const Request* const request = find_request(context.arg(0));
  return decode_one(context, argument, value, request == nullptr ? One{} : request->data);
}

}  // namespace ptop::decode
