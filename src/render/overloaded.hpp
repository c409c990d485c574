// One visitor out of several lambdas. No catch-all among them: a new alternative must not compile unnoticed.
#pragma once

namespace ptop::render {

template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;  // clang before 17 needs the guide

}  // namespace ptop::render
