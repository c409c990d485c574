// The files and links of one process or thread, below its opened directory.
#include <fcntl.h>

#include <cerrno>

#include <fmt/format.h>

#include "parsed.hpp"
#include "ptop/procfs/reader.hpp"
#include "whole_file.hpp"

namespace ptop::procfs {
namespace {

/// A task has this file in every version of the kernel.
constexpr const char* witness = "stat";

Result<std::string> as_bytes(std::string_view text) { return std::string(text); }
Result<std::string> as_comm(std::string_view text) { return parse_comm(text); }
Result<std::string> as_attr(std::string_view text) { return parse_attr_current(text); }
Result<std::string> as_cpuset(std::string_view text) { return parse_cpuset(text); }

}  // namespace

Result<std::string_view> TaskDir::read_stat_text() { return reader_->read_task_file(dir_.get(), "stat"); }
Result<Stat> TaskDir::read_stat() { return parsed(read_stat_text(), parse_stat); }
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
  if (!dir) return fail(open_error("fd"));
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
  if (!dir) return fail(open_error("task"));
  return list_ids<Tid>(dir.get(), "task");
}

Result<std::string_view> TaskDir::read_optional(const char* name) {
  auto text = reader_->read_task_file(dir_.get(), name);
  if (!text) return fail(missing_or_gone(std::move(text.error()), dir_.get(), witness));
  return text;
}

Result<std::string_view> TaskDir::read_table(const char* name) {
  // What has a record a line comes in pages of whole records: a short read is not its end.
  auto text = read_whole_file(dir_.get(), name, reader_->buffer_, End::zero_read);
  if (!text) return fail(missing_or_gone(std::move(text.error()), dir_.get(), witness));
  return text;
}

Result<std::string> TaskDir::read_comm() { return parsed(read_optional("comm"), as_comm); }
Result<TaskIo> TaskDir::read_io() { return parsed(read_optional("io"), parse_io); }
Result<Schedstat> TaskDir::read_schedstat() { return parsed(read_optional("schedstat"), parse_schedstat); }
Result<std::int32_t> TaskDir::read_oom_score() { return parsed(read_optional("oom_score"), parse_oom_score); }
Result<std::int32_t> TaskDir::read_oom_score_adj() {
  return parsed(read_optional("oom_score_adj"), parse_oom_score_adj);
}
Result<std::optional<Uid>> TaskDir::read_loginuid() {
  return parsed(read_optional("loginuid"), parse_loginuid);
}
Result<std::optional<std::uint32_t>> TaskDir::read_sessionid() {
  return parsed(read_optional("sessionid"), parse_sessionid);
}
Result<std::optional<std::string>> TaskDir::read_wchan() {
  return parsed(read_optional("wchan"), parse_wchan);
}
Result<SyscallState> TaskDir::read_syscall() { return parsed(read_optional("syscall"), parse_syscall); }
Result<std::vector<KernelFrame>> TaskDir::read_stack() { return parsed(read_optional("stack"), parse_stack); }
Result<Sched> TaskDir::read_sched() { return parsed(read_optional("sched"), parse_sched); }
Result<std::vector<Limit>> TaskDir::read_limits() { return parsed(read_optional("limits"), parse_limits); }
Result<std::uint64_t> TaskDir::read_timerslack_ns() {
  return parsed(read_optional("timerslack_ns"), parse_timerslack_ns);
}
Result<std::uint32_t> TaskDir::read_personality() {
  return parsed(read_optional("personality"), parse_personality);
}
Result<std::optional<Autogroup>> TaskDir::read_autogroup() {
  return parsed(read_optional("autogroup"), parse_autogroup);
}
Result<std::string> TaskDir::read_cpuset() { return parsed(read_optional("cpuset"), as_cpuset); }
Result<SmapsRollup> TaskDir::read_smaps_rollup() {
  return parsed(read_optional("smaps_rollup"), parse_smaps_rollup);
}
Result<std::vector<Pid>> TaskDir::read_children() { return parsed(read_table("children"), parse_children); }
Result<std::vector<Mapping>> TaskDir::read_maps() { return parsed(read_table("maps"), parse_maps); }
Result<std::vector<Mount>> TaskDir::read_mountinfo() {
  return parsed(read_table("mountinfo"), parse_mountinfo);
}
Result<std::vector<UnixSocket>> TaskDir::read_net_unix() {
  return parsed(read_table("net/unix"), parse_net_unix);
}
Result<std::vector<NetlinkSocket>> TaskDir::read_net_netlink() {
  return parsed(read_table("net/netlink"), parse_net_netlink);
}
Result<std::vector<PacketSocket>> TaskDir::read_net_packet() {
  return parsed(read_table("net/packet"), parse_net_packet);
}

Result<std::string> TaskDir::read_attr_current() {
  auto text = read_optional("attr/current");
  // EINVAL: no security module is there to answer.
  if (!text && text.error().sys == EINVAL) text.error().code = Errc::unsupported;
  return parsed(text, as_attr);
}

Result<std::vector<InetSocket>> TaskDir::read_inet_sockets(InetProtocol protocol) {
  return parsed(read_table(fmt::format("net/{}", inet_protocol_name(protocol)).c_str()), parse_inet_sockets);
}

Result<std::vector<NsLink>> TaskDir::read_namespaces() {
  const Fd dir(openat(dir_.get(), "ns", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!dir) return fail(missing_or_gone(open_error("ns"), dir_.get(), witness));
  const auto names = list_names(dir.get());
  if (!names) return fail(os_error(names.error(), "ns"));

  std::vector<NsLink> links;
  for (const std::string& name : *names) {
    const auto target = reader_->read_link(dir.get(), name.c_str());
    if (!target && target.error().code == Errc::gone) continue;
    if (!target) return fail(target.error());
    auto link = parse_ns_link(*target);
    if (!link) return fail(std::move(link.error()));
    link->name = name;
    links.push_back(std::move(*link));
  }
  return links;
}

}  // namespace ptop::procfs
