// readlink(2) of /proc/<tid>/fd/<n> and cwd.
#include "descriptors.hpp"

#include <array>
#include <climits>

#include <fmt/format.h>
#include <unistd.h>

namespace ptop::follow {
namespace {

std::string_view link_target(const char* path, decode::Arena& arena) {
  std::array<char, PATH_MAX> target;
  const auto length = ::readlink(path, target.data(), target.size());
  if (length <= 0) return {};
  return arena.copy({target.data(), static_cast<std::size_t>(length)});
}

/// "/proc/<tid>/<name>" without a trip to the heap.
template <class... Args>
std::array<char, 64> proc_path(fmt::format_string<Args...> format, Args&&... args) {
  std::array<char, 64> path{};
  fmt::format_to_n(path.data(), path.size() - 1, format, std::forward<Args>(args)...);
  return path;
}

}  // namespace

std::string_view TaskDescriptors::name(std::int32_t fd, decode::Arena& arena) {
  return link_target(proc_path("/proc/{}/fd/{}", tid_.raw(), fd).data(), arena);
}

std::string_view TaskDescriptors::working_directory(decode::Arena& arena) {
  return link_target(proc_path("/proc/{}/cwd", tid_.raw()).data(), arena);
}

}  // namespace ptop::follow
