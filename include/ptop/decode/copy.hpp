// Trees that outlive their arena.
#pragma once

#include <span>

#include "ptop/decode/decoded.hpp"

namespace ptop::decode {

/// A tree in `arena` that borrows nothing from the one it was made of.
Decoded copy_tree(const Decoded& tree, Arena& arena);
std::span<const Field> copy_fields(std::span<const Field> fields, Arena& arena);
FlagNames copy_flags(const FlagNames& flags, Arena& arena);

}  // namespace ptop::decode
