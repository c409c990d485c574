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
  std::optional<procfs::TaskState> parent_state;
  /// How long it has been a zombie: needs Source::sched. What the parent does instead of waiting for it is in
  /// Snapshot::zombie_parents.
  std::optional<std::uint64_t> age_ns;
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

/// What daemon(7) tells a daemon to do, and the kernel shows of it.
enum class DaemonSign : std::uint8_t {
  session_leader,  ///< setsid(2), and it did not fork again
  group_leader,
  no_terminal,
  adopted,  ///< its creator is gone
  child_of_init,
  root_directory,  ///< its working directory is /
  umask_zero,
  null_descriptors,  ///< descriptors 0 to 2 are all closed, /dev/null, sockets or pipes
};
inline constexpr std::size_t daemon_sign_count = 8;
std::string_view daemon_sign_name(DaemonSign sign);

struct DaemonFacts {
  FlagSet<DaemonSign> signs;
  FlagSet<DaemonSign> unknown;  ///< what could not be looked at, or was not asked for
};

/// What there is to say of some classes.
struct ClassFacts {
  std::optional<ZombieFacts> zombie;
  std::optional<OrphanFacts> orphan;
  std::optional<DaemonFacts> daemon;
};

struct Classification {
  Classes classes;
  Shared<ClassFacts> facts;  ///< of most processes there are none

  const std::optional<ZombieFacts>& zombie() const { return facts->zombie; }
  const std::optional<OrphanFacts>& orphan() const { return facts->orphan; }
  const std::optional<DaemonFacts>& daemon() const { return facts->daemon; }
};

/// How we know that an ancestor would adopt the children of a process.
enum class AdopterEvidence : std::uint8_t {
  only_ancestor,   ///< it is the init of the pid namespace, and there is nobody between
  adopted_before,  ///< it has adopted others: it is a subreaper
  systemd_user,    ///< systemd's user manager, which makes itself a subreaper
};
std::string_view adopter_evidence_name(AdopterEvidence e);

struct Adopter {
  Pid pid;
  AdopterEvidence evidence = AdopterEvidence::only_ancestor;
};
/// Who gets the children of a process when it ends: its nearest ancestor with PR_SET_CHILD_SUBREAPER, or else
/// the init of its pid namespace. Nobody but the process itself can ask the kernel for that attribute, so an
/// ancestor of which nothing is known leaves the answer open: nullopt. `classes` of the same snapshot.
std::optional<Adopter> adopter_of(const Snapshot& snapshot, const Tree& tree,
                                  const std::vector<Classification>& classes, ProcessIndex process);

/// Sources that classify() wants read: stat; status for nohup, traced, container and a zombie's parent;
/// cgroup for container; sched for a zombie's age; cwd, status and std_files for the signs of a daemon. What
/// was not read is not claimed. `history` may be nullptr. One Classification per Snapshot::processes, same
/// index.
std::vector<Classification> classify(const Snapshot& snapshot, const Tree& tree, const History* history);

}  // namespace ptop::model
