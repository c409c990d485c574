#include "support/catch.hpp"

TEST_CASE("base: placeholder") { SUCCEED(); }
