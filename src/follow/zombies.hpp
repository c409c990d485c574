// Processes that ended and that their parents have not waited for yet, and how we learn that they did.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/base/ids.hpp"

namespace ptop::follow {

struct Zombie {
  ProcessKey key;
  Pid ppid;  ///< who should wait for it; 0: unknown
  std::uint32_t depth = 0;
  std::uint64_t ended_ns = 0;  ///< event time
  std::uint64_t faults = 0;    ///< that whoever waits for it is given: its own, and those it was given itself
  /// Of the children of a parent that is not followed, as of its exit stop; nullopt: not known.
  std::optional<std::uint64_t> parents_faults = std::nullopt;
  bool adopted = false;    ///< its parent died before it was collected
  bool by_sigchld = true;  ///< what its parent got; only then the kernel may collect it
};

/// Most are collected while their end is told. Who is not gets a pidfd before we sleep, which hangs up when
/// its process is collected (Linux 6.9); before that they are asked one by one.
class Zombies {
 public:
  Zombies();

  /// False: it was collected already.
  bool watch(const Zombie& zombie);
  /// Those that were collected since the last call; of those without a pidfd as far as it is time to ask.
  std::vector<Zombie> take_collected();
  /// The one of that number, when there is one: its number is used again.
  std::optional<Zombie> take(Pid pid);
  std::vector<Zombie> take_all();

  /// Calls `visit(Zombie&)` for each child of `parent`.
  template <class Visit>
  void for_children_of(Pid parent, Visit visit) {
    for (auto& [pid, watched] : watched_) {
      if (watched.zombie.ppid == parent) visit(watched.zombie);
    }
  }

  /// At the next take_collected(), whenever the last time was.
  void ask_for_all() { asked_ = {}; }

  bool empty() const { return watched_.empty(); }
  /// Before a sleep: from here on descriptor() tells of all that are watched, except of those that are fresh
  /// still. They were collected just now.
  void arm();
  bool has_fresh() const { return !fresh_.empty(); }
  /// Readable when one was collected.
  int descriptor() const { return hangups_.get(); }
  /// How long to wait on descriptor() at most: kernels that do not tell have to be asked.
  std::optional<std::chrono::milliseconds> patience() const;

 private:
  struct Watched {
    Zombie zombie;
    Fd pidfd = {};
  };
  bool arm(Watched& watched);
  void add_gone_unarmed(std::vector<Pid>& gone);
  std::vector<Pid> hung_up() const;
  std::vector<Pid> asked() const;

  Fd hangups_;  ///< epoll(7)
  bool told_ = false;
  std::unordered_map<Pid, Watched> watched_;
  std::vector<Pid> fresh_;                         ///< watched, without a pidfd yet
  std::vector<Pid> unarmed_;                       ///< watched, and no descriptor to spare for it
  int most_descriptor_;                            ///< those above are for other things
  std::chrono::steady_clock::time_point asked_{};  ///< for those that are not armed
};

}  // namespace ptop::follow
