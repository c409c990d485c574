// Any bytes are a query or a mistake whose explanation fits on three lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ptop/model/query.hpp"

extern "C" int PTOP_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size) {
  using namespace ptop::model;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  complete(text, size / 2);
  complete(text, size);
  const auto query = Query::parse(text);
  if (query) return 0;
  const std::string lines = explain(query.error(), text);
  if (std::count(lines.begin(), lines.end(), '\n') != 2) std::abort();
  return 0;
}
