// /proc for follow.
#include "facts.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <ctime>

#include <endian.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/capability.h>
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "ptop/base/names.hpp"

namespace ptop::follow {
namespace {

constexpr std::uint64_t second_ns = 1'000'000'000;

/// The size of /proc/<pid>/fd is their number since Linux 6.2 (fs/proc/fd.c); before that it is 0.
std::optional<std::uint64_t> open_descriptors(Tid tid) {
  struct stat directory {};
  if (::stat(fmt::format("/proc/{}/fd", tid.raw()).c_str(), &directory) != 0) return std::nullopt;
  return directory.st_size > 0 ? std::optional(static_cast<std::uint64_t>(directory.st_size)) : std::nullopt;
}

/// Where a link of /proc/<pid> points to; nullopt: it could not be read, and errno says why. Longer than
/// PATH_MAX the kernel has none.
std::optional<std::string> link_target(Pid pid, const char* name) {
  std::array<char, PATH_MAX> target;
  const auto path = fmt::format("/proc/{}/{}", pid.raw(), name);
  const auto length = ::readlink(path.c_str(), target.data(), target.size());
  if (length < 0) return std::nullopt;
  return std::string(target.data(), static_cast<std::size_t>(length));
}

/// Of what a link of /proc leads to; 0: it could not be asked.
std::uint64_t inode_of(const std::string& path) {
  struct stat there {};
  return ::stat(path.c_str(), &there) == 0 ? there.st_ino : 0;
}

/// A file as that process sees it. /dev/fd is a link to /proc/self, and that would be ours; execveat(2) of a
/// script names it so.
std::string as_seen_by(Pid pid, const std::string& name) {
  constexpr std::string_view descriptors = "/dev/fd/";
  if (name.starts_with(descriptors))
    return fmt::format("/proc/{}/fd/{}", pid.raw(), std::string_view(name).substr(descriptors.size()));
  return fmt::format("/proc/{}/{}{}", pid.raw(), name.starts_with('/') ? "root" : "cwd/", name);
}

/// The pid namespaces that a task is in, from the first below ours to its own, `innermost`.
std::vector<std::uint64_t> namespaces_down_to(Tid tid, std::uint64_t innermost, std::size_t depth) {
  std::vector<std::uint64_t> inodes{innermost};
  Fd space;
  if (depth > 1) space = Fd(::open(fmt::format("/proc/{}/ns/pid", tid.raw()).c_str(), O_RDONLY | O_CLOEXEC));
  while (inodes.size() < depth) {
    struct stat there {};
    if (space) space = Fd(::ioctl(space.get(), NS_GET_PARENT));
    inodes.push_back(space && ::fstat(space.get(), &there) == 0 ? there.st_ino : 0);
  }
  std::ranges::reverse(inodes);
  return inodes;
}

/// What "#!" at the beginning of a file names (fs/binfmt_script.c); "" when it does not begin so.
std::string first_line_interpreter(Pid pid, const std::string& name) {
  const Fd file(::open(as_seen_by(pid, name).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  std::array<char, 256> head{};  // BINPRM_BUF_SIZE
  const auto size = file ? ::pread(file.get(), head.data(), head.size(), 0) : -1;
  std::string_view line(head.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  if (!line.starts_with("#!")) return {};
  line = line.substr(0, line.find('\n')).substr(2);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return std::string(line.substr(0, line.find_first_of(" \t")));
}

/// What a file gives (struct vfs_cap_data): its permitted set.
std::uint64_t file_capabilities(Pid pid) {
  vfs_ns_cap_data data{};
  const auto size =
      ::getxattr(fmt::format("/proc/{}/exe", pid.raw()).c_str(), "security.capability", &data, sizeof data);
  if (size < static_cast<ssize_t>(XATTR_CAPS_SZ_1)) return 0;
  const std::uint64_t low = le32toh(data.data[0].permitted);
  const std::uint64_t high =
      size >= static_cast<ssize_t>(XATTR_CAPS_SZ_2) ? le32toh(data.data[1].permitted) : 0;
  return low | high << 32U;
}

/// A set-user-ID or set-group-ID file of somebody else, and the program runs with `now` all the same.
bool is_set_id_ignored(const struct stat& program, const Credentials& now) {
  const bool user = (program.st_mode & S_ISUID) != 0 && Uid(program.st_uid) != now.euid;
  const bool group =
      (program.st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP) && Gid(program.st_gid) != now.egid;
  return user || group;
}

bool is_set_user_id(const struct stat& program, const Credentials& now) {
  return (program.st_mode & S_ISUID) != 0 && Uid(program.st_uid) == now.euid && now.uid != now.euid;
}
bool is_set_group_id(const struct stat& program, const Credentials& now) {
  return (program.st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP) && Gid(program.st_gid) == now.egid &&
         now.gid != now.egid;
}

std::uint64_t ns(const timeval& t) {
  return static_cast<std::uint64_t>(t.tv_sec) * second_ns + static_cast<std::uint64_t>(t.tv_usec) * 1000;
}

/// A clock of another process; clockid_t as the kernel makes it of a pid (linux/posix-timers.h).
enum class CpuClock : std::uint8_t { user_and_system, user, scheduled };  // CPUCLOCK_PROF, _VIRT, _SCHED
std::optional<std::uint64_t> read_clock(Pid pid, CpuClock which) {
  const auto clock =
      static_cast<clockid_t>(~static_cast<unsigned>(pid.raw()) << 3U | static_cast<unsigned>(which));
  timespec now{};
  if (::clock_gettime(clock, &now) != 0) return std::nullopt;
  return static_cast<std::uint64_t>(now.tv_sec) * second_ns + static_cast<std::uint64_t>(now.tv_nsec);
}

struct CpuTimes {
  std::uint64_t user_ns, system_ns;
};

/// Of a process itself, as getrusage(2) has it: what its threads ran is exact, and divided by the ratio of
/// the ticks that found it in user space and in the kernel (kernel/sched/cputime.c, cputime_adjust).
std::optional<CpuTimes> own_times(Pid pid) {
  const auto ran = read_clock(pid, CpuClock::scheduled), ticks = read_clock(pid, CpuClock::user_and_system);
  const auto user_ticks = read_clock(pid, CpuClock::user);
  if (!ran || !ticks || !user_ticks) return std::nullopt;
  const std::uint64_t system_ticks = *ticks - std::min(*ticks, *user_ticks);
  if (system_ticks == 0) return CpuTimes{*ran, 0};
  const auto share = static_cast<long double>(system_ticks) / static_cast<long double>(*ticks);
  const auto system = static_cast<std::uint64_t>(static_cast<long double>(*ran) * share);
  return CpuTimes{*ran - system, system};
}

}  // namespace

std::uint64_t since_boot_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * second_ns + static_cast<std::uint64_t>(now.tv_nsec);
}

Result<Facts> Facts::open() {
  auto reader = procfs::Reader::open("/proc");
  if (!reader) return fail(reader.error());
  return Facts(std::move(*reader));
}

Facts::Facts(procfs::Reader reader)
    : reader_(std::move(reader)),
      own_pid_namespace_(inode_of("/proc/self/ns/pid")),
      own_session_(Pid(::getsid(0))) {}

Facts::Inside Facts::inside(Tid tid) {
  // One call for the many that share our namespace; status costs ten times as much.
  const auto pid_namespace = inode_of(fmt::format("/proc/{}/ns/pid", tid.raw()));
  if (pid_namespace == own_pid_namespace_ || pid_namespace == 0) return {};
  auto dir = reader_.open_process(Pid(tid.raw()));
  if (!dir) return {};
  const auto status = dir->read_status();
  if (!status || status->ns_pid.size() < 2) return {};
  std::vector<Pid> pids(status->ns_pid.begin() + 1, status->ns_pid.end());
  return {namespaces_down_to(tid, pid_namespace, pids.size()), std::move(pids)};
}

std::vector<procfs::Mapping> Facts::mappings(Pid pid) {
  auto dir = reader_.open_process(pid);
  if (!dir) return {};
  auto maps = dir->read_maps();
  return maps ? std::move(*maps) : std::vector<procfs::Mapping>{};
}

std::optional<procfs::Stat> Facts::stat(Tid tid) {
  auto stat = reader_.read_stat(Pid(tid.raw()));  // /proc/<tid> exists for every thread, listed or not
  if (!stat) return std::nullopt;
  return std::move(*stat);
}

std::string Facts::comm(Pid pid) {
  auto found = stat(leader_of(pid));
  return found ? std::string(found->comm) : std::string();
}

std::string Facts::exe(Pid pid) { return link_target(pid, "exe").value_or(std::string()); }

void Facts::describe_cwd(Pid pid, Execed& execed) {
  execed.cwd = link_target(pid, "cwd");
  if (execed.cwd) return;
  execed.cwd_unavailable = errno == ENAMETOOLONG               ? "too_long"
                           : errno == EACCES || errno == EPERM ? "denied"
                                                               : "gone";
}

std::vector<std::string> Facts::interpreters(Pid pid, const std::string& filename) const {
  constexpr std::size_t most = 5;  // fs/exec.c: deeper is ELOOP
  std::vector<std::string> chain;
  for (std::string file = filename; chain.size() < most;) {
    auto next = first_line_interpreter(pid, file);
    if (next.empty()) break;
    file = next;
    chain.push_back(std::move(next));
  }
  return chain;
}

std::optional<std::uint64_t> Facts::ignored_signals(Pid pid) {
  auto dir = reader_.open_process(pid);
  if (!dir) return std::nullopt;
  const auto status = dir->read_status();
  return status ? std::optional(status->signals.ignored) : std::nullopt;
}

std::string Facts::descriptor_target(Pid pid, int fd) {
  return link_target(pid, fmt::format("fd/{}", fd).c_str()).value_or(std::string());
}

std::optional<Rights> Facts::rights(Pid pid) {
  auto dir = reader_.open_process(pid);
  if (!dir) return std::nullopt;
  const auto status = dir->read_status();
  if (!status) return std::nullopt;
  const auto& [real, effective, saved, fs] = status->uid;
  const auto& [real_group, effective_group, saved_group, fs_group] = status->gid;
  Rights rights{.ids = {real.raw(), effective.raw(), saved.raw(), fs.raw(), real_group.raw(),
                        effective_group.raw(), saved_group.raw(), fs_group.raw()},
                .groups = {},
                .capabilities = {status->cap_eff, status->cap_prm, status->cap_inh,
                                 status->cap_amb.value_or(0), status->cap_bnd}};
  for (const Gid group : status->groups) rights.groups.push_back(group.raw());
  return rights;
}

bool Facts::has_open(Pid pid, int fd) {
  return ::faccessat(AT_FDCWD, fmt::format("/proc/{}/fdinfo/{}", pid.raw(), fd).c_str(), F_OK, 0) == 0;
}

bool Facts::closes_on_exec(Pid pid, int fd) {
  auto fds = reader_.open_fds(pid);
  if (!fds) return false;
  const auto info = fds->read_info(fd);
  return info && (info->flags & O_CLOEXEC) != 0;
}

/// prlimit(2) by its number: a C library may have a type of its own for the resource.
std::optional<Limit> Facts::limit(Pid pid, int resource) {
  Limit limit{};
  const long result = ::syscall(SYS_prlimit64, pid.raw(), resource, nullptr, limit.data());
  return result == 0 ? std::optional(limit) : std::nullopt;
}

bool Facts::describe_inheritance(Pid pid, Recipe& recipe) {
  auto dir = reader_.open_process(pid);
  if (!dir) return false;
  auto fds = dir->read_fds();
  if (fds) {
    for (procfs::FdEntry& entry : *fds)
      recipe.descriptors.push_back({entry.fd, std::move(entry.link.target), entry.link.deleted});
  }
  if (const auto stat = dir->read_stat()) {
    recipe.new_session = stat->sid == pid;
    recipe.new_group = stat->pgid == pid;
  }
  if (const auto status = dir->read_status()) {
    recipe.blocked = signals_in_mask(status->signals.blocked);
    recipe.ignored = signals_in_mask(status->signals.ignored);
    recipe.capabilities = told_capabilities(status->uid.effective.raw(), status->cap_prm, status->cap_bnd);
  }
  return fds.has_value();
}

std::vector<std::string_view> Facts::daemon_signs(Pid pid, const procfs::Stat& stat) {
  std::vector<std::string_view> signs;
  if (stat.sid != own_session_) signs.emplace_back("new_session");
  if (stat.tty_nr == 0) signs.emplace_back("no_terminal");
  if (signs.size() < 2) return {};
  auto dir = reader_.open_process(pid);
  if (!dir) return signs;
  const auto status = dir->read_status();
  if (status && (status->signals.pending >> (SIGKILL - 1) & 1U) != 0) return {};  // on its way out
  if (dir->read_link("cwd").value_or("") == "/") signs.emplace_back("root_directory");
  const auto fds = dir->read_fds();
  const auto is_null = [](const procfs::FdEntry& entry) {
    return entry.fd > 2 || entry.link.target == "/dev/null";
  };
  if (fds && std::ranges::all_of(*fds, is_null)) signs.emplace_back("null_descriptors");
  return signs;
}

std::size_t Facts::FileIdentity::Hash::operator()(const FileIdentity& id) const {
  constexpr unsigned apart = 20;
  return std::hash<std::uint64_t>()(id.inode ^ id.device << apart ^
                                    static_cast<std::uint64_t>(id.changed_ns));
}

/// Asked once for each version of a file: builds start the same few programs all the time.
std::uint64_t Facts::capabilities_of(Pid pid, const struct stat& program) {
  constexpr std::size_t most = 1024;
  if (file_capabilities_.size() >= most) file_capabilities_.clear();
  const auto [place, is_new] = file_capabilities_.try_emplace(
      {program.st_dev, program.st_ino, program.st_ctim.tv_sec, program.st_ctim.tv_nsec});
  if (is_new) place->second = file_capabilities(pid);
  return place->second;
}

void Facts::describe_rights(Pid pid, Execed& execed) {
  struct stat program {};
  if (::stat(fmt::format("/proc/{}/exe", pid.raw()).c_str(), &program) != 0) return;
  const Credentials& now = *execed.credentials;
  const bool set_user_id = is_set_user_id(program, now);
  execed.set_id = set_user_id || is_set_group_id(program, now);
  execed.set_id_ignored = is_set_id_ignored(program, now);
  const bool was_root = execed.former_credentials && execed.former_credentials->euid == Uid(0);
  const bool became_root = set_user_id && now.euid == Uid(0) && !was_root;
  describe_capabilities(pid, execed, capabilities_of(pid, program), became_root);
}

void Facts::describe_capabilities(Pid pid, Execed& execed, std::uint64_t of_file, bool became_root) {
  if (of_file == 0 && !became_root) return;
  auto dir = reader_.open_process(pid);
  if (!dir) return;
  const auto status = dir->read_status();
  if (!status) return;
  execed.capabilities_ignored = of_file & ~status->cap_prm;
  // Root has them by itself, and is not told to take care.
  if (execed.credentials->secure)
    execed.capabilities_gained = became_root ? status->cap_prm : of_file & status->cap_prm;
}

/// ru_maxrss is the peak of all the programs that this process was: of the last, if that had the most.
Exited Facts::end_facts(const Process& process, const rusage& usage) {
  constexpr std::uint64_t block =
      512;  // of ru_inblock and ru_oublock: read_bytes and write_bytes of io, whole
  const bool of_last = process.peak_before && peak_of(usage) > *process.peak_before;
  return {.utime_ns = ns(usage.ru_utime),
          .stime_ns = ns(usage.ru_stime),
          .max_rss = of_last ? std::optional(peak_of(usage)) : std::nullopt,
          .minor_faults = static_cast<std::uint64_t>(usage.ru_minflt),
          .major_faults = static_cast<std::uint64_t>(usage.ru_majflt),
          .read_bytes = static_cast<std::uint64_t>(usage.ru_inblock) * block,
          .write_bytes = static_cast<std::uint64_t>(usage.ru_oublock) * block};
}

Exited Facts::exit_facts(const Process& process, Tid tid, const rusage& usage, bool has_children) {
  Exited facts = end_facts(process, usage);
  facts.open_fds = open_descriptors(tid);
  if (has_children || !facts.max_rss) facts.max_rss = reader_.read_vm_hwm(Pid(tid.raw()));
  if (has_children) without_children(facts, process, tid);
  return facts;
}

void Facts::without_children(Exited& facts, const Process& process, Tid tid) {
  if (facts.read_bytes != 0 || facts.write_bytes != 0) {
    facts.read_bytes.reset();
    facts.write_bytes.reset();
    if (const auto io = reader_.read_io(Pid(tid.raw()))) {
      facts.read_bytes = io->read_bytes;
      facts.write_bytes = io->write_bytes;
    }
  }
  if (const auto times = own_times(process.key.pid)) {
    facts.utime_ns = times->user_ns;
    facts.stime_ns = times->system_ns;
  } else {
    facts.utime_ns.reset();
    facts.stime_ns.reset();
  }
  if (const auto stat = reader_.read_stat(Pid(tid.raw()))) {
    facts.minor_faults = stat->minflt;
    facts.major_faults = stat->majflt;
  }
}

std::uint64_t Facts::ticks_to_ns(Ticks ticks) const { return ticks.raw() * (second_ns / clock_ticks()); }

std::optional<Ticks> Facts::start_between(std::uint64_t earliest_ns, std::uint64_t latest_ns) const {
  const std::uint64_t tick_ns = second_ns / clock_ticks();
  const Ticks earliest(earliest_ns / tick_ns);
  return earliest == Ticks(latest_ns / tick_ns) ? std::optional(earliest) : std::nullopt;
}

std::uint64_t Facts::age_ns(Ticks start) const {
  const auto now_ns = since_boot_ns();
  const auto start_ns = ticks_to_ns(start);
  return now_ns > start_ns ? now_ns - start_ns : 0;
}

}  // namespace ptop::follow
