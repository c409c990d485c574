// Keys: serial numbers with names, and keyctl(2) operation by operation.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "ptop/base/names.hpp"
#include "structure.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

Decoded show_reason(Context&, const Argument&, std::uint64_t value) {
  const std::string_view name = value < 4096 ? errno_name(static_cast<int>(value)) : std::string_view{};
  if (name.empty()) return make_unsigned(value & 0xffffffff);
  return {Symbol{static_cast<std::int64_t>(value), name, {}}};
}

Decoded show_default_keyring(Context& context, const Argument&, std::uint64_t value) {
  const std::uint64_t low = value & 0xffffffff;
  const Decoded named = make_symbol(low, key_defaults);
  if (!std::get<Symbol>(named.what).name.empty()) return named;
  return make_remarked(context.arena(), make_signed(static_cast<std::int32_t>(low)), key_defaults.family);
}

// The payload's length is the argument after it.
Decoded show_payload(Context& context, const Argument& argument, std::uint64_t address) {
  return make_bytes(context, address, context.arg(static_cast<std::size_t>(argument.in_register) + 1));
}
Decoded show_payload_vector(Context& context, const Argument& argument, std::uint64_t address) {
  return make_iovec(context, address, context.arg(static_cast<std::size_t>(argument.in_register) + 1),
                    Buffers::bytes);
}
// The result says how long the value is, whether or not there was room for it.
Decoded show_answer(Context& context, const Argument& argument, std::uint64_t address) {
  const std::uint64_t room = context.arg(static_cast<std::size_t>(argument.in_register) + 1);
  return make_bytes(context, address, std::min(room, static_cast<std::uint64_t>(context.result()->value)));
}

Decoded show_capability_bytes(Context& context, const Argument&, std::uint64_t address) {
  const std::uint64_t count = std::min(context.arg(2), static_cast<std::uint64_t>(context.result()->value));
  std::size_t index = 0;
  return make_list(context, address, count, 1, [&](std::uint64_t at) -> Decoded {
    const auto byte = context.object<std::uint8_t>(at);
    const Table& table = index++ == 0 ? key_capabilities0 : key_capabilities1;
    if (!byte) return {};
    return index > 2 ? make_unsigned(*byte, Base::hex) : Decoded{make_flags(context.arena(), *byte, table)};
  });
}

// include/uapi/linux/keyctl.h
Decoded show_serial(Context&, const Member&, std::uint64_t value, const Instance&) {
  const Decoded named = make_symbol(value & 0xffffffff, key_serials);
  return std::get<Symbol>(named.what).name.empty() ? make_signed(static_cast<std::int32_t>(value)) : named;
}
constexpr Member dh_members[] = {s32("private").shown_by(show_serial), s32("prime").shown_by(show_serial),
                                 s32("base").shown_by(show_serial)};
constexpr Structure dh{dh_members};
constexpr Member pkey_members[] = {s32("key_id").shown_by(show_serial), u32("in_len"), u32("out_len")};
constexpr Structure pkey{pkey_members};
constexpr Member pkey_query_members[] = {u32("supported_ops").hex(), u32("key_size"),
                                         u16("max_data_size"),       u16("max_sig_size"),
                                         u16("max_enc_size"),        u16("max_dec_size")};
constexpr Structure pkey_query{pkey_query_members};

Decoded show_dh(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, dh, address);
}
Decoded show_pkey(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, pkey, address);
}
Decoded show_pkey_query(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, pkey_query, address);
}
// Their lengths are in the first argument's structure.
Decoded show_pkey_input(Context& context, const Argument&, std::uint64_t address) {
  const auto size = context.object<std::uint32_t>(context.arg(1) + 4);
  return size ? make_bytes(context, address, *size) : make_unread(address);
}
Decoded show_pkey_second(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::uint64_t verify = 28;
  const bool verifies = context.arg(0) == verify;
  if (!verifies && context.result() == nullptr) return {};
  const auto size = verifies ? context.object<std::uint32_t>(context.arg(1) + 8)
                             : std::optional(static_cast<std::uint32_t>(context.result()->value));
  return size ? make_bytes(context, address, *size) : make_unread(address);
}

