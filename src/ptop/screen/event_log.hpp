// The events of what is followed, as lines: a bounded history. The oldest go first, and are counted.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <unordered_map>

#include "event_line.hpp"

namespace ptop::app {

class EventLog : public follow::Sink {
 public:
  /// Memory for the history.
  static constexpr std::size_t default_bytes = std::size_t{4} << 20;

  explicit EventLog(std::size_t most_lines = 100'000, std::size_t most_bytes = default_bytes)
      : most_lines_(most_lines), most_bytes_(most_bytes) {}

  void begin(const follow::Header& header) override;
  void on(const follow::Event& event) override { ++total_, add(make_item(event)); }
  void end(const follow::Trailer&) override {}

  void add(EventItem item);
  /// Events that have no line: happened, too many for the screen, never heard of.
  void count(std::uint64_t events, std::uint64_t skipped, std::uint64_t lost);

  const std::deque<EventLine>& lines() const { return lines_; }
  std::uint64_t total() const { return total_; }      ///< events ever
  std::uint64_t dropped() const { return dropped_; }  ///< no longer in lines()
  std::uint64_t skipped() const { return skipped_; }  ///< never were in lines(): too fast to be shown
  std::uint64_t lost() const { return lost_; }        ///< happened, and could not be told
  std::size_t bytes() const { return bytes_; }
  std::size_t most_bytes() const { return most_bytes_; }
  /// "exit 3", "SIGKILL": how a followed process ended lately; "" when that is not known.
  std::string end_of(Pid pid) const;

  /// What a process did last, as long as it is news.
  struct Mark {
    std::string text;  ///< "openat", "exec"
    Ink ink = Ink::plain;
    int scans_left = 0;
  };
  const Mark* mark_of(Pid pid) const;
  /// After each scan: news gets old.
  void age_marks();

  /// Shows those lines only. An empty function: all.
  using Wanted = std::function<bool(const EventLine&)>;
  void set_filter(Wanted wanted);

  // The part the pane shows: numbers of lines among those that are shown. While it stays with the end, new
  // events scroll it.
  std::size_t shown() const { return wanted_ ? shown_.size() : lines_.size(); }
  const EventLine& line(std::size_t number) const;
  void scroll(std::ptrdiff_t lines, std::size_t height);
  void scroll_to_start();
  void scroll_to_end() { at_end_ = true, frozen_ = false; }
  bool at_end() const { return at_end_; }
  std::size_t first_shown(std::size_t height) const;
  /// Stops the lines, and goes on with the newest. While they stand nothing is dropped: what comes when the
  /// history is full has no line.
  void freeze(std::size_t height);
  bool frozen() const { return frozen_; }
  /// The next shown line from `from` on that has `text`, wrapping round.
  std::optional<std::size_t> find(std::string_view text, std::size_t from, bool back) const;
  void go_to(std::size_t number, std::size_t height);

 private:
  void drop_oldest();

  std::size_t most_lines_, most_bytes_, bytes_ = 0;
  std::deque<EventLine> lines_;
  std::uint64_t total_ = 0, dropped_ = 0, skipped_ = 0, lost_ = 0;
  bool at_end_ = true, frozen_ = false;
  std::size_t top_ = 0;
  Wanted wanted_;
  std::deque<std::uint64_t> shown_;  // with a filter: numbers of lines, counted from the first ever
  std::deque<std::pair<Pid, std::string>> ends_;  // the latest
  std::unordered_map<Pid, Mark> marks_;
};

}  // namespace ptop::app
