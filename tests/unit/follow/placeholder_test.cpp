#include "support/catch.hpp"

TEST_CASE("follow: placeholder") { SUCCEED(); }
