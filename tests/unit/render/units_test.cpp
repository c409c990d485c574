// Numbers for people.
#include "ptop/render/units.hpp"

#include "support/catch.hpp"

using namespace ptop::render;

namespace {
constexpr std::uint64_t s = 1'000'000'000;
}

TEST_CASE("human_bytes: at most five characters", "[render]") {
  CHECK(human_bytes(0) == "0");
  CHECK(human_bytes(1023) == "1023");
  CHECK(human_bytes(1024) == "1.0K");
  CHECK(human_bytes(4096) == "4.0K");
  CHECK(human_bytes(10188) == "9.9K");
  CHECK(human_bytes(10189) == "10K");
  CHECK(human_bytes(1023 * 1024) == "1023K");
  CHECK(human_bytes(1024 * 1024 - 1) == "1.0M");
  CHECK(human_bytes(134217728) == "128M");
  CHECK(human_bytes(1288490189) == "1.2G");
  CHECK(human_bytes(UINT64_MAX) == "16E");
  for (int shift = 0; shift < 64; ++shift) CHECK(human_bytes(UINT64_MAX >> shift).size() <= 5);
}

TEST_CASE("human_cpu_time: as ps writes TIME", "[render]") {
  CHECK(human_cpu_time(0) == "0:00");
  CHECK(human_cpu_time(3 * s + s / 2) == "0:03");
  CHECK(human_cpu_time(754 * s) == "12:34");
  CHECK(human_cpu_time(3723 * s) == "1:02:03");
  CHECK(human_cpu_time((3 * 86400 + 4 * 3600 + 5 * 60 + 6) * s) == "3-04:05:06");
}

TEST_CASE("human_duration: one or two units", "[render]") {
  CHECK(human_duration(0) == "0s");
  CHECK(human_duration(999) == "999ns");
  CHECK(human_duration(850'000) == "850us");
  CHECK(human_duration(12'999'999) == "12ms");
  CHECK(human_duration(1'500'000'000) == "1.5s");
  CHECK(human_duration(9'999'999'999) == "9.9s");
  CHECK(human_duration(59 * s) == "59s");
  CHECK(human_duration(200 * s) == "3m20s");
  CHECK(human_duration(7500 * s) == "2h05m");
  CHECK(human_duration((4 * 24 + 3) * 3600 * s) == "4d03h");
}

TEST_CASE("human_percent: one decimal below a hundred", "[render]") {
  CHECK(human_percent(0) == "0.0");
  CHECK(human_percent(99.94) == "99.9");
  CHECK(human_percent(99.96) == "100");
  CHECK(human_percent(1234.4) == "1234");
}
