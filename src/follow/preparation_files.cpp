// Descriptors: which numbers a call makes, moves, closes and marks.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <span>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/file.h>
#include <sys/ioctl.h>

#include "preparation.hpp"

namespace ptop::follow {

namespace {

/// Files that are none: what is written there lasts, closed or not. Behind /proc/self/fd is something else.
bool is_of_kernel(std::string_view path) {
  return (path.starts_with("/proc/") || path.starts_with("/sys/")) && path.find("/fd/") == path.npos;
}

void add_descriptors(std::vector<int>& to, const decode::Decoded& value) {
  if (const auto* const fd = std::get_if<decode::FileDescriptor>(&value.what); fd && fd->value >= 0)
    to.push_back(fd->value);
  if (const auto* const record = std::get_if<decode::Record>(&value.what)) {
    for (const decode::Field& field : record->fields)
      if (field.value) add_descriptors(to, *field.value);
  }
  if (const auto* const list = std::get_if<decode::List>(&value.what)) {
    for (const decode::Decoded& item : list->items) add_descriptors(to, item);
  }
}

}  // namespace

/// With the descriptors among its arguments.
Step& Preparation::add_with_uses(std::string_view action) {
  Step& step = add(action);
  for (const decode::Field& field : step.args)
    if (field.value) add_descriptors(step.uses, *field.value);
  return step;
}

/// By its flags; "": it can do neither, or is no file.
std::string_view Preparation::mode_of_open() const {
  const auto& args = call_.raw.args;
  std::uint64_t flags = 0;
  if (name_ == "creat") return "write";
  if (name_ == "open" || name_ == "mq_open")
    flags = args[1];
  else if (name_ == "openat" || name_ == "open_by_handle_at" || name_ == "ioctl")
    flags = args[2];
  else if (name_ != "openat2" || memory_->read(args[2], std::as_writable_bytes(std::span(&flags, 1))) == 0)
    return {};
  if ((flags & O_PATH) != 0) return {};
  if ((flags & O_ACCMODE) == O_RDONLY) return "read";
  if ((flags & O_ACCMODE) == O_RDWR) return "read_write";
  if ((flags & O_ACCMODE) != O_WRONLY) return {};
  return (flags & O_APPEND) != 0 ? "append" : "write";
}

/// A path that begins at a directory needs that one, too.
void Preparation::opened(std::int64_t result) {
  made(result);
  Step& step = steps_.back();
  step.path = path();
  if (step.path.starts_with('/')) step.uses.clear();
  if (result >= 0) note_terminal();
}

/// The first one that the leader of a session opens who has none (tty_open_proc_set_tty of the kernel).
void Preparation::note_terminal() {
  const auto flags = call_.raw.args[name_ == "open" ? 1 : 2];
  const bool can_say_no = name_ == "open" || name_ == "openat" || name_ == "ioctl";
  const bool says_no = can_say_no && (flags & O_NOCTTY) != 0;
  if (!leads_ || says_no || !facts_->has_terminal()) return;
  leads_ = false;
  const std::string path = steps_.back().path;
  add("terminal").path = path;
}

/// What it comes from, by way of those that it is a duplicate of; nullptr: it was there before.
const Step* Preparation::opener(int fd) const {
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    if (closes(*step, fd)) return nullptr;
    if (!makes(*step, fd)) continue;
    if (step->action != "dup") return &*step;
    fd = *step->fd;
  }
  return nullptr;
}

/// As the window calls it, or as the kernel does; "": it is none.
std::string Preparation::kernel_file(int fd) {
  const Step* const made = opener(fd);
  if (made && is_of_kernel(made->path)) return made->path;
  std::string path = facts_->path_of(fd);
  return is_of_kernel(path) ? path : std::string();
}

/// A file of another process.
bool Preparation::is_of_another(std::string_view path) {
  constexpr std::string_view proc = "/proc/";
  if (!path.starts_with(proc)) return false;
  const std::string_view name = path.substr(proc.size(), path.find('/', proc.size()) - proc.size());
  std::int32_t pid = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
  return error == std::errc() && end == name.data() + name.size() && !facts_->is_itself(pid);
}

void Preparation::written(std::int64_t) { add("write").path = std::move(kernel_file_); }

