// A set of enumerators. The enumerators are bit positions: 0, 1, 2…
#pragma once

#include <cstdint>
#include <initializer_list>

namespace ptop {

template <class E>
class FlagSet {
 public:
  constexpr FlagSet() = default;
  constexpr FlagSet(E e) : bits_(bit(e)) {}  // implicit: a single flag is a set
  constexpr FlagSet(std::initializer_list<E> list) {
    for (E e : list) bits_ |= bit(e);
  }
  constexpr bool has(E e) const { return (bits_ & bit(e)) != 0; }
  constexpr bool has_all(FlagSet s) const { return (bits_ & s.bits_) == s.bits_; }
  constexpr bool has_any(FlagSet s) const { return (bits_ & s.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint64_t bits() const { return bits_; }
  constexpr FlagSet& operator|=(FlagSet s) {
    bits_ |= s.bits_;
    return *this;
  }
  constexpr void remove(E e) { bits_ &= ~bit(e); }
  friend constexpr FlagSet operator|(FlagSet a, FlagSet b) { return a |= b; }
  friend constexpr bool operator==(FlagSet, FlagSet) = default;

 private:
  static constexpr std::uint64_t bit(E e) { return std::uint64_t{1} << static_cast<unsigned>(e); }
  std::uint64_t bits_ = 0;
};

}  // namespace ptop
