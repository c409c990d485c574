// One scan of every process's descriptors: links of all, more only of those asked about and of those that may
// be their other ends.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "descriptor_mappings.hpp"
#include "descriptor_sockets.hpp"
#include "descriptor_watches.hpp"
#include "ptop/model/descriptors.hpp"

namespace ptop::model {
namespace {

using procfs::FdKind;

// fs/fcntl.h of x86_64: fcntl(2) commands that wait.
constexpr std::uint64_t setlkw = 7, ofd_setlkw = 38;

bool may_be_pty(const procfs::FdLink& link) {
  return link.kind == FdKind::path &&
         (link.target.starts_with("/dev/pts/") || link.target.ends_with("/ptmx"));
}

bool is_eventfd(const procfs::FdLink& link) {
  return link.kind == FdKind::anon_inode && link.name == "eventfd";
}

/// What tells a descriptor of this type from another one is in its fdinfo only.
bool has_particulars(DescriptorType type) {
  return type >= DescriptorType::eventfd || type == DescriptorType::pty_master;
}

std::uint64_t namespace_inode(procfs::TaskDir& dir, const char* name) {
  const auto target = dir.read_link(name);
  const auto link = target ? procfs::parse_ns_link(*target) : fail(target.error());
  return link ? link->inode : 0;
}

class Scanner {
 public:
  Scanner(procfs::Reader& reader, const DescriptorScan& options) : reader_(reader), options_(options) {}

  Result<DescriptorSnapshot> run() {
    const auto pids = reader_.pids();
    if (!pids) return fail(pids.error());
    out_.taken_at_wall = std::chrono::system_clock::now();
    read_locks();
    identify_path();
    out_.processes.reserve(pids->size());
    for (const Pid pid : *pids) add_process(pid);
    find_what_may_be_an_end();
    for (DescriptorOwner& owner : out_.processes) look_again(owner);
    SocketReader(reader_, out_).run(sockets_of_);
    read_waiters();
    out_.same_pids = reader_.is_live() && reads_own_pids();
    return std::move(out_);
  }

 private:
  void read_locks();
  void identify_path();
  void add_process(Pid pid);
  void add_held_without_descriptor(DescriptorOwner& owner, procfs::TaskDir& dir);
  bool is_shown(Pid pid) const;
  bool is_the_path(const Descriptor& d) const;
  void look(Descriptor& d, procfs::TaskDir& task, procfs::FdDir& dir);
  void look_closer(Descriptor& d, procfs::TaskDir& task, procfs::FdDir& dir);
  void read_info(Descriptor& d, procfs::TaskDir& task);
  void read_namespaces(DescriptorOwner& owner, procfs::TaskDir& dir);
  void find_what_may_be_an_end();
  void note_end(const Descriptor& d);
  bool may_be_an_end(const Descriptor& d) const;
  void look_again(DescriptorOwner& owner);
  void look_at_end(Descriptor& d, procfs::TaskDir& task, procfs::FdDir& dir);
  void read_waiters();
  void read_waiters_of(const DescriptorOwner& owner);
  bool reads_own_pids() const;
  bool is_locked(const Descriptor& d) const {
    return d.file && locked_.count({d.file->device, d.file->inode}) != 0;
  }
  void note_error(const Error& error, Pid pid);

