// Which calls there are: one row each, as data.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ptop/base/flags.hpp"
#include "ptop/base/ids.hpp"

namespace ptop::decode {

/// The calling convention a number belongs to.
enum class Arch : std::uint8_t { x86_64, i386, x32, aarch64 };

/// strace's classes, as in `-e trace=%file`. A call may be in several.
enum class Group : std::uint8_t {
  file,
  process,
  network,
  signal,
  ipc,
  desc,
  memory,
  creds,
  clock,
  stat,
  lstat,
  fstat,
  statfs,
  fstatfs,
  stat_like,
  statfs_like,
  pure,
};
using Groups = FlagSet<Group>;
std::string_view group_name(Group g);

/// What the return value is when the call succeeds.
enum class ReturnKind : std::uint8_t { number, fd, pid, group, address, hex, octal, none };

struct Argument;  // src/decode/argument.hpp: name, kind, where its length comes from
struct Decoded;
struct Field;
class Context;
/// Of calls whose result is no plain number: the result itself, and what it says beside.
using DecodeResult = Decoded (*)(Context&);
using DecodeDetail = std::span<const Field> (*)(Context&);
/// What can be said at the enter stop beside the arguments: strace has nothing like it.
using DecodeBeside = std::span<const Field> (*)(Context&);
struct SyscallRow {
  SyscallNo nr;
  std::string_view name;
  Groups groups;
  ReturnKind returns;
  std::span<const Argument> arguments;
  DecodeResult result = nullptr;  ///< nullptr: as `returns` says
  DecodeDetail detail = nullptr;
  DecodeBeside beside = nullptr;
  bool wide_times = false;  ///< its times have 64 bits even where a long has 32: clock_gettime64
};

/// Those that programs of this machine may use; its own comes first.
std::span<const Arch> machine_arches();
/// "x86_64", "i386", "x32", "aarch64": also in JSON.
std::string_view arch_name(Arch arch);
std::optional<Arch> find_arch(std::string_view name);

/// Ascending by number. Of x32: without __X32_SYSCALL_BIT, which find_syscall takes or leaves.
std::span<const SyscallRow> syscalls(Arch arch);
/// The calls that one call of i386 stands for: the first argument of socketcall(2) and ipc(2) says which, or
/// there is only one, whose arguments are in memory. Where there are several they are numbered from
/// first_inner_call on, which is no number of the kernel's.
std::span<const SyscallRow> inner_syscalls(Arch arch);
inline constexpr SyscallNo first_inner_call{896};
const SyscallRow* find_syscall(Arch arch, SyscallNo nr);
const SyscallRow* find_syscall(Arch arch, std::string_view name);
std::optional<Group> find_group(std::string_view name);  ///< without '%'

}  // namespace ptop::decode
