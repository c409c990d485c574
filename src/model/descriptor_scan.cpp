// One scan of every process's descriptors: links of all, more only of those asked about and of those that may
// be their other ends. All of it under a watch: a descriptor may lead to a server that never answers.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

#include <fmt/format.h>

#include "descriptor_sockets.hpp"
#include "descriptor_worker.hpp"
#include "ptop/base/number.hpp"
#include "ptop/procfs/lookup.hpp"

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

/// A process of which some descriptors may be other ends of those shown.
struct SecondLook {
  std::size_t owner = 0;  ///< index into DescriptorSnapshot::processes
  ProcessKey key;
  std::vector<std::size_t> indices;     ///< into DescriptorOwner::descriptors…
  std::vector<Descriptor> descriptors;  ///< …and what is there
};
struct SecondLooks {
  std::vector<SecondLook> all;
  std::set<FileId> locked;
};

class EndWorker : public ItemWorker {
 public:
  EndWorker(procfs::Reader reader, std::shared_ptr<const SecondLooks> looks, DescriptorSnapshot& out)
      : reader_(std::move(reader)), looks_(std::move(looks)), out_(out) {}

  void work(std::size_t item, Attempt& attempt) override {
    const SecondLook& look = looks_->all[item];
    descriptors_ = look.descriptors;
    attempt.identify(look.key);
    if (!attempt.begin(step_of(DescriptorStep::process))) return;
    auto dir = reader_.open_fds(look.key.pid);
    const auto stat = dir ? dir->read_stat() : fail(dir.error());
    if (!stat || stat->start != look.key.start) return;  // gone, or its number was used again
    for (Descriptor& d : descriptors_) look_at_end(d, *dir, attempt);
  }
  void store(std::size_t item) override {
    const SecondLook& look = looks_->all[item];
    auto& to = out_.processes[look.owner].descriptors;
    for (std::size_t i = 0; i < descriptors_.size(); ++i) to[look.indices[i]] = std::move(descriptors_[i]);
  }

 private:
  void look_at_end(Descriptor& d, procfs::FdDir& dir, Attempt& attempt) const {
    if (d.link.kind == FdKind::path) read_descriptor_status(d, dir, attempt);
    if (const auto access = dir.access(d.fd)) d.access = *access;
    const bool locked = d.file && looks_->locked.count({d.file->device, d.file->inode}) != 0;
    if (d.type == DescriptorType::eventfd || d.type == DescriptorType::pty_master || locked)
      read_descriptor_info(d, dir, attempt);
  }

  procfs::Reader reader_;
  std::shared_ptr<const SecondLooks> looks_;
  DescriptorSnapshot& out_;
  std::vector<Descriptor> descriptors_;
};

/// /proc/locks has -1 for who waits for an OFD lock. A task that waits is inside the system call, and its
/// arguments say for which descriptor.
class WaiterWorker : public ItemWorker {
 public:
  WaiterWorker(procfs::Reader reader, std::shared_ptr<const std::vector<ProcessKey>> keys,
               std::vector<std::vector<SeenWaiter>>& out)
      : reader_(std::move(reader)), keys_(std::move(keys)), out_(out) {}

  void work(std::size_t item, Attempt& attempt) override {
    const ProcessKey key = (*keys_)[item];
    waiters_.clear();
    attempt.identify(key);
    if (!attempt.begin(step_of(DescriptorStep::process))) return;
    auto dir = reader_.open_process(key.pid);
    const auto tids = dir ? dir->tids() : fail(dir.error());
    if (!tids) return;
    for (const Tid tid : *tids) {
      if (attempt.begin(step_of(DescriptorStep::call, tid.raw()))) look(key, tid);
    }
  }
  void store(std::size_t item) override { out_[item] = std::move(waiters_); }

 private:
  void look(ProcessKey key, Tid tid) {
    auto thread = reader_.open_thread(key.pid, tid);
    const auto call = thread ? thread->read_syscall() : fail(thread.error());
    if (!call || call->where != procfs::SyscallState::Where::inside) return;
    const int fd = static_cast<int>(call->args[0]);
    if (call->nr.raw() == SYS_flock) waiters_.push_back({key, fd, procfs::LockKind::flock});
    if (call->nr.raw() != SYS_fcntl) return;
    if (call->args[1] == setlkw) waiters_.push_back({key, fd, procfs::LockKind::posix});
    if (call->args[1] == ofd_setlkw) waiters_.push_back({key, fd, procfs::LockKind::ofd});
  }

