// /proc for follow.
#include "facts.hpp"

#include <ctime>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace ptop::follow {
namespace {

constexpr std::uint64_t second_ns = 1'000'000'000;

std::uint64_t ns(const timeval& t) {
  return static_cast<std::uint64_t>(t.tv_sec) * second_ns + static_cast<std::uint64_t>(t.tv_usec) * 1000;
}

}  // namespace

Result<Facts> Facts::open() {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return fail(reader.error());
  return Facts(std::move(*reader));
}

std::optional<procfs::Stat> Facts::stat(Tid tid) {
  auto stat = reader_.read_stat(Pid(tid.raw()));  // /proc/<tid> exists for every thread, listed or not
  if (!stat) return std::nullopt;
  return std::move(*stat);
}

std::string Facts::comm(Pid pid) {
  auto found = stat(leader_of(pid));
  return found ? std::move(found->comm) : std::string();
}

Facts::Image Facts::image(Pid pid) {
  Image image;
  auto dir = reader_.open_process(pid);
  if (!dir) return image;
  image.exe = dir->read_link("exe").value_or(std::string());
  if (auto cwd = dir->read_link("cwd")) image.cwd = std::move(*cwd);
  return image;
}

bool Facts::is_script(Pid pid, const std::string& filename) const {
  const char* const base = filename.starts_with('/') ? "root" : "cwd/";
  const Fd file(::open(fmt::format("/proc/{}/{}{}", pid.raw(), base, filename).c_str(),
                       O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  char first[2] = {};
  return file && ::pread(file.get(), first, sizeof first, 0) == sizeof first && first[0] == '#' &&
         first[1] == '!';
}

ExitFacts Facts::exit_facts(const Process& process, Tid tid, const rusage& usage) {
  ExitFacts facts{.utime_ns = ns(usage.ru_utime), .stime_ns = ns(usage.ru_stime)};
  auto dir = reader_.open_process(Pid(tid.raw()));
  if (!dir) return facts;
  if (auto status = dir->read_status(); status && status->vm_hwm) facts.max_rss = status->vm_hwm;
  if (process.children.empty() && !process.born_before) return facts;
  if (auto stat = dir->read_stat()) {
    facts.utime_ns = ticks_to_ns(stat->utime);
    facts.stime_ns = ticks_to_ns(stat->stime);
  }
  return facts;
}

std::uint64_t Facts::ticks_to_ns(Ticks ticks) const { return ticks.raw() * (second_ns / clock_ticks()); }

std::uint64_t Facts::age_ns(Ticks start) const {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);  // starttime is on this clock (fs/proc/array.c, start_boottime)
  const auto now_ns =
      static_cast<std::uint64_t>(now.tv_sec) * second_ns + static_cast<std::uint64_t>(now.tv_nsec);
  const auto start_ns = ticks_to_ns(start);
  return now_ns > start_ns ? now_ns - start_ns : 0;
}

}  // namespace ptop::follow
