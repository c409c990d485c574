#include "ptop/procfs/cpuset.hpp"

#include <fcntl.h>

#include <cerrno>

#include "parsed.hpp"
#include "ptop/base/fd.hpp"
#include "whole_file.hpp"

namespace ptop::procfs {
namespace {

Result<CpuSet> parse(std::string_view text) {
  if (auto set = parse_cpu_list(text)) return *std::move(set);
  return malformed("cpuset", text);
}

}  // namespace

Result<CpuSet> read_cpuset(const std::string& directory, CgroupDir::Version version) {
  const Fd dir(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!dir) return fail(os_error(directory));
  const bool is_v1 = version == CgroupDir::Version::v1;
  std::vector<char> buffer;
  auto text = read_whole_file(dir.get(), is_v1 ? "cpuset.effective_cpus" : "cpuset.cpus.effective", buffer,
                              End::zero_read);
  if (!text) return fail(missing_or_gone(std::move(text.error()), dir.get(), "cgroup.procs"));
  return parse(*text);
}

}  // namespace ptop::procfs
