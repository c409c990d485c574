// Who came and who went lately: marked on the screen for some scans, so that it can be seen at all.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ptop/model/columns.hpp"
#include "scanner.hpp"

namespace ptop::app {

/// A process that is no more, as it was last seen.
struct EndedProcess {
  ProcessKey key;
  std::optional<ProcessKey> parent;  ///< the nearest ancestor that lives on
  std::vector<std::pair<model::ColumnId, std::string>> cells;
  int scans_left = 0;
};

/// "" when that column was not shown.
std::string_view last_cell(const EndedProcess& process, model::ColumnId column);

class Recent {
 public:
  /// How many scans a mark stays, without settings.
  static constexpr int scans_marked = 3;
  /// So many ended processes at most are remembered of one scan.
  static constexpr std::size_t most_per_scan = 200;

  /// The scan before and this one; `columns` are kept of those that ended.
  void observe(const model::Scene& before, const model::Scene& now, std::span<const model::ColumnId> columns);

  /// Of those that come and go from now on; 0: nobody is marked.
  void set_scans_marked(int scans) { scans_marked_ = scans; }

  bool is_new(ProcessKey process) const { return born_.contains(process); }
  /// In the order in which they were missed.
  std::span<const EndedProcess> ended() const { return ended_; }

 private:
  void forget_old();
  void add_ended(const model::Scene& before, const model::Scene& now, model::ProcessIndex index,
                 std::span<const model::ColumnId> columns);

  int scans_marked_ = scans_marked;
  std::unordered_map<ProcessKey, int> born_;  // scans left
  std::vector<EndedProcess> ended_;
};

}  // namespace ptop::app
