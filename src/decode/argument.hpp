// One argument of a call as data: its name, how it is decoded, when it can be read and where its length is.
//
// A row of a table is written with call(…) and the constructors below. What a constructor cannot say in one
// word is a decoder function in its family's file (decoders.hpp), named in the row.
#pragma once

#include <array>
#include <cstdint>

#include "flag_table.hpp"
#include "ptop/decode/decoder.hpp"

namespace ptop::decode {

class Context;
struct Argument;
struct Structure;

/// At the enter stop an empty Decoded means "not yet": asked again at exit, when context.result() is there.
using DecodeArgument = Decoded (*)(Context&, const Argument&, std::uint64_t value);
/// Whether the argument exists in this call: open's mode only with O_CREAT.
using Condition = bool (*)(const std::array<std::uint64_t, 6>& args);

/// The stop at which the kernel has what the argument means. both: it reads and writes there; the decoder is
/// asked again at exit, with context.before().
/// grows: the same, and what was there at enter is said first: `{flags=…} => {parent_tid=[7]}`.
enum class Phase : std::uint8_t { enter, exit, both, grows };
/// On error an out argument is an address, unless the kernel writes it then, too (a time that is left).
enum class OnError : std::uint8_t { address, decode };

/// Number of bytes or items: of another argument, or what the call returned.
struct Length {
  enum class From : std::uint8_t { none, argument, result };
  From from = From::none;
  std::uint8_t index = 0;
};
inline constexpr Length len_from_result{Length::From::result, 0};
constexpr Length len_from_arg(std::uint8_t index) { return {Length::From::argument, index}; }
/// In this call; 0 where nothing is said.
std::uint64_t length_of(const Context& context, const Length& length);

struct Argument {
  std::string_view name;
  DecodeArgument decode = nullptr;
  const Table* table = nullptr;
  const Structure* structure = nullptr;
  Length length{};
  Phase phase = Phase::enter;
  OnError on_error = OnError::address;
  Naming naming = Naming::usual;
  std::int8_t in_register = -1;  ///< -1: at its position in the row
  Condition present = nullptr;   ///< nullptr: always

