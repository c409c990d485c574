// Who matches, who is kept for the tree, and what they did before that was known.
#include "ptop/insight/selection.hpp"

#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "candidate.hpp"
#include "held_events.hpp"
#include "ptop/base/overloaded.hpp"

namespace ptop::insight {
namespace {

using namespace follow;

constexpr std::uint64_t birth_ns = 100'000'000;  // who has not started a program by then will hardly do so

enum class Level : std::uint8_t { unknown, ancestor, matched };

/// A followed process, alive, dead and not collected, or above one of those.
struct Member {
  Member() = default;
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;
  /// Not by recursion: a chain of dead parents may be long.
  ~Member() {
    for (auto above = std::move(parent); above && above.use_count() == 1;)
      above = std::exchange(above->parent, nullptr);
  }

  ProcessKey key;
  Pid ppid;
  std::shared_ptr<Member> parent;
  Level level = Level::unknown;
  bool asked = false;         ///< since it is what it is: it has started a program, or will not soon
  bool seen_at_exit = false;  ///< `sample` is as of its exit stop
  std::uint64_t born_ns = 0;
  std::optional<model::Sample> sample;
  HeldPtr birth, exec, end;
  HeldEvents held;
};
using MemberPtr = std::shared_ptr<Member>;

/// What makes the tree: told of ancestors as well.
bool is_of_the_tree(const What& what) {
  return std::visit(overloaded{[](const Attached&) { return true; }, [](const Execed&) { return true; },
                               [](const Exited& e) { return !e.thread; }, [](const Reaped&) { return true; },
                               [](const Reparented&) { return true; }, [](const Detached&) { return true; },
                               [](const auto&) { return false; }},
                    what);
}

bool always_passes(const What& what) {
  return std::holds_alternative<Lost>(what) || std::holds_alternative<Note>(what);
}

bool is_birth(const What& what) {
  const auto* const forked = std::get_if<Forked>(&what);
  return forked && !forked->thread;
}

bool is_end(const What& what) {
  const auto* const exited = std::get_if<Exited>(&what);
  return exited && !exited->thread;
}

}  // namespace

tl::expected<model::Query, model::QueryError> parse_selection(std::string_view text) {
  return model::Query::parse(
      text, {.field = is_askable_field, .class_word = is_askable_class, .of = "a followed process"});
}

class Selection::Impl {
 public:
  Impl(model::Query query, procfs::Reader reader, Sink& next)
      : interview_(std::move(query), std::move(reader)), next_(&next) {}

  void begin(const Header& header) {
    clock_ticks_ = header.clock_ticks;
    next_->begin(header);
  }

  void on(const Event& event) {
    if (always_passes(event.what)) return pass(event);
    if (std::holds_alternative<Attached>(event.what)) meet(event);
    const MemberPtr member = find(event.pid);
    if (!member) return;
    if (is_birth(event.what)) return born(event, member);
    ask_when_due(event, *member);
    tell_or_hold(event, *member);
    forget_when_over(event, *member);
  }

  /// Later, /proc has less of it.
  void at_exit_stop(ProcessKey process) {
    const MemberPtr member = find(process.pid);
    if (member && member->level != Level::matched) {
      look(*member);
      member->seen_at_exit = true;
    }
    next_->at_exit_stop(process);
  }

  void end(const Trailer& trailer) {
    Trailer counted = trailer;
    counted.events = seq_;
    counted.lost += lost_;
    next_->end(counted);
  }

 private:
  MemberPtr find(Pid pid) const {
    const auto found = members_.find(pid);
    return found == members_.end() ? nullptr : found->second;
  }

  void pass(Event event) {
    event.seq = ++seq_;
    next_->on(event);
  }

  void tell(const HeldPtr& held) {
    if (!held || std::exchange(held->told, true)) return;
    pass(held->event);
  }

  /// A process that is attached to, or the program that was started.
  void meet(const Event& event) {
    if (find(event.pid)) return;  // one of its other threads
    auto member = std::make_shared<Member>();
    member->key = {event.pid, event.task.start};
    member->ppid = event.ppid;
    member->parent = find(event.ppid);
    if (awaited_.erase(event.pid) != 0) member->level = Level::ancestor;
    members_.insert_or_assign(event.pid, std::move(member));
  }

  void born(const Event& event, const MemberPtr& parent) {
    const auto& forked = std::get<Forked>(event.what);
    if (!parent->asked) ask(*parent, event);
    auto child = std::make_shared<Member>();
    child->key = {forked.child_pid, forked.child.start};
    child->ppid = parent->key.pid;
    child->parent = parent;
    child->born_ns = event.t_ns;
    child->birth = hold(event);
    if (parent->level == Level::matched)
      tell(child->birth);
    else
      parent->held.add(child->birth);
    members_.insert_or_assign(forked.child_pid, std::move(child));
  }

  void look(Member& member) {
    if (auto sample = interview_.read(member.key.pid, member.sample)) member.sample = std::move(sample);
  }

