// How decoders see a tracee's memory. follow/ puts ptrace behind it, tests put bytes behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ptop::decode {

class MemoryReader {
 public:
  virtual ~MemoryReader() = default;
  /// Copies what can be read from `address` on into `out`, stopping at the first unmapped page.
  /// Returns the number of bytes copied: 0 when nothing is readable there.
  virtual std::size_t read(std::uint64_t address, std::span<std::byte> out) = 0;
};

}  // namespace ptop::decode
