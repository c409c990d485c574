// Numbers events, gives them their time and counts what went out.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/follow/event.hpp"
#include "tasks.hpp"

namespace ptop::follow {

class Emitter {
 public:
  explicit Emitter(Sink& sink);
  void begin(std::vector<std::string> argv, std::vector<Pid> attached, std::uint64_t clock_ticks);
  bool begun() const { return begun_; }
  void convention(const Process& process, Tid tid, decode::Arch arch);
  void enter(const CallEntered& call) {
    if (!ended_) sink_->on_enter(call);
  }
  void let_go(const Process& process, Tid tid) {
    if (!ended_) sink_->on_let_go({.t_ns = now(), .pid = process.key.pid, .tid = tid});
  }
  void emit(const Process& process, Tid tid, What what);
  void tell_exit_stop(const Process& process) {
    if (!ended_) sink_->at_exit_stop(process.key);
  }
  std::uint64_t told() const { return seq_; }  ///< events so far
  /// Ends the log. What comes after it is told to nobody.
  void end(std::string_view reason, std::optional<int> status);
  /// Of a log that never began: nothing is told to anybody, not even its end.
  void close() { ended_ = true; }
  std::uint64_t now() const;  ///< event time, ns

 private:
  Sink* sink_;
  std::uint64_t start_ns_;
  std::uint64_t start_realtime_ns_;
  std::uint64_t seq_ = 0;
  bool begun_ = false, ended_ = false;
  Trailer totals_;
};

}  // namespace ptop::follow
