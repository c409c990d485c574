// Opens and reads /proc files; hands the text to the parsers.
#include "ptop/procfs/reader.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/format.h>

#include "cursor.hpp"
#include "directory.hpp"
#include "parsed.hpp"
#include "whole_file.hpp"

namespace ptop::procfs {
namespace {

/// Holds stat, status, cgroup, and nearly every cmdline. A cmdline may be 2 MB and more: the buffer grows
/// and stays so.
constexpr std::size_t initial_buffer = 16 * 1024;

/// "123/stat" without a trip to the heap.
class TaskPath {
 public:
  explicit TaskPath(Pid pid, const char* file = "") { append("{}/{}", pid.raw(), file); }
  TaskPath(Pid pid, Tid tid, const char* file = "") { append("{}/task/{}/{}", pid.raw(), tid.raw(), file); }
  const char* c_str() const { return text_; }

 private:
  template <class... Args>
  void append(fmt::format_string<Args...> format, Args&&... args) {
    *fmt::format_to_n(text_, sizeof text_ - 1, format, std::forward<Args>(args)...).out = '\0';
  }
  char text_[64];
};

/// Reads the number after `key` of `.ptop/system`, the side file of a recorded tree.
bool parse_recorded_line(SystemInfo& info, std::string_view line) {
  const std::string_view key = take_word(line);
  if (key == "clock_ticks") return parse_into(info.clock_ticks, trimmed(line)) && info.clock_ticks > 0;
  if (key == "page_size") return parse_into(info.page_size, trimmed(line)) && info.page_size > 0;
  return true;
}

Result<std::string> first_line(std::string_view text) { return std::string(take_line(text)); }

}  // namespace

Result<Reader> Reader::open(const std::string& root) {
  Reader reader;
  reader.root_ = root;
  reader.buffer_.resize(initial_buffer);
  reader.root_fd_ = std::make_shared<const Fd>(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!*reader.root_fd_) return fail(os_error(root));
  struct statfs fs {};
  reader.is_procfs_ = fstatfs(reader.root_fd_->get(), &fs) == 0 && fs.f_type == PROC_SUPER_MAGIC;
  auto info = reader.read_system_info();
  if (!info) return fail(std::move(info.error()));
  reader.info_ = *info;
  return reader;
}

Reader Reader::duplicate() const {
  Reader copy;
  copy.root_ = root_;
  copy.root_fd_ = root_fd_;
  copy.is_procfs_ = is_procfs_;
  copy.info_ = info_;
  copy.buffer_.resize(initial_buffer);
  return copy;
}

std::string Reader::machine_root() const { return is_procfs_ ? "" : root_ + "/.ptop/machine"; }

Result<SystemInfo> Reader::read_system_info() {
  SystemInfo info;
  info.clock_ticks = static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
  info.page_size = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const auto stat = read_system_stat();
  if (!stat) return fail(stat.error());
  info.boot_time = stat->boot_time;
  if (is_procfs_) return info;

  const auto recorded = read_system_file(".ptop/system");
  if (!recorded) return info;  // a recording of this very machine, or another's /proc under FUSE
  for (std::string_view rest = *recorded; !rest.empty();) {
    const std::string_view line = take_line(rest);
    if (!parse_recorded_line(info, line)) return malformed(".ptop/system", line);
  }
  return info;
}

Result<std::string_view> Reader::read_system_file(const char* name) {
  // To the very end: in a container some of these come from FUSE, mounted over the real ones.
  return read_whole_file(root_fd_->get(), name, buffer_, End::zero_read);
}

Result<std::string_view> Reader::read_optional_system_file(const char* name) {
  auto text = read_system_file(name);
  // EOPNOTSUPP: pressure of a kernel that was told not to keep it.
  if (!text && (text.error().sys == ENOENT || text.error().sys == EOPNOTSUPP))
    text.error().code = Errc::unsupported;
  return text;
}

Result<std::string_view> Reader::read_task_file(int dir, const char* name) {
  // procfs ends a task's file with a short read: what it generates is handed out in one go, and cmdline and
  // environ fill the buffer as long as there is memory to copy. That saves the read that would only say 0.
  return read_whole_file(dir, name, buffer_, is_procfs_ ? End::short_read : End::zero_read);
}

Result<std::string> Reader::read_link(int dir, const char* name) {
  while (true) {
    const ssize_t n = readlinkat(dir, name, buffer_.data(), buffer_.size());
    if (n < 0) return fail(open_error(name));
    const auto length = static_cast<std::size_t>(n);
    if (length < buffer_.size()) return std::string(buffer_.data(), length);
    buffer_.resize(buffer_.size() * 2);  // full: perhaps cut
  }
}

Result<std::vector<Pid>> Reader::pids() {
  if (lseek(root_fd_->get(), 0, SEEK_SET) != 0) return fail(os_error(root_));
  return list_ids<Pid>(root_fd_->get(), root_);
}

Result<TaskDir> Reader::open_task(const char* path) {
  Fd dir(openat(root_fd_->get(), path, O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!dir) return fail(os_error(path));
  return TaskDir(*this, std::move(dir));
}

Result<TaskDir> Reader::open_process(Pid pid) { return open_task(TaskPath(pid).c_str()); }
Result<TaskDir> Reader::open_thread(Pid pid, Tid tid) { return open_task(TaskPath(pid, tid).c_str()); }

Result<FdDir> Reader::open_fds(Pid pid) {
  if (!is_procfs_) {  // where its directory tells what its links lead to
    auto task = open_process(pid);
    return task ? task->open_fds() : fail(std::move(task.error()));
  }
  const TaskPath path(pid, "fd");
  Fd dir(openat(root_fd_->get(), path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!dir) return fail(os_error(path.c_str()));
  return FdDir(*this, std::move(dir), nullptr);
}

Result<Stat> Reader::read_stat(Pid pid) { return parsed(read_stat_text(pid), parse_stat); }
Result<std::string_view> Reader::read_stat_text(Pid pid) {
  return read_task_file(root_fd_->get(), TaskPath(pid, "stat").c_str());
}
Result<Status> Reader::read_status(Pid pid) {
  return parsed(read_task_file(root_fd_->get(), TaskPath(pid, "status").c_str()), parse_status);
}
Result<TaskIo> Reader::read_io(Pid pid) {
  return parsed(read_task_file(root_fd_->get(), TaskPath(pid, "io").c_str()), parse_io);
}
std::optional<std::uint64_t> Reader::read_vm_hwm(Pid pid) {
  const auto text = read_task_file(root_fd_->get(), TaskPath(pid, "status").c_str());
  return text ? parse_vm_hwm(*text) : std::nullopt;
}
Result<Stat> Reader::read_thread_stat(Pid pid, Tid tid) {
  return parsed(read_thread_stat_text(pid, tid), parse_stat);
}
Result<std::string_view> Reader::read_thread_stat_text(Pid pid, Tid tid) {
  return read_task_file(root_fd_->get(), TaskPath(pid, tid, "stat").c_str());
}

Result<SystemStat> Reader::read_system_stat() { return parsed(read_system_file("stat"), parse_system_stat); }
Result<Meminfo> Reader::read_meminfo() { return parsed(read_system_file("meminfo"), parse_meminfo); }
Result<Loadavg> Reader::read_loadavg() { return parsed(read_system_file("loadavg"), parse_loadavg); }
Result<Uptime> Reader::read_uptime() { return parsed(read_system_file("uptime"), parse_uptime); }
Result<std::string> Reader::read_hostname() {
  return parsed(read_system_file("sys/kernel/hostname"), first_line);
}
Result<std::string> Reader::read_kernel_release() {
  return parsed(read_system_file("sys/kernel/osrelease"), first_line);
}
Result<std::string> Reader::read_boot_id() {
  return parsed(read_optional_system_file("sys/kernel/random/boot_id"), first_line);
}

Result<bool> Reader::read_delay_accounting() {
  const auto text = parsed(read_optional_system_file("sys/kernel/task_delayacct"), first_line);
  if (!text) return fail(text.error());
  return *text != "0";
}

bool Reader::shows_own_pids() const {
  std::array<char, 32> target{};
  const ssize_t n = readlinkat(root_fd_->get(), "self", target.data(), target.size());
  return is_procfs_ && n > 0 &&
         std::string_view(target.data(), static_cast<std::size_t>(n)) == fmt::format_int(::getpid()).c_str();
}

Result<std::vector<Mount>> Reader::read_own_mountinfo() {
  return parsed(read_optional_system_file("self/mountinfo"), parse_mountinfo);
}
Result<Sched> Reader::read_own_sched() {
  return parsed(read_optional_system_file("thread-self/sched"), parse_sched);
}
Result<NsLink> Reader::read_own_namespace(std::string_view name) {
  const std::string path = fmt::format("self/ns/{}", name);
  auto target = read_link(root_fd_->get(), path.c_str());
  if (!target) return fail({Errc::unsupported, target.error().sys, path});
  return parse_ns_link(*target);
}

Result<std::vector<HeldLock>> Reader::read_locks() {
  return parsed(read_optional_system_file("locks"), parse_locks);
}
Result<Pressure> Reader::read_pressure(PressureResource resource) {
  const std::string name = fmt::format("pressure/{}", pressure_resource_name(resource));
  return parsed(read_optional_system_file(name.c_str()), parse_pressure);
}
Result<std::vector<SharedMemory>> Reader::read_sysvipc_shm() {
  return parsed(read_optional_system_file("sysvipc/shm"), parse_sysvipc_shm);
}
Result<std::vector<SemaphoreSet>> Reader::read_sysvipc_sem() {
  return parsed(read_optional_system_file("sysvipc/sem"), parse_sysvipc_sem);
}
Result<std::vector<MessageQueue>> Reader::read_sysvipc_msg() {
  return parsed(read_optional_system_file("sysvipc/msg"), parse_sysvipc_msg);
}
Result<std::vector<SwapArea>> Reader::read_swaps() {
  return parsed(read_optional_system_file("swaps"), parse_swaps);
}
Result<Devices> Reader::read_devices() { return parsed(read_optional_system_file("devices"), parse_devices); }
Result<std::vector<TtyDriver>> Reader::read_tty_drivers() {
  return parsed(read_optional_system_file("tty/drivers"), parse_tty_drivers);
}

}  // namespace ptop::procfs
