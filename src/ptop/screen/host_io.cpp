// Two files of /proc.
#include "host_io.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "ptop/base/fd.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;

/// "" when it cannot be read.
std::string read_file(const std::string& path) {
  const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  std::string text;
  std::array<char, 16384> piece;
  while (file.get() >= 0 && text.size() < most_bytes) {
    const ssize_t got = ::read(file.get(), piece.data(), piece.size());
    if (got <= 0) break;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
  return text;
}

std::optional<procfs::Traffic> traffic(const std::string& text,
                                       Result<procfs::Traffic> (*parse)(std::string_view)) {
  if (text.empty()) return std::nullopt;
  const auto parsed = parse(text);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

}  // namespace

HostIo read_host_io(const std::string& root) {
  return {traffic(read_file(root + "/diskstats"), procfs::parse_diskstats),
          traffic(read_file(root + "/net/dev"), procfs::parse_net_dev)};
}

}  // namespace ptop::app
