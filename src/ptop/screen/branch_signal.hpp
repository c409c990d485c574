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
/// nobody can tell any more whose it was. Before SIGKILL all are stopped, so that no parent ends too early;
/// other signals may end a parent between its fork and the look at its children, which is a matter of
/// microseconds.
class BranchSignal {
 public:
  /// `chosen`: those who are not taken for children born meanwhile; `members`: of them, whose children are
  /// meant too, leaves first.
  BranchSignal(ActPort& act, const std::vector<ProcessKey>& chosen, std::vector<ProcessKey> members,
               int signal);

  /// For each member, leaves first: new children of it get the signal before it does, and what it made until
  /// then behind it.
  Result<void> send(ProcessKey member);
  /// Once all have it: looks for new children until there are none.
  void finish();

  /// The children born meanwhile that got it.
  std::size_t born() const { return born_; }
  /// Some could not be signalled, or there were always more, or the kernel lists no children.
  bool missed() const { return missed_; }

 private:
  using Held = std::unique_ptr<HeldProcess>;
  void stop_all();
  Result<void> send_to(HeldProcess& process);
  bool settle(HeldProcess& parent);
  void take(Held child);
  bool look_again();

  ActPort& act_;
  std::vector<ProcessKey> members_;
  int signal_;
  std::set<ProcessKey> seen_;
  std::vector<Held> children_;  ///< born meanwhile
  std::size_t born_ = 0;
  bool missed_ = false;
};

}  // namespace ptop::app
