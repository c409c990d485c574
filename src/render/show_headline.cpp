// What stands above the sections: the process in one sentence, and what is wrong with it.
#include <csignal>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/model/syscall_text.hpp"
#include "ptop/render/descriptors.hpp"
#include "ptop/render/process_table.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

std::string exit_words(const ZombieFacts& zombie) {
  if (!zombie.exit_code) return "It has ended";
  const int signal = *zombie.exit_code & 0x7f;  // waitpid(2) form
  if (signal != 0) return fmt::format("It was killed by {}", signal_name(signal));
  return fmt::format("It exited with status {}", *zombie.exit_code >> 8 & 0xff);
}

std::string sigchld_words(const ZombieFacts& zombie) {
  if (zombie.parent_blocks_sigchld) return "it blocks SIGCHLD, so nothing tells it";
  switch (zombie.parent_sigchld) {
    case Disposition::ignored:
      return "it ignores SIGCHLD";
    case Disposition::caught:
      return "it has a handler for SIGCHLD that has not waited";
    case Disposition::default_action:
      return "it has no handler for SIGCHLD";
    case Disposition::unknown:
      break;
  }
  return "how it treats SIGCHLD cannot be seen";
}

/// ", and is sleeping in clock_nanosleep (hrtimer_nanosleep)": what it does instead of waiting.
std::string parent_doing(const Subject& s, Pid pid) {
  const Sample* parent = find_process(s.scene.snapshot, pid);
  if (parent == nullptr) return {};
  std::string text = fmt::format(", and is {}", state_phrase(*parent));
  const auto& all = s.scene.snapshot.zombie_parents;
  const auto doing = all.find(pid);
  if (doing == all.end()) return text;
  const std::string call = doing->second.syscall.known() ? syscall_name(doing->second.syscall.value) : "";
  if (!call.empty()) text += fmt::format(" in {}", escaped(call));
  if (const auto& wchan = doing->second.wchan.value; wchan && call.empty())
    text += fmt::format(" in {}", escaped(*wchan));
  return text;
}

void add_zombie(std::vector<StyledText>& troubles, const Subject& s) {
  const auto& zombie = s.classification().zombie();
  if (!zombie) return;
  StyledText text(exit_words(*zombie), Role::zombie);
  text.add(", and its parent ").add(process_text(s.scene, zombie->parent)).add(" has not waited for it: ");
  text.add(sigchld_words(*zombie));
  text.add(parent_doing(s, zombie->parent));
  if (zombie->age_ns) text.add(fmt::format("; a zombie for {}", human_duration(*zombie->age_ns)));
  troubles.push_back(text.add("."));
}

void add_orphan(std::vector<StyledText>& troubles, const Subject& s) {
  const auto& orphan = s.classification().orphan();
  if (!orphan || s.classification().classes.has(Class::daemon)) return;
  StyledText text("Orphan", Role::orphan);
  text.add(": who started it is gone; adopted by ").add(process_text(s.scene, orphan->adopter));
  troubles.push_back(text.add("."));
}

void add_stop(std::vector<StyledText>& troubles, const Subject& s) {
  const Classes classes = s.classification().classes;
  if (classes.has(Class::stopped)) {
    StyledText text("Stopped", Role::stopped);
    troubles.push_back(
        text.add(fmt::format(" by a signal: it goes on with kill -CONT {}.", s.sample.pid.raw())));
  }
  if (!classes.has(Class::traced)) return;
  StyledText text("Traced", Role::traced);
  const Pid tracer = s.sample.status->tracer_pid;
  if (s.sample.has(Source::status) && tracer.raw() != 0) text.add(" by ").add(process_text(s.scene, tracer));
  troubles.push_back(text.add("."));
}

void add_sleep(std::vector<StyledText>& troubles, const Subject& s) {
  if (s.sample.stat.state != procfs::TaskState::disk_sleep || s.is_kernel_thread()) return;
  StyledText text("In uninterruptible sleep", Role::warning);
  if (s.sample.more().wchan) text.add(fmt::format(", in {}", escaped(*s.sample.more().wchan)));
  troubles.push_back(text.add(": not even SIGKILL ends it before that is over."));
}

/// "fcntl", not "POSIX": how a program asks for it.
std::string_view lock_call(procfs::LockKind kind) {
  switch (kind) {
    case procfs::LockKind::posix:
      return "fcntl";
    case procfs::LockKind::flock:
      return "flock";
    case procfs::LockKind::ofd:
      return "OFD";
    default:
      return "";
  }
}

