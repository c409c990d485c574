// Bytes in C notation, with the four ways to write what is odd.
#include "ptop/base/c_notation.hpp"

#include "support/catch.hpp"

using namespace ptop;
using namespace std::string_view_literals;

namespace {

std::string written(std::string_view bytes, HexBytes hex = HexBytes::never, std::string_view special = "\"") {
  std::string out;
  append_c_bytes(out, bytes, special, hex);
  return out;
}

}  // namespace

TEST_CASE("append_c_bytes: an octal escape is as short as the next byte allows", "[base]") {
  CHECK(written("\1x"sv) == "\\1x");
  CHECK(written("\1\0017"sv) == "\\1\\0017");
  CHECK(written("\377"sv) == "\\377");
  CHECK(written("\0"sv) == "\\0");
}

TEST_CASE("append_c_bytes: letters, quotes and what is special around", "[base]") {
  CHECK(written("\t\n\v\f\r\\\""sv) == "\\t\\n\\v\\f\\r\\\\\\\"");
  CHECK(written("<\"a\">"sv, HexBytes::never, "<>") == "\\74\"a\"\\76");
}

TEST_CASE("append_c_bytes: hexadecimal of odd bytes, of odd strings, of all", "[base]") {
  CHECK(written("a\1\n"sv, HexBytes::odd_bytes) == "a\\x01\\n");
  CHECK(written("a\1\n"sv, HexBytes::odd_strings) == "\\x61\\x01\\x0a");
  CHECK(written("a\n\v"sv, HexBytes::odd_strings) == "a\\n\\v");
  CHECK(written("a\x7f"sv, HexBytes::odd_strings) == "\\x61\\x7f");
  CHECK(written("a"sv, HexBytes::always) == "\\x61");
}
