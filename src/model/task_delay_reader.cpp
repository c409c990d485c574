// The kernel takes a number and gives no start time: whose it was is looked up afterwards.
#include "task_delay_reader.hpp"

#include <utility>

namespace ptop::model {
namespace {

/// Numbers are those of our own pid namespace.
Result<sockets::Taskstats> open_for(const procfs::Reader& reader) {
  if (!reader.shows_own_pids()) return fail({Errc::unsupported, 0, "taskstats"});
  return sockets::Taskstats::open();
}

}  // namespace

TaskDelayReader::TaskDelayReader(procfs::Reader& reader) : reader_(reader), stats_(open_for(reader)) {}

Result<sockets::TaskDelays> TaskDelayReader::ask(const Sample& sample) {
  const bool thread = sample.is_thread();
  auto answer = thread ? stats_->of_thread(sample.key.tid) : stats_->of_process(sample.pid);
  if (!answer) return answer;
  const auto now =
      thread ? reader_.read_thread_stat(sample.pid, sample.key.tid) : reader_.read_stat(sample.pid);
  if (!now || now->start != sample.key.start) return fail({Errc::gone, 0, "taskstats"});
  return answer;
}

Fact<sockets::TaskDelays> TaskDelayReader::read(const Sample& sample) {
  if (!stats_) return Fact<sockets::TaskDelays>(availability_of(stats_.error().code));
  auto answer = ask(sample);
  // Who may not ask about one may ask about nobody.
  if (!answer && answer.error().code == Errc::denied) stats_ = fail(answer.error());
  return Fact(std::move(answer));
}

}  // namespace ptop::model
