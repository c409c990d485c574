// What kind of process each one is. Pure: everything is told by the snapshot, its tree and the history.
#include "ptop/model/classify.hpp"

#include <algorithm>
#include <csignal>
#include <unordered_map>

#include "daemon_signs.hpp"
#include "init_process.hpp"
#include "ptop/model/cgroup_place.hpp"

namespace ptop::model {
namespace {

constexpr std::uint64_t bit_of(int signal) { return std::uint64_t{1} << (signal - 1); }

bool is_session_leader(const Sample& s) { return s.stat.sid == s.pid; }
bool is_group_leader(const Sample& s) { return s.stat.pgid == s.pid; }

Disposition disposition(const procfs::SignalMasks& masks, int signal) {
  if (masks.ignored & bit_of(signal)) return Disposition::ignored;
  if (masks.caught & bit_of(signal)) return Disposition::caught;
  return Disposition::default_action;
}

class Classifier {
 public:
  Classifier(const Snapshot& snapshot, const Tree& tree, const History* history)
      : snapshot_(snapshot), tree_(tree), history_(history), result_(snapshot.processes.size()) {
    for (ProcessIndex i = 0; i < result_.size(); ++i) {
      // Nobody lives in it because of a leader that died and that nobody waited for.
      if (process(i).stat.state == procfs::TaskState::zombie) continue;
      const Sample* parent = parent_of(i);
      if (!parent || parent->stat.sid != process(i).stat.sid) ++session_tops_[process(i).stat.sid];
    }
  }

  std::vector<Classification> run() {
    // Parents before children: what a foreign session says depends on whether the parent was adopted itself.
    for (const ProcessIndex i : tree_.preorder()) classify(i);
    return std::move(result_);
  }

 private:
  const Sample& process(ProcessIndex i) const { return snapshot_.processes[i]; }
  const Sample* parent_of(ProcessIndex i) const {
    const auto parent = tree_.nodes[i].parent;
    return parent ? &process(*parent) : nullptr;
  }

  void classify(ProcessIndex i);
  void add_simple_classes(const Sample& s, Classes& classes);
  bool is_in_container(const Sample& s);
  bool is_container_path(std::string_view path);
  ZombieFacts zombie_facts(ProcessIndex i) const;
  std::optional<OrphanFacts> orphan_facts(ProcessIndex i) const;
  std::optional<OrphanEvidence> orphan_evidence(ProcessIndex i) const;
  bool is_of_foreign_session(ProcessIndex i) const;
  bool parent_may_have_left_session(ProcessIndex parent, Pid session) const;
  bool is_of_foreign_group(const Sample& s, const Sample& parent) const;
  bool is_daemon(ProcessIndex i) const;

