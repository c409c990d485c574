// Names that fit in place, and those of kernel workers.
#include "ptop/base/comm.hpp"

#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace {

using ptop::Comm;
using namespace std::string_literals;

TEST_CASE("Comm: any bytes of any length", "[base]") {
  for (const auto& text : {""s, "a"s, "exactly fifteen"s, "one more than 15"s,
                           "kworker/u8:2-ext4-rsv-conversion"s, ") \x1b\n\0x"s, std::string(100'000, 'x')}) {
    const Comm comm(text);
    CHECK(comm == text);
    CHECK(comm.view() == text);
    CHECK(comm.empty() == text.empty());
    CHECK(comm != text + "y");
  }
}

TEST_CASE("Comm: copies are their own", "[base]") {
  for (const auto& text : {"short"s, "one that needs memory of its own"s}) {
    Comm first(text);
    Comm copy = first;
    const Comm moved = std::move(first);
    CHECK(copy == text);
    CHECK(moved == copy);
    copy = "other";
    CHECK(moved == text);
    copy = moved;
    CHECK(copy == text);
    std::vector<Comm> several(3, moved);
    several.erase(several.begin());
    CHECK(several[1] == text);
  }
}

TEST_CASE("Comm: half of a std::string", "[base]") { CHECK(sizeof(Comm) == 16); }

}  // namespace
