// Who would adopt the children of a process: find_new_reaper() of kernel/exit.c, as far as one can look.
#include <algorithm>

#include "init_process.hpp"
#include "ptop/model/classify.hpp"
#include "ptop/procfs/cmdline.hpp"

namespace ptop::model {
namespace {

/// systemd(1): the manager of a user makes itself a subreaper, the one of the system is pid 1 anyway.
bool is_user_manager(const Sample& s) {
  if (s.stat.comm != "systemd" || !s.has(Source::cmdline)) return false;
  const auto words = procfs::parse_cmdline(s.cmdline);
  return std::find(words.begin(), words.end(), "--user") != words.end();
}

bool has_adopted(const Snapshot& snapshot, const Tree& tree, const std::vector<Classification>& classes,
                 ProcessIndex process) {
  const auto children = tree.children_of(process);
  return std::any_of(children.begin(), children.end(), [&](ProcessIndex child) {
    const auto& orphan = classes[child].orphan();
    return orphan && orphan->adopter == snapshot.processes[process].pid && !orphan->adopter_is_init;
  });
}

}  // namespace

std::optional<Adopter> adopter_of(const Snapshot& snapshot, const Tree& tree,
                                  const std::vector<Classification>& classes, ProcessIndex process) {
  const Sample& s = snapshot.processes[process];
  const auto parent = tree.nodes[process].parent;
  // The children of a namespace's init die with it.
  if (!parent || s.stat.is_kernel_thread() || is_init(s)) return std::nullopt;
  const Sample& p = snapshot.processes[*parent];
  if (is_init(p)) return Adopter{p.pid, AdopterEvidence::only_ancestor};
  if (has_adopted(snapshot, tree, classes, *parent)) return Adopter{p.pid, AdopterEvidence::adopted_before};
  if (is_user_manager(p)) return Adopter{p.pid, AdopterEvidence::systemd_user};
  return std::nullopt;  // it may be a subreaper that had nobody to adopt yet, and so may those above it
}

std::string_view adopter_evidence_name(AdopterEvidence e) {
  switch (e) {
    case AdopterEvidence::only_ancestor:
      return "only_ancestor";
    case AdopterEvidence::adopted_before:
      return "adopted_before";
    case AdopterEvidence::systemd_user:
      return "systemd_user";
  }
  return "";
}

}  // namespace ptop::model
