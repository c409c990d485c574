// The files and links of one process or thread, below its opened directory.
#include <fcntl.h>

#include <fmt/format.h>

#include "parsed.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::procfs {
namespace {

Result<std::string> as_bytes(std::string_view text) { return std::string(text); }

}  // namespace

Result<Stat> TaskDir::read_stat() { return parsed(reader_->read_task_file(dir_.get(), "stat"), parse_stat); }
Result<Status> TaskDir::read_status() {
  return parsed(reader_->read_task_file(dir_.get(), "status"), parse_status);
}
Result<Statm> TaskDir::read_statm() {
  return parsed(reader_->read_task_file(dir_.get(), "statm"), parse_statm);
}
Result<std::vector<CgroupMembership>> TaskDir::read_cgroup() {
  return parsed(reader_->read_task_file(dir_.get(), "cgroup"), parse_cgroup);
}

Result<std::string> TaskDir::read_bytes(const char* name) {
  return parsed(reader_->read_task_file(dir_.get(), name), as_bytes);
}
Result<std::string> TaskDir::read_cmdline() { return read_bytes("cmdline"); }
Result<std::string> TaskDir::read_environ() { return read_bytes("environ"); }

Result<std::string> TaskDir::read_link(const char* name) { return reader_->read_link(dir_.get(), name); }

Result<std::vector<FdEntry>> TaskDir::read_fds() {
  const Fd dir(openat(dir_.get(), "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!dir) return fail(os_error("fd"));
  const auto numbers = list_numbers(dir.get());
  if (!numbers) return fail(os_error(numbers.error(), "fd"));

  std::vector<FdEntry> entries;
  entries.reserve(numbers->size());
  for (const int fd : *numbers) {
    const auto target = reader_->read_link(dir.get(), fmt::format_int(fd).c_str());
    if (target) {
      entries.push_back({fd, parse_fd_link(*target)});
    } else if (target.error().code != Errc::gone) {
      return fail(target.error());
    }
  }
  return entries;
}

Result<std::vector<Tid>> TaskDir::tids() {
  const Fd dir(openat(dir_.get(), "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!dir) return fail(os_error("task"));
  return list_ids<Tid>(dir.get(), "task");
}

}  // namespace ptop::procfs
