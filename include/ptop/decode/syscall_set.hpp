// The SET of `-e trace=SET`.
#pragma once

#include <bitset>
#include <string_view>

#include "ptop/base/result.hpp"
#include "ptop/decode/syscall_table.hpp"

namespace ptop::decode {

/// Grammar (strace(1), "Filtering"): `[!]item[,item…]`; an item is `all`, `none`, a call's name, its number,
/// `%group`, `/regex`; a leading `?` forgives an unknown name.
class SyscallSet {
 public:
  static constexpr std::size_t limit = 1024;  ///< numbers from here on are in it all, or none
  static SyscallSet none() { return {}; }
  static SyscallSet all();
  /// Errors: `malformed`, `what` is one line naming the item and the nearest known name.
  static Result<SyscallSet> parse(std::string_view text, Arch arch);

  bool contains(SyscallNo nr) const;
  bool empty() const { return numbers_.none() && !others_; }

 private:
  Result<void> add_item(std::string_view text, Arch arch);

  std::bitset<limit> numbers_;
  bool others_ = false;  ///< numbers from `limit` on, and calls the table does not know
};

}  // namespace ptop::decode
