// Snapshots made by hand: each process in one line.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>

#include "ptop/model/sample.hpp"

/// What a test says of a process; the rest is plain: a sleeping user process without a terminal.
struct Made {
  int pid, ppid;
  std::uint64_t start = 100;
  int sid = 0, pgid = 0;
  std::uint32_t tty_nr = 0;
  char state = 'S';
  std::uint32_t flags = 0x400000;
};

inline ptop::model::Sample sample_of(const Made& made) {
  using namespace ptop;
  model::Sample s;
  s.pid = Pid(made.pid);
  s.key = {Tid(made.pid), Ticks(made.start)};
  s.stat.tid = Tid(made.pid);
  s.stat.comm = "p" + std::to_string(made.pid);
  s.stat.state = procfs::TaskState(made.state);
  s.stat.ppid = Pid(made.ppid);
  s.stat.sid = Pid(made.sid);
  s.stat.pgid = Pid(made.pgid);
  s.stat.tty_nr = made.tty_nr;
  s.stat.flags = made.flags;
  s.stat.start = s.key.start;
  s.availability.set(model::Source::stat, model::Availability::present);
  return s;
}

inline ptop::model::Snapshot snapshot_of(std::initializer_list<Made> list) {
  ptop::model::Snapshot snapshot;
  for (const Made& made : list) snapshot.processes.push_back(sample_of(made));
  snapshot.processes.sort_by_pid();
  return snapshot;
}
