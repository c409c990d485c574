// What is known to block: reads that wait behind a stuck target, remembered from scan to scan.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "ptop/base/ids.hpp"

namespace ptop::model {

/// One read about a process, as its reader numbers them: `kind` says which file, `detail` which of its like.
struct ReadStep {
  std::uint8_t kind = 0;
  std::uint32_t detail = 0;
  friend auto operator<=>(const ReadStep&, const ReadStep&) = default;
};

/// Reads that did not return, each with the thread that still waits in it. While it waits nobody asks again;
/// once it came back the target answers, and is read as any other.
class StuckTasks {
 public:
  bool empty() const { return stuck_->empty(); }
  std::size_t size() const;
  bool has(ProcessKey key, ReadStep step) const;
  /// How many reads of this kind are stuck for that process.
  std::size_t count(ProcessKey key, std::uint8_t kind) const;

  void add(ProcessKey key, ReadStep step, std::shared_ptr<const std::atomic<bool>> came_back);
  /// Forgets those that came back.
  void forget_finished();

 private:
  struct Stuck {
    ReadStep step;
    std::shared_ptr<const std::atomic<bool>> came_back;
  };
  using Map = std::map<ProcessKey, std::vector<Stuck>>;
  std::shared_ptr<const Map> stuck_ = std::make_shared<Map>();  // never changed, so that threads may share it
};

}  // namespace ptop::model
