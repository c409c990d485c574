#include "support/catch.hpp"

TEST_CASE("render: placeholder") { SUCCEED(); }
