// Any bytes are an answer of the kernel's, whole or not, or an error.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ptop/sockets/sock_diag.hpp"

extern "C" int PTOP_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size) {
  std::vector<ptop::sockets::UnixDiag> sockets;
  const std::string_view messages(reinterpret_cast<const char*>(data), size);
  static_cast<void>(ptop::sockets::parse_unix_diag(messages, sockets));
  return 0;
}
