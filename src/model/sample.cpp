// What a sample says when it is asked: reasons, extras, one process of a snapshot.
#include "ptop/model/sample.hpp"

#include <algorithm>

namespace ptop::model {

Availability availability_of(Errc code) {
  switch (code) {
    case Errc::gone:
      return Availability::gone;
    case Errc::denied:
      return Availability::denied;
    case Errc::malformed:
      return Availability::malformed;
    case Errc::unsupported:
      return Availability::unsupported;
    case Errc::timeout:
      return Availability::timeout;
    case Errc::os:
      return Availability::unsupported;
  }
  return Availability::unsupported;
}

std::string_view availability_reason(Availability availability) {
  switch (availability) {
    case Availability::denied:
      return "denied";
    case Availability::gone:
      return "gone";
    case Availability::unsupported:
      return "unsupported";
    case Availability::timeout:
      return "timeout";
    case Availability::malformed:
      return "malformed";
    case Availability::not_read:
    case Availability::present:
      return "";
  }
  return "";
}

const Extras& Sample::more() const {
  static const Extras none;
  return extras ? *extras : none;
}

// Threads are not listed in /proc, but they can be opened there: proc(5).
Result<Pid> process_of(procfs::Reader& reader, Tid tid) {
  auto dir = reader.open_process(Pid(tid.raw()));
  if (!dir) return fail(dir.error());
  const auto status = dir->read_status();
  if (!status) return fail(status.error());
  return status->tgid;
}

SystemCounts system_counts(const Snapshot& snapshot) {
  SystemCounts counts;
  for (const Sample& process : snapshot.processes) {
    ++counts.processes;
    counts.threads += static_cast<std::uint64_t>(std::max<std::int64_t>(process.stat.threads, 0));
    ++counts.states[process.stat.state];
  }
  return counts;
}

const Sample* find_process(const Snapshot& snapshot, Pid pid) {
  const auto& all = snapshot.processes;
  const auto found = std::lower_bound(all.begin(), all.end(), pid,
                                      [](const Sample& sample, Pid wanted) { return sample.pid < wanted; });
  return found != all.end() && found->pid == pid ? &*found : nullptr;
}

}  // namespace ptop::model
