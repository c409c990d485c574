// Counting, sampling, saving: on the threads that follow. Taking: on the screen's.
#include "event_feed.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace ptop::app {

/// Events of several subtrees get one clock: that of the first.
class EventFeed::Source : public follow::Sink {
 public:
  explicit Source(EventFeed& feed) : feed_(feed) {}
  void begin(const follow::Header& header) override { offset_ns_ = feed_.offset_of(header); }
  void on(const follow::Event& event) override {
    if (offset_ns_ == 0) return feed_.on(event);
    follow::Event moved = event;
    moved.t_ns += offset_ns_;
    feed_.on(moved);
  }
  void end(const follow::Trailer& trailer) override { feed_.ended(trailer.reason); }

 private:
  EventFeed& feed_;
  std::uint64_t offset_ns_ = 0;
};

EventFeed::EventFeed() : ready_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

std::unique_ptr<follow::Sink> EventFeed::make_source() { return std::make_unique<Source>(*this); }

std::uint64_t EventFeed::offset_of(const follow::Header& header) {
  const std::lock_guard lock(mutex_);
  if (!header_) header_ = header;
  return header.started_monotonic_ns - header_->started_monotonic_ns;
}

/// Births and ends are worth more than calls: they have room of their own.
bool EventFeed::has_room(const follow::Event& event) const {
  if (queue_.size() >= most_lines) return false;
  const auto* call = std::get_if<follow::SyscallDone>(&event.what);
  if (call == nullptr) return true;
  const bool preferred = preferred_ && preferred_->contains(call->number.arch, SyscallNo(call->number.nr));
  return calls_queued_ < (preferred_ && !preferred ? most_calls / 4 : most_calls);
}

void EventFeed::on(const follow::Event& event) {
  if (saves_) {
    const std::lock_guard lock(save_mutex_);
    if (log_) log_->on(event);
  }
  const auto* call = std::get_if<follow::SyscallDone>(&event.what);
  {
    const std::lock_guard lock(mutex_);
    ++counted_.events;
    if (call != nullptr) counts_.add(*call);
    if (const auto* lost = std::get_if<follow::Lost>(&event.what)) counted_.lost += lost->count;
    if (!has_room(event)) {
      ++counted_.skipped;
      return;
    }
    if (call != nullptr) ++calls_queued_;
  }
  EventItem item = make_item(event);  // the long part, while the screen may take
  const std::lock_guard lock(mutex_);
  queue_.push_back(std::move(item));
  if (queue_.size() == 1) wake();
}

void EventFeed::ended(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  counted_.end_reason = reason;
  wake();
}

void EventFeed::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(ready_.get(), &one, sizeof one);
}

FeedBatch EventFeed::take() {
  const std::lock_guard lock(mutex_);
  std::uint64_t count = 0;
  [[maybe_unused]] const auto drained = ::read(ready_.get(), &count, sizeof count);
  FeedBatch batch = std::exchange(counted_, {});
  batch.items = std::exchange(queue_, {});
  calls_queued_ = 0;
  return batch;
}

std::vector<CallRow> EventFeed::call_rows() const {
  const std::lock_guard lock(mutex_);
  return counts_.rows();
}

void EventFeed::reset() {
  const std::lock_guard lock(mutex_);
  queue_.clear();
  calls_queued_ = 0;
  counted_ = {};
  counts_.clear();
  header_.reset();
}

void EventFeed::prefer(std::optional<decode::SyscallSet> calls) {
  const std::lock_guard lock(mutex_);
  preferred_ = std::move(calls);
}

void EventFeed::save(std::unique_ptr<SavedLog> log) {
  follow::Header header;
  {
    const std::lock_guard lock(mutex_);
    if (header_) header = *header_;
  }
  log->begin(header);
  const std::lock_guard lock(save_mutex_);
  if (log_) log_->end("another file");
  saving_ = Saving{log->path()};
  log_ = std::move(log);
  saves_ = true;
}

void EventFeed::stop_saving(std::string_view reason) {
  const std::lock_guard lock(save_mutex_);
  saves_ = false;
  saving_.reset();
  if (!log_) return;
  log_->end(reason);
  log_.reset();
}

std::optional<EventFeed::Saving> EventFeed::saving() {
  const std::unique_lock lock(save_mutex_, std::try_to_lock);
  if (lock.owns_lock() && log_) saving_ = Saving{log_->path(), log_->events(), log_->error()};
  return saving_;
}

void EventFeed::flush() {
  const std::unique_lock lock(save_mutex_, std::try_to_lock);
  if (lock.owns_lock() && log_) log_->flush();
}

}  // namespace ptop::app
