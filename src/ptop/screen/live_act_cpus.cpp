// CPU affinity: sched_setaffinity(2) for every thread of a process.
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>

#include "identity.hpp"
#include "live_act.hpp"
#include "ptop/procfs/cpuset.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t first_words = 16, most_words = 1024;  // 1,024 processors; 65,536
constexpr std::uint32_t no_setaffinity = 0x04000000;        // PF_NO_SETAFFINITY, include/linux/sched.h
constexpr int most_rounds = 16;

/// EINVAL: the kernel knows of more processors than fit.
Result<CpuSet> affinity_of(Tid tid) {
  for (std::size_t count = first_words; count <= most_words; count *= 2) {
    std::vector<std::uint64_t> words(count);
    const long bytes =
        ::syscall(SYS_sched_getaffinity, tid.raw(), count * sizeof(std::uint64_t), words.data());
    if (bytes >= 0) return CpuSet(std::move(words));
    if (errno != EINVAL) break;
  }
  return fail(os_error("sched_getaffinity"));
}

CpuSet online_cpus(procfs::Reader& reader) {
  CpuSet set;
  const auto stat = reader.read_system_stat();
  for (const auto& cpu : stat ? stat->cpus : decltype(stat->cpus)()) set.add(static_cast<unsigned>(cpu.cpu));
  return set;
}

Result<CpuSet> not_in_sight() { return fail({Errc::unsupported, 0, "its cpuset is not in sight"}); }

}  // namespace

/// Of the nearest group above that has one: there the kernel takes it from, too.
Result<CpuSet> LiveAct::cpuset_of(ProcessKey process) {
  using Version = procfs::CgroupDir::Version;
  auto directory = reader_.open_process(process.pid);
  if (!directory) return fail(directory.error());
  const auto groups = directory->read_cgroup();
  if (!groups) return fail(groups.error());
  const auto mounts = reader_.read_own_mountinfo();
  if (!mounts) return fail(mounts.error());
  const auto of_v1 = [](const auto& m) { return procfs::has_mount_option(m.controllers, "cpuset"); };
  auto group = std::ranges::find_if(*groups, of_v1);
  const bool is_v1 = group != groups->end();
  if (!is_v1) group = std::ranges::find_if(*groups, [](const auto& m) { return m.hierarchy == 0; });
  if (group == groups->end()) return not_in_sight();
  const Version version = is_v1 ? Version::v1 : Version::v2;
  for (procfs::CgroupMembership at = *group;;
       at.path.resize(std::min(at.path.rfind('/'), at.path.size() - 1))) {
    const auto path = procfs::cgroup_directory(*mounts, at);
    if (auto set = path ? procfs::read_cpuset(*path, version) : not_in_sight(); set) return set;
    if (at.path.size() < 2) return not_in_sight();
  }
}

Result<CpuUse> LiveAct::cpu_use(ProcessKey process) {
  if (const auto same = check_identity(reader_, process); !same) return fail(same.error());
  const auto tids = threads_of(process);
  if (!tids) return fail(tids.error());
  return cpu_use_of(process, *tids);
}

Result<CpuUse> LiveAct::thread_cpu_use(ThreadKey thread) {
  if (const auto same = check_identity_of(thread); !same) return fail(same.error());
  return cpu_use_of(thread.process, {thread.task.tid});
}

Result<CpuUse> LiveAct::cpu_use_of(ProcessKey process, const std::vector<Tid>& threads) {
  CpuUse use{.online = online_cpus(reader_), .cpuset = {}, .of_all = {}, .of_any = {}};
  if (auto cpuset = cpuset_of(process)) use.cpuset = *std::move(cpuset);
  bool is_first = true;
  for (const Tid tid : threads) {
    const auto set = affinity_of(tid);
    if (!set && set.error().code == Errc::gone) continue;
    if (!set) return fail(set.error());
    use.of_all = is_first ? *set : use.of_all & *set;
    use.of_any |= *set;
    is_first = false;
  }
  if (is_first) return fail({Errc::gone, 0, "it has ended"});
  return use;
}

Error LiveAct::no_such_cpus(ProcessKey process) {
  const auto stat = reader_.read_stat(process.pid);
  const bool bound = stat && (stat->flags & no_setaffinity) != 0;
  return {Errc::unsupported, 0,
          bound ? "the kernel has bound it to its CPUs" : "its cpuset has none of these CPUs"};
}

/// One that ends meanwhile needs none.
Result<void> LiveAct::set_cpus_of(const std::vector<Tid>& threads, const CpuSet& chosen, const CpuSet& kept) {
  for (const Tid tid : threads) {
    CpuSet wanted = chosen;
    if (const auto now = kept.empty() ? CpuSet() : affinity_of(tid); now) wanted |= *now & kept;
    if (wanted.empty()) return fail({Errc::unsupported, 0, "one of its threads would have no CPU left"});
    const auto& words = wanted.words();
    if (::syscall(SYS_sched_setaffinity, tid.raw(), words.size() * sizeof(std::uint64_t), words.data()) !=
            0 &&
        errno != ESRCH)
      return fail(os_error("sched_setaffinity"));
  }
  return {};
}

/// A thread that is made meanwhile has the affinity of its maker, which may still be the old one: the threads
/// are listed again until no new ones are found.
Result<void> LiveAct::set_cpus(ProcessKey process, const CpuSet& chosen, const CpuSet& kept) {
  const auto pidfd = open_pidfd(process);
  if (!pidfd) return fail(pidfd.error());
  std::vector<Tid> done;
  for (int round = 0; round < most_rounds; ++round) {
    auto tids = threads_of(process);
    if (!tids) return fail(tids.error());
    std::vector<Tid> fresh;
    std::ranges::set_difference(*tids, done, std::back_inserter(fresh));
    if (fresh.empty()) break;
    auto set = set_cpus_of(fresh, chosen, kept);
    if (!set && set.error().sys == EINVAL) return fail(no_such_cpus(process));
    if (!set) return set;
    done = *std::move(tids);
  }
  return {};
}

Result<void> LiveAct::set_thread_cpus(ThreadKey thread, const CpuSet& chosen, const CpuSet& kept) {
  if (auto same = check_identity_of(thread); !same) return same;
  auto set = set_cpus_of({thread.task.tid}, chosen, kept);
  if (!set && set.error().sys == EINVAL) return fail(no_such_cpus(thread.process));
  return set;
}

}  // namespace ptop::app
