// A signal to a branch that may fork meanwhile: nobody is missed whom the kernel still calls a child of it.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <vector>

#include "act_port.hpp"

namespace ptop::app {

/// Signals the members of a branch and the children that they get while that goes on, each before its
/// parent. A child is known by its parent: once that one has ended, the kernel gives it to another one, and
/// no file tells any more whose it was. Where the kernel tells of births itself, nobody is missed. Elsewhere
/// (in a container, or without privilege before Linux 6.6) SIGKILL misses nobody either, since all are
/// stopped before it; another signal may end a parent between its fork and the look at its children, which
/// is a matter of microseconds. It does not stop them first: shells would take that for the user's wish.
///
/// A branch of thousands takes a second: all that is done to many is done piece by piece, so that somebody
/// may look at the keyboard between two of them.
class BranchSignal {
 public:
  /// `chosen`: those who are not taken for children born meanwhile; `members`: of them, whose children are
  /// meant too, leaves first.
  BranchSignal(ActPort& act, const std::vector<ProcessKey>& chosen, std::vector<ProcessKey> members,
               int signal);

  /// Goes on with what comes before the first send(), with so many members at most. False: there are more.
  bool prepare(std::size_t most);
  /// For each member, leaves first: new children of it get the signal before it does, and what it made until
  /// then behind it.
  Result<void> send(ProcessKey member);
  /// Once all have it: looks for new children until there are none, at so many processes at most. False:
  /// there are more.
  bool finish(std::size_t most);

  /// The children born meanwhile that got it.
  std::size_t born() const { return born_; }
  /// Some could not be signalled, or there were always more, or the kernel lists no children.
  bool missed() const { return missed_; }

 private:
  using Held = std::unique_ptr<HeldProcess>;
  void stop(ProcessKey member);
  Result<void> send_to(HeldProcess& process);
  bool settle(HeldProcess& parent);
  void take(Held child);
  bool look_at_all(std::size_t& most);
  void look_at(std::size_t number);
  void listen();
  bool take_births();
  std::vector<Pid> births_in_branch();

  ActPort& act_;
  std::vector<ProcessKey> members_;
  int signal_;
  std::set<ProcessKey> seen_;
  std::unique_ptr<BirthWatch> births_;   ///< nullptr: nobody tells us
  std::vector<BirthWatch::Birth> told_;  ///< by births_, not looked at yet
  std::set<Pid> pids_;                   ///< of the branch; with births_
  std::vector<Held> children_;           ///< born meanwhile
  std::size_t prepared_ = 0;  ///< members, twice: first all are held for a moment, then all are stopped
  int round_ = 0;             ///< of looking again
  std::size_t looked_at_ = 0;
  bool any_new_ = false;  ///< in this round
  std::size_t born_ = 0;
  bool missed_ = false;
};

}  // namespace ptop::app
