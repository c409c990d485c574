// Keeps a tracer and the tasks that stop for it on one processor while that pays, by sched_setaffinity(2).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "ptop/base/ids.hpp"
#include "ptop/trace/sharing_policy.hpp"

namespace ptop::trace {

/// A task's affinity is its own: it is what it was as soon as the task asks for it (leave()), when the
/// tracees part, and at the end, however that comes. A guard process gives the affinities back when this one
/// is killed, and when no stop has come for some milliseconds, since tasks may then compute beside each other
/// without calling anything. An affinity that somebody else changed meanwhile is left alone. Works for tasks
/// whose affinity this process may set, and that allow the processor; others stay where they are.
class SharedProcessor {
 public:
  SharedProcessor();
  ~SharedProcessor();  ///< parts
  SharedProcessor(const SharedProcessor&) = delete;
  SharedProcessor& operator=(const SharedProcessor&) = delete;

  /// `task` is in a system-call stop on its way into a call or out of it. Shares or parts as SharingPolicy
  /// says; where there is sharing, `task` is in it from now on.
  void stopped(Tid task, SharingPolicy::Way way, std::uint64_t now_ns);

  /// `task` has its own affinity until its next stopped().
  void leave(Tid task);
  /// All have, for at least so many rounds of SharingPolicy.
  void part(unsigned rounds);
  /// For ever: before tasks are let go.
  void close();

  /// A child has the affinity of its parent: also that which was meant for the parent only. nullopt: the
  /// parent is not known.
  void born(std::optional<Tid> parent, Tid child);
  void ended(Tid task);
  void renamed(Tid from, Tid to);  ///< by an exec of another thread than the leader

  bool is_shared() const;

 private:
  class Guarded;  ///< with the memory that the guard sees too
  void share(Tid task);
  void restore_all();

  SharingPolicy policy_;
  std::unique_ptr<Guarded> guarded_;  ///< made when it is used first
  bool possible_ = true;
};

}  // namespace ptop::trace
