// Which process adopts orphans whatever its attributes. For classification only.
#pragma once

#include "ptop/model/sample.hpp"

namespace ptop::model {

/// pid 1, or the first process of a nested pid namespace, which has pid 1 in there.
inline bool is_init(const Sample& s) {
  if (s.pid == Pid(1)) return true;
  const auto& pids = s.status->ns_pid;
  return s.has(Source::status) && pids.size() > 1 && pids.back() == Pid(1);
}

}  // namespace ptop::model
