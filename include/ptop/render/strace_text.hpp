// Events in strace's line format, which eyes and scripts know: strace(1), "The trace output".
//
//   openat(AT_FDCWD, "/etc/hostname", O_RDONLY) = 3
//   11184 wait4(-1,  <unfinished ...>
//   11185 +++ exited with 0 +++
//   11184 <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = 11185
//   11184 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, …} ---
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

/// What stands before the call. wall: seconds since midnight as HH:MM:SS; epoch: since 1970.
enum class StraceTime : std::uint8_t { none, wall, wall_us, epoch_us };
/// Whose line it is: said never, as "[pid 123] " once there are several tasks, or as "123   " always.
enum class StracePid : std::uint8_t { never, when_several, always };

struct StraceOptions {
  std::size_t column = 40;  ///< -a: where the '=' stands
  StracePid pid = StracePid::never;
  StraceTime time = StraceTime::none;
  std::optional<int> relative_digits;     ///< -r: seconds since the line before, with so many digits
  std::optional<int> duration_digits;     ///< -T
  bool numbers = false;                   ///< -n: [ 257] before the name
  bool successful = true, failed = true;  ///< -Z, -z: leave out
  bool follows = false;                   ///< -f: else only the tasks that following began with
  bool attaches = true;                   ///< false: -q
  bool exits = true;                      ///< false: -qq
  bool superseded = true;                 ///< false: -qqq: no line when another thread's exec ends a thread
};

/// Needs follow::Options::call_entries and signal_info. A call under way is a line of its own only when
/// another line comes between.
class StraceSink : public follow::Sink {
 public:
  /// `messages`: where it says who was attached; may be `out`.
  StraceSink(LineOutput& out, LineOutput& messages, StraceOptions options)
      : out_(&out), messages_(&messages), options_(options) {}
  void begin(const follow::Header& header) override { started_ns_ = header.started_realtime_ns; }
  void on_enter(const follow::CallEntered& call) override;
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  struct OpenCall {
    std::size_t shown = 0;  ///< arguments in the output already
    bool grows = false;     ///< the last of them may yet be changed
    std::string name;
  };
  class Words;

  void begin_line(Tid tid, std::uint64_t t_ns);
  void end_line();
  /// The call that is in the open line goes on later.
  void break_off();
  void resume(Tid tid, std::uint64_t t_ns, OpenCall& call);
  void add_call_head(std::string_view name, std::int64_t nr);
  void done(const follow::Event& event, const follow::SyscallDone& call);
  void add_result(const follow::SyscallDone& call);
  void line(Tid tid, std::uint64_t t_ns, std::string_view text);
  bool hides(const follow::SyscallDone& call) const;
  bool buffers_calls() const { return !options_.successful || !options_.failed; }

  bool concerns(Tid tid) const { return options_.follows || began_with_.contains(tid); }
  void message(std::string_view text);

  LineOutput* out_;
  LineOutput* messages_;
  StraceOptions options_;
  std::string line_;
  std::optional<Tid> open_;  ///< whose call is in `line_`
  std::unordered_map<Tid, OpenCall> calls_;
  std::unordered_set<Tid> began_with_;
  std::size_t tasks_ = 0;
  std::uint64_t started_ns_ = 0;
  std::optional<std::uint64_t> last_ns_;
};

}  // namespace ptop::render
