// Two questions to the kernel about ourselves.
#include "own_use.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include <fmt/format.h>

#include "ptop/render/units.hpp"

namespace ptop::app {
namespace {

std::uint64_t nanoseconds(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(time.tv_usec) * 1000U;
}

/// proc_pid_statm(5): the second number, in pages.
std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t size = 0, resident = 0;
  file >> size >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

OwnUse read_own_use() {
  rusage use{};
  ::getrusage(RUSAGE_SELF, &use);
  return {std::chrono::steady_clock::now(), nanoseconds(use.ru_utime) + nanoseconds(use.ru_stime),
          resident_bytes()};
}

std::string own_use_text(const std::optional<OwnUse>& before, const OwnUse& now) {
  std::string out = "ptop";
  const double seconds = before ? std::chrono::duration<double>(now.at - before->at).count() : 0;
  if (seconds > 0 && now.cpu_ns >= before->cpu_ns)
    out += fmt::format(" {:.1f}ms/s", static_cast<double>(now.cpu_ns - before->cpu_ns) / 1e6 / seconds);
  if (now.rss_bytes > 0) out += " " + render::human_bytes(now.rss_bytes);
  return out;
}

}  // namespace ptop::app
