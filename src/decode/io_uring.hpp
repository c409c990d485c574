// What the files of rings have in common: include/uapi/linux/io_uring.h.
#pragma once

#include "structure.hpp"

namespace ptop::decode {

/// The entry at `address` of a submission queue, by its operation.
Decoded make_ring_entry(Context& context, std::uint64_t address);
/// What an operation of io_uring_register(2) that came with Linux 5.13 or later takes; an address if it is
/// none.
Decoded make_ring_registration(Context& context, std::uint32_t operation, std::uint64_t address,
                               std::uint64_t count);
/// struct io_uring_getevents_arg
Decoded make_ring_wait(Context& context, std::uint64_t address);
Decoded make_ring_params(Context& context, std::uint64_t address);
Decoded make_ring_descriptors(Context& context, std::uint64_t address, std::uint64_t count);

}  // namespace ptop::decode
