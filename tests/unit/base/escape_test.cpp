// The sanitiser against what strangers can put into a name.
#include "ptop/base/escape.hpp"

#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace std::string_literals;

TEST_CASE("escaped: printable text stays as it is", "[base]") {
  const auto text = GENERATE(as<std::string>{}, "", "cat", "a b\\c ~", "Ünïcödé", "日本語", "👩", "e\xcc\x81",
                             "❤\xef\xb8\x8f");
  CHECK(escaped(text) == text);
}

TEST_CASE("escaped: nothing a terminal acts on is left", "[base]") {
  struct Case {
    std::string bytes, shown;
  };
  const auto c = GENERATE(values<Case>({
      {"a\nb\tc\rd", "a\\nb\\tc\\rd"},
      {"\0"s, "\\x00"},
      {"\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07"},  // OSC 52 writes the clipboard
      {"\x1b[2J\x1b[H", "\\x1b[2J\\x1b[H"},
      {"\x7f", "\\x7f"},
      {"\xc2\x9b"
       "31m",
       "\\u009b31m"},  // CSI as one C1 character
      {"\x9b"
       "31m",
       "\\x9b31m"},                                      // and as one byte, which is no UTF-8
      {"\xe2\x80\xaegpj.exe", "\\u202egpj.exe"},         // right-to-left override
      {"\xe2\x81\xa6x\xe2\x81\xa9", "\\u2066x\\u2069"},  // isolates
      {"\xd8\x9c", "\\u061c"},                           // Arabic letter mark
      {"\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029"},    // line and paragraph separator
      {"a\xe2\x80\x8b"
       "b",
       "a\\u200bb"},  // zero width space
      {"a\xc2\xad"
       "b",
       "a\\u00adb"},                        // soft hyphen
      {"\xef\xbb\xbfsh", "\\ufeffsh"},      // byte order mark
      {"\xe3\x85\xa4", "\\u3164"},          // Hangul filler: a letter drawn as nothing
      {"\xf3\xa0\x81\xa1", "\\U000e0061"},  // tag character
      {"\xef\xbf\xbf", "\\uffff"},          // noncharacter
  }));
  CHECK(escaped(c.bytes) == c.shown);
}

TEST_CASE("escaped: every byte of invalid UTF-8 is shown", "[base]") {
  struct Case {
    std::string bytes, shown;
  };
  const auto c = GENERATE(values<Case>({
      {"\xff\xfe", "\\xff\\xfe"},
      {"a\x80", "a\\x80"},
      {"\xc0\xaf", "\\xc0\\xaf"},                    // overlong '/'
      {"\xe0\x80\x8a", "\\xe0\\x80\\x8a"},           // overlong newline
      {"\xf0\x80\x80\x9b", "\\xf0\\x80\\x80\\x9b"},  // overlong ESC
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // lone surrogate
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // beyond U+10FFFF
      {"\xe2\x82", "\\xe2\\x82"},                    // cut off
      {"\xe2\x82z", "\\xe2\\x82z"},
      {"\xf0\x9f\x1b[m", "\\xf0\\x9f\\x1b[m"},  // the ESC must not vanish in a broken character
  }));
  CHECK(escaped(c.bytes) == c.shown);
}

TEST_CASE("escaped: every byte alone is printable ASCII or an escape", "[base]") {
  for (int byte = 0; byte < 256; ++byte) {
    for (const char c : escaped(std::string(1, static_cast<char>(byte)))) {
      CAPTURE(byte);
      CHECK((c >= 0x20 && c < 0x7f));
    }
  }
}

TEST_CASE("escaped_command_line: quotes what a shell would not read back", "[base]") {
  struct Case {
    std::string words, shown;
  };
  const auto c = GENERATE(values<Case>({
      {"", ""},
      {"ls\0-l\0"s, "ls -l"},
      {"ls\0-l"s, "ls -l"},
      {"echo\0\0"s, "echo ''"},
      {"sh\0-c\0exit 3\0"s, "sh -c 'exit 3'"},
      {"echo\0it's\0"s, "echo 'it'\\''s'"},
      {"echo\0$HOME\0*\0~\0#\0"s, "echo '$HOME' '*' '~' '#'"},
      {"A=1\0B=2\0"s, "'A=1' B=2"},
      {"printf\0a\nb\0"s, "printf $'a\\nb'"},
      {"x\0it's\\\n\0"s, "x $'it\\'s\\\\\\n'"},
      {"x\0\x1b]0;t\x07\0"s, "x $'\\x1b]0;t\\x07'"},
      {"caf\xc3\xa9\0"s, "caf\xc3\xa9"},
      {"x\0\xff\0"s, "x $'\\xff'"},
  }));
  CHECK(escaped_command_line(c.words) == c.shown);
}

TEST_CASE("is_valid_utf8: well-formed only", "[base]") {
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8("a\xc2\x80\xe0\xa0\x80\xed\x9f\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"));
  const auto bad =
      GENERATE(as<std::string>{}, "\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xbf\xbf", "\xf0\x8f\xbf\xbf",
               "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf0\x9f\x92", "\xc3");
  CHECK_FALSE(is_valid_utf8(bad));
}

TEST_CASE("replace_invalid_utf8: one replacement for each maximal part", "[base]") {
  // The example of the Unicode standard, section 3.9, table 3-8 and 3-11.
  const std::string r = "\xef\xbf\xbd";
  CHECK(replace_invalid_utf8("a\xf1\x80\x80\xe1\x80\xc2"
                             "b\x80"
                             "c\x80\xbf"
                             "d") == "a" + r + r + r + "b" + r + "c" + r + r + "d");
  CHECK(replace_invalid_utf8("\xc0\xaf\xe0\x80\xbf") == r + r + r + r + r);
  CHECK(replace_invalid_utf8("ok\xe2\x82\xac") == "ok\xe2\x82\xac");
}

TEST_CASE("base64: the test vectors of RFC 4648", "[base]") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foob") == "Zm9vYg==");
  CHECK(base64("fooba") == "Zm9vYmE=");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("\xff\xfe\xfd\x00"s) == "//79AA==");
}