/// Nothing that has a path, whatever its name is.
void Preparation::made(std::int64_t result) {
  Step& step = add_with_uses(action_);
  if (result >= 0) step.fd = static_cast<int>(result);
  step.mode = mode_of_open();
}

/// Those of SCM_RIGHTS, which are in the message.
void Preparation::received(std::int64_t result) {
  went_on();
  if (result < 0 || !call_.arguments[1].value) return;
  std::vector<int> all;
  add_descriptors(all, *call_.arguments[1].value);
  for (const int fd : all) {
    Step& step = add("open");
    step.fd = fd;
    step.uses = {argument(0)};
  }
}

/// With a descriptor it only changes what that one reads.
void Preparation::signals_read(std::int64_t result) {
  if (argument(0) == -1) made(result);
}

/// With flags it asks for the version of the interface.
void Preparation::rules_made(std::int64_t result) {
  if (argument(2) == 0) made(result);
}

/// One that is only registered has an index and no descriptor (IORING_SETUP_REGISTERED_FD_ONLY).
void Preparation::ring_made(std::int64_t result) {
  constexpr std::uint32_t registered_only = 1U << 15U;
  std::array<std::uint32_t, 3> params{};  // sq_entries, cq_entries, flags
  memory_->read(call_.raw.args[1], std::as_writable_bytes(std::span(params)));
  if ((params[2] & registered_only) == 0) made(result);
}

void Preparation::opened_pair(std::int64_t result) {
  std::array<std::int32_t, 2> ends{};
  Step& step = add(action_);
  const std::uint64_t where = call_.raw.args[name_ == "socketpair" ? 3 : 0];
  const auto bytes = std::as_writable_bytes(std::span(ends));
  if (result < 0 || memory_->read(where, bytes) < bytes.size()) return;
  step.fd = ends[0];
  step.to = ends[1];
}

void Preparation::duplicated(std::int64_t result) {
  if (result == argument(0)) return;  // dup2(2) of a number to itself
  Step& step = add(action_);
  step.replaces = replaces_;
  step.fd = argument(0);
  if (result >= 0) step.to = static_cast<int>(result);
}

/// What was there under a number that the window has not touched is known to the kernel alone.
void Preparation::note_replaced() {
  const int fd = argument(1);
  const auto knows = [&](const Step& step) {
    return !has_failed(step) && (has_end(step, fd) || closes(step, fd));
  };
  replaces_ = std::none_of(steps_.begin(), steps_.end(), knows) && facts_->is_open(fd);
}

/// Before the first call that takes a standard descriptor away or marks it.
void Preparation::note_standard() {
  const bool marks = rule_ == &Preparation::controlled
                         ? argument(1) == F_SETFD
                         : rule_ == &Preparation::device_controlled &&
                               (call_.raw.args[1] == FIOCLEX || call_.raw.args[1] == FIONCLEX);
  const bool closes = rule_ == &Preparation::closed, closes_range = rule_ == &Preparation::range_closed;
  const bool replaces = name_ == "dup2" || name_ == "dup3";
  if (!marks && !closes && !closes_range && !replaces) return;
  const auto first = static_cast<std::uint32_t>(call_.raw.args[replaces ? 1 : 0]);
  const auto last = closes_range ? static_cast<std::uint32_t>(call_.raw.args[1]) : first;
  for (std::uint32_t fd = first; fd <= last && fd < asked_marked_.size(); ++fd) {
    const bool is_first = !std::exchange(asked_marked_[fd], true);
    if (is_first && facts_->closes_on_exec(static_cast<int>(fd)))
      began_marked_.push_back(static_cast<int>(fd));
  }
}

/// What was opened and closed again in the window, and not used, is nothing that the program gets: an open
/// takes a number that is free.
bool Preparation::forget_opened(int fd) {
  const auto mentioned = [&](const Step& step) { return mentions(step, fd); };
  const auto last = std::find_if(steps_.rbegin(), steps_.rend(), mentioned);
  if (last == steps_.rend() || last->action != "open" || !makes(*last, fd)) return false;
  steps_.erase(last.base() - 1);
  return true;
}

void Preparation::add_closed(int first, int last) {
  Step& step = add("close");
  step.closed.push_back({first, last});
  step.farewell = gives_up_ || exec_failed_;
}

