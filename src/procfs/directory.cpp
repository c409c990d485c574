// Reads directories by getdents64(2): opendir(3) would allocate, and fstat each directory, once per process.
#include "directory.hpp"

#include <dirent.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <string_view>

#include "ptop/base/number.hpp"

namespace ptop::procfs {
namespace {

void append_number(std::vector<std::int32_t>& numbers, std::string_view name) {
  if (name[0] < '0' || name[0] > '9' || (name[0] == '0' && name.size() > 1)) return;
  if (const auto number = parse_number<std::int32_t>(name)) numbers.push_back(*number);
}

void append_numbers(std::vector<std::int32_t>& numbers, const char* entries, std::size_t length) {
  for (std::size_t at = 0; at < length;) {
    const auto* entry = reinterpret_cast<const dirent64*>(entries + at);
    append_number(numbers, entry->d_name);
    at += entry->d_reclen;
  }
}

}  // namespace

tl::expected<std::vector<std::int32_t>, int> list_numbers(int dir) {
  std::vector<std::int32_t> numbers;
  alignas(dirent64) std::array<char, 32 * 1024> entries;
  while (true) {
    const ssize_t n = getdents64(dir, entries.data(), entries.size());
    if (n < 0) return tl::unexpected<int>(errno);
    if (n == 0) break;
    append_numbers(numbers, entries.data(), static_cast<std::size_t>(n));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace ptop::procfs
