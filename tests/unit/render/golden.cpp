#include "golden.hpp"

#include <algorithm>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/catch.hpp"

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

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

}  // namespace ptop::test
