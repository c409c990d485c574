// The events of what is followed, as lines: a bounded history. The oldest go first, and are counted.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "ptop/follow/event.hpp"
#include "surface.hpp"

namespace ptop::app {

struct EventLine {
  std::uint64_t t_ns = 0;
  Pid pid;
  std::uint32_t depth = 0;
  Ink ink = Ink::plain;
  std::string text;  ///< escaped
};

class EventLog : public follow::Sink {
 public:
  explicit EventLog(std::size_t capacity = 10'000) : capacity_(capacity) {}

  void begin(const follow::Header& header) override;
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

  const std::deque<EventLine>& lines() const { return lines_; }
  std::uint64_t total() const { return total_; }      ///< events ever
  std::uint64_t dropped() const { return dropped_; }  ///< no longer in lines()
  std::uint64_t lost() const { return lost_; }        ///< happened, and could not be told
  bool open() const { return open_; }                 ///< between begin and end
  /// "exit 3", "SIGKILL": how a followed process ended lately; "" when that is not known.
  std::string end_of(Pid pid) const;
  const std::string& reason() const { return reason_; }  ///< why it ended

  // The part the pane shows. While it stays with the end, new events scroll it.
  void scroll(std::ptrdiff_t lines, std::size_t height);
  void scroll_to_start();
  void scroll_to_end() { at_end_ = true; }
  bool at_end() const { return at_end_; }
  std::size_t first_shown(std::size_t height) const;

 private:
  void drop_oldest();
  void remember_end(Pid pid, const follow::Exited& exited);

  std::size_t capacity_;
  std::deque<EventLine> lines_;
  std::uint64_t total_ = 0, dropped_ = 0, lost_ = 0;
  bool open_ = false, at_end_ = true;
  std::size_t top_ = 0;
  std::string reason_;
  std::deque<std::pair<Pid, std::string>> ends_;  // the latest
};

}  // namespace ptop::app
