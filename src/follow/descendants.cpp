// Everybody below the processes attached to, while they go on forking and dying.
#include <unordered_set>

#include <unistd.h>

#include "ended.hpp"
#include "ptop/sockets/fork_watch.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

/// Who descends from whom, as far as anybody saw. A process whose parent died before a look at /proc is known
/// from the kernel's own report of its birth, where that can be had.
class Lineage {
 public:
  explicit Lineage(const std::vector<Pid>& roots) : inside_(roots.begin(), roots.end()) {
    if (auto watch = sockets::ForkWatch::open()) watch_.emplace(std::move(*watch));
  }

  /// The living ones that one look at /proc shows.
  std::vector<procfs::Stat> look(procfs::Reader& reader) {
    std::vector<procfs::Stat> all;
    const auto pids = reader.pids();
    if (!pids) return all;
    for (const Pid pid : *pids) {
      if (auto stat = reader.read_stat(pid)) all.push_back(std::move(*stat));
    }
    add_births();
    for (bool grown = true; grown;) {
      grown = false;
      for (const auto& stat : all)
        grown |= inside_.contains(stat.ppid) && inside_.insert(Pid(stat.tid.raw())).second;
    }
    std::erase_if(all, [&](const procfs::Stat& stat) {
      return !inside_.contains(Pid(stat.tid.raw())) || has_ended(stat);
    });
    return all;
  }

 private:
  /// They come in the order in which they happened, parents before children.
  void add_births() {
    if (!watch_) return;
    for (const auto& [parent, child] : watch_->take()) {
      if (inside_.contains(parent)) inside_.insert(child);
    }
  }

  std::unordered_set<Pid> inside_;
  std::optional<sockets::ForkWatch> watch_;
};

}  // namespace

/// Looks again until a whole look shows nobody new: whatever a seized process makes is seized by the kernel.
void Follower::State::seize_descendants(const std::vector<Pid>& roots) {
  Lineage lineage(roots);
  std::unordered_set<Pid> refused;
  for (bool progress = true; progress;) {
    progress = false;
    for (const auto& stat : lineage.look(facts_->reader())) {
      const Pid pid(stat.tid.raw());
      if (pid.raw() == ::getpid() || tasks_.find_process(pid) || refused.contains(pid)) continue;
      if (seize(pid, leader_of(pid)))
        progress = true;
      else
        refused.insert(pid);  // it died, may not be traced, or is ours already: its birth will be told
    }
  }
}

}  // namespace ptop::follow
