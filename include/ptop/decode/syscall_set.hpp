// The SET of `-e trace=SET`.
#pragma once

#include <array>
#include <bitset>
#include <string_view>

#include "ptop/base/result.hpp"
#include "ptop/decode/decoder.hpp"
#include "ptop/decode/syscall_table.hpp"

namespace ptop::decode {

/// Grammar (strace(1), "Filtering"): `[!]item[,item…]`; an item is `all`, `none`, a call's name, its number,
/// `%group`, `/regex`; a leading `?` forgives an unknown name. It means the calls of all conventions of the
/// machine, each by its own numbers; a trailing `@64`, `@32` or `@x32` means those of one.
class SyscallSet {
 public:
  static constexpr std::size_t limit = 1024;  ///< numbers from here on are in it all, or none
  static SyscallSet none() { return {}; }
  static SyscallSet all();
  /// Errors: `malformed`, `what` is one line naming the item and the nearest known name.
  static Result<SyscallSet> parse(std::string_view text);

  bool contains(Arch arch, SyscallNo nr) const;
  /// A call that stands for another one counts as that one: socketcall(2).
  bool contains(const Call& call) const;
  bool empty() const;
  /// The calls of both.
  SyscallSet& operator|=(const SyscallSet& other);
  bool operator==(const SyscallSet&) const = default;

 private:
  using Bits = std::bitset<limit>;
  Result<void> add_item(std::string_view text);
  void flip();
  Bits& of(Arch arch) { return numbers_[static_cast<std::size_t>(arch)]; }
  const Bits& of(Arch arch) const { return numbers_[static_cast<std::size_t>(arch)]; }

  std::array<Bits, 4> numbers_;
  bool others_ = false;  ///< numbers from `limit` on, and calls the table does not know
};

}  // namespace ptop::decode
