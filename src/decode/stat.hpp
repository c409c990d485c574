// Modes of files and numbers of devices, for whoever has one in a structure.
#pragma once

#include "context.hpp"

namespace ptop::decode {

/// Block or character device, by S_IFMT.
bool is_device(std::uint64_t mode);
/// S_IFREG|0644
Decoded make_file_mode(Arena& arena, std::uint64_t mode);
/// makedev(0x8, 0x1)
Decoded make_device(Arena& arena, std::uint64_t dev);

}  // namespace ptop::decode
