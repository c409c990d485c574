// How rows of the i386 table are written.
#pragma once

#include "argument.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "x86_64_0.hpp"
#include "x86_64_100.hpp"
#include "x86_64_200.hpp"
#include "x86_64_300.hpp"

namespace ptop::decode::i386 {

/// A copy, not a pointer: with -fsanitize=undefined g++ compares no address with nullptr at compile time.
template <std::size_t n>
constexpr bool take_row(const std::array<CallRow, n>& rows, std::string_view name, CallRow& into) {
  for (const CallRow& row : rows) {
    if (row.name != name) continue;
    into = row;
    return true;
  }
  return false;
}

/// A call that takes what a call of the x86-64 table takes. Of no such call: it does not compile.
consteval CallRow as(std::int64_t nr, std::string_view name, std::string_view like) {
  CallRow renumbered = x86_64::calls_from_0.front();
  const bool found = take_row(x86_64::calls_from_0, like, renumbered) ||
                     take_row(x86_64::calls_from_100, like, renumbered) ||
                     take_row(x86_64::calls_from_200, like, renumbered) ||
                     take_row(x86_64::calls_from_300, like, renumbered);
  if (!found) throw "no such call";
  renumbered.nr = nr;
  renumbered.name = name;
  return renumbered;
}
consteval CallRow same(std::int64_t nr, std::string_view name) { return as(nr, name, name); }

}  // namespace ptop::decode::i386
