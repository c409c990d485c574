#include "ptop/follow/stack_look.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "locate.hpp"
#include "ptop/trace/brief_stop.hpp"
#include "ptop/trace/unwind.hpp"

namespace ptop::follow {
namespace {

constexpr std::chrono::milliseconds patience{500};
constexpr int most_rounds = 8;

/// Who has it already; or whoever may trace it is not us.
Error refusal(procfs::Reader& reader, ProcessKey process) {
  const auto status = reader.read_status(process.pid);
  if (!status || status->tracer_pid.raw() == 0)
    return {Errc::denied, 0, "not permitted: tracing it takes its user's rights, and Yama may want root's"};
  return {Errc::denied, 0, fmt::format("it is being traced already, by {}", status->tracer_pid.raw())};
}

Result<std::vector<Tid>> tids_of(procfs::Reader& reader, Pid pid) {
  auto directory = reader.open_process(pid);
  if (!directory) return fail(directory.error());
  return directory->tids();
}

Result<void> check_start(procfs::Reader& reader, ProcessKey process) {
  const auto stat = reader.read_stat(process.pid);
  if (!stat) return fail(stat.error());
  if (stat->start != process.start) return fail({Errc::gone, 0, "another process has this pid now"});
  return {};
}

/// Threads that are made meanwhile are found by listing again. A thread that ended is no matter.
Result<std::vector<Tid>> seize_all(procfs::Reader& reader, ProcessKey process, trace::BriefStop& stop) {
  std::vector<Tid> seized;
  for (int round = 0; round < most_rounds; ++round) {
    const auto tids = tids_of(reader, process.pid);
    if (!tids) return fail(tids.error());
    std::vector<Tid> fresh;
    std::ranges::set_difference(*tids, seized, std::back_inserter(fresh));
    if (fresh.empty()) break;
    for (const Tid tid : fresh) {
      const auto done = stop.seize(tid);
      if (!done && done.error().code == Errc::denied) return fail(refusal(reader, process));
    }
    seized = *tids;
  }
  return seized;
}

ThreadStack stack_of(Tid tid, trace::BriefStop& stop, const std::vector<procfs::Mapping>& mappings) {
  using State = trace::BriefStop::State;
  ThreadStack stack{.tid = tid, .frames = {}, .trouble = {}};
  if (stop.state(tid) == State::ended) {
    stack.trouble = "it has ended";
  } else if (stop.state(tid) == State::running) {
    stack.trouble = "it does not stop: in uninterruptible sleep, most likely";
  } else if (!trace::has_native_registers(tid)) {
    stack.trouble = "a 32-bit program: its stack cannot be unwound";
  } else {
    for (trace::Frame& found : trace::unwind(tid))
      stack.frames.push_back(located(std::move(found), mappings));
    if (stack.frames.empty()) stack.trouble = "nothing could be read";
  }
  return stack;
}

}  // namespace

/// The mappings come first: where they cannot be read, nothing was stopped yet.
Result<std::vector<ThreadStack>> look_at_stacks(procfs::Reader& reader, ProcessKey process) {
  if (!trace::can_unwind()) return fail({Errc::unsupported, 0, "built without libunwind"});
  auto directory = reader.open_process(process.pid);
  if (!directory) return fail(directory.error());
  const auto mappings = directory->read_maps();
  if (!mappings && mappings.error().code != Errc::denied) return fail(mappings.error());
  if (!mappings) return fail(refusal(reader, process));
  trace::BriefStop stop;
  const auto tids = seize_all(reader, process, stop);
  if (!tids) return fail(tids.error());
  if (const auto same = check_start(reader, process); !same) return fail(same.error());
  stop.wait(patience);
  std::vector<ThreadStack> stacks;
  for (const Tid tid : *tids) stacks.push_back(stack_of(tid, stop, *mappings));
  return stacks;
}

}  // namespace ptop::follow
