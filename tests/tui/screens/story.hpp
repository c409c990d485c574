// A recorded machine on a screen: scans of it, a second and a half apart, and pages about its processes.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "live_details.hpp"
#include "ptop/procfs/reader.hpp"
#include "scene.hpp"

namespace ptop::app::test {

/// Time passes only from scan to scan: whoever runs uses CPU, everybody else does nothing.
class Story {
 public:
  /// `root`: tests/fixtures/proc/NAME, or a path that begins with '/'.
  Story(const std::string& root, Config config, int rows, int columns);

  Screen& screen() { return screen_; }
  void scan();
  /// Keys by their names, as the settings have them, separated by blanks; 'abc' types a text. And what
  /// happens meanwhile: @scan; @ended:PID, another scan where that process is no more; @replaced:PID, where
  /// another one has its pid; @events:NAME, what tests/fixtures/events has; @detached, all of it is let go;
  /// @refused, the kernel says no from now on.
  void play(std::string_view steps);
  /// As it is seen after one more scan.
  const Surface& look();

 private:
  void step(std::string_view word);
  void happen(std::string_view what, const std::string& detail);
  void press(Key key);
  void answer_details();
  model::Snapshot snapshot_now();

  procfs::Reader reader_;
  LiveDetails pages_;
  std::set<int> ended_, replaced_;
  std::uint64_t scans_ = 0;
  std::shared_ptr<const model::History> history_ = std::make_shared<const model::History>();
  FramePtr last_;
  std::size_t pages_asked_ = 0;
  Screen screen_;
};

}  // namespace ptop::app::test
