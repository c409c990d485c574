// Visiting a variant with one lambda per alternative.
#pragma once

namespace ptop {

template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;  // clang before 17 needs the guide

}  // namespace ptop
