// Bytes with several owners.
#include "ptop/model/shared_text.hpp"

#include "support/catch.hpp"

using namespace ptop::model;
using namespace std::literals;

TEST_CASE("SharedText: raw bytes, and nothing when there are none", "[model]") {
  const SharedText text("a\0b"sv), none("");
  CHECK(text == "a\0b"sv);
  CHECK(text.size() == 3);
  CHECK(none.empty());
  CHECK(none.is(SharedText()));
}

TEST_CASE("SharedText: copies share the bytes, and outlive the first", "[model]") {
  SharedText first("words"), copy(first);
  CHECK(copy.is(first));
  first = SharedText("others");
  CHECK(copy == "words");
  SharedText& same = copy;
  copy = same;
  CHECK(copy == "words");
  const SharedText moved(std::move(copy));
  CHECK(moved == "words");
}
