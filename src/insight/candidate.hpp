// A process as a query sees it: what /proc says when it is asked, and what its events say.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "ptop/follow/event.hpp"
#include "ptop/model/query.hpp"
#include "ptop/model/sample.hpp"
#include "ptop/model/users.hpp"

namespace ptop::insight {

bool is_askable_field(std::string_view key);
bool is_askable_class(model::Class c);

/// Who is above it among the followed, nearest first.
using Lineage = std::vector<ProcessKey>;

class Interview {
 public:
  Interview(model::Query query, procfs::Reader reader);

  /// What the query needs to know of a process that stands still; nullopt: it is gone. `earlier`: what a
  /// process that is over, or whose first thread is, no longer tells is as it was then.
  std::optional<model::Sample> read(Pid pid, const std::optional<model::Sample>& earlier);
  bool matches(const model::Sample& sample, const Lineage& ancestors);

 private:
  model::Query query_;
  procfs::Reader reader_;
  model::UserNames users_;
};

/// The sample as of its end: a zombie with its status and times.
void become_zombie(model::Sample& sample, const follow::Exited& exited, std::uint64_t clock_ticks);

}  // namespace ptop::insight
