// What a parser may answer to any bytes whatever.
#pragma once

#include <cstdlib>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::fuzz {

/// A result, or `malformed`; of no text at all, `gone` as well: the kernel writes nothing for some collected
/// tasks.
template <class T>
void judge(std::string_view text, const Result<T>& result) {
  if (result || result.error().code == Errc::malformed) return;
  if (!text.empty() || result.error().code != Errc::gone) std::abort();
}

/// A parser that takes everything.
template <class T>
void judge(std::string_view, const T&) {}

}  // namespace ptop::fuzz
