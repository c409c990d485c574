// Where the tests' files are. A function, so that one object file knows the directory of this checkout and
// all others can come from a compiler cache.
#pragma once

#include <string>

namespace ptop::test {

std::string fixtures();      ///< tests/fixtures
std::string golden_files();  ///< tests/golden

}  // namespace ptop::test
