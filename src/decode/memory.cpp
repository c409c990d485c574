// Memory maps: what their flags say about the arguments.
#include "decoders.hpp"

namespace ptop::decode {

// Without MREMAP_FIXED the kernel does not look at the new address.
bool mremap_is_fixed(const Args& args) {
  constexpr std::uint64_t mremap_fixed = 2;  // include/uapi/linux/mman.h
  return (args[3] & mremap_fixed) != 0;
}

}  // namespace ptop::decode
