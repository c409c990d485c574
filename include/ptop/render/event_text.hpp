// Events as lines for people.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

/// What happened, one line without time, pid and indentation, the verb padded to a column of its own:
/// `exec   /usr/bin/ls  ls -l`, `fork   → 4711` (`->` with ascii), `exit   3  (12ms)`,
/// `openat(AT_FDCWD, "/etc/hostname", O_RDONLY) = 3`. Escaped.
void append_event(std::string& out, const follow::Event& event, const Paint& paint, bool ascii = false);

/// The same, with nothing but text.
std::string event_line(const follow::Event& event);

/// What stands at the beginning of a line.
enum class TimeStyle : std::uint8_t {
  since_start,  ///< seconds and milliseconds since the log began
  clock,        ///< wall clock time: 13:05:59
  clock_us,     ///< with microseconds
  epoch_us,     ///< seconds since 1970 with microseconds
};

struct TextOptions {
  std::size_t columns = 0;  ///< shorten long command lines to fit; 0: never (not a terminal)
  bool ascii = false;
  TimeStyle time = TimeStyle::since_start;
  bool since_last =
      false;               ///< seconds since the line before, instead of since the start, or behind the clock
  bool whole = false;      ///< command lines, and every variable that changed, uncut
  bool durations = false;  ///< <0.000123> behind each system call
};

/// time, pid of the task, then the event, indented by its depth in the tree. An exec in another directory
/// than the first exec's says so.
class TextSink : public follow::Sink {
 public:
  TextSink(LineOutput& out, Paint paint, TextOptions options)
      : out_(&out), paint_(paint), options_(options) {}
  void begin(const follow::Header& header) override { started_ns_ = header.started_realtime_ns; }
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  /// SIGCHLD for the end of a child that has a line of its own.
  bool tells_an_end_again(const follow::Event& event);
  /// Of a program that only looked for another one, and gets what it got itself.
  bool tells_a_recipe_again(const follow::Event& event);
  /// "  in DIR", escaped, or "".
  std::string new_directory(const follow::Event& event);
  std::string time_of(const follow::Event& event) const;
  std::string moment_of(const follow::Event& event) const;
  /// Below the event's own line.
  std::size_t room_below(const follow::Event& event);
  void add_lines(const follow::Event& event, const std::vector<std::string>& lines);

  LineOutput* out_;
  Paint paint_;
  TextOptions options_;
  std::string line_, scratch_;
  std::optional<std::string> first_cwd_;
  std::uint64_t started_ns_ = 0;  ///< CLOCK_REALTIME
  std::uint64_t last_ns_ = 0;     ///< event time of the line before
  /// Whose end has a line, each in the place of its number; a later one with the same place takes it.
  std::array<Pid, 1024> ended_{};
  struct Got {
    Ticks start;  ///< of the process
    std::string what;
  };
  std::unordered_map<Pid, Got> got_;  ///< with the last recipe of each process
};

}  // namespace ptop::render
