// Terminal columns, and text cut to them.
#include "ptop/base/escape.hpp"
#include "support/catch.hpp"

using namespace ptop;

TEST_CASE("display_width: wide characters are two, marks none", "[base]") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("é") == 1);
  CHECK(display_width("e\xcc\x81x") == 2);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("한글") == 4);
  CHECK(display_width("👩") == 2);
  CHECK(display_width("ｱ") == 1);   // halfwidth katakana
  CHECK(display_width("Ａ") == 2);  // fullwidth A
  CHECK(display_width("│├─└…→") == 6);
}

TEST_CASE("clip: never more columns than asked for", "[base]") {
  CHECK(clip("hello", 3) == "hel");
  CHECK(clip("hello", 9) == "hello");
  CHECK(clip("hello", 0) == "");
  CHECK(clip("日本", 3) == "日");
  CHECK(clip("a日", 2) == "a");
}

TEST_CASE("clip: a character keeps its marks", "[base]") {
  CHECK(clip("ae\xcc\x81z", 2) == "ae\xcc\x81");
  CHECK(clip("ae\xcc\x81z", 1) == "a");
}

TEST_CASE("shorten_middle: keeps both ends", "[base]") {
  CHECK(shorten_middle("abcdefghij", 10) == "abcdefghij");
  CHECK(shorten_middle("abcdefghij", 5) == "ab…ij");
  CHECK(shorten_middle("abcdefghij", 6) == "abc…ij");
  CHECK(shorten_middle("abcdefghij", 7, true) == "ab...ij");
  CHECK(shorten_middle("abcdefghij", 2, true) == "..");
  CHECK(shorten_middle("abcdefghij", 0) == "");
}

TEST_CASE("shorten_middle: fits for every width, wide characters too", "[base]") {
  for (std::size_t columns = 0; columns < 16; ++columns) {
    CAPTURE(columns);
    CHECK(display_width(shorten_middle("日本語 abc 日本語", columns)) <= columns);
    CHECK(display_width(shorten_middle("日本語 abc 日本語", columns, true)) <= columns);
  }
}
