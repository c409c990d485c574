// The way of every event to its sink.
#include "emitter.hpp"

#include <ctime>
#include <utility>

#include <sys/utsname.h>
#include <sys/wait.h>

#include "ptop/follow/totals.hpp"

namespace ptop::follow {
namespace {

std::uint64_t clock_ns(clockid_t clock) {
  timespec t{};
  ::clock_gettime(clock, &t);
  return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(t.tv_nsec);
}

}  // namespace

Emitter::Emitter(Sink& sink)
    : sink_(&sink), start_ns_(clock_ns(CLOCK_MONOTONIC)), start_realtime_ns_(clock_ns(CLOCK_REALTIME)) {}

std::uint64_t Emitter::now() const { return clock_ns(CLOCK_MONOTONIC) - start_ns_; }

void Emitter::begin(std::vector<std::string> argv, std::vector<Pid> attached, std::uint64_t clock_ticks) {
  utsname host{};
  ::uname(&host);
  sink_->begin({.started_realtime_ns = start_realtime_ns_,
                .started_monotonic_ns = start_ns_,
                .clock_ticks = clock_ticks,
                .hostname = host.nodename,
                .kernel = host.release,
                .argv = std::move(argv),
                .attached = std::move(attached)});
  begun_ = true;
}

void Emitter::emit(const Process& process, Tid tid, What what) {
  if (ended_) return;
  const Event event{.seq = ++seq_,
                    .t_ns = now(),
                    .pid = process.key.pid,
                    .task = {tid, process.key.start},
                    .ppid = process.ppid,
                    .depth = process.depth,
                    .what = std::move(what)};
  count(totals_, event);
  sink_->on(event);
}

void Emitter::convention(const Process& process, Tid tid, decode::Arch arch) {
  if (!ended_) sink_->on_convention({.t_ns = now(), .pid = process.key.pid, .tid = tid, .arch = arch});
}

void Emitter::end(std::string_view reason, std::optional<int> status) {
  if (std::exchange(ended_, true)) return;
  totals_.t_ns = now();
  totals_.events = seq_;
  totals_.reason = reason;
  if (status && WIFEXITED(*status)) totals_.code = WEXITSTATUS(*status);
  if (status && WIFSIGNALED(*status)) totals_.signal = WTERMSIG(*status);
  sink_->end(totals_);
}

}  // namespace ptop::follow
