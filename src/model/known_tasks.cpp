// The last snapshot's processes, and what stat says of them.
#include "known_tasks.hpp"

#include <utility>

namespace ptop::model {
namespace {

/// What only the task itself changes, by running. Its control groups are moved by others, its memory shrinks
/// without it, and counters of I/O or of the scheduler see what is too short for stat.
constexpr Sources kept{Source::stat, Source::status, Source::cmdline, Source::exe, Source::cwd};

/// PF_FORKNOEXEC of include/linux/sched.h.
constexpr std::uint32_t forked_without_exec = 0x40;

/// Of what may not be kept it must have nothing: nobody would read that again.
bool tells(const Sample& sample, Sources wanted) {
  const Sources asked = own_asked_sources(sample);
  return asked.has_all(wanted) && kept.has_all(asked);
}

bool may_have_execed(const procfs::Stat& a, const procfs::Stat& b) {
  return a.comm != b.comm || a.vsize != b.vsize || ((a.flags ^ b.flags) & forked_without_exec) != 0;
}

}  // namespace

Sources common(Sources a, Sources b) {
  Sources both;
  for (std::size_t i = 0; i < source_count; ++i) {
    const auto source = static_cast<Source>(i);
    if (a.has(source) && b.has(source)) both |= source;
  }
  return both;
}

bool can_be_kept(Sources sources) { return (sources | kept) == kept; }

KnownTasks::KnownTasks(LastScan last, const ScanOptions& options) : last_(std::move(last)) {
  if (!options.close.empty()) last_.snapshot = nullptr;
}

bool KnownTasks::is_due(std::int32_t number, bool shown) const {
  const std::uint64_t every = shown ? shown_asked_anew_every : others_asked_anew_every;
  return (static_cast<std::uint64_t>(number) + last_.count) % every == 1;
}

std::optional<KnownTask> KnownTasks::find(Pid pid, std::size_t guess, Sources wanted, bool shown) const {
  if (last_.snapshot == nullptr || is_due(pid.raw(), shown) || !can_be_kept(wanted)) return std::nullopt;
  const auto& all = last_.snapshot->processes;
  const auto index = index_of(pid, guess);
  if (!index || !tells(all[*index], wanted)) return std::nullopt;
  const auto& looks = last_.snapshot->looks;
  return KnownTask{all.shared(*index), *index < looks.size() ? looks[*index] : Snapshot::Look{}};
}

Snapshot::Look KnownTasks::look_of(const Sample& process, std::size_t guess) const {
  if (last_.snapshot == nullptr) return {};
  const auto index = index_of(process.pid, guess);
  if (!index || *index >= last_.snapshot->looks.size()) return {};
  const Sample& before = last_.snapshot->processes[*index];
  if (before.key != process.key || before.stat_hash != process.stat_hash) return {};
  return {last_.snapshot->looks[*index].idle_reads, true};
}

std::optional<ProcessIndex> KnownTasks::index_of(Pid pid, std::size_t guess) const {
  const auto& all = last_.snapshot->processes;
  if (guess < all.size() && all[guess].pid == pid) return static_cast<ProcessIndex>(guess);
  return find_index(*last_.snapshot, pid);
}

SampleList::Pointer KnownTasks::find_thread(Pid pid, Tid tid, Sources wanted, bool shown) const {
  if (last_.snapshot == nullptr || is_due(tid.raw(), shown) || !can_be_kept(wanted)) return {};
  const auto index = model::find_thread(*last_.snapshot, pid, tid);
  if (!index || !tells(last_.snapshot->threads[*index], wanted)) return {};
  return last_.snapshot->threads.shared(*index);
}

std::vector<SampleList::Pointer> KnownTasks::threads_of(Pid pid) const {
  std::vector<SampleList::Pointer> threads;
  if (last_.snapshot == nullptr) return threads;
  const auto [first, last] = model::threads_of(*last_.snapshot, pid);
  for (ThreadIndex i = first; i < last; ++i) threads.push_back(last_.snapshot->threads.shared(i));
  return threads;
}

bool KnownTasks::rests(Pid pid, const KnownTask& known, bool shown) const {
  const auto idle = known.look.idle_reads;
  if (shown || idle < idle_reads_until_rest) return false;
  const auto turn = static_cast<std::uint64_t>(pid.raw()) + last_.count;
  if (idle < idle_reads_until_long_rest) return known.look.read && turn % 2 != 1;
  const bool longest = !last_.others_matter && idle >= idle_reads_until_longest_rest;
  return turn % (longest ? 8 : 4) != 1;
}

std::optional<Sample> carried_on(const Sample& before, const procfs::Stat& now, Sources wanted) {
  constexpr Sources seldom{Source::stat, Source::cmdline};
  const bool same = before.key.start == now.start && !may_have_execed(before.stat, now);
  const bool zombie = now.state == procfs::TaskState::zombie;
  if (!same || zombie || (wanted | seldom) != seldom) return std::nullopt;
  std::optional<Sample> sample(std::in_place);
  sample->key = before.key;
  sample->pid = before.pid;
  sample->stat = now;
  for (const Source source : {Source::stat, Source::cmdline})
    sample->availability.set(source, before.of(source));
  if (wanted.has(Source::cmdline)) sample->cmdline = before.cmdline;
  return sample;
}

}  // namespace ptop::model