  constexpr Argument at(std::int8_t index) const {
    Argument a = *this;
    a.in_register = index;
    return a;
  }
  constexpr Argument named() const {
    Argument a = *this;
    a.naming = Naming::always;
    return a;
  }
  constexpr Argument when(Condition condition) const {
    Argument a = *this;
    a.present = condition;
    return a;
  }
  constexpr Argument out() const {
    Argument a = *this;
    a.phase = Phase::exit;
    return a;
  }
  constexpr Argument in_and_out() const {
    Argument a = *this;
    a.phase = Phase::both;
    return a;
  }
  constexpr Argument that_grows() const {
    Argument a = *this;
    a.phase = Phase::grows;
    return a;
  }
  constexpr Argument even_on_error() const {
    Argument a = *this;
    a.on_error = OnError::decode;
    return a;
  }
};

// kinds.cpp: what the constructors below stand for.
Decoded decode_sint(Context&, const Argument&, std::uint64_t);
Decoded decode_uint(Context&, const Argument&, std::uint64_t);
Decoded decode_slong(Context&, const Argument&, std::uint64_t);
Decoded decode_ulong(Context&, const Argument&, std::uint64_t);
Decoded decode_slong_pair(Context&, const Argument&, std::uint64_t);
Decoded decode_flags_pair(Context&, const Argument&, std::uint64_t);
Decoded decode_id16(Context&, const Argument&, std::uint64_t);
Decoded decode_hex32(Context&, const Argument&, std::uint64_t);
Decoded decode_hex(Context&, const Argument&, std::uint64_t);
Decoded decode_address(Context&, const Argument&, std::uint64_t);
Decoded decode_mode(Context&, const Argument&, std::uint64_t);
Decoded decode_fd(Context&, const Argument&, std::uint64_t);
Decoded decode_dirfd(Context&, const Argument&, std::uint64_t);
Decoded decode_pid(Context&, const Argument&, std::uint64_t);
Decoded decode_group(Context&, const Argument&, std::uint64_t);
Decoded decode_id(Context&, const Argument&, std::uint64_t);
Decoded decode_path(Context&, const Argument&, std::uint64_t);
Decoded decode_string(Context&, const Argument&, std::uint64_t);
Decoded decode_strings(Context&, const Argument&, std::uint64_t);
Decoded decode_environment(Context&, const Argument&, std::uint64_t);
Decoded decode_bytes(Context&, const Argument&, std::uint64_t);
Decoded decode_random_bytes(Context&, const Argument&, std::uint64_t);
Decoded decode_flags32(Context&, const Argument&, std::uint64_t);
Decoded decode_flags64(Context&, const Argument&, std::uint64_t);
Decoded decode_symbol32(Context&, const Argument&, std::uint64_t);
Decoded decode_symbol64(Context&, const Argument&, std::uint64_t);

constexpr Argument sint(std::string_view name) { return {name, decode_sint}; }
constexpr Argument uint(std::string_view name) { return {name, decode_uint}; }
constexpr Argument slong(std::string_view name) { return {name, decode_slong}; }
constexpr Argument ulong(std::string_view name) { return {name, decode_ulong}; }
constexpr Argument size(std::string_view name) { return {name, decode_ulong}; }
constexpr Argument offset(std::string_view name) { return {name, decode_slong}; }
/// 64 bits in two registers of 32, low half first: at(n) names the first of them.
constexpr Argument offset64(std::string_view name, std::int8_t first) {
  return Argument{name, decode_slong_pair}.at(first);
}
constexpr Argument flags64_pair(std::string_view name, std::int8_t first, const Table& table) {
  return Argument{name, decode_flags_pair, &table}.at(first);
}
constexpr Argument hex32(std::string_view name) { return {name, decode_hex32}; }
constexpr Argument hex(std::string_view name) { return {name, decode_hex}; }
/// A pointer whose target is not shown.
constexpr Argument address(std::string_view name) { return {name, decode_address}; }
constexpr Argument mode(std::string_view name) { return {name, decode_mode}; }
constexpr Argument fd(std::string_view name) { return {name, decode_fd}; }
/// A descriptor of a directory, or AT_FDCWD.
constexpr Argument dirfd(std::string_view name) { return {name, decode_dirfd}; }
constexpr Argument pid(std::string_view name) { return {name, decode_pid}; }
/// A process group.
constexpr Argument group(std::string_view name) { return {name, decode_group}; }
/// A uid or gid; -1 means "leave as it is".
constexpr Argument id(std::string_view name) { return {name, decode_id}; }
/// The same of 16 bits: __kernel_old_uid_t.
constexpr Argument id16(std::string_view name) { return {name, decode_id16}; }
/// NUL-terminated; shown up to PATH_MAX whatever the string limit.
constexpr Argument path(std::string_view name) { return {name, decode_path}; }
/// NUL-terminated; shown up to the string limit.
constexpr Argument string(std::string_view name) { return {name, decode_string}; }
constexpr Argument strings(std::string_view name) { return {name, decode_strings}; }
constexpr Argument environment(std::string_view name) { return {name, decode_environment}; }
constexpr Argument bytes_in(std::string_view name, Length length) {
  return {.name = name, .decode = decode_bytes, .length = length};
}
constexpr Argument bytes_out(std::string_view name, Length length) { return bytes_in(name, length).out(); }
constexpr Argument random_out(std::string_view name, Length length) {
  return {.name = name, .decode = decode_random_bytes, .length = length, .phase = Phase::exit};
}
constexpr Argument flags(std::string_view name, const Table& table) { return {name, decode_flags32, &table}; }
constexpr Argument flags64(std::string_view name, const Table& table) {
  return {name, decode_flags64, &table};
}
constexpr Argument symbol(std::string_view name, const Table& table) {
  return {name, decode_symbol32, &table};
}
constexpr Argument symbol64(std::string_view name, const Table& table) {
  return {name, decode_symbol64, &table};
}
/// A decoder of a family file.
constexpr Argument odd(std::string_view name, DecodeArgument decode, Length length = {}) {
  return {.name = name, .decode = decode, .length = length};
}
constexpr Argument odd(std::string_view name, DecodeArgument decode, const Table& table) {
  return {name, decode, &table};
}
constexpr Argument odd_out(std::string_view name, DecodeArgument decode, Length length = {}) {
  return odd(name, decode, length).out();
}

/// A row as written; syscalls() gives the same as SyscallRow.
struct CallRow {
  std::int64_t nr = 0;
  std::string_view name;
  Groups groups;
  std::array<Argument, 6> arguments{};
  std::size_t count = 0;
  ReturnKind kind = ReturnKind::number;
  DecodeResult decode_result = nullptr;
  DecodeDetail decode_detail = nullptr;
  DecodeBeside decode_beside = nullptr;
  bool wide_times = false;

  constexpr CallRow time64() const {
    CallRow row = *this;
    row.wide_times = true;
    return row;
  }
  constexpr CallRow returns(ReturnKind r) const {
    CallRow row = *this;
    row.kind = r;
    return row;
  }
  constexpr CallRow returns(DecodeResult decode) const {
    CallRow row = *this;
    row.decode_result = decode;
    return row;
  }
  constexpr CallRow beside(DecodeBeside decode) const {
    CallRow row = *this;
    row.decode_beside = decode;
    return row;
  }
  constexpr CallRow detail(DecodeDetail decode) const {
    CallRow row = *this;
    row.decode_detail = decode;
    return row;
  }
};

template <class... A>
constexpr CallRow call(std::int64_t nr, std::string_view name, Groups groups, A... arguments) {
  static_assert(sizeof...(arguments) <= 6);
  return {nr, name, groups, {arguments...}, sizeof...(arguments)};
}

/// The bits of several flags: `desc | file`, for rows.
namespace groups {
inline constexpr Groups none{};
inline constexpr Groups file = Group::file, process = Group::process, network = Group::network,
                        signal = Group::signal, ipc = Group::ipc, desc = Group::desc, memory = Group::memory,
                        creds = Group::creds, clock = Group::clock, stat = Group::stat, lstat = Group::lstat,
                        fstat = Group::fstat, statfs = Group::statfs, fstatfs = Group::fstatfs,
                        stat_like = Group::stat_like, statfs_like = Group::statfs_like, pure = Group::pure;
}  // namespace groups

}  // namespace ptop::decode
