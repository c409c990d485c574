// Escaped text holds nothing a terminal would act on, and stays the same when it is escaped again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ptop/base/escape.hpp"

extern "C" int PTOP_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = ptop::escaped(bytes);
  const bool control =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (control || !ptop::is_valid_utf8(text) || ptop::escaped(text) != text) std::abort();
  if (!ptop::is_valid_utf8(ptop::replace_invalid_utf8(bytes))) std::abort();
  if (ptop::clip(text, 10).size() > text.size()) std::abort();
  return 0;
}
