// Who matches, who is kept for the tree, and what they did before that was known.
#include "ptop/insight/selection.hpp"

#include <string>
#include <unordered_map>
#include <utility>

#include <pwd.h>

#include "candidate.hpp"
#include "held_events.hpp"
#include "member.hpp"
#include "ptop/follow/totals.hpp"
#include "selected_stories.hpp"

namespace ptop::insight {
namespace {

using namespace follow;

constexpr std::uint64_t birth_ns = 100'000'000;  // who has not started a program by then will hardly do so

/// What makes the tree, ends aside: told of ancestors as well.
bool is_of_the_tree(const What& what) {
  return std::holds_alternative<Execed>(what) || std::holds_alternative<Reparented>(what);
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

bool is_user(std::string_view name) { return ::getpwnam(std::string(name).c_str()) != nullptr; }

/// No event of the process comes after it.
bool is_last(const What& what) {
  return std::holds_alternative<Reaped>(what) || std::holds_alternative<Detached>(what);
}

}  // namespace

tl::expected<model::Query, model::QueryError> parse_selection(std::string_view text) {
  return model::Query::parse(text, {.field = is_askable_field,
                                    .class_word = is_askable_class,
                                    .user = is_user,
                                    .of = "a followed process"});
}

class Selection::Impl {
 public:
  Impl(model::Query query, procfs::Reader reader, Sink& next, SelectionOptions options)
      : interview_(std::move(query), std::move(reader)), next_(&next), options_(options) {}

  void begin(const Header& header) {
    clock_ticks_ = header.clock_ticks;
    next_->begin(header);
  }

  void on(const Event& event) {
    if (always_passes(event.what)) return pass(event);
    if (const auto* const audit = std::get_if<DescriptorAudit>(&event.what)) return tell_story(event, *audit);
    const MemberPtr member = find(event.pid);
    if (!member) return std::holds_alternative<Attached>(event.what) ? meet(event) : void();
    if (is_birth(event.what)) return born(event, member);
    if (const auto* const inherited = std::get_if<Inherited>(&event.what)) note_stories(*inherited, member);
    if (!member->over) ask_when_due(event, *member);
    if (is_end(event.what) || is_last(event.what))
      end(event, *member);
    else
      tell_or_hold(event, *member);
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
    tell_held_ends();
    Trailer counted = trailer;
    counted.events = totals_.events;
    counted.processes = totals_.processes;
    counted.execs = totals_.execs;
    counted.exits = totals_.exits;
    counted.lost += lost_;
    next_->end(counted);
  }

 private:
  MemberPtr find(Pid pid) const {
    const auto found = members_.find(pid);
    return found == members_.end() ? nullptr : found->second;
  }

  void pass(Event event) {
    event.seq = ++totals_.events;
    count(totals_, event);
    next_->on(event);
  }

  void tell(Telling telling) {
    for (const HeldPtr& held : telling.take()) pass(held->event);
  }

  MemberPtr make_member(ProcessKey key, const Event& birth, std::uint32_t depth, Pid ppid) {
    if (const MemberPtr former = find(key.pid)) {  // its end was not told
      Telling telling;
      finish(*former, telling);
      tell(std::move(telling));
    }
    auto member = std::make_shared<Member>();
    member->key = key;
    member->ppid = ppid;
    member->depth = depth;
    member->parent = find(ppid);
    if (member->parent) ++member->parent->open_children;
    member->birth = hold(birth);
    members_.insert_or_assign(key.pid, member);
    return member;
  }

  /// A process that is attached to, or the program that was started.
  void meet(const Event& event) {
    const MemberPtr member = make_member({event.pid, event.task.start}, event, event.depth, event.ppid);
    const bool has_children = adopt_children(member);
    if (!member->parent) parentless_.emplace(member->ppid, member);
    ask_when_due(event, *member);
    if (has_children) ask_again_below(*member, event);
  }

  /// Who was attached to before the parent was. Above those who are told of, it is told of as well.
  bool adopt_children(const MemberPtr& member) {
    const auto [first, last] = parentless_.equal_range(member->key.pid);
    bool is_ancestor = false;
    for (auto it = first; it != last; ++it) {
      Member& child = *it->second;
      child.parent = member;
      if (child.open) ++member->open_children;
      is_ancestor = is_ancestor || child.level != Level::unknown;
    }
    const bool any = first != last;
    parentless_.erase(first, last);
    if (is_ancestor) keep(*member);
    return any;
  }

  /// They have more ancestors than when they were asked.
  void ask_again_below(const Member& above, const Event& event) {
    for (const auto& [pid, member] : members_) {
      const Member* at = member->parent.get();
      while (at && at != &above) at = at->parent.get();
      if (at && !member->over) ask(*member, event);
    }
  }

  void born(const Event& event, const MemberPtr& parent) {
    const auto& forked = std::get<Forked>(event.what);
    if (!parent->asked) ask(*parent, event);
    const MemberPtr child =
        make_member({forked.child_pid, forked.child.start}, event, event.depth + 1, event.pid);
    child->born_ns = event.t_ns;
    if (parent->level != Level::matched) return parent->held.add(child->birth);
    Telling telling;
    telling.add_birth(child->birth);
    close(*child, telling);
    tell(std::move(telling));
  }

