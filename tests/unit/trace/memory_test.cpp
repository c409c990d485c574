#include "ptop/trace/memory.hpp"

#include <array>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

#include "support/catch.hpp"

using namespace ptop;

TEST_CASE("read_memory: stops at the first page that is not there", "[trace]") {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* const pages = ::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(pages != MAP_FAILED);
  char* const end = static_cast<char*>(pages) + page;
  REQUIRE(::munmap(end, page) == 0);
  std::memcpy(end - 4, "last", 4);

  std::array<std::byte, 64> out{};
  const auto address = TraceeAddr(reinterpret_cast<std::uint64_t>(end - 4));
  CHECK(trace::read_memory(Tid(::getpid()), address, out) == 4);
  CHECK(std::memcmp(out.data(), "last", 4) == 0);
  CHECK(trace::read_memory(Tid(::getpid()), TraceeAddr(reinterpret_cast<std::uint64_t>(end)), out) == 0);
  CHECK(::munmap(pages, page) == 0);
}

TEST_CASE("read_memory: NULL, nothing wanted and nobody there are all zero bytes", "[trace]") {
  std::array<std::byte, 8> out{};
  CHECK(trace::read_memory(Tid(::getpid()), TraceeAddr(0), out) == 0);
  CHECK(trace::read_memory(Tid(::getpid()), TraceeAddr(reinterpret_cast<std::uint64_t>(&out)), {}) == 0);
  CHECK(trace::read_memory(Tid(0x3fffffff), TraceeAddr(reinterpret_cast<std::uint64_t>(&out)), out) == 0);
}
