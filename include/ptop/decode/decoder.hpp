// Numbers of one system call to typed trees.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "ptop/base/ids.hpp"
#include "ptop/decode/decoded.hpp"
#include "ptop/decode/descriptor_names.hpp"
#include "ptop/decode/memory_reader.hpp"
#include "ptop/decode/surroundings.hpp"
#include "ptop/decode/syscall_table.hpp"

namespace ptop::decode {

struct Options {
  std::size_t string_limit = 32;           ///< -s: bytes of a string, and items of an array
  bool verbose = false;                    ///< -v: environments, whole structures
  DescriptorNames* descriptors = nullptr;  ///< -y: of the task whose call is decoded; nullptr: numbers only
  Surroundings* surroundings = nullptr;    ///< of the same task; nullptr: no names of interfaces, no netlink
  ProcessNames* processes = nullptr;       ///< -Y: nullptr: numbers only
  bool raw = false;        ///< -e raw=: arguments are what is in the registers, in hexadecimal
  bool beside = true;      ///< what no argument says, too: the entries that io_uring_enter(2) submits
  bool structures = true;  ///< false: -e verbose=none: pointers to them stay addresses
};

struct RawCall {
  Arch arch = Arch::x86_64;
  SyscallNo nr;
  std::array<std::uint64_t, 6> args{};
  std::uint64_t stack_pointer = 0;  ///< 0: not known
};

/// The kernel's answer. Restart codes (ERESTARTSYS…) are errors here too.
struct RawResult {
  std::int64_t value = 0;  ///< as in the register: -errno on error
  bool error = false;
};

/// A call on its way: what was readable at the enter stop; completed at the exit stop. Belongs to one task.
struct Call {
  RawCall raw;                      ///< with the arguments of `row`
  const SyscallRow* row = nullptr;  ///< nullptr: unknown number
  std::span<Field> arguments;       ///< names and trees; value nullptr: readable only at exit
  /// What a result says beside its number, after decode_exit: text shows `(flags FD_CLOEXEC)`, `(in [3], left
  /// {…})`; a field without a name is its value alone.
  std::span<const Field> detail;
};

/// Which call it is, without its arguments: socketcall(2) is the call that its first argument names, with the
/// arguments that are in memory.
Call find_call(const RawCall& raw, MemoryReader& memory);
/// At syscall-enter-stop: arguments the kernel reads (paths, buffers written, flags). `call` is of find_call.
void decode_enter(Call& call, MemoryReader& memory, Arena& arena, const Options& options);
Call decode_enter(const RawCall& raw, MemoryReader& memory, Arena& arena, const Options& options);
/// At syscall-exit-stop: fills in what the kernel wrote. `call` must come from decode_enter with `arena`.
/// On error, out arguments become their addresses. Arguments that the kernel both reads and writes are looked
/// at again, and are `Changed` when they differ.
void decode_exit(Call& call, const RawResult& result, MemoryReader& memory, Arena& arena,
                 const Options& options);
/// The result as a tree (fd, pid, address…).
Decoded decode_result(const Call& call, const RawResult& result, MemoryReader& memory, Arena& arena,
                      const Options& options);

/// "openat", or "syscall_0x1f4" for a number this build does not know.
std::string_view call_name(const RawCall& raw, Arena& arena);
/// The name of what it stands for.
std::string_view call_name(const Call& call, Arena& arena);

/// The flags of clone3(2), or of clone(2) without the exit signal that rides in their low byte, by name.
FlagNames clone_flags(std::uint64_t flags, Arena& arena);

}  // namespace ptop::decode