  procfs::Reader reader_;
  std::shared_ptr<const std::vector<ProcessKey>> keys_;
  std::vector<std::vector<SeenWaiter>>& out_;  // by item
  std::vector<SeenWaiter> waiters_;
};

/// The file a path names, looked up. Its server may be the one that does not answer.
class PathWorker : public ItemWorker {
 public:
  PathWorker(procfs::Reader reader, std::string path, std::optional<FileId>& out)
      : reader_(std::move(reader)), path_(std::move(path)), out_(out) {}
  void work(std::size_t, Attempt& attempt) override {
    if (!attempt.begin(step_of(DescriptorStep::status))) return;
    const auto found = look_up();
    if (found) file_ = {found->device, found->inode};
  }
  void store(std::size_t) override { out_ = file_; }

 private:
  /// Through our mounts, or through those of the process whose root it begins with.
  Result<procfs::FileStatus> look_up() {
    std::string_view rest = path_;
    if (rest.starts_with(reader_.root() + "/")) {
      rest.remove_prefix(reader_.root().size() + 1);
      const auto pid = parse_number<std::int32_t>(rest.substr(0, rest.find('/')));
      rest.remove_prefix(std::min(rest.find('/'), rest.size()));
      auto task = pid && rest.starts_with("/root/") ? reader_.open_process(Pid(*pid))
                                                    : fail({Errc::unsupported, 0, path_});
      const auto mounts = task ? task->read_mountinfo() : fail(task.error());
      if (mounts) return procfs::look_up(path_, rest.substr(std::string_view("/root").size()), *mounts);
    }
    return procfs::look_up(path_, path_, reader_.read_own_mountinfo().value_or(std::vector<procfs::Mount>{}));
  }

  procfs::Reader reader_;
  std::string path_;
  std::optional<FileId>& out_;
  std::optional<FileId> file_;
};

class Scanner {
 public:
  Scanner(procfs::Reader& reader, const DescriptorScan& options) : reader_(reader), options_(options) {}

  Result<DescriptorSnapshot> run() {
    auto pids = reader_.pids();
    if (!pids) return fail(std::move(pids.error()));
    out_.taken_at_wall = std::chrono::system_clock::now();
    read_locks();
    identify_path();
    read_processes(std::move(*pids));
    look_again();
    SocketReader(reader_, out_).run(sockets_of());
    read_waiters();
    out_.same_pids = reader_.is_live() && reader_.shows_own_pids();
    return std::move(out_);
  }

 private:
  void read_locks();
  void identify_path();
  void read_processes(std::vector<Pid> pids);
  void take(FoundDescriptors& found);
  std::map<std::uint64_t, Pid> sockets_of() const;
  bool is_shown(Pid pid) const;
  void note_end(const Descriptor& d);
  bool may_be_an_end(const Descriptor& d) const;
  void look_again();
  SecondLook second_look(std::size_t owner) const;
  void read_waiters();
  void run_watch(std::size_t items, unsigned threads,
                 const std::function<std::unique_ptr<ItemWorker>()>& make_worker) {
    run_watched({.items = items, .threads = threads, .watched = reader_.is_live(), .patience = {}},
                make_worker, stuck_);
  }

  procfs::Reader& reader_;
  const DescriptorScan& options_;
  DescriptorSnapshot out_;
  StuckTasks stuck_;
  std::set<FileId> locked_, waited_for_;
  std::set<std::uint64_t> pipes_;  // of those shown, when not everybody is
  bool files_matter_ = false, eventfds_matter_ = false, ptys_matter_ = false;
};

void Scanner::read_locks() {
  auto locks = reader_.read_locks();
  if (!locks) return note_descriptor_error(out_.errors, locks.error(), Pid());
  out_.locks = std::move(*locks);
  for (const auto& held : out_.locks) {
    locked_.insert({held.lock.device, held.lock.inode});
    if (!held.waiters.empty()) waited_for_.insert({held.lock.device, held.lock.inode});
  }
}

void Scanner::identify_path() {
  if (!options_.path || !reader_.is_live()) return;
  run_watch(1, 1, [&] {
    return std::make_unique<PathWorker>(reader_.duplicate(), *options_.path, out_.path_file);
  });
}

void Scanner::read_processes(std::vector<Pid> pids) {
  const auto plan = std::make_shared<const DescriptorPlan>(DescriptorPlan{.pids = std::move(pids),
                                                                          .options = options_,
                                                                          .locked = locked_,
                                                                          .path_file = out_.path_file,
                                                                          .root = reader_.root(),
                                                                          .live = reader_.is_live()});
  FoundDescriptors found(plan->pids.size());
  run_watch(plan->pids.size(), useful_threads(plan->pids.size()),
            [&] { return std::make_unique<DescriptorWorker>(reader_.duplicate(), plan, found); });
  take(found);
}

