// The Sources of one process, one after the other.
#include "ptop/model/one_process.hpp"

#include "sources.hpp"

namespace ptop::model {

Result<Sample> read_process(procfs::Reader& reader, Pid pid, Sources sources) {
  auto dir = reader.open_process(pid);
  if (!dir) return fail(dir.error());
  auto stat = dir->read_stat();
  if (!stat) return fail(stat.error());
  Sample sample;
  sample.key = {leader_of(pid), stat->start};
  sample.pid = pid;
  sample.stat = std::move(*stat);
  sample.availability.set(Source::stat, Availability::present);
  std::vector<Error> errors;  // a malformed file is a fact that is not known
  TaskReading task(*dir, sample, errors);
  for (std::size_t i = 1; i < source_count; ++i) {
    if (sources.has(static_cast<Source>(i))) read_source(static_cast<Source>(i), task);
  }
  return sample;
}

}  // namespace ptop::model
