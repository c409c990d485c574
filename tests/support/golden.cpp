#include "support/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/catch.hpp"
#include "support/paths.hpp"

namespace ptop::test {
namespace {

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Where two texts part: the line of each.
std::string first_difference(const std::string& golden, const std::string& now) {
  std::istringstream left(golden), right(now);
  std::string expected, found;
  for (int line = 1;; ++line) {
    const bool more = static_cast<bool>(std::getline(left, expected));
    const bool more_now = static_cast<bool>(std::getline(right, found));
    if (!more) expected = "(its end)";
    if (!more_now) found = "(its end)";
    if (expected != found || !more || !more_now)
      return "line " + std::to_string(line) + "\n  golden: " + expected + "\n  now:    " + found;
  }
}

}  // namespace

void check_golden(const std::string& name, const std::string& text) {
  const std::string path = golden_files() + "/" + name;
  const char* update = std::getenv("PTOP_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  const std::string golden = content(path);
  INFO("tests/golden/" << name << " differs (tools/update-golden shows it and asks), "
                       << first_difference(golden, text));
  CHECK((text == golden));
}

}  // namespace ptop::test
