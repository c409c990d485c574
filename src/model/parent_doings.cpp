// One parent after the other, each step under a watch.
#include "parent_doings.hpp"

#include <memory>
#include <utility>

#include "watched_run.hpp"

namespace ptop::model {
namespace {

constexpr ReadStep step_of(Source source) { return {static_cast<std::uint8_t>(source), 0}; }

class ParentWorker : public ItemWorker {
 public:
  ParentWorker(procfs::Reader reader, std::shared_ptr<const std::vector<ProcessKey>> parents,
               std::vector<Doing>& out)
      : reader_(std::move(reader)), parents_(std::move(parents)), out_(out) {}

  void work(std::size_t item, Attempt& attempt) override {
    const ProcessKey parent = (*parents_)[item];
    doing_ = {};
    attempt.identify(parent);
    if (!attempt.begin(step_of(Source::zombie_parents))) return;
    auto dir = reader_.open_process(parent.pid);
    const auto stat = dir ? dir->read_stat() : fail(dir.error());
    if (!stat || stat->start != parent.start) return;  // gone, or its number was used again
    doing_.wchan = Fact(dir->read_wchan());
    doing_.syscall = attempt.begin(step_of(Source::syscall))
                         ? Fact(dir->read_syscall())
                         : Fact<procfs::SyscallState>(Availability::timeout);
  }
  void store(std::size_t item) override { out_[item] = std::move(doing_); }

 private:
  procfs::Reader reader_;
  std::shared_ptr<const std::vector<ProcessKey>> parents_;
  std::vector<Doing>& out_;  // by item
  Doing doing_;
};

}  // namespace

std::map<Pid, Doing> read_doings(procfs::Reader& reader, std::vector<ProcessKey> parents, StuckTasks& stuck) {
  const auto asked = std::make_shared<const std::vector<ProcessKey>>(std::move(parents));
  std::vector<Doing> found(asked->size());
  const auto make_worker = [&]() -> std::unique_ptr<ItemWorker> {
    return std::make_unique<ParentWorker>(reader.duplicate(), asked, found);
  };
  run_watched({.items = asked->size(), .threads = 1, .watched = reader.is_live()}, make_worker, stuck);
  std::map<Pid, Doing> doings;
  for (std::size_t i = 0; i < asked->size(); ++i) doings.emplace((*asked)[i].pid, std::move(found[i]));
  return doings;
}

}  // namespace ptop::model
