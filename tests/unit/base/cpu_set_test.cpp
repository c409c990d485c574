#include "ptop/base/cpu_set.hpp"

#include "support/catch.hpp"

using namespace ptop;

TEST_CASE("parse_cpu_list: ranges and single processors, and back", "[base]") {
  for (const std::string text : {"", "0", "0-3,8", "63-64", "0-511", "2,4,6"}) {
    const auto set = parse_cpu_list(text + "\n");
    INFO(text);
    REQUIRE(set);
    CHECK(set->text() == text);
  }
}

TEST_CASE("parse_cpu_list: what is no list is refused", "[base]") {
  for (const char* text : {"x", "3-1", "1-", ",", "-1", "0-4294967295", "1,,2"}) {
    INFO(text);
    CHECK_FALSE(parse_cpu_list(text));
  }
}

TEST_CASE("CpuSet: union and intersection, of sets of different sizes", "[base]") {
  const CpuSet few = *parse_cpu_list("0-3"), many = *parse_cpu_list("2-200");
  CHECK((few | many).text() == "0-200");
  CHECK((few & many).text() == "2-3");
  CHECK((few & *parse_cpu_list("100")).empty());
  CHECK((many & few) == *parse_cpu_list("2-3"));
}

TEST_CASE("CpuSet: words as the kernel has them", "[base]") {
  const CpuSet set({5, 0, 1, 0});
  CHECK(set.text() == "0,2,128");
  CHECK(set.words().size() == 3);
  CHECK_FALSE(set.has(4096));
}
