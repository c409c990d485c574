#include "golden.hpp"

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

}  // namespace ptop::test
