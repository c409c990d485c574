// Strings in JSON: the same text for a parser, harmless on a terminal.
#include "ptop/base/json_text.hpp"
#include "support/catch.hpp"

using ptop::append_json_text;

namespace {
std::string json(std::string_view text) {
  std::string out;
  append_json_text(out, text);
  return out;
}
}  // namespace

TEST_CASE("append_json_text: what JSON forbids is escaped", "[base]") {
  CHECK(json("plain/text") == "plain/text");
  CHECK(json("a\"b\\c") == R"(a\"b\\c)");
  CHECK(json(std::string_view("\0\n\x1b", 3)) == R"(\u0000\n\u001B)");
}

TEST_CASE("append_json_text: what a terminal would act on is escaped, and the rest stays", "[base]") {
  CHECK(json("\x7f") == R"(\u007F)");
  CHECK(json("\u009b31m") == R"(\u009B31m)");
  CHECK(json("\u202egpj\u2028") == R"(\u202Egpj\u2028)");
  CHECK(json("日本e\u0301") == "日本e\u0301");
}

TEST_CASE("append_json_text: above U+FFFF it takes a surrogate pair", "[base]") {
  CHECK(json("\U000e0041") == R"(\uDB40\uDC41)");
  CHECK(json("\U0001f600") == "\U0001f600");
}