void Preparation::closed(std::int64_t) {
  if (!forget_opened(argument(0))) add_closed(argument(0), argument(0));
}

void Preparation::range_closed(std::int64_t) {
  const bool only_marked = (call_.raw.args[2] & CLOSE_RANGE_CLOEXEC) != 0;
  // The range is of unsigned numbers: ~0U is "to the end".
  const auto last =
      static_cast<std::int32_t>(std::min<std::uint64_t>(call_.raw.args[1] & 0xffffffff, INT32_MAX));
  if (!only_marked) return add_closed(argument(0), last);
  add("close_on_exec").closed.push_back({argument(0), last});
}

void Preparation::flocked(std::int64_t) {
  const int operation = argument(1) & ~LOCK_NB;
  Step& step = add(action_);
  step.fd = argument(0);
  step.uses = {argument(0)};
  step.lock = {.owner = LockedRange::Owner::open_file_by_flock, .releases = operation == LOCK_UN};
  step.mode = operation == LOCK_SH ? "shared" : operation == LOCK_EX ? "exclusive" : "none";
}

namespace {

constexpr int set_of_64_bits = 13, wait_of_64_bits = 14;  // F_SETLK64 and F_SETLKW64 of i386

bool is_lock(int command, decode::Arch arch) {
  if (arch == decode::Arch::i386 && (command == set_of_64_bits || command == wait_of_64_bits)) return true;
  return command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW;
}

template <class Number>
Number at(std::span<const std::byte> bytes, std::size_t offset) {
  Number number{};
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

}  // namespace

/// Two short numbers, then start and length; i386 aligns to four bytes, and has a form of 32 bits.
void Preparation::read_lock(Step& step) {
  std::array<std::byte, 24> bytes{};
  memory_->read(call_.raw.args[2], bytes);
  const int command = argument(1);
  const bool is_i386 = call_.raw.arch == decode::Arch::i386;
  const auto type = at<std::int16_t>(bytes, 0);
  LockedRange& lock = step.lock.emplace();
  lock.whence = at<std::int16_t>(bytes, 2);
  lock.releases = type == F_UNLCK;
  if (command == F_OFD_SETLK || command == F_OFD_SETLKW) lock.owner = LockedRange::Owner::open_file;
  if (is_i386 && (command == F_SETLK || command == F_SETLKW)) {
    lock.start = at<std::int32_t>(bytes, 4);
    lock.length = at<std::int32_t>(bytes, 8);
  } else {
    const std::size_t start = is_i386 ? 4 : 8;
    lock.start = at<std::int64_t>(bytes, start);
    lock.length = at<std::int64_t>(bytes, start + sizeof lock.start);
  }
  if (lock.is_all()) step.mode = type == F_RDLCK ? "shared" : lock.releases ? "none" : "exclusive";
}

void Preparation::locked(std::int64_t) {
  action_ = "lock";
  Step& step = add(action_);
  step.fd = argument(0);
  step.uses = {argument(0)};
  read_lock(step);
}

void Preparation::controlled(std::int64_t result) {
  const int command = argument(1);
  if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) {
    action_ = "dup";
    return duplicated(result);
  }
  if (is_lock(command, call_.raw.arch)) return locked(result);
  if (command == F_SETFL) add("flags").fd = argument(0);
  if (command == F_SETFD && result >= 0)
    add((argument(2) & FD_CLOEXEC) != 0 ? "close_on_exec" : "keep").fd = argument(0);
}

void Preparation::device_controlled(std::int64_t result) {
  switch (call_.raw.args[1]) {
    case FIOCLEX:
    case FIONCLEX:
      if (result >= 0) add(call_.raw.args[1] == FIOCLEX ? "close_on_exec" : "keep").fd = argument(0);
      break;
    case TIOCGPTPEER:
      action_ = "open";
      made(result);
      if (result >= 0) note_terminal();
      break;
    case TIOCSCTTY:
      leads_ = leads_ && result < 0;
      [[fallthrough]];
    case TIOCNOTTY:
    case TIOCSPGRP:
      add("terminal").fd = argument(0);
      break;
    default:
      break;
  }
}

}  // namespace ptop::follow
