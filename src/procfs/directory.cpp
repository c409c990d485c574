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

/// Hands each name to `take`. Error: errno.
template <class Take>
tl::expected<void, int> for_each_name(int dir, Take take) {
  alignas(dirent64) std::array<char, 32 * 1024> entries;
  while (true) {
    const ssize_t length = getdents64(dir, entries.data(), entries.size());
    if (length < 0) return tl::unexpected<int>(errno);
    if (length == 0) return {};
    for (std::size_t at = 0; at < static_cast<std::size_t>(length);) {
      const auto* entry = reinterpret_cast<const dirent64*>(entries.data() + at);
      take(std::string_view(entry->d_name));
      at += entry->d_reclen;
    }
  }
}

}  // namespace

tl::expected<std::vector<std::int32_t>, int> list_numbers(int dir) {
  std::vector<std::int32_t> numbers;
  const auto listed = for_each_name(dir, [&](std::string_view name) { append_number(numbers, name); });
  if (!listed) return tl::unexpected<int>(listed.error());
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

tl::expected<std::vector<std::string>, int> list_names(int dir) {
  std::vector<std::string> names;
  const auto listed = for_each_name(dir, [&](std::string_view name) {
    if (!name.starts_with('.')) names.emplace_back(name);
  });
  if (!listed) return tl::unexpected<int>(listed.error());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace ptop::procfs