  void note_stories(const Inherited& inherited, const MemberPtr& member) {
    for (const InheritedDescriptor& d : inherited.descriptors) {
      stories_.concern(d.story, member);
      const MemberPtr opener = d.origin.before ? nullptr : find(d.origin.opener.pid);
      if (opener && opener->key == d.origin.opener) stories_.concern(d.story, opener);
    }
  }

  /// Its event names who had the file last, who need not have got it by an exec.
  void tell_story(const Event& event, const DescriptorAudit& audit) {
    const auto concern = stories_.take(audit.story);
    if (concern.wanted) return pass(event);
    if (concern.undecided.empty()) return;
    const HeldPtr held = hold(event);
    for (const MemberPtr& member : concern.undecided) member->held.add(held);
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
    if (member.level == Level::matched || is_too_deep(member)) return;
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

  bool is_too_deep(const Member& member) const {
    return options_.deepest && member.depth > *options_.deepest;
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
    Telling telling;
    keep_with_ancestors(member, telling);
    member.level = Level::matched;
    stories_.matched(member);
    const std::uint64_t dropped = member.held.dropped();
    next_->on_tally(member.held.tally());
    const Event* last = &member.birth->event;
    const auto before = member.held.take();
    for (const HeldPtr& held : before) {
      last = &held->event;
      is_birth(held->event.what) ? telling.add_birth(held) : telling.add(held);
    }
    if (dropped != 0) telling.add(lost_of(member, *last, dropped));
    tell(std::move(telling));
  }

  void keep(Member& member) {
    Telling telling;
    keep_with_ancestors(member, telling);
    tell(std::move(telling));
  }

  /// It and all above it become part of the tree.
  void keep_with_ancestors(Member& member, Telling& telling) {
    for (Member* at = &member; at && at->level == Level::unknown; at = at->parent.get()) {
      at->level = Level::ancestor;
      for (const HeldPtr& held : {at->exec, at->reparented}) telling.add(held);
      telling.add_birth(at->birth);
    }
    for (Member* at = &member; at; at = at->parent.get()) {
      if (!at->open) break;
      close(*at, telling);
    }
  }

  HeldPtr lost_of(const Member& member, const Event& last, std::uint64_t count) {
    lost_ += count;
    return hold({.seq = last.seq,
                 .t_ns = last.t_ns,
                 .pid = member.key.pid,
                 .task = {leader_of(member.key.pid), member.key.start},
                 .ppid = member.ppid,
                 .depth = member.depth,
                 .what = Lost{count, "of before it matched, no more were held"}});
  }

  void tell_or_hold(const Event& event, Member& member) {
    const bool wanted =
        member.level == Level::matched || (member.level == Level::ancestor && is_of_the_tree(event.what));
    if (wanted) return pass(event);
    if (member.over) return;
    const auto* const call = std::get_if<SyscallDone>(&event.what);
    if (call && !options_.calls) return member.held.count_only(*call);
    if (!is_of_the_tree(event.what)) return member.held.add(event);
    HeldPtr& latest = std::holds_alternative<Execed>(event.what) ? member.exec : member.reparented;
    latest = hold(event);
    member.held.add(latest);
  }

  /// Who is told to be born is told to end. The dead who are told of may still be told to be collected. Of
  /// the others only what makes the tree stays, as long as somebody lives below them.
  void end(const Event& event, Member& member) {
    if (is_end(event.what) || std::holds_alternative<Detached>(event.what)) stories_.over(member);
    Telling telling;
    if (member.level == Level::matched)
      pass(event);
    else
      member.birth->ends.push_back(hold(event));
    finish(member, telling);
    tell(std::move(telling));
    if (is_last(event.what)) members_.erase(event.pid);
  }

  static void finish(Member& member, Telling& telling) {
    member.over = true;
    member.held = HeldEvents();
    member.sample.reset();
    if (member.open_children != 0) return;
    settle(member, telling);
    close(member, telling);
  }

  /// Of those below whom somebody lives to the end.
  void tell_held_ends() {
    Telling telling;
    for (const auto& [pid, member] : members_) {
      for (Member* at = member.get(); at && !at->birth->settled; at = at->parent.get()) {
        if (at->over) settle(*at, telling);
      }
    }
    tell(std::move(telling));
  }

  Interview interview_;
  Sink* next_;
  SelectionOptions options_;
  std::unordered_map<Pid, MemberPtr> members_;
  SelectedStories<Member> stories_;
  std::unordered_multimap<Pid, MemberPtr> parentless_;  ///< by parents, who may be attached to next
  Trailer totals_;                                      ///< of what passed
  std::uint64_t lost_ = 0, clock_ticks_ = 100;
};

Selection::Selection(model::Query query, procfs::Reader reader, Sink& next, SelectionOptions options)
    : impl_(std::make_unique<Impl>(std::move(query), std::move(reader), next, options)) {}
Selection::~Selection() = default;
void Selection::begin(const Header& header) { impl_->begin(header); }
void Selection::on(const Event& event) { impl_->on(event); }
void Selection::at_exit_stop(ProcessKey process) { impl_->at_exit_stop(process); }
void Selection::end(const Trailer& trailer) { impl_->end(trailer); }

}  // namespace ptop::insight
