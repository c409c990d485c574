// Where the bytes are that a call read or wrote: what a dump shows whole, whatever the string limit.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ptop/decode/decoder.hpp"

namespace ptop::decode {

/// Descriptors by number; empty unless something is said.
struct DescriptorSet {
  std::vector<std::int32_t> numbers;
  bool inverted = false;  ///< all but those
  bool contains(std::int32_t fd) const;
  bool empty() const { return numbers.empty() && !inverted; }
};

/// The data of which descriptors are wanted, by direction.
struct DataWanted {
  DescriptorSet read, written;
  bool empty() const { return read.empty() && written.empty(); }
};

/// A run of bytes in the caller's memory, or what a message of several is called.
struct DataPiece {
  enum class Kind : std::uint8_t {
    bytes,    ///< of a call with one buffer
    buffer,   ///< one of several: `index`
    message,  ///< one of several, of `size` buffers, which follow: `index`
  };
  Kind kind = Kind::bytes;
  std::size_t index = 0;
  std::uint64_t address = 0;
  std::uint64_t size = 0;
};

/// Of a call that succeeded, after decode_exit(); in `arena`. Empty buffers have no piece. What was written
/// is what the caller offered, though the kernel may have taken less. Sizes are the caller's: nothing says
/// that so much can be read.
std::span<const DataPiece> moved_data(const Call& call, const RawResult& result, MemoryReader& memory,
                                      Arena& arena, const DataWanted& wanted);

}  // namespace ptop::decode
