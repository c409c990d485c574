// What kind of process it is, with the facts that say so.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ptop/base/flags.hpp"
#include "ptop/model/rates.hpp"
#include "ptop/model/sample.hpp"
#include "ptop/model/tree.hpp"

namespace ptop::model {

enum class Class : std::uint8_t {
  kthread,
  zombie,
  orphan,
  daemon,
  nohup,
  session_leader,
  group_leader,
  stopped,
  traced,
  container,
};
inline constexpr std::size_t class_count = 10;
using Classes = FlagSet<Class>;
std::string_view class_name(Class c);

/// How a process treats a signal. From the masks of /proc/<pid>/status.
enum class Disposition : std::uint8_t { unknown, default_action, ignored, caught };
std::string_view disposition_name(Disposition d);

struct ZombieFacts {
  std::optional<std::int32_t> exit_code;  ///< waitpid(2) form; nullopt when not permitted to see it
  Pid parent;
  Disposition parent_sigchld = Disposition::unknown;
  bool parent_blocks_sigchld = false;
};

/// Why we believe a process was adopted, strongest first.
enum class OrphanEvidence : std::uint8_t {
  seen,               ///< its ppid changed while we watched
  older_than_parent,  ///< it started before its parent did
  foreign_session,    ///< it belongs to a session that neither it nor its parent leads or shares: its creator
                      ///< is gone
  foreign_group,      ///< its parent is init, and its process group was made by a process that is gone
};
std::string_view orphan_evidence_text(OrphanEvidence e);

struct OrphanFacts {
  Pid adopter;
  bool adopter_is_init = false;  ///< pid 1, of the reader's pid namespace or a nested one; otherwise a
                                 ///< subreaper (PR_SET_CHILD_SUBREAPER)
  OrphanEvidence evidence = OrphanEvidence::foreign_session;
};

struct Classification {
  Classes classes;
  std::optional<ZombieFacts> zombie;
  std::optional<OrphanFacts> orphan;
};

/// Sources that classify() wants read: stat; status for nohup, traced, container and a zombie's parent;
/// cgroup for container. What was not read is not claimed. `history` may be nullptr. One Classification per
/// Snapshot::processes, same index.
std::vector<Classification> classify(const Snapshot& snapshot, const Tree& tree, const History* history);

}  // namespace ptop::model
