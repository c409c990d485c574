// The grid of cells.
#include "surface.hpp"

#include "support/catch.hpp"

using namespace ptop::app;

TEST_CASE("surface: text comes back as it was put", "[tui]") {
  Surface s(2, 20);
  CHECK(s.put(1, 3, "processes", Ink::plain, 20) == 9);
  CHECK(s.text() == "\n   processes\n");
}

TEST_CASE("surface: drawing outside changes nothing", "[tui]") {
  Surface s(2, 4);
  const Surface before = s;
  CHECK(s.put(-1, 0, "x", Ink::plain, 9) == 0);
  CHECK(s.put(2, 0, "x", Ink::plain, 9) == 0);
  CHECK(s.put(0, 4, "x", Ink::plain, 9) == 0);
  CHECK(s.put(0, 0, "x", Ink::plain, 0) == 0);
  CHECK(s.text() == before.text());
}

TEST_CASE("surface: text is cut at the limit and at the edge", "[tui]") {
  Surface s(1, 6);
  CHECK(s.put(0, 0, "abcdef", Ink::plain, 3) == 3);
  CHECK(s.put(0, 4, "xyz", Ink::plain, 9) == 2);
  CHECK(s.text(0) == "abc xy");
}

TEST_CASE("surface: a wide character takes two cells and is never split", "[tui]") {
  Surface s(1, 5);
  CHECK(s.put(0, 0, "日本語", Ink::plain, 5) == 4);
  CHECK(s.text(0) == "日本");
  CHECK(s.at(0, 0).width == 2);
  CHECK(s.at(0, 1).width == 0);
}

TEST_CASE("surface: overwriting half of a wide character leaves a blank for the other half", "[tui]") {
  Surface s(1, 4);
  s.put(0, 0, "日本", Ink::plain, 4);
  s.put(0, 1, "x", Ink::plain, 1);
  CHECK(s.text(0) == " x本");
  s.put(0, 2, "y", Ink::plain, 1);
  CHECK(s.text(0) == " xy");
}

TEST_CASE("surface: combining marks stay with their character", "[tui]") {
  Surface s(1, 4);
  CHECK(s.put(0, 0, "e\u0301a", Ink::plain, 4) == 2);
  CHECK(s.text(0) == "e\u0301a");
  CHECK(s.at(0, 0).marks[0] == U'\u0301');
}

TEST_CASE("surface: what escaped the sanitiser is no control sequence either", "[tui]") {
  Surface s(1, 8);
  s.put(0, 0, "a\x1b[2Jb\xff", Ink::plain, 8);
  CHECK(s.text(0) == "a\uFFFD[2Jb\uFFFD");
}

TEST_CASE("region: a part clips what is drawn on it", "[tui]") {
  Surface s(3, 10);
  const Region part = Region(s).part(1, 2, 1, 4);
  part.fill(0, Ink::plain, '.');
  part.put(0, 1, "abcdefgh", Ink::plain);
  part.put(1, 0, "outside", Ink::plain);
  CHECK(s.text() == "\n  .abc\n\n");
}

TEST_CASE("region: text put to the right ends before the column", "[tui]") {
  Surface s(1, 8);
  Region(s).put_right(0, 6, "12", Ink::plain);
  CHECK(s.text(0) == "    12");
  Region(s).put_right(0, 3, "abcdef", Ink::plain);
  CHECK(s.text(0) == "abc 12");
}

TEST_CASE("region: a part larger than the whole is the whole", "[tui]") {
  Surface s(2, 3);
  const Region part = Region(s).part(-5, 1, 100, 100);
  CHECK(part.rows() == 2);
  CHECK(part.columns() == 2);
  CHECK(Region(s).part(9, 9, 1, 1).rows() == 0);
}