void Scanner::take(FoundDescriptors& found) {
  out_.processes.reserve(found.owners.size());
  for (auto& owner : found.owners) {
    if (!owner) continue;
    if (owner->availability == Availability::denied) ++out_.denied;
    out_.processes.push_back(std::move(*owner));
  }
  out_.mounts = std::move(found.mounts);
  std::move(found.errors.begin(), found.errors.end(), std::back_inserter(out_.errors));
}

/// Network namespaces with sockets shown, and somebody in each.
std::map<std::uint64_t, Pid> Scanner::sockets_of() const {
  std::map<std::uint64_t, Pid> found;
  for (const DescriptorOwner& owner : out_.processes) {
    const auto is_socket = [](const Descriptor& d) { return d.type == DescriptorType::socket; };
    if (is_shown(owner.key.pid) && std::any_of(owner.descriptors.begin(), owner.descriptors.end(), is_socket))
      found.try_emplace(owner.net_namespace, owner.key.pid);
  }
  return found;
}

bool Scanner::is_shown(Pid pid) const {
  return options_.pids.empty() || std::binary_search(options_.pids.begin(), options_.pids.end(), pid);
}

void Scanner::note_end(const Descriptor& d) {
  if (d.type == DescriptorType::pipe && d.link.inode) pipes_.insert(*d.link.inode);
  const bool locked = d.file && locked_.count({d.file->device, d.file->inode}) != 0;
  const bool is_passage = d.type == DescriptorType::fifo || d.type == DescriptorType::mqueue;
  files_matter_ = files_matter_ || is_passage || locked;
  eventfds_matter_ = eventfds_matter_ || d.type == DescriptorType::eventfd;
  ptys_matter_ = ptys_matter_ || d.type == DescriptorType::pty_master || d.type == DescriptorType::pty_slave;
}

bool Scanner::may_be_an_end(const Descriptor& d) const {
  if (d.link.kind == FdKind::pipe) return d.link.inode && pipes_.count(*d.link.inode) != 0;
  if (is_eventfd(d.link)) return eventfds_matter_;
  return (files_matter_ && d.link.kind == FdKind::path) || (ptys_matter_ && may_be_pty(d.link));
}

SecondLook Scanner::second_look(std::size_t owner) const {
  const auto& all = out_.processes[owner].descriptors;
  SecondLook look{.owner = owner, .key = out_.processes[owner].key, .indices = {}, .descriptors = {}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!may_be_an_end(all[i])) continue;
    look.indices.push_back(i);
    look.descriptors.push_back(all[i]);
  }
  return look;
}

void Scanner::look_again() {
  if (options_.pids.empty()) return;
  for (const DescriptorOwner& owner : out_.processes) {
    if (!is_shown(owner.key.pid)) continue;
    for (const Descriptor& d : owner.descriptors) note_end(d);
  }
  SecondLooks looks{.all = {}, .locked = locked_};
  for (std::size_t i = 0; i < out_.processes.size(); ++i) {
    if (is_shown(out_.processes[i].key.pid)) continue;
    if (SecondLook look = second_look(i); !look.indices.empty()) looks.all.push_back(std::move(look));
  }
  const auto plan = std::make_shared<const SecondLooks>(std::move(looks));
  run_watch(plan->all.size(), useful_threads(plan->all.size()),
            [&] { return std::make_unique<EndWorker>(reader_.duplicate(), plan, out_); });
}

void Scanner::read_waiters() {
  if (waited_for_.empty()) return;
  std::vector<ProcessKey> keys;
  for (const DescriptorOwner& owner : out_.processes) {
    const auto waited_for = [&](const Descriptor& d) {
      return d.file && waited_for_.count({d.file->device, d.file->inode}) != 0;
    };
    if (std::any_of(owner.descriptors.begin(), owner.descriptors.end(), waited_for))
      keys.push_back(owner.key);
  }
  const auto plan = std::make_shared<const std::vector<ProcessKey>>(std::move(keys));
  std::vector<std::vector<SeenWaiter>> found(plan->size());
  run_watch(plan->size(), 1,
            [&] { return std::make_unique<WaiterWorker>(reader_.duplicate(), plan, found); });
  for (const auto& waiters : found) out_.waiters.insert(out_.waiters.end(), waiters.begin(), waiters.end());
}

}  // namespace

Result<DescriptorSnapshot> scan_descriptors(procfs::Reader& reader, const DescriptorScan& options) {
  return Scanner(reader, options).run();
}

}  // namespace ptop::model
