// Any bytes are an answer of the kernel's, or an error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ptop/sockets/taskstats.hpp"

extern "C" int PTOP_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size) {
  static_cast<void>(ptop::sockets::parse_taskstats({reinterpret_cast<const char*>(data), size}));
  return 0;
}
