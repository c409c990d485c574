// Every screen that ptop has, as keys that lead there: one row each.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app.hpp"

namespace ptop::app::test {

struct ScreenRow {
  std::string name;                   ///< of its golden files: tests/golden/screens/NAME-80x24.txt
  std::string story;                  ///< in tests/fixtures/proc
  std::string steps;                  ///< Story::play(), after two scans
  void (*change)(Config&) = nullptr;  ///< what is not as without settings
};

/// Written out, and those that ptop's own tables name: tabs, pages about a process, pages of the setup.
std::vector<ScreenRow> screen_rows();

}  // namespace ptop::app::test
