// What ptrace(2) reads and writes of a task's processor: registers, one by one or as sets of an iovec.
#include "registers.hpp"

#include "structure.hpp"

namespace ptop::decode {
namespace {

// arch/x86/include/asm/user_64.h, struct user_regs_struct and user_i387_struct
constexpr Member general_64_members[] = {
    u64("r15").hex(),      u64("r14").hex(),     u64("r13").hex(),     u64("r12").hex(),    u64("rbp").hex(),
    u64("rbx").hex(),      u64("r11").hex(),     u64("r10").hex(),     u64("r9").hex(),     u64("r8").hex(),
    u64("rax").hex(),      u64("rcx").hex(),     u64("rdx").hex(),     u64("rsi").hex(),    u64("rdi").hex(),
    u64("orig_rax").hex(), u64("rip").hex(),     u64("cs").hex(),      u64("eflags").hex(), u64("rsp").hex(),
    u64("ss").hex(),       u64("fs_base").hex(), u64("gs_base").hex(), u64("ds").hex(),     u64("es").hex(),
    u64("fs").hex(),       u64("gs").hex()};
constexpr Structure general_64{general_64_members};
constexpr Member floating_64_members[] = {u16("cwd").hex(),
                                          u16("swd").hex(),
                                          u16("ftw").hex(),
                                          u16("fop").hex(),
                                          u64("rip").hex(),
                                          u64("rdp").hex(),
                                          u32("mxcsr").hex(),
                                          u32("mxcr_mask").hex(),
                                          u32("st_space").hex().times(32),
                                          u32("xmm_space").hex().times(64),
                                          u32("padding").hex().times(24)};
constexpr Structure floating_64{floating_64_members};

// arch/x86/include/asm/user_32.h
constexpr Member general_32_members[] = {
    u32("ebx").hex(), u32("ecx").hex(),      u32("edx").hex(), u32("esi").hex(), u32("edi").hex(),
    u32("ebp").hex(), u32("eax").hex(),      u32("xds").hex(), u32("xes").hex(), u32("xfs").hex(),
    u32("xgs").hex(), u32("orig_eax").hex(), u32("eip").hex(), u32("xcs").hex(), u32("eflags").hex(),
    u32("esp").hex(), u32("xss").hex()};
constexpr Structure general_32{general_32_members};
constexpr Member floating_32_members[] = {
    u32("cwd").hex(), u32("swd").hex(), u32("twd").hex(), u32("fip").hex(),
    u32("fcs").hex(), u32("foo").hex(), u32("fos").hex(), u32("st_space").hex().times(20)};
constexpr Structure floating_32{floating_32_members};

constexpr std::uint64_t size_of_general_32 = 68;

const Structure& general(Context& context) { return context.abi() == Abi::ilp32 ? general_32 : general_64; }
const Structure& floating(Context& context) {
  return context.abi() == Abi::ilp32 ? floating_32 : floating_64;
}

/// As many whole words as the iovec has room for. A 64-bit tracer gets the smaller set of a 32-bit tracee.
Decoded set_of_registers(Context& context, std::uint64_t kind, std::uint64_t address, std::uint64_t size) {
  constexpr std::uint64_t general_set = 1, floating_set = 2;  // NT_PRSTATUS, NT_FPREGSET
  if (kind == general_set && size == size_of_general_32) return make_structure(context, general_32, address);
  if ((kind != general_set && kind != floating_set) || size == 0 || size % context.word_size() != 0)
    return make_address(address);
  const Structure& layout = kind == general_set ? general(context) : floating(context);
  return make_structure(context, layout, address, size);
}

const Field* field_of(const Decoded* record, std::string_view name) {
  const auto* const fields = record == nullptr ? nullptr : std::get_if<Record>(&record->what);
  if (fields == nullptr) return nullptr;
  const auto found = std::ranges::find(fields->fields, name, &Field::name);
  return found == fields->fields.end() ? nullptr : &*found;
}

/// What was asked for, and what the kernel found, where that is less.
Decoded length_of_set(Context& context, std::uint64_t now) {
  const Field* const asked = field_of(context.before(), "iov_len");
  const auto* const number = asked == nullptr ? nullptr : std::get_if<Unsigned>(&asked->value->what);
  const Decoded length = make_unsigned(now);
  return number == nullptr || number->value == now ? length
                                                   : make_changed(context.arena(), *asked->value, length);
}

struct Vector {
  std::uint64_t base, length;
};
std::optional<Vector> vector_at(Context& context, std::uint64_t address) {
  const auto base = address == 0 ? std::nullopt : context.word(address);
  const auto length = base ? context.word(address + context.word_size()) : std::nullopt;
  if (!length) return std::nullopt;
  return Vector{*base, *length};
}

}  // namespace

Decoded decode_registers(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, general(context), address);
}
Decoded decode_floating_registers(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, floating(context), address);
}

Decoded decode_register_set(Context& context, const Argument&, std::uint64_t address) {
  const auto v = vector_at(context, address);
  if (!v) return make_unread(address);
  return RecordBuilder(context.arena(), 2)
      .add("iov_base", set_of_registers(context, context.arg(2), v->base, v->length))
      .add("iov_len", make_unsigned(v->length))
      .done();
}
Decoded decode_register_set_out(Context& context, const Argument&, std::uint64_t address) {
  const auto v = vector_at(context, address);
  if (!v) return make_unread(address);
  RecordBuilder record(context.arena(), 2);
  if (context.result() == nullptr) {
    context.set_timing(Timing::at_exit);
    return record.add("iov_base", make_address(v->base)).add("iov_len", make_unsigned(v->length)).done();
  }
  return record.add("iov_base", set_of_registers(context, context.arg(2), v->base, v->length))
      .add("iov_len", length_of_set(context, v->length))
      .done();
}

}  // namespace ptop::decode