StyledText holders_text(const Subject& s, const DescriptorLock& lock) {
  StyledText text;
  for (const Place holder : lock.others) {
    text.add(text.empty() ? "" : ", ").add(process_text(s.scene, s.options.ends->owner(holder).key.pid));
    text.add(fmt::format(" (fd {})", s.options.ends->at(holder).fd));
  }
  for (const Pid pid : lock.pids) text.add(text.empty() ? "" : ", ").add(process_text(s.scene, pid));
  return text.empty() ? StyledText("somebody who cannot be seen") : text;
}

void add_locks(std::vector<StyledText>& troubles, const Subject& s) {
  for (const Place place : descriptors_of(s)) {
    for (const DescriptorLock& lock : s.options.ends->locks(place)) {
      if (!lock.waiting) continue;
      const auto call = lock_call(lock.lock.kind);
      StyledText text("Waits for a lock", Role::warning);
      text.add(fmt::format(" on {} ({}{}{}), held by ", descriptor_name(*s.options.ends, place), call,
                           call.empty() ? "" : " ", lock_access_name(lock.lock.access)));
      troubles.push_back(text.add(holders_text(s, lock)).add("."));
    }
  }
}

void add_exe(std::vector<StyledText>& troubles, const Subject& s) {
  if (!lost_its_file(s.sample)) return;
  troubles.push_back(
      StyledText("Runs a program whose file was deleted or replaced since it started.", Role::warning));
}

/// Signals that people send and then wonder about.
void add_pending(std::vector<StyledText>& troubles, const Subject& s) {
  if (!s.sample.has(Source::status) || s.is_zombie() || s.is_kernel_thread()) return;
  const auto& masks = s.sample.status->signals;
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGKILL}) {
    const std::uint64_t bit = std::uint64_t{1} << (signal - 1);
    if (((masks.pending | masks.shared_pending) & bit) == 0) continue;
    StyledText text(signal_name(signal), Role::warning);
    const bool blocked = (masks.blocked & bit) != 0;
    troubles.push_back(text.add(blocked ? " was sent to it, but it blocks that signal."
                                        : " was sent to it and has not arrived yet."));
  }
}

void add_files(std::vector<StyledText>& troubles, const Subject& s) {
  const auto used = descriptors_of(s).size();
  for (const procfs::Limit& limit : s.sample.more().limits) {
    if (limit.resource != procfs::LimitResource::nofile || !limit.soft || *limit.soft == 0) continue;
    if (used < *limit.soft - *limit.soft / 10) continue;
    StyledText text("Nearly out of descriptors", Role::warning);
    troubles.push_back(text.add(fmt::format(": {} of {} are open.", used, grouped(*limit.soft))));
  }
}

std::string kind_text(const Subject& s) {
  if (s.is_kernel_thread()) return "kernel thread";
  const Classes classes = s.classification().classes;
  std::string text = classes.has(Class::daemon) ? "daemon" : "";
  if (classes.has(Class::container)) text += text.empty() ? "in a container" : " in a container";
  return text;
}

}  // namespace

StyledText show_headline(const Subject& s) {
  const std::string_view separator = s.options.ascii ? " - " : " · ";
  StyledText text(escaped(s.sample.stat.comm), Role::name);
  text.add(" ").add(fmt::format("{}", s.sample.key.tid.raw()), Role::pid);
  const auto add = [&](std::string part, Role role = Role::plain) {
    if (!part.empty()) text.add(std::string(separator), Role::faint).add(std::move(part), role);
  };
  if (s.sample.is_thread()) {
    add("thread of ");
    text.add(process_text(s.process()));
  }
  add(kind_text(s));
  const Role role = role_of(s.sample, s.classification());
  add(state_phrase(s.sample), role == Role::kthread ? Role::plain : role);
  add(s.cell(ColumnId::user), Role::user);
  if (const auto age = s.cell(ColumnId::age_ns); !age.empty()) add(fmt::format("started {} ago", age));
  if (!s.sample.is_thread() && s.sample.stat.threads > 1)
    add(fmt::format("{} threads", s.sample.stat.threads));
  return text;
}

std::vector<StyledText> show_troubles(const Subject& s) {
  std::vector<StyledText> troubles;
  add_zombie(troubles, s);
  add_orphan(troubles, s);
  add_stop(troubles, s);
  add_locks(troubles, s);
  add_sleep(troubles, s);
  add_pending(troubles, s);
  add_exe(troubles, s);
  add_files(troubles, s);
  return troubles;
}

}  // namespace ptop::render
