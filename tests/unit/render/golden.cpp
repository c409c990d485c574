#include "golden.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/catch.hpp"
#include "support/paths.hpp"

namespace ptop::test {

Fd memory_file() {
  Fd file(::memfd_create("test", MFD_CLOEXEC));
  REQUIRE(file);
  return file;
}

std::string contents(const Fd& file) {
  struct stat status {};
  REQUIRE(::fstat(file.get(), &status) == 0);
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  REQUIRE(::pread(file.get(), text.data(), text.size(), 0) == status.st_size);
  return text;
}

void check_golden(const std::string& name, const std::string& text) {
  const std::string path = golden_files() + "/" + name;
  const char* update = std::getenv("PTOP_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ostringstream golden;
  golden << std::ifstream(path, std::ios::binary).rdbuf();
  CHECK(text == golden.str());
}

}  // namespace ptop::test
