// The last snapshot's processes, and what stat says of their idleness.
#include "known_tasks.hpp"

#include <tuple>
#include <utility>

namespace ptop::model {
namespace {

/// What only the task itself changes, by running. Its control groups are moved by others, its memory shrinks
/// without it, and counters of I/O or of the scheduler see what is too short for stat.
constexpr Sources kept{Source::stat, Source::status, Source::cmdline, Source::exe, Source::cwd};

auto identity(const procfs::Stat& s) {
  return std::tie(s.comm, s.state, s.ppid, s.pgid, s.sid, s.tty_nr, s.tpgid, s.flags, s.start, s.exit_signal,
                  s.exit_code);
}
auto use(const procfs::Stat& s) {
  return std::tie(s.minflt, s.cminflt, s.majflt, s.cmajflt, s.utime, s.stime, s.cutime, s.cstime, s.threads,
                  s.vsize, s.rss_pages, s.processor, s.blkio_delay);
}
auto scheduling(const procfs::Stat& s) { return std::tie(s.priority, s.nice, s.rt_priority, s.policy); }

}  // namespace

KnownTasks::KnownTasks(LastScan last, const ScanOptions& options)
    : last_(std::move(last)), wanted_(options.sources | Source::stat) {
  const bool others = (wanted_ | kept) != kept;
  if (others || options.threads || !options.close.empty()) last_.snapshot = nullptr;
}

bool KnownTasks::is_complete(const Sample& sample) const {
  for (std::size_t i = 0; i < source_count; ++i) {
    const auto source = static_cast<Source>(i);
    if (wanted_.has(source) && sample.of(source) == Availability::not_read) return false;
  }
  return true;
}

const Sample* KnownTasks::find(Pid pid, std::size_t guess) const {
  const bool due = (static_cast<std::uint64_t>(pid.raw()) + last_.count) % asked_anew_every == 0;
  if (last_.snapshot == nullptr || due) return nullptr;
  const auto& all = last_.snapshot->processes;
  const Sample* found =
      guess < all.size() && all[guess].pid == pid ? &all[guess] : find_process(*last_.snapshot, pid);
  return found != nullptr && is_complete(*found) ? found : nullptr;
}

bool did_nothing(const procfs::Stat& before, const procfs::Stat& now) {
  return identity(before) == identity(now) && use(before) == use(now) &&
         scheduling(before) == scheduling(now);
}

}  // namespace ptop::model
