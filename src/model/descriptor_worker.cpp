// One process: links of all its descriptors, more only where it is asked about.
#include "descriptor_worker.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "descriptor_mappings.hpp"
#include "descriptor_watches.hpp"

namespace ptop::model {
namespace {

/// What tells a descriptor of this type from another one is in its fdinfo only.
bool has_particulars(DescriptorType type) {
  return type >= DescriptorType::eventfd || type == DescriptorType::pty_master;
}

void look_behind_mark(Descriptor& d, procfs::FdDir& dir, Attempt& attempt) {
  if (!attempt.begin(step_of(DescriptorStep::mark, d.fd)) || !dir.look_behind_mark(d.fd, d.link))
    d.file_state = left_out;
}

/// ipc/mqueue.c: a queue is a regular file of 80 bytes on a file system without a device. Nearly nothing else
/// is, so that the rest is asked of few.
bool may_be_message_queue(const Descriptor& d) {
  constexpr std::uint64_t text_size = 80;
  return d.type == DescriptorType::regular && d.file->device.major == 0 && d.file->size == text_size;
}

/// mq_open(3) opens it on a mount of the kernel's own, which no list of mounts has, at its top. A network or
/// FUSE file system that is mounted where the process can see it is not asked for its type: it may never
/// answer.
bool is_message_queue(const Descriptor& d, procfs::FdDir& dir) {
  constexpr std::uint64_t magic = 0x19800202;  // MQUEUE_MAGIC of ipc/mqueue.c
  auto task = dir.open_task();
  const auto mounts = task ? task->read_mountinfo() : fail(task.error());
  if (!mounts) return false;
  for (const procfs::Mount& mount : *mounts) {
    if (mount.device == d.file->device) return mount.type == "mqueue";
  }
  return d.link.target.rfind('/') == 0 && dir.file_system(d.fd) == magic;
}

std::uint64_t namespace_inode(procfs::TaskDir& dir, const char* name) {
  const auto target = dir.read_link(name);
  const auto link = target ? procfs::parse_ns_link(*target) : fail(target.error());
  return link ? link->inode : 0;
}

}  // namespace

void note_descriptor_error(std::vector<Error>& errors, const Error& error, Pid pid) {
  if (error.code != Errc::malformed && error.code != Errc::os) return;
  Error with_place = error;
  with_place.what = fmt::format("{}/{}", pid.raw(), error.what);
  errors.push_back(std::move(with_place));
}

void read_descriptor_info(Descriptor& d, procfs::FdDir& dir, Attempt& attempt) {
  if (d.info) return;
  if (!attempt.begin(step_of(DescriptorStep::info, d.fd))) {
    d.info_state = left_out;
    return;
  }
  auto info = dir.read_info(d.fd);
  d.info_state = info ? Availability::present : availability_of(info.error().code);
  if (info) d.info = std::make_shared<const procfs::FdInfo>(std::move(*info));
}

void read_descriptor_status(Descriptor& d, procfs::FdDir& dir, Attempt& attempt) {
  if (attempt.begin(step_of(DescriptorStep::status, d.fd))) {
    if (const auto status = dir.status(d.fd)) d.file = *status;
  } else {
    d.file_state = left_out;
  }
  d.type = descriptor_type(d.link, d.file);
  if (!may_be_message_queue(d) || !attempt.begin(step_of(DescriptorStep::file_system, d.fd))) return;
  if (!is_message_queue(d, dir)) return;
  d.type = DescriptorType::mqueue;
  // A mark behind its name could not be looked behind, its mount being nobody's: mq_unlink(3) made it.
  if (d.link.deleted) d.file_state = Availability::not_read;
}

void DescriptorWorker::work(std::size_t item, Attempt& attempt) {
  const Pid pid = plan_->pids[item];
  owner_.reset();
  new_mounts_.reset();
  errors_.clear();
  attempt.identify({pid, Ticks()});
  if (attempt.begin(step_of(DescriptorStep::process))) {
    read_process(pid, attempt);
  } else {
    errors_.push_back({Errc::timeout, 0, fmt::format("{}/stat", pid.raw())});
  }
}

void DescriptorWorker::store(std::size_t item) {
  found_.owners[item] = std::move(owner_);
  if (!new_mounts_ && errors_.empty()) return;
  const std::lock_guard lock(found_.mutex);
  if (new_mounts_) found_.mounts.try_emplace(*new_mounts_, mounts_[*new_mounts_]);
  std::move(errors_.begin(), errors_.end(), std::back_inserter(found_.errors));
}

void DescriptorWorker::read_process(Pid pid, Attempt& attempt) {
  auto fds = reader_.open_fds(pid);
  auto stat = fds ? fds->read_stat() : reader_.read_stat(pid);
  if (!stat) return note_descriptor_error(errors_, stat.error(), pid);
  owner_.emplace();
  owner_->key = {pid, stat->start};
  owner_->comm = std::move(stat->comm);
  attempt.identify(owner_->key);
  if (stat->is_kernel_thread()) return;
  if (!fds) {
    owner_->availability = availability_of(fds.error().code);
    return note_descriptor_error(errors_, fds.error(), pid);
  }
  read_descriptors(*fds, attempt);
  if (owner_->availability != Availability::present || !plan_->is_shown(pid)) return;
  if (!plan_->options.path && !plan_->options.details && !has_sockets()) return;
  if (auto dir = fds->open_task()) read_more(*dir, attempt);
}

void DescriptorWorker::read_more(procfs::TaskDir& dir, Attempt& attempt) {
  if (plan_->options.path) read_held_without_descriptor(dir, attempt);
  read_namespaces(dir, attempt);
}

void DescriptorWorker::read_descriptors(procfs::FdDir& dir, Attempt& attempt) {
  if (!attempt.begin(step_of(DescriptorStep::links))) {
    owner().availability = left_out;
    return;
  }
  auto entries = dir.entries();
  if (!entries) {
    owner().availability = availability_of(entries.error().code);
    return note_descriptor_error(errors_, entries.error(), owner().key.pid);
  }
  owner().descriptors.reserve(entries->size());
  for (procfs::FdEntry& entry : *entries) {
    Descriptor& d = owner().descriptors.emplace_back();
    d.fd = entry.fd;
    d.link = std::move(entry.link);
    if (d.link.deleted) look_behind_mark(d, dir, attempt);
    d.type = descriptor_type(d.link, std::nullopt);
    if (plan_->is_shown(owner().key.pid)) look(d, dir, attempt);
  }
}

void DescriptorWorker::look(Descriptor& d, procfs::FdDir& dir, Attempt& attempt) {
  const bool is_path = d.link.kind == procfs::FdKind::path;
  if (is_path || plan_->options.details) read_descriptor_status(d, dir, attempt);
  if (!plan_->options.path || plan_->is_the_path(d) || d.type == DescriptorType::fifo ||
      d.type == DescriptorType::mqueue || !is_path)
    look_closer(d, dir, attempt);
}

void DescriptorWorker::look_closer(Descriptor& d, procfs::FdDir& dir, Attempt& attempt) {
  if (const auto access = dir.access(d.fd)) d.access = *access;
  if (plan_->options.details || has_particulars(d.type) || plan_->is_locked(d))
    read_descriptor_info(d, dir, attempt);
  if (d.type == DescriptorType::socket && plan_->options.details)
    if (auto protocol = dir.socket_protocol(d.fd)) d.protocol = std::move(*protocol);
}

void DescriptorWorker::read_held_without_descriptor(procfs::TaskDir& dir, Attempt& attempt) {
  for (const HeldAs as : {HeldAs::cwd, HeldAs::root, HeldAs::exe}) {
    if (attempt.begin(step_of(DescriptorStep::held, static_cast<std::uint32_t>(as)))) read_held(as, dir);
  }
  // Whoever has it open as well is known already.
  auto& all = owner().descriptors;
  if (std::any_of(all.begin(), all.end(), [&](const Descriptor& d) { return plan_->is_the_path(d); })) return;
  if (!attempt.begin(step_of(DescriptorStep::maps))) return;
  const auto mappings = dir.read_maps();
  if (!mappings) return;
  if (auto held = held_by_mapping(*mappings, *plan_->options.path, plan_->path_file))
    all.push_back(std::move(*held));
}

void DescriptorWorker::read_held(HeldAs as, procfs::TaskDir& dir) {
  const std::string name(held_as_name(as));
  auto target = dir.read_link(name.c_str());
  if (!target) return;
  Descriptor d;
  d.as = as;
  d.link = procfs::parse_fd_link(*target);
  if (d.link.deleted && dir.is_called(name.c_str(), *target)) {
    d.link.target = *target;
    d.link.deleted = false;
  }
  if (const auto status = dir.link_status(name.c_str())) d.file = *status;
  d.type = descriptor_type(d.link, d.file);
  if (plan_->is_the_path(d)) owner().descriptors.push_back(std::move(d));
}

void DescriptorWorker::read_namespaces(procfs::TaskDir& dir, Attempt& attempt) {
  if (!attempt.begin(step_of(DescriptorStep::namespaces))) return;
  if (has_sockets()) owner().net_namespace = namespace_inode(dir, "ns/net");
  if (!plan_->options.details || owner().descriptors.empty()) return;
  owner().mount_namespace = namespace_inode(dir, "ns/mnt");
  if (mounts_.count(owner().mount_namespace) == 0) {
    if (auto mounts = dir.read_mountinfo()) {
      mounts_[owner().mount_namespace] = std::move(*mounts);
      new_mounts_ = owner().mount_namespace;
    }
  }
  if (plan_->live) read_watched_paths(attempt);
}

bool DescriptorWorker::has_sockets() const {
  const auto& all = owner_->descriptors;
  return std::any_of(all.begin(), all.end(),
                     [](const Descriptor& d) { return d.type == DescriptorType::socket; });
}

void DescriptorWorker::read_watched_paths(Attempt& attempt) {
  const std::string task = fmt::format("{}/{}", plan_->root, owner().key.pid.raw());
  const auto& mounts = mounts_[owner().mount_namespace];
  for (Descriptor& d : owner().descriptors) {
    if (d.info && attempt.begin(step_of(DescriptorStep::watches, d.fd)))
      d.watched = watched_paths(*d.info, task, mounts);
  }
}

}  // namespace ptop::model
