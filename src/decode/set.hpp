// Bits of a mask in memory as the numbers they stand for: descriptors, CPUs, nodes.
#pragma once

#include "argument.hpp"
#include "context.hpp"

namespace ptop::decode {

/// [0 2 63]: each set bit among the first `bytes` at `address`, made a node by `make(number)`.
template <class Make>
Decoded make_bit_set(Context& context, std::uint64_t address, std::uint64_t bytes, Make make) {
  constexpr std::uint64_t sane = 1 << 16;
  if (address == 0 || bytes > sane) return make_unread(address);
  auto mask = context.arena().array<std::uint8_t>(static_cast<std::size_t>(bytes));
  if (!context.read(address, std::as_writable_bytes(mask))) return make_unread(address);
  const auto is_set = [&](std::size_t bit) { return (mask[bit / 8] >> bit % 8 & 1) != 0; };
  std::size_t count = 0;
  for (std::size_t bit = 0; bit < mask.size() * 8; ++bit) count += is_set(bit) ? 1 : 0;
  auto items = context.arena().array<Decoded>(count);
  std::size_t used = 0;
  for (std::size_t bit = 0; bit < mask.size() * 8; ++bit) {
    if (is_set(bit)) items[used++] = make(bit);
  }
  return {List{.items = items, .is_set = true}};
}

}  // namespace ptop::decode
