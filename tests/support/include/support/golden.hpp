// Files that say how output has to look: tests/golden.
#pragma once

#include <string>

namespace ptop::test {

/// Compares with tests/golden/NAME; with PTOP_UPDATE_GOLDEN=1 in the environment writes that file instead
/// (tools/update-golden). A difference is told by its first line.
void check_golden(const std::string& name, const std::string& text);

}  // namespace ptop::test
