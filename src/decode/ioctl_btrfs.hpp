// ioctl requests of btrfs: what both files of them use.
#pragma once

#include "ioctl.hpp"

namespace ptop::decode {

/// A tree's or object's number, by name if it has one.
Decoded show_object(Context&, const Member&, std::uint64_t, const Instance&);
/// A number whose greatest one means that there is no limit.
Decoded show_limit(Context&, const Member&, std::uint64_t, const Instance&);
/// `count` numbers of 64 bits from `address`.
Decoded make_numbers64(Context& context, std::uint64_t address, std::uint64_t count);

}  // namespace ptop::decode
