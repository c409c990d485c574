// One process after the other, each under a watch.
#include "namespace_owners.hpp"

#include <memory>
#include <mutex>
#include <utility>

#include "watched_run.hpp"

namespace ptop::model {
namespace {

struct Member {
  ProcessKey key;
  Shared<Extras> extras;
};
using Members = std::vector<Member>;

/// Several threads add to it once one of them got stuck.
struct Found {
  std::mutex mutex;
  NamespaceTable table;
};

class OwnerWorker : public ItemWorker {
 public:
  OwnerWorker(procfs::Reader reader, std::shared_ptr<const Members> members, Found& found)
      : reader_(std::move(reader)), members_(std::move(members)), found_(found) {}

  void work(std::size_t item, Attempt& attempt) override {
    const auto& [key, extras] = (*members_)[item];
    attempt.identify(key);
    if (are_settled(table_, extras->namespaces)) return;
    if (!attempt.begin({static_cast<std::uint8_t>(Source::namespace_owners), 0})) return;
    auto dir = reader_.open_process(key.pid);
    if (dir) read_namespace_facts(*dir, extras->namespaces, table_);
    has_news_ = true;
  }
  void store(std::size_t) override {
    if (!std::exchange(has_news_, false)) return;
    const std::lock_guard lock(found_.mutex);
    add_namespace_facts(found_.table, table_);
  }

 private:
  procfs::Reader reader_;
  std::shared_ptr<const Members> members_;
  Found& found_;
  NamespaceTable table_;
  bool has_news_ = false;
};

}  // namespace

NamespaceTable read_namespace_owners(procfs::Reader& reader, const std::vector<const Sample*>& samples,
                                     StuckTasks& stuck) {
  auto members = std::make_shared<Members>();
  for (const Sample* s : samples) members->push_back({s->process_key(), s->extras});
  Found found;
  const auto make_worker = [&, asked =
                                   std::shared_ptr<const Members>(members)]() -> std::unique_ptr<ItemWorker> {
    return std::make_unique<OwnerWorker>(reader.duplicate(), asked, found);
  };
  run_watched({.items = members->size(), .threads = 1, .watched = reader.is_live(), .patience = {}},
              make_worker, stuck);
  return std::move(found.table);
}

}  // namespace ptop::model
