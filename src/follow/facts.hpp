// What follow asks /proc about a task. A process that is gone has no facts: every field may be missing.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <sys/resource.h>
#include <sys/stat.h>

#include "ptop/procfs/reader.hpp"
#include "tasks.hpp"

namespace ptop::follow {

/// Of memory, in bytes (ru_maxrss is in KiB).
inline std::uint64_t peak_of(const rusage& usage) {
  constexpr std::uint64_t kib = 1024;
  return static_cast<std::uint64_t>(usage.ru_maxrss) * kib;
}

/// The clock of `starttime` (fs/proc/array.c, start_boottime): CLOCK_BOOTTIME, in ns.
std::uint64_t since_boot_ns();

class Facts {
 public:
  static Result<Facts> open();

  std::optional<procfs::Stat> stat(Tid tid);
  std::string comm(Pid pid);
  std::uint64_t clock_ticks() const { return reader_.system_info().clock_ticks; }

  std::string exe(Pid pid);  ///< empty: it could not be read
  static void describe_cwd(Pid pid, Execed& execed);

  /// Of the script that this process gave to execve(2): the file that its first line names, then, when that
  /// is a script as well, the one that names, and so on to a program. Empty: no script, or not readable.
  std::vector<std::string> interpreters(Pid pid, const std::string& filename) const;

  /// What the program's file, or set-user-ID root, brought it, and what it did not bring.
  void describe_rights(Pid pid, Execed& execed);

  /// At the exit stop of a process's last task. `usage`: as wait4(2) gave it at that stop, RUSAGE_BOTH: right
  /// for a process that has waited for no children; one that may have gets its times from /proc (in clock
  /// ticks).
  Exited exit_facts(const Process& process, Tid tid, const rusage& usage, bool has_children);
  /// Of one that had no exit stop and has no children: what wait4(2) gave with its end.
  static Exited end_facts(const Process& process, const rusage& usage);

  /// As a mask: bit n - 1 is signal n.
  std::optional<std::uint64_t> ignored_signals(Pid pid);
  /// What its program got: descriptors, session and group, signals.
  /// false: its descriptors could not be read.
  bool describe_inheritance(Pid pid, Recipe& recipe);
  static bool has_open(Pid pid, int fd);
  bool closes_on_exec(Pid pid, int fd);
  static std::optional<Limit> limit(Pid pid, int resource);
  static std::string descriptor_target(Pid pid, int fd);
  std::optional<Rights> rights(Pid pid);

  /// Reparented::daemon_signs of an orphan. Empty without a session and a terminal given up.
  std::vector<std::string_view> daemon_signs(Pid pid, const procfs::Stat& stat);

  /// Each pid namespace from below ours to its own, by inode (0: not known), and its pid there. Empty: it is
  /// in ours.
  struct Inside {
    std::vector<std::uint64_t> pid_namespaces;
    std::vector<Pid> pids;
  };
  Inside inside(Tid tid);

  /// Empty: gone, or denied.
  std::vector<procfs::Mapping> mappings(Pid pid);

  std::uint64_t age_ns(Ticks start) const;  ///< of a task that started then

  /// The start of a task that was born between two moments of since_boot_ns(), where only one is possible.
  std::optional<Ticks> start_between(std::uint64_t earliest_ns, std::uint64_t latest_ns) const;

  procfs::Reader& reader() { return reader_; }

 private:
  explicit Facts(procfs::Reader reader);
  std::uint64_t ticks_to_ns(Ticks ticks) const;
  /// What wait4(2) counts together with a process's children, taken from elsewhere.
  void without_children(Exited& facts, const Process& process, Tid tid);
  void describe_capabilities(Pid pid, Execed& execed, std::uint64_t of_file, bool became_root);
  std::uint64_t capabilities_of(Pid pid, const struct stat& program);

  struct FileIdentity {
    std::uint64_t device, inode;
    std::int64_t changed_s, changed_ns;  ///< st_ctim: setting an attribute sets it
    bool operator==(const FileIdentity&) const = default;
    struct Hash {
      std::size_t operator()(const FileIdentity& id) const;
    };
  };
  std::unordered_map<FileIdentity, std::uint64_t, FileIdentity::Hash> file_capabilities_;
  procfs::Reader reader_;
  std::uint64_t own_pid_namespace_ = 0;  ///< inode
  Pid own_session_;
};

}  // namespace ptop::follow