  procfs::Reader& reader_;
  const DescriptorScan& options_;
  DescriptorSnapshot out_;
  std::set<FileId> locked_, waited_for_;
  std::set<std::uint64_t> pipes_;  // of those shown, when not everybody is
  bool files_matter_ = false, eventfds_matter_ = false, ptys_matter_ = false;
  std::map<std::uint64_t, Pid> sockets_of_;  // network namespaces with sockets shown, and somebody in each
};

void Scanner::note_error(const Error& error, Pid pid) {
  if (error.code != Errc::malformed && error.code != Errc::os) return;
  Error with_place = error;
  with_place.what = fmt::format("{}/{}", pid.raw(), error.what);
  out_.errors.push_back(std::move(with_place));
}

void Scanner::read_locks() {
  auto locks = reader_.read_locks();
  if (!locks) return note_error(locks.error(), Pid());
  out_.locks = std::move(*locks);
  for (const auto& held : out_.locks) {
    locked_.insert({held.lock.device, held.lock.inode});
    if (!held.waiters.empty()) waited_for_.insert({held.lock.device, held.lock.inode});
  }
}

void Scanner::identify_path() {
  struct statx found {};
  if (!options_.path || !reader_.is_live()) return;
  if (statx(AT_FDCWD, options_.path->c_str(), AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_BASIC_STATS,
            &found) == 0)
    out_.path_file = {{found.stx_dev_major, found.stx_dev_minor}, found.stx_ino};
}

bool Scanner::is_shown(Pid pid) const {
  return options_.pids.empty() || std::binary_search(options_.pids.begin(), options_.pids.end(), pid);
}

bool Scanner::is_the_path(const Descriptor& d) const {
  return is_held_file(d, *options_.path, out_.path_file);
}

void Scanner::add_process(Pid pid) {
  auto dir = reader_.open_process(pid);
  if (!dir) return note_error(dir.error(), pid);
  auto stat = dir->read_stat();
  if (!stat) return note_error(stat.error(), pid);
  DescriptorOwner& owner = out_.processes.emplace_back();
  owner.key = {pid, stat->start};
  owner.comm = std::move(stat->comm);
  if (stat->is_kernel_thread()) return;
  auto fds = dir->open_fds();
  auto entries = fds ? fds->entries() : fail(fds.error());
  if (!entries) {
    owner.availability = availability_of(entries.error().code);
    if (owner.availability == Availability::denied) ++out_.denied;
    return note_error(entries.error(), pid);
  }
  owner.descriptors.reserve(entries->size());
  for (procfs::FdEntry& entry : *entries) {
    Descriptor& d = owner.descriptors.emplace_back();
    d.fd = entry.fd;
    d.link = std::move(entry.link);
    d.type = descriptor_type(d.link, std::nullopt);
    if (is_shown(pid)) look(d, *dir, *fds);
  }
  if (!is_shown(pid)) return;
  if (options_.path) add_held_without_descriptor(owner, *dir);
  read_namespaces(owner, *dir);
}

void Scanner::look(Descriptor& d, procfs::TaskDir& task, procfs::FdDir& dir) {
  const bool is_path = d.link.kind == FdKind::path;
  if (is_path || options_.details) {
    if (const auto status = dir.status(d.fd)) d.file = *status;
    d.type = descriptor_type(d.link, d.file);
  }
  if (!options_.path || is_the_path(d) || d.type == DescriptorType::fifo || !is_path)
    look_closer(d, task, dir);
}

void Scanner::look_closer(Descriptor& d, procfs::TaskDir& task, procfs::FdDir& dir) {
  if (const auto access = dir.access(d.fd)) d.access = *access;
  if (options_.details || has_particulars(d.type) || is_locked(d)) read_info(d, task);
  if (d.type == DescriptorType::socket && options_.details)
    if (auto protocol = dir.socket_protocol(d.fd)) d.protocol = std::move(*protocol);
}

void Scanner::read_info(Descriptor& d, procfs::TaskDir& task) {
  if (d.info) return;
  auto info = task.read_fdinfo(d.fd);
  d.info_state = info ? Availability::present : availability_of(info.error().code);
  if (info) d.info = std::make_shared<const procfs::FdInfo>(std::move(*info));
}

void Scanner::add_held_without_descriptor(DescriptorOwner& owner, procfs::TaskDir& dir) {
  constexpr std::array<HeldAs, 3> links{HeldAs::cwd, HeldAs::root, HeldAs::exe};
  for (const HeldAs as : links) {
    const std::string name(held_as_name(as));
    auto target = dir.read_link(name.c_str());
    if (!target) continue;
    Descriptor d;
    d.as = as;
    d.link = procfs::parse_fd_link(*target);
    if (d.link.deleted && dir.is_called(name.c_str(), *target)) {
      d.link.target = *target;
      d.link.deleted = false;
    }
    if (const auto status = dir.link_status(name.c_str())) d.file = *status;
    d.type = descriptor_type(d.link, d.file);
    if (is_the_path(d)) owner.descriptors.push_back(std::move(d));
  }
  // Whoever has it open as well is known already.
  const auto& all = owner.descriptors;
  if (std::any_of(all.begin(), all.end(), [&](const Descriptor& d) { return is_the_path(d); })) return;
  const auto mappings = dir.read_maps();
  if (!mappings) return;
  if (auto held = held_by_mapping(*mappings, *options_.path, out_.path_file))
    owner.descriptors.push_back(std::move(*held));
}

void Scanner::read_namespaces(DescriptorOwner& owner, procfs::TaskDir& dir) {
  const bool has_sockets = std::any_of(owner.descriptors.begin(), owner.descriptors.end(),
                                       [](const Descriptor& d) { return d.type == DescriptorType::socket; });
  if (has_sockets) {
    owner.net_namespace = namespace_inode(dir, "ns/net");
    sockets_of_.try_emplace(owner.net_namespace, owner.key.pid);
  }
  if (!options_.details || owner.descriptors.empty()) return;
  owner.mount_namespace = namespace_inode(dir, "ns/mnt");
  if (out_.mounts.count(owner.mount_namespace) == 0) {
    if (auto mounts = dir.read_mountinfo()) out_.mounts[owner.mount_namespace] = std::move(*mounts);
  }
  if (!reader_.is_live()) return;
  const std::string task = fmt::format("{}/{}", reader_.root(), owner.key.pid.raw());
  for (Descriptor& d : owner.descriptors) {
    if (d.info) d.watched = watched_paths(*d.info, task, out_.mounts[owner.mount_namespace]);
  }
}

void Scanner::note_end(const Descriptor& d) {
  if (d.type == DescriptorType::pipe && d.link.inode) pipes_.insert(*d.link.inode);
  files_matter_ = files_matter_ || d.type == DescriptorType::fifo || is_locked(d);
  eventfds_matter_ = eventfds_matter_ || d.type == DescriptorType::eventfd;
  ptys_matter_ = ptys_matter_ || d.type == DescriptorType::pty_master || d.type == DescriptorType::pty_slave;
}

void Scanner::find_what_may_be_an_end() {
  if (options_.pids.empty()) return;
  for (const DescriptorOwner& owner : out_.processes) {
    if (!is_shown(owner.key.pid)) continue;
    for (const Descriptor& d : owner.descriptors) note_end(d);
  }
}

bool Scanner::may_be_an_end(const Descriptor& d) const {
  if (d.link.kind == FdKind::pipe) return d.link.inode && pipes_.count(*d.link.inode) != 0;
  if (is_eventfd(d.link)) return eventfds_matter_;
  return (files_matter_ && d.link.kind == FdKind::path) || (ptys_matter_ && may_be_pty(d.link));
}

void Scanner::look_again(DescriptorOwner& owner) {
  if (is_shown(owner.key.pid)) return;
  auto& all = owner.descriptors;
  if (std::none_of(all.begin(), all.end(), [&](const Descriptor& d) { return may_be_an_end(d); })) return;
  auto task = reader_.open_process(owner.key.pid);
  const auto stat = task ? task->read_stat() : fail(task.error());
  if (!stat || stat->start != owner.key.start) return;  // gone, or its number was used again
  auto dir = task->open_fds();
  if (!dir) return;
  for (Descriptor& d : all) {
    if (may_be_an_end(d)) look_at_end(d, *task, *dir);
  }
}

void Scanner::look_at_end(Descriptor& d, procfs::TaskDir& task, procfs::FdDir& dir) {
  if (d.link.kind == FdKind::path) {
    if (const auto status = dir.status(d.fd)) d.file = *status;
    d.type = descriptor_type(d.link, d.file);
  }
  if (const auto access = dir.access(d.fd)) d.access = *access;
  const bool numbered = d.type == DescriptorType::eventfd || d.type == DescriptorType::pty_master;
  if (numbered || is_locked(d)) read_info(d, task);
}

/// /proc/locks has -1 for who waits for an OFD lock. A task that waits is inside the system call, and its
/// arguments say for which descriptor.
void Scanner::read_waiters() {
  if (waited_for_.empty()) return;
  for (const DescriptorOwner& owner : out_.processes) {
    const auto waited_for = [&](const Descriptor& d) {
      return d.file && waited_for_.count({d.file->device, d.file->inode}) != 0;
    };
    if (std::any_of(owner.descriptors.begin(), owner.descriptors.end(), waited_for)) read_waiters_of(owner);
  }
}

void Scanner::read_waiters_of(const DescriptorOwner& owner) {
  auto dir = reader_.open_process(owner.key.pid);
  const auto tids = dir ? dir->tids() : fail(dir.error());
  if (!tids) return;
  for (const Tid tid : *tids) {
    auto thread = reader_.open_thread(owner.key.pid, tid);
    const auto call = thread ? thread->read_syscall() : fail(thread.error());
    if (!call || call->where != procfs::SyscallState::Where::inside) continue;
    const int fd = static_cast<int>(call->args[0]);
    if (call->nr.raw() == SYS_flock) out_.waiters.push_back({owner.key, fd, procfs::LockKind::flock});
    if (call->nr.raw() != SYS_fcntl) continue;
    if (call->args[1] == setlkw) out_.waiters.push_back({owner.key, fd, procfs::LockKind::posix});
    if (call->args[1] == ofd_setlkw) out_.waiters.push_back({owner.key, fd, procfs::LockKind::ofd});
  }
}

bool Scanner::reads_own_pids() const {
  std::array<char, 32> target{};
  const ssize_t n = ::readlink((reader_.root() + "/self").c_str(), target.data(), target.size());
  return n > 0 &&
         std::string_view(target.data(), static_cast<std::size_t>(n)) == fmt::format_int(::getpid()).c_str();
}

}  // namespace

Result<DescriptorSnapshot> scan_descriptors(procfs::Reader& reader, const DescriptorScan& options) {
  return Scanner(reader, options).run();
}

}  // namespace ptop::model
