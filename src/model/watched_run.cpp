// The threads of one run, and the watch over them.
#include "watched_run.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ptop/base/fd.hpp"
#include "signals_blocked.hpp"

namespace ptop::model {
namespace {

using Clock = std::chrono::steady_clock;

/// More stuck reads of one kind than this, and the rest of that kind is not tried for that process: each try
/// costs patience, and a process may have thousands of files on one dead server.
constexpr std::size_t enough_stuck = 4;

/// Once something is stuck there is likely more of it, and threads that wait cost next to nothing: so many
/// processes are tried side by side then, and their waiting counts once.
constexpr std::size_t threads_once_stuck = 16;

/// From this many processes on a second thread pays: measured, less wall time for the same CPU time.
constexpr std::size_t worth_two_threads = 300;

/// Whether the thread waits for something. One that only waits for a CPU is not stuck, however long that
/// takes.
bool is_asleep(pid_t tid) {
  const Fd file(::open(fmt::format("/proc/self/task/{}/stat", tid).c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 256> text;
  const ssize_t n = file ? ::read(file.get(), text.data(), text.size()) : -1;
  if (n <= 0) return true;
  const std::string_view line(text.data(), static_cast<std::size_t>(n));
  const auto state = line.rfind(") ");
  return state == line.npos || line.substr(state + 2, 1) != "R";
}

/// What the threads of one run share. Abandoned ones may outlive the run.
struct Shared {
  explicit Shared(std::size_t n) : items(n) {}
  const std::size_t items;
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::condition_variable finished;
  std::size_t working = 0;  // threads, by `mutex`

  std::size_t unclaimed() const {
    const std::size_t claimed = next.load();
    return claimed < items ? items - claimed : 0;
  }

  void leave() {
    const std::lock_guard lock(mutex);
    if (--working == 0) finished.notify_one();
  }
};

constexpr std::size_t no_item = ~std::size_t{0};

}  // namespace

bool Attempt::begin(ReadStep step) {
  if (!known_.empty() && (known_.has(key_, step) || known_.count(key_, step.kind) >= enough_stuck))
    return false;
  // kind, detail, tick: never `abandoned` or `storing`, since no step is of kind 255.
  const std::uint64_t now =
      std::uint64_t{step.kind} << 56 | std::uint64_t{step.detail} << 24 | (++tick_ & 0xff'ffff);
  if (!state_.compare_exchange_strong(last_, now)) {
    last_ = now;  // lost for ever: no exchange succeeds any more
    return false;
  }
  last_ = now;
  return true;
}

void Attempt::identify(ProcessKey key) {
  key_ = key;
  pid_.store(key.pid.raw());
  start_.store(key.start.raw());
}

void Attempt::start(std::size_t item) {
  item_ = item;
  identify({});
  last_ = ++tick_ & 0xff'ffff;
  state_.store(last_);
}

bool Attempt::finish() { return state_.compare_exchange_strong(last_, storing); }

/// One thread of a run. Belongs to it and to the watcher, who lets go of it first when it gets stuck.
class WatchedRun {
 public:
  WatchedRun(std::shared_ptr<Shared> shared, std::unique_ptr<ItemWorker> worker, StuckTasks known,
             std::size_t first_item)
      : attempt_(std::move(known)),
        shared_(std::move(shared)),
        worker_(std::move(worker)),
        first_item_(first_item) {}

  void run() {
    tid_.store(static_cast<pid_t>(::syscall(SYS_gettid)));
    if (run_items()) {
      shared_->leave();
    } else {
      came_back_->store(true);
    }
  }

 private:
  friend class Watcher;
  /// False: abandoned.
  bool run_items() {
    std::size_t item = first_item_ != no_item ? first_item_ : shared_->next.fetch_add(1);
    for (; item < shared_->items; item = shared_->next.fetch_add(1)) {
      attempt_.start(item);
      worker_->work(item, attempt_);
      if (!attempt_.finish()) return false;
      worker_->store(item);
    }
    return true;
  }

  Attempt attempt_;
  std::shared_ptr<Shared> shared_;
  std::unique_ptr<ItemWorker> worker_;
  std::size_t first_item_;
  std::atomic<pid_t> tid_{0};
  std::shared_ptr<std::atomic<bool>> came_back_ = std::make_shared<std::atomic<bool>>(false);
};

class Watcher {
 public:
  Watcher(const WatchedRunOptions& options, const std::function<std::unique_ptr<ItemWorker>()>& make_worker,
          StuckTasks& stuck)
      : options_(options), make_worker_(make_worker), stuck_(stuck) {}

  void run() {
    for (unsigned i = 0; i < std::max(options_.threads, 1U); ++i) add_thread(no_item);
    std::unique_lock lock(shared_->mutex);
    while (!shared_->finished.wait_for(lock, interval(), [&] { return shared_->working == 0; })) {
      lock.unlock();
      look();
      lock.lock();
    }
  }
  void run_here(std::size_t first_item) {
    WatchedRun(shared_, make_worker_(), stuck_, first_item).run_items();
  }

 private:
  struct Watched {
    std::shared_ptr<WatchedRun> run;
    std::uint64_t seen = 0;
    Clock::time_point since;
  };

  void add_thread(std::size_t first_item) {
    auto run = std::make_shared<WatchedRun>(shared_, make_worker_(), stuck_, first_item);
    {
      const std::lock_guard lock(shared_->mutex);
      ++shared_->working;
    }
    try {
      const SignalsBlocked blocked;
      std::thread([run] { run->run(); }).detach();
      threads_.push_back({std::move(run), 0, Clock::now()});
    } catch (const std::system_error&) {  // no more threads for this user or control group
      run->run_items();
      shared_->leave();
    }
  }

  Clock::duration patience() const {
    const Patience& p = options_.patience;
    if (spent_ == Clock::duration::zero()) return p.first;
    return std::max<Clock::duration>(p.least, std::min<Clock::duration>(p.first, (p.budget - spent_) / 2));
  }
  Clock::duration interval() const { return patience() / 4; }

  void look() {
    const auto now = Clock::now();
    for (std::size_t i = 0; i < threads_.size(); ++i) {
      Watched& watched = threads_[i];
      const std::uint64_t state = watched.run->attempt_.state_.load();
      if (state == Attempt::storing || state != watched.seen) {
        watched.seen = state;
        watched.since = now;
      } else if (now - watched.since >= patience() && is_asleep(watched.run->tid_.load())) {
        abandon(i, now);
      }
    }
  }

  void abandon(std::size_t index, Clock::time_point now) {
    const std::shared_ptr<WatchedRun> run = threads_[index].run;
    Attempt& attempt = run->attempt_;
    std::uint64_t state = threads_[index].seen;
    if (!attempt.state_.compare_exchange_strong(state, Attempt::abandoned)) return;  // it went on just now
    spent_ += now - std::max(threads_[index].since, last_abandoned_);
    last_abandoned_ = now;
    threads_.erase(threads_.begin() + static_cast<std::ptrdiff_t>(index));
    const ReadStep step{static_cast<std::uint8_t>(state >> 56), static_cast<std::uint32_t>(state >> 24)};
    stuck_.add({Pid(attempt.pid_.load()), Ticks(attempt.start_.load())}, step, run->came_back_);
    add_thread(attempt.item_);
    while (threads_.size() < std::min(threads_once_stuck, shared_->unclaimed())) add_thread(no_item);
    const std::lock_guard lock(shared_->mutex);
    --shared_->working;
  }

  const WatchedRunOptions& options_;
  const std::function<std::unique_ptr<ItemWorker>()>& make_worker_;
  StuckTasks& stuck_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>(options_.items);
  std::vector<Watched> threads_;
  Clock::duration spent_{};
  Clock::time_point last_abandoned_;
};

void run_watched(const WatchedRunOptions& options,
                 const std::function<std::unique_ptr<ItemWorker>()>& make_worker, StuckTasks& stuck) {
  stuck.forget_finished();
  if (options.items == 0) return;
  Watcher watcher(options, make_worker, stuck);
  if (!options.watched && options.threads <= 1) return watcher.run_here(no_item);
  watcher.run();
}

unsigned useful_threads(std::size_t processes) {
  if (processes < worth_two_threads) return 1;
  cpu_set_t cpus;
  if (sched_getaffinity(0, sizeof cpus, &cpus) != 0) return 1;
  return CPU_COUNT(&cpus) > 1 ? 2 : 1;
}

}  // namespace ptop::model
