// What a parser may answer to any bytes whatever.
#pragma once

#include <cstdlib>

#include "ptop/base/result.hpp"

namespace ptop::fuzz {

/// A result, or `malformed`.
template <class T>
void judge(const Result<T>& result) {
  if (!result && result.error().code != Errc::malformed) std::abort();
}

/// A parser that takes everything.
template <class T>
void judge(const T&) {}

}  // namespace ptop::fuzz