struct One {
  DecodeArgument decode = nullptr;
  const Table* table = nullptr;
  bool out = false;
};
struct Operation {
  std::uint32_t number;
  std::uint8_t count;
  std::array<One, 4> arguments{};
};

constexpr One serial{decode_key_serial}, text{decode_string}, number{decode_uint}, size_of_it{decode_ulong};
constexpr One out(DecodeArgument decode) { return {decode, nullptr, true}; }

constexpr std::array operations{
    Operation{0, 2, {serial, One{decode_sint}}},
    Operation{1, 1, {text}},
    Operation{2, 3, {serial, One{show_payload}, size_of_it}},
    Operation{3, 1, {serial}},
    Operation{4, 3, {serial, One{decode_id}, One{decode_id}}},
    Operation{5, 2, {serial, One{decode_flags32, &key_permissions}}},
    Operation{6, 3, {serial, out(show_answer), size_of_it}},
    Operation{7, 1, {serial}},
    Operation{8, 2, {serial, serial}},
    Operation{9, 2, {serial, serial}},
    Operation{10, 4, {serial, text, text, serial}},
    Operation{11, 3, {serial, out(show_answer), size_of_it}},
    Operation{12, 4, {serial, One{show_payload}, size_of_it, serial}},
    Operation{13, 3, {serial, number, serial}},
    Operation{14, 1, {One{show_default_keyring}}},
    Operation{15, 2, {serial, number}},
    Operation{16, 1, {serial}},
    Operation{17, 3, {serial, out(show_answer), size_of_it}},
    Operation{18, 0, {}},
    Operation{19, 4, {serial, number, One{show_reason}, serial}},
    Operation{20, 4, {serial, One{show_payload_vector}, size_of_it, serial}},
    Operation{21, 1, {serial}},
    Operation{22, 2, {One{decode_id}, serial}},
    Operation{23, 4, {One{show_dh}, out(show_answer), size_of_it, One{decode_address}}},
    Operation{24, 4, {serial, One{decode_hex}, text, out(show_pkey_query)}},
    Operation{25, 4, {One{show_pkey}, text, One{show_pkey_input}, One{show_pkey_second}}},
    Operation{26, 4, {One{show_pkey}, text, One{show_pkey_input}, One{show_pkey_second}}},
    Operation{27, 4, {One{show_pkey}, text, One{show_pkey_input}, One{show_pkey_second}}},
    Operation{28, 4, {One{show_pkey}, text, One{show_pkey_input}, One{show_pkey_second}}},
    Operation{29, 3, {serial, text, text}},
    Operation{30, 4, {serial, serial, serial, One{decode_flags32, &key_move_flags}}},
    Operation{31, 2, {out(show_capability_bytes), size_of_it}},
};

const Operation* find_operation(std::uint64_t number_of_it) {
  const auto found = std::find_if(operations.begin(), operations.end(), [&](const Operation& o) {
    return o.number == static_cast<std::uint32_t>(number_of_it);
  });
  return found == operations.end() ? nullptr : &*found;
}
std::size_t count_of(const Args& args) {
  const Operation* const operation = find_operation(args[0]);
  return operation == nullptr ? 4 : operation->count;
}

}  // namespace

Decoded decode_key_serial(Context&, const Argument&, std::uint64_t value) {
  const Decoded named = make_symbol(value & 0xffffffff, key_serials);
  return std::get<Symbol>(named.what).name.empty() ? make_signed(static_cast<std::int32_t>(value)) : named;
}

bool keyctl_has_second(const Args& args) { return count_of(args) > 0; }
bool keyctl_has_third(const Args& args) { return count_of(args) > 1; }
bool keyctl_has_fourth(const Args& args) { return count_of(args) > 2; }
bool keyctl_has_fifth(const Args& args) { return count_of(args) > 3; }

Decoded decode_keyctl_argument(Context& context, const Argument& argument, std::uint64_t value) {
  const Operation* const operation = find_operation(context.arg(0));
  const One one =
      operation == nullptr ? One{} : operation->arguments[static_cast<std::size_t>(argument.in_register) - 1];
  if (one.decode == nullptr) return make_unsigned(value, Base::hex);
  if (one.out && context.result() == nullptr) return {};
  Argument as = argument;
  as.table = one.table;
  return one.decode(context, as, value);
}

}  // namespace ptop::decode
