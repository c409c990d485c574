// Work that may take its time, on a thread of its own: the newest wish in, its answer out.
#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "ptop/base/fd.hpp"

namespace ptop::app {

template <class Wish, class Answer>
class Background {
 public:
  /// `work` runs on that thread alone.
  explicit Background(std::function<Answer(const Wish&)> work)
      : work_(std::move(work)),
        ready_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
        thread_([this] { run(); }) {}
  ~Background() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    asked_.notify_one();
    thread_.join();
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  /// Replaces a wish that was not begun yet. Never blocks.
  void ask(Wish wish) {
    {
      const std::lock_guard lock(mutex_);
      wish_ = std::move(wish);
    }
    asked_.notify_one();
  }

  /// The newest answer that was not taken yet.
  std::optional<Answer> take() {
    const std::lock_guard lock(mutex_);
    std::uint64_t count = 0;
    [[maybe_unused]] const auto drained = ::read(ready_.get(), &count, sizeof count);
    return std::exchange(answer_, std::nullopt);
  }

  /// Readable when there is an answer.
  int fd() const { return ready_.get(); }

 private:
  std::optional<Wish> next_wish() {
    std::unique_lock lock(mutex_);
    asked_.wait(lock, [this] { return stopping_ || wish_; });
    return stopping_ ? std::nullopt : std::exchange(wish_, std::nullopt);
  }

  void run() {
    while (const auto wish = next_wish()) {
      Answer answer = work_(*wish);
      const std::lock_guard lock(mutex_);
      answer_ = std::move(answer);
      const std::uint64_t one = 1;
      [[maybe_unused]] const auto written = ::write(ready_.get(), &one, sizeof one);
    }
  }

  std::function<Answer(const Wish&)> work_;
  Fd ready_;
  std::mutex mutex_;
  std::condition_variable asked_;
  std::optional<Wish> wish_;
  std::optional<Answer> answer_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace ptop::app
