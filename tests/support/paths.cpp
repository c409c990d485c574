#include "support/paths.hpp"

namespace ptop::test {

std::string fixtures() { return PTOP_TESTS "/fixtures"; }
std::string golden_files() { return PTOP_TESTS "/golden"; }

}  // namespace ptop::test
