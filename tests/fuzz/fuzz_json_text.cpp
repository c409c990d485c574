// Valid UTF-8 in a JSON string is valid UTF-8 still, and holds no quote and no control that would end it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ptop/base/escape.hpp"
#include "ptop/base/json_text.hpp"

namespace {

/// The bytes as they stand are safe on a terminal, but for backslashes nothing is left to escape.
bool is_safe(const std::string& json) { return ptop::is_valid_utf8(json) && ptop::escaped(json) == json; }

bool quotes_are_escaped(std::string_view json) {
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      return false;
    }
  }
  return true;
}

}  // namespace

extern "C" int PTOP_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size) {
  const std::string text = ptop::replace_invalid_utf8({reinterpret_cast<const char*>(data), size});
  std::string json;
  ptop::append_json_text(json, text);
  if (!is_safe(json) || !quotes_are_escaped(json)) std::abort();
  return 0;
}
