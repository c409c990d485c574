// Work that may take its time, on a thread of its own: the newest wish in, its answer out.
#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "ptop/base/fd.hpp"

namespace ptop::app {

/// Threads that were in their work when nobody wanted it any more. Whoever ends the process while there are
/// some must not destroy what they may use: _exit(2).
inline std::atomic<int> threads_left_behind = 0;

template <class Wish, class Answer>
class Background {
 public:
  using Work = std::function<Answer(const Wish&)>;
  /// `work` runs on that thread alone, and owns what it uses: it may go on when all else is gone.
  explicit Background(Work work)
      : shared_(std::make_shared<Shared>(std::move(work))), thread_([shared = shared_] { shared->run(); }) {}
  /// Never waits for work: a thread that is in it is left to itself.
  ~Background() {
    if (shared_->stop()) {
      thread_.join();
    } else {
      ++threads_left_behind;
      thread_.detach();
    }
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  /// Replaces a wish that was not begun yet. Never blocks.
  void ask(Wish wish) { shared_->ask(std::move(wish)); }
  /// The newest answer that was not taken yet.
  std::optional<Answer> take() { return shared_->take(); }
  /// Readable when there is an answer.
  int fd() const { return shared_->fd(); }

 private:
  class Shared {
   public:
    explicit Shared(Work work) : work_(std::move(work)), ready_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

    int fd() const { return ready_.get(); }

    void ask(Wish wish) {
      {
        const std::lock_guard lock(mutex_);
        wish_ = std::move(wish);
      }
      asked_.notify_one();
    }

    std::optional<Answer> take() {
      const std::lock_guard lock(mutex_);
      std::uint64_t count = 0;
      [[maybe_unused]] const auto drained = ::read(ready_.get(), &count, sizeof count);
      return std::exchange(answer_, std::nullopt);
    }

    /// No wish is begun any more. False: one is being worked on.
    bool stop() {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      asked_.notify_one();
      return !working_;
    }

    void run() {
      while (const auto wish = next_wish()) tell(work_(*wish));
    }

   private:
    std::optional<Wish> next_wish() {
      std::unique_lock lock(mutex_);
      asked_.wait(lock, [this] { return stopping_ || wish_; });
      working_ = !stopping_;
      return stopping_ ? std::nullopt : std::exchange(wish_, std::nullopt);
    }

    void tell(Answer answer) {
      const std::lock_guard lock(mutex_);
      working_ = false;
      answer_ = std::move(answer);
      const std::uint64_t one = 1;
      [[maybe_unused]] const auto written = ::write(ready_.get(), &one, sizeof one);
    }

    const Work work_;
    const Fd ready_;
    std::mutex mutex_;
    std::condition_variable asked_;
    std::optional<Wish> wish_;
    std::optional<Answer> answer_;
    bool stopping_ = false, working_ = false;
  };

  std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace ptop::app
