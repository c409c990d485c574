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
#include "ptop/follow/filter.hpp"
#include "ptop/render/decoded_text.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

/// What stands before the call: seconds since midnight as HH:MM:SS, or since 1970.
enum class StraceClock : std::uint8_t { none, time, unix_time };
/// Whose line it is: said never, as "[pid 123] " once there are several tasks, or as "123   " always.
enum class StracePid : std::uint8_t { never, when_several, always };

struct StraceOptions {
  std::size_t column = 40;  ///< -a: where the '=' stands
  StracePid pid = StracePid::never;
  bool comms = false;  ///< -Y: the command name behind that pid
  StraceClock clock = StraceClock::none;
  int clock_digits = 0;                ///< of the second's fraction
  std::optional<int> relative_digits;  ///< -r: seconds since the line before, with so many digits
  std::optional<int> duration_digits;  ///< -T
  bool numbers = false;                ///< -n: [ 257] before the name
  bool instructions = false;           ///< -i: [00007f…] before it; needs follow::Options::instructions
  follow::CallStatuses statuses{follow::CallStatus::successful, follow::CallStatus::failed,
                                follow::CallStatus::unfinished};  ///< -e status=, -z, -Z
  bool detached = true;     ///< of the same: calls that are under way when a task is let go
  bool follows = false;     ///< -f: else only the tasks that following began with
  bool aside = false;       ///< -D: the program is no child, and attached to
  bool attaches = true;     ///< false: -q
  bool conventions = true;  ///< false: -q; when a task begins to make calls of another convention
  bool exits = true;        ///< false: -qq
  bool superseded = true;   ///< false: -qqq: no line when another thread's exec ends a thread
  DecodedStyle style;       ///< -x, -X
};

/// How much of a call's arguments is in the output.
struct StraceShown {
  std::size_t count = 0;
  bool grows = false;  ///< the last of them may yet be changed
  bool comma = false;  ///< another one follows, and brings its comma
};

/// How strace calls a calling convention: "64 bit", "32 bit", "x32".
std::string_view strace_mode_name(decode::Arch arch);

/// Needs follow::Options::call_entries and signal_info. A call under way is a line of its own only when
/// another line comes between.
class StraceSink : public follow::Sink {
 public:
  /// `messages`: where it says who was attached; may be `out`.
  StraceSink(LineOutput& out, LineOutput& messages, StraceOptions options)
      : out_(&out), messages_(&messages), options_(options) {}
  void begin(const follow::Header& header) override { started_ns_ = header.started_realtime_ns; }
  void on_convention(const follow::ConventionChange& change) override;
  void on_enter(const follow::CallEntered& call) override;
  void on_let_go(const follow::LetGo& task) override;
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  struct OpenCall {
    bool is_open = false;  ///< else it is what is left of the task's last one
    StraceShown shown;
    std::string name;
    std::string held;  ///< where it is shown only if the task is let go in it: its line
  };

  struct Place {
    Tid tid;
    std::uint64_t t_ns = 0;
    std::optional<std::uint64_t> instruction = std::nullopt;
  };
  void begin_line(const Place& place);
  void add_pid(Tid tid);
  void add_times(std::uint64_t t_ns);
  void write_stack(std::span<const follow::StackFrame> stack);
  void learn_comm(const follow::Event& event);
  void supersede(const follow::Event& event, Tid former);
  void end_line();
  /// The call that is in the open line goes on later.
  void break_off();
  void resume(const Place& place, OpenCall& call);
  void add_call_head(std::string_view name);
  void done(const follow::Event& event, const follow::SyscallDone& call);
  void add_result(const follow::SyscallDone& call);
  void line(const Place& place, std::string_view text);
  bool hides(const follow::SyscallDone& call) const;
  /// Whether a call is shown hangs on how it ends.
  bool buffers_calls() const { return !options_.detached || options_.statuses != StraceOptions{}.statuses; }
  StraceShown begin_call(const follow::CallEntered& call);
  void hold(const follow::CallEntered& call);

  bool concerns(Tid tid) const { return options_.follows || began_with_.contains(tid); }
  void message(std::string_view text);

  LineOutput* out_;
  LineOutput* messages_;
  StraceOptions options_;
  std::string line_;
  std::size_t written_ = 0;  ///< columns of the line that stand above a message already
  std::optional<Tid> open_;  ///< whose call is in `line_`
  std::unordered_map<Tid, OpenCall> calls_;
  std::unordered_set<Tid> began_with_;
  std::unordered_map<Tid, std::string> comms_;       ///< -Y, raw
  std::unordered_map<Tid, std::int64_t> last_call_;  ///< -n: number of each task's last call
  std::size_t tasks_ = 0;
  std::uint64_t started_ns_ = 0;
  std::optional<std::uint64_t> last_ns_;
};

}  // namespace ptop::render
