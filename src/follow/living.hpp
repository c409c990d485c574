// Processes by the numbers that a tracee has for them: what /proc says of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "ptop/base/ids.hpp"
#include "ptop/decode/descriptor_names.hpp"

namespace ptop::follow {

class LivingProcesses : public decode::ProcessNames {
 public:
  /// As in follow::Options.
  struct Wanted {
    bool comms = false, outer_pids = false;
  };
  void want(Wanted wanted) { wanted_ = wanted; }
  /// Whose numbers the next questions have.
  void set_task(Tid tid) { tid_ = tid; }
  std::string_view comm(std::int64_t pid, decode::Arena& arena) override;
  std::int64_t outside(std::int64_t pid) override;
  /// A process that is born there.
  void remember(std::uint64_t pid_namespace, Pid inside, Pid outside);
  /// Its first process, as far as that one was born under our eyes.
  bool is_init(std::uint64_t pid_namespace, Pid outside) const;
  /// Who had that number there: also of one that is dead by now. nullopt: nobody that we know.
  std::optional<Pid> who_was(std::uint64_t pid_namespace, Pid inside);

 private:
  using Inode = std::uint64_t;
  /// The inode of the task's pid namespace; 0: it is ours, or not known.
  Inode other_namespace() const;
  /// In our namespace; 0: there is none any more.
  std::int64_t found(Inode inside, std::int64_t pid);

  Wanted wanted_;
  Tid tid_;
  std::map<std::pair<Inode, std::int64_t>, std::int64_t> found_;  ///< may have ended since
  std::map<std::pair<Inode, Pid>, Pid> born_;
};

}  // namespace ptop::follow