  /// It may have a new name and new IDs since the last look, without an event that says so.
  void ask_when_due(const Event& event, Member& member) {
    const bool is_new =
        std::holds_alternative<Attached>(event.what) || std::holds_alternative<Execed>(event.what);
    const bool changes =
        std::holds_alternative<StoppedBy>(event.what) || std::holds_alternative<Continued>(event.what);
    const bool settled = !member.asked && event.t_ns - member.born_ns > birth_ns;
    if (!is_new && !changes && !settled && !is_end(event.what)) return;
    if (is_new) member.sample.reset();
    const bool looked_already = is_end(event.what) && member.seen_at_exit;
    if (is_new || (member.level != Level::matched && !looked_already)) look(member);
    ask(member, event);
  }

  /// A child that never started a program has what its parent has, its own IDs apart.
  void ask(Member& member, const Event& event) {
    member.asked = true;
    if (member.level == Level::matched) return;
    if (!member.sample) look(member);
    if (!member.sample) member.sample = of_parent(member);
    model::Sample& sample = *member.sample;
    sample.stat.ppid = event.pid == member.key.pid && event.ppid != Pid() ? event.ppid : member.ppid;
    if (const auto* const exited = std::get_if<Exited>(&event.what))
      become_zombie(sample, *exited, clock_ticks_);
    else
      sample.stat.state = std::holds_alternative<StoppedBy>(event.what) ? procfs::TaskState::stopped
                                                                        : procfs::TaskState::running;
    if (interview_.matches(sample, lineage_of(member))) match(member);
  }

  /// It died before it could be looked at.
  static model::Sample of_parent(const Member& member) {
    model::Sample sample;
    if (member.parent && member.parent->sample) sample = *member.parent->sample;
    sample.key = {leader_of(member.key.pid), member.key.start};
    sample.pid = member.key.pid;
    return sample;
  }

  static Lineage lineage_of(const Member& member) {
    Lineage above;
    for (const Member* at = member.parent.get(); at; at = at->parent.get()) above.push_back(at->key);
    return above;
  }

  void match(Member& member) {
    keep_ancestors(member);
    member.level = Level::matched;
    tell(member.birth);
    const std::uint64_t dropped = member.held.dropped();
    for (const HeldPtr& held : member.held.take()) tell(held);
    if (dropped != 0) tell_lost(member, dropped);
    tell(member.exec);
  }

  /// From the root down.
  void keep_ancestors(const Member& member) {
    std::vector<Member*> above;
    const Member* at = &member;
    for (; at->parent && at->parent->level == Level::unknown; at = at->parent.get())
      above.push_back(at->parent.get());
    if (!at->parent && at->ppid != Pid()) awaited_.insert(at->ppid);  // it may be attached to next
    for (auto it = above.rbegin(); it != above.rend(); ++it) {
      (*it)->level = Level::ancestor;
      tell((*it)->birth);
      tell((*it)->exec);
      tell((*it)->end);
    }
  }

  void tell_lost(const Member& member, std::uint64_t count) {
    lost_ += count;
    pass({.t_ns = member.born_ns,
          .pid = member.key.pid,
          .task = {leader_of(member.key.pid), member.key.start},
          .ppid = member.ppid,
          .depth = static_cast<std::uint32_t>(lineage_of(member).size()),
          .what = Lost{count, "of before it matched, no more were held"}});
  }

  void tell_or_hold(const Event& event, Member& member) {
    const bool wanted =
        member.level == Level::matched || (member.level == Level::ancestor && is_of_the_tree(event.what));
    if (wanted) return pass(event);
    if (member.level == Level::ancestor) return;
    if (std::holds_alternative<Attached>(event.what)) {
      member.birth = hold(event);
    } else if (std::holds_alternative<Execed>(event.what)) {
      member.exec = hold(event);
      member.held.add(member.exec);
    } else if (is_end(event.what)) {
      member.end = hold(event);
    } else {
      member.held.add(event);
    }
  }

  /// The dead who are told of may still be told to be collected. Of the others only what makes the tree
  /// stays, as long as somebody lives below them.
  void forget_when_over(const Event& event, Member& member) {
    if (is_end(event.what) && member.level == Level::unknown) {
      member.held = HeldEvents();
      member.sample.reset();
    }
    const bool over = std::holds_alternative<Detached>(event.what) ||
                      std::holds_alternative<Reaped>(event.what) ||
                      (is_end(event.what) && member.level == Level::unknown);
    if (over) members_.erase(event.pid);
  }

  Interview interview_;
  Sink* next_;
  std::unordered_map<Pid, MemberPtr> members_;
  std::unordered_set<Pid> awaited_;  ///< parents of matching processes, not met yet
  std::uint64_t seq_ = 0, lost_ = 0, clock_ticks_ = 100;
};

Selection::Selection(model::Query query, procfs::Reader reader, Sink& next)
    : impl_(std::make_unique<Impl>(std::move(query), std::move(reader), next)) {}
Selection::~Selection() = default;
void Selection::begin(const Header& header) { impl_->begin(header); }
void Selection::on(const Event& event) { impl_->on(event); }
void Selection::at_exit_stop(ProcessKey process) { impl_->at_exit_stop(process); }
void Selection::end(const Trailer& trailer) { impl_->end(trailer); }

}  // namespace ptop::insight
