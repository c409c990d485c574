// Work on many processes of which some may block for ever: threads do it, and their caller, who watches, goes
// on without the one that got stuck. For the scans only.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "ptop/base/ids.hpp"
#include "ptop/model/stuck_tasks.hpp"

namespace ptop::model {

/// One process, tried. If it was tried before and a step got stuck, that step is left out.
class Attempt {
 public:
  explicit Attempt(StuckTasks known) : known_(std::move(known)) {}

  /// A step comes next that may block. False: leave it out, it is stuck.
  bool begin(ReadStep step);
  /// Which process the rest is about; known before the first step that has an identity.
  void identify(ProcessKey key);

 private:
  friend class WatchedRun;
  friend class Watcher;
  static constexpr std::uint64_t abandoned = ~std::uint64_t{0}, storing = abandoned - 1;

  void start(std::size_t item);
  bool finish();

  /// The step, and a number that makes it differ from the step before: or one of the two above.
  std::atomic<std::uint64_t> state_{storing};
  std::uint64_t last_ = storing;  ///< what this thread wrote to it
  std::uint32_t tick_ = 0;
  std::atomic<std::int32_t> pid_{0};
  std::atomic<std::uint64_t> start_{0};
  std::size_t item_ = 0;
  ProcessKey key_;
  StuckTasks known_;
};

/// What one thread does to one item after the other. It may be abandoned in the middle of work(), when its
/// caller and all that belongs to it have long gone: it owns what work() touches.
class ItemWorker {
 public:
  virtual ~ItemWorker() = default;
  /// First says which process it is about, and announces a step; from then on it may block. After an
  /// abandoned step every further one is left out.
  virtual void work(std::size_t item, Attempt& attempt) = 0;
  /// Hands over the result of work(). Never called after the thread was abandoned, so it may touch what
  /// belongs to the caller; other threads do the same at the same time.
  virtual void store(std::size_t item) = 0;
};

/// How long a thread may stay in one step. A run with many stuck steps must end too: the first gets `first`,
/// the next ones ever less as `budget` is used up, but each of them `least`.
struct Patience {
  std::chrono::milliseconds first{200}, budget{500}, least{5};
};

struct WatchedRunOptions {
  std::size_t items = 0;
  unsigned threads = 1;
  bool watched = true;  ///< false: nothing blocks. One thread is the caller's own then.
  Patience patience;
};

/// Works on every item, in `threads` threads with an ItemWorker each, and in more once something is stuck.
/// Returns when every item is stored. What got stuck is added to `stuck`, and what is there from earlier runs
/// is left out from the beginning. Where no thread can be had, the caller does all itself.
void run_watched(const WatchedRunOptions& options,
                 const std::function<std::unique_ptr<ItemWorker>()>& make_worker, StuckTasks& stuck);

/// How many threads are worth it for so many processes: those this process may use, two at most.
unsigned useful_threads(std::size_t processes);

}  // namespace ptop::model