  const Snapshot& snapshot_;
  const Tree& tree_;
  const History* history_;
  std::unordered_map<Pid, std::uint32_t> session_tops_;  ///< living members whose parents are not, by session
  std::unordered_map<std::string_view, bool> container_paths_;
  std::vector<Classification> result_;
};

void Classifier::classify(ProcessIndex i) {
  const Sample& s = process(i);
  Classification& c = result_[i];
  if (s.stat.is_kernel_thread()) {
    // Of its other facts (it ignores all signals, has no session) none was anybody's choice.
    c.classes = Class::kthread;
    return;
  }
  add_simple_classes(s, c.classes);
  if (s.stat.state == procfs::TaskState::zombie) {
    c.classes |= Class::zombie;
    c.facts.change().zombie = zombie_facts(i);
  }
  if (auto orphan = orphan_facts(i)) {
    c.classes |= Class::orphan;
    c.facts.change().orphan = orphan;
  }
  if (!is_daemon(i)) return;
  c.classes |= Class::daemon;
  c.facts.change().daemon = daemon_facts(s, is_init(*parent_of(i)), c.orphan().has_value());
}

bool Classifier::is_in_container(const Sample& s) {
  if (s.has(Source::status) && s.status->ns_pid.size() > 1)
    return true;  // a pid namespace below the reader's
  return s.has(Source::cgroup) && std::any_of(s.cgroups->begin(), s.cgroups->end(),
                                              [this](const auto& m) { return is_container_path(m.path); });
}

/// Taking a path apart costs something, and processes share them. What manages a container, conmon or a shim,
/// stands beside it.
bool Classifier::is_container_path(std::string_view path) {
  const auto [entry, is_new] = container_paths_.try_emplace(path, false);
  if (!is_new) return entry->second;
  const CgroupPlace place = cgroup_place(path);
  return entry->second = !place.container_runtime.empty() || !place.pod_uid.empty();
}

void Classifier::add_simple_classes(const Sample& s, Classes& classes) {
  using procfs::TaskState;
  const bool has_status = s.has(Source::status);
  const bool is_traced = has_status && s.status->tracer_pid.raw() != 0;
  if (is_session_leader(s)) classes |= Class::session_leader;
  if (is_group_leader(s)) classes |= Class::group_leader;
  if (s.stat.state == TaskState::stopped) classes |= Class::stopped;
  if (is_traced || s.stat.state == TaskState::tracing_stop) classes |= Class::traced;
  if (has_status && (s.status->signals.ignored & bit_of(SIGHUP))) classes |= Class::nohup;
  if (is_in_container(s)) classes |= Class::container;
}

ZombieFacts Classifier::zombie_facts(ProcessIndex i) const {
  const Sample& s = process(i);
  ZombieFacts facts;
  // The kernel shows 0 to those who may not see it. That scan() was let through to the exe link, though a
  // zombie has none, says that a 0 is meant.
  if (s.stat.exit_code != 0 || s.of(Source::exe) == Availability::gone) facts.exit_code = s.stat.exit_code;
  facts.parent = s.stat.ppid;
  facts.age_ns = state_age(snapshot_, s);
  const Sample* parent = parent_of(i);
  if (!parent) return facts;
  facts.parent_state = parent->stat.state;
  if (!parent->has(Source::status)) return facts;
  facts.parent_sigchld = disposition(parent->status->signals, SIGCHLD);
  facts.parent_blocks_sigchld = (parent->status->signals.blocked & bit_of(SIGCHLD)) != 0;
  return facts;
}

std::optional<OrphanFacts> Classifier::orphan_facts(ProcessIndex i) const {
  const auto evidence = orphan_evidence(i);
  if (!evidence) return std::nullopt;
  const Sample* parent = parent_of(i);
  const Pid adopter = process(i).stat.ppid;
  const bool adopter_is_init = parent ? is_init(*parent) : adopter == Pid(1);
  return OrphanFacts{.adopter = adopter, .adopter_is_init = adopter_is_init, .evidence = *evidence};
}

std::optional<OrphanEvidence> Classifier::orphan_evidence(ProcessIndex i) const {
  const Sample& s = process(i);
  if (history_ && history_->former_parent(s.process_key())) return OrphanEvidence::seen;
  const Sample* parent = parent_of(i);
  if (!parent || parent->stat.is_kernel_thread())
    return std::nullopt;  // a usermode helper's parent is a kworker
  if (s.key.start < parent->key.start) return OrphanEvidence::older_than_parent;
  if (is_of_foreign_session(i)) return OrphanEvidence::foreign_session;
  if (is_of_foreign_group(s, *parent)) return OrphanEvidence::foreign_group;
  return std::nullopt;
}

/// A process gets its session from its creator and can only ever leave it by leading a new one. So one that
/// leads none and is not in its parent's session was created by somebody else, unless the parent moved to a
/// session of its own after the fork.
bool Classifier::is_of_foreign_session(ProcessIndex i) const {
  const Sample& s = process(i);
  const ProcessIndex parent = *tree_.nodes[i].parent;
  const Pid session = s.stat.sid;
  if (session.raw() <= 0 || is_session_leader(s) || session == process(parent).stat.sid) return false;
  return !parent_may_have_left_session(parent, session);
}

bool Classifier::parent_may_have_left_session(ProcessIndex parent, Pid session) const {
  const Sample& p = process(parent);
  if (!is_session_leader(p)) return false;  // it never called setsid(2)
  // A session that began after the parent did is none that the parent was born into.
  const Sample* leader = find_process(snapshot_, session);
  if (leader && is_session_leader(*leader) && leader->key.start > p.key.start) return false;
  // Born into it: then whoever created the parent is, or was, in that session.
  for (auto ancestor = tree_.nodes[parent].parent; ancestor; ancestor = tree_.nodes[*ancestor].parent) {
    if (process(*ancestor).stat.sid == session || process(*ancestor).pid == session) return true;
  }
  // No ancestor has to do with it, but if the parent is adopted, its creator may have had. pid 1 has no
  // creator.
  return !is_init(p) && (result_[parent].orphan() || tree_.nodes[parent].parent_unseen);
}

/// Only init's children: it makes no process groups, so a child in a group led by neither itself nor a
/// brother was born elsewhere. An init with a terminal may be a shell (a container's), whose pipelines are
/// such groups once their first process is done.
bool Classifier::is_of_foreign_group(const Sample& s, const Sample& parent) const {
  const Pid group = s.stat.pgid;
  if (!is_init(parent) || group.raw() <= 0 || is_group_leader(s) || group == parent.stat.pgid) return false;
  if (parent.stat.tty_nr != 0 && s.stat.sid == parent.stat.sid) return false;
  const Sample* leader = find_process(snapshot_, group);
  return !leader || leader->stat.ppid != parent.pid;
}

/// In a session of its own, no terminal, and adopted or started by init. Of a daemon that forked twice the
/// session leader is gone, or a zombie; then it is its own session when nobody outside its subtree is in it,
/// which keeps out what a living shell left behind. Whether one that leads its session forked itself free or
/// is a service of init's, nothing tells.
bool Classifier::is_daemon(ProcessIndex i) const {
  const Sample& s = process(i);
  const Sample* parent = parent_of(i);
  if (!parent || s.stat.tty_nr != 0 || s.stat.state == procfs::TaskState::zombie) return false;
  if (is_session_leader(s)) return is_init(*parent) || result_[i].orphan();
  const bool is_alone = s.stat.sid != parent->stat.sid && session_tops_.at(s.stat.sid) == 1;
  return result_[i].orphan() && is_alone;
}

}  // namespace

std::string_view class_name(Class c) {
  switch (c) {
    case Class::kthread:
      return "kthread";
    case Class::zombie:
      return "zombie";
    case Class::orphan:
      return "orphan";
    case Class::daemon:
      return "daemon";
    case Class::nohup:
      return "nohup";
    case Class::session_leader:
      return "session_leader";
    case Class::group_leader:
      return "group_leader";
    case Class::stopped:
      return "stopped";
    case Class::traced:
      return "traced";
    case Class::container:
      return "container";
  }
  return "";
}

std::string_view disposition_name(Disposition d) {
  switch (d) {
    case Disposition::unknown:
      return "unknown";
    case Disposition::default_action:
      return "default";
    case Disposition::ignored:
      return "ignored";
    case Disposition::caught:
      return "caught";
  }
  return "unknown";
}

std::string_view orphan_evidence_text(OrphanEvidence e) {
  switch (e) {
    case OrphanEvidence::seen:
      return "its parent changed while we watched";
    case OrphanEvidence::older_than_parent:
      return "it started before its parent did";
    case OrphanEvidence::foreign_session:
      return "it is in a session that its parent never was in";
    case OrphanEvidence::foreign_group:
      return "it is in a process group that neither it nor a sibling leads";
  }
  return "";
}

std::vector<Classification> classify(const Snapshot& snapshot, const Tree& tree, const History* history) {
  return Classifier(snapshot, tree, history).run();
}

}  // namespace ptop::model
