// From the threads that follow to the screen: a bounded queue of lines. The screen samples system calls when
// there are more than anybody could read; counters and the saved log get every one.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "call_counts.hpp"
#include "event_line.hpp"
#include "ptop/base/fd.hpp"
#include "ptop/decode/syscall_set.hpp"
#include "saved_log.hpp"

namespace ptop::app {

/// What the screen takes at once.
struct FeedBatch {
  std::vector<EventItem> items;
  std::uint64_t events = 0;   ///< that happened since the last batch
  std::uint64_t skipped = 0;  ///< of those, without a line
  std::uint64_t lost = 0;     ///< that happened and could not be told
  std::string end_reason{};   ///< raw; of a subtree that is followed no more
};

class EventFeed {
 public:
  /// So many lines of system calls between two looks of the screen, and so many of all.
  static constexpr std::size_t most_calls = 512, most_lines = 8192;

  EventFeed();

  /// The sink for one followed subtree. Used on its thread; outlives it. Borrows the feed.
  std::unique_ptr<follow::Sink> make_source();

  // For the screen.
  FeedBatch take();
  /// Makes fd() readable.
  void wake();
  /// Readable when there is something to take.
  int fd() const { return ready_.get(); }
  std::vector<CallRow> call_rows() const;
  /// Of a following that begins anew: forgets all that was counted.
  void reset();
  /// When there are too many calls for the screen, these are preferred.
  void prefer(std::optional<decode::SyscallSet> calls);

  /// Everything that happens from now on. Replaces a log that is being saved.
  void save(std::unique_ptr<SavedLog> log);
  void stop_saving(std::string_view reason);
  struct Saving {
    std::string path;  ///< raw
    std::uint64_t events = 0;
    int error = 0;
  };
  /// nullopt: nothing is saved. Waits for no disk: while a line is being written the former answer.
  std::optional<Saving> saving();
  /// What is still in memory goes to the file, unless a thread is writing there now.
  void flush();

 private:
  class Source;
  std::uint64_t offset_of(const follow::Header& header);
  void on(const follow::Event& event);
  void ended(const std::string& reason);
  bool has_room(const follow::Event& event) const;

  Fd ready_;
  mutable std::mutex mutex_;  // of all down to epoch_
  std::vector<EventItem> queue_;
  std::size_t calls_queued_ = 0;
  FeedBatch counted_;
  CallCounts counts_;
  std::optional<decode::SyscallSet> preferred_;
  std::optional<follow::Header> header_;

  std::mutex save_mutex_;  // of all below; never taken with the other one held
  std::unique_ptr<SavedLog> log_;
  std::atomic<bool> saves_ = false;
  std::optional<Saving> saving_;  // the screen's
};

}  // namespace ptop::app
