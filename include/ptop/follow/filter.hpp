// Which events reach a sink. What is filtered out happened all the same: the sequence numbers of what is left
// have no gap, and the end counts what is left.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ptop/base/flags.hpp"
#include "ptop/base/result.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::follow {

enum class EventKind : std::uint8_t {
  attach,
  fork,
  vfork,
  clone,
  exec,
  exec_failed,
  recipe,
  exit,
  reaped,
  reparent,
  signal,
  stop,
  continued,
  syscall,
  inherited,
  fd_audit,
  detach,
  lost,
  note,
};
using EventKinds = FlagSet<EventKind>;
inline constexpr EventKinds all_event_kinds{
    EventKind::attach,      EventKind::fork,   EventKind::vfork,     EventKind::clone,   EventKind::exec,
    EventKind::exec_failed, EventKind::recipe, EventKind::exit,      EventKind::reaped,  EventKind::reparent,
    EventKind::signal,      EventKind::stop,   EventKind::continued, EventKind::syscall, EventKind::inherited,
    EventKind::fd_audit,    EventKind::detach, EventKind::lost,      EventKind::note};

EventKind event_kind(const What& what);
std::string_view event_kind_name(EventKind kind);  ///< the `type` of JSON: "fork", "exec_failed", "continue"

/// How a system call ended, in strace's words.
enum class CallStatus : std::uint8_t { successful, failed, unfinished };
using CallStatuses = FlagSet<CallStatus>;
std::string_view call_status_name(CallStatus status);

/// `[!]word[,word…]`, a word being a name, `all` or `none`; "!" inverts. Errors: `malformed`, one line with
/// the word and the nearest known one.
Result<EventKinds> parse_event_kinds(std::string_view text);
/// Names and numbers of signals to a mask: bit 0 is signal 1.
Result<std::uint64_t> parse_signal_set(std::string_view text);
Result<CallStatuses> parse_call_statuses(std::string_view text);

struct FilterOptions {
  EventKinds kinds = all_event_kinds;  ///< lost and note always pass
  std::uint64_t signals = ~std::uint64_t{0};
  CallStatuses statuses{CallStatus::successful, CallStatus::failed, CallStatus::unfinished};
  std::optional<std::uint32_t> depth;  ///< deepest process shown; 0: only where following began
  std::optional<std::uint64_t> most;   ///< events; what comes after them is dropped
};

class Filter : public Sink {
 public:
  /// Borrows `next`.
  Filter(const FilterOptions& options, Sink& next) : options_(options), next_(&next) {}
  void begin(const Header& header) override { next_->begin(header); }
  void on_let_go(const LetGo& task) override { next_->on_let_go(task); }
  void on_convention(const ConventionChange& change) override { next_->on_convention(change); }
  void on_enter(const CallEntered& call) override {
    if (options_.kinds.has(EventKind::syscall)) next_->on_enter(call);
  }
  void on(const Event& event) override;
  void end(const Trailer& trailer) override;
  std::uint64_t passed() const { return totals_.events; }
  bool full() const { return options_.most && totals_.events >= *options_.most; }

 private:
  bool passes(const Event& event) const;

  FilterOptions options_;
  Sink* next_;
  Trailer totals_;  ///< of what passed
};

}  // namespace ptop::follow
