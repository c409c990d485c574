// Any bytes are a result or an error that judge.hpp allows, never a crash. Built once for each parser: see
// CMakeLists.txt.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include PTOP_FUZZ_HEADER

#include "judge.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ptop::fuzz::judge(text, ptop::procfs::PTOP_FUZZ_PARSER(text));
  return 0;
}
