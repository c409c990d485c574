// Arrays of buffers, and what of a structure lies behind what this build knows.
#pragma once

#include "argument.hpp"
#include "context.hpp"

namespace ptop::decode {

/// Whether the buffers' bytes are shown, or their addresses alone.
enum class Buffers : std::uint8_t { bytes, addresses };
/// `count` of struct iovec, of which `bytes` bytes are data.
Decoded make_iovec(Context& context, std::uint64_t address, std::uint64_t count, Buffers buffers,
                   std::uint64_t bytes = ~0ULL);

/// Bytes `known` to `size` of a structure at `address`, if any of them is not 0: the caller knows more than
/// we.
void add_unknown_bytes(RecordBuilder& record, Context& context, std::uint64_t address, std::uint64_t known,
                       std::uint64_t size);

}  // namespace ptop::decode
