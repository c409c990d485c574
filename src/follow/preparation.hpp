// What a child does to itself between its birth and its exec: the system calls of that window as steps,
// folded to what matters. Reads of its own past (getpid, sigprocmask before and after a fork) are counted
// only.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/decode/decoder.hpp"
#include "ptop/follow/event.hpp"
#include "recipe_steps.hpp"

namespace ptop::follow {

struct Rights {
  std::array<std::uint32_t, 8> ids{};  ///< of user and group: real, effective, saved, of files
  std::vector<std::uint32_t> groups;
  std::array<std::uint64_t, 5> capabilities{};  ///< in the order of `capability_sets`
  friend bool operator==(const Rights&, const Rights&) = default;
};
constexpr std::array<std::string_view, 5> capability_sets{"effective", "permitted", "inheritable", "ambient",
                                                          "bounding"};

/// Of those that a program has, what its user does not imply: root has all that may be had, others have none.
std::optional<std::uint64_t> told_capabilities(std::uint32_t user, std::uint64_t permitted,
                                               std::uint64_t bounding);

using Limit = std::array<std::uint64_t, 2>;  ///< soft, hard

/// What the kernel says of whoever prepares itself. Asked only while it stands still, at a call that makes
/// the answer matter.
class ChildFacts {
 public:
  virtual ~ChildFacts() = default;
  /// The signals that it ignores now, as a mask; nullopt: not known.
  virtual std::optional<std::uint64_t> ignored_signals() = 0;
  /// Born by a fork: other than of a program that prepares another, it is known how that began.
  virtual bool is_forked() const = 0;
  virtual bool is_open(int fd) = 0;
  virtual bool closes_on_exec(int fd) = 0;
  virtual std::string path_of(int fd) = 0;       ///< raw; "": it has none
  virtual bool is_itself(std::int32_t pid) = 0;  ///< as it is numbered in its own namespace
  virtual bool has_terminal() = 0;
  virtual std::optional<Rights> rights() = 0;
  virtual std::optional<Limit> limit(int resource) = 0;
  virtual std::optional<int> nice() = 0;
};

class Preparation {
 public:
  Preparation(std::uint64_t born_ns, std::unique_ptr<ChildFacts> facts)
      : born_ns_(born_ns), facts_(std::move(facts)) {}
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  void enter(const decode::RawCall& raw, decode::MemoryReader& memory);
  void leave(const decode::RawResult& result, decode::MemoryReader& memory);

  void note_failed_exec();
  /// It ends so, as wait(2) says it: it meant to start a program, and could not. `status` is other than
  /// success, and the last that it did is a step that failed; or it fell over what it had restricted itself
  /// to.
  bool failed(int status) const;
  /// The call that it is in, when it is killed.
  void note_unfinished();

  std::uint64_t born_ns() const { return born_ns_; }
  std::uint64_t calls() const { return calls_; }
  /// Borrows from this object.
  std::vector<RecipeStep> steps(const WindowEnd& end = {}) const {
    return told_steps(steps_, end, began_marked_);
  }

 private:
  using Rule = void (Preparation::*)(std::int64_t result);
  struct RuleRow {
    std::string_view call;
    std::string_view action;
    Rule rule;
  };
  static const RuleRow* rule_of(std::string_view name);

  std::int32_t argument(std::size_t i) const { return static_cast<std::int32_t>(call_.raw.args[i]); }
  std::string path() const;
  Step& add(std::string_view action);
  Step& find_or_add(std::string_view action);
  Step& add_with_uses(std::string_view action);
  bool forget_opened(int fd);
  void add_closed(int first, int last);
  void note_replaced();
  void note_standard();
  std::string_view mode_of_open() const;
  bool is_of_others(std::string_view call, const decode::RawCall& raw);
  bool is_of_another(std::string_view path);
  void note_limit();
  Step* set(const Setting& setting, std::int64_t result);
  bool is_as_it_began(const Setting& setting) const;
  void read_lock(Step& step);
  void note_terminal();
  bool is_undone(const decode::RawResult& result) const;
  void went_on();
  void note_outcome(bool failed, std::size_t steps_before);
  const Step* opener(int fd) const;
  std::string kernel_file(int fd);
  std::string_view option() const;
  void note_handler(decode::MemoryReader& memory);
  bool changes_capabilities() const;
  void fold_one_by_one();
  bool stands_in(std::string_view action, int signal) const;
  void withdraw(int signal);
  bool is_change(int signal, bool was_ignored) const;

  void opened(std::int64_t result);
  void made(std::int64_t result);
  void received(std::int64_t result);
  void opened_pair(std::int64_t result);
  void signals_read(std::int64_t result);
  void rules_made(std::int64_t result);
  void ring_made(std::int64_t result);
  void duplicated(std::int64_t result);
  void closed(std::int64_t result);
  void range_closed(std::int64_t result);
  void controlled(std::int64_t result);
  void device_controlled(std::int64_t result);
  void signal_set(std::int64_t result);
  void written(std::int64_t result);
  void timed(std::int64_t result);
  void moved(std::int64_t result);
  void entitled(std::int64_t result);
  void keys_controlled(std::int64_t result);
  void process_controlled(std::int64_t result);
  void personality_set(std::int64_t result);
  void masked(std::int64_t result);
  void session_made(std::int64_t result);
  void grouped(std::int64_t result);
  void limited(std::int64_t result);
  void prioritized(std::int64_t result);
  void placed(std::int64_t result);
  void flocked(std::int64_t result);
  void locked(std::int64_t result);
  void told(std::int64_t result);

  std::uint64_t born_ns_;
  std::unique_ptr<ChildFacts> facts_;
  bool asked_ignored_ = false;
  std::optional<std::uint64_t> began_ignored_;  ///< before its first change of a signal
  std::optional<std::uint64_t> handler_;        ///< that the rt_sigaction(2) it is in sets
  std::uint64_t calls_ = 0;
  bool exec_failed_ = false;
  bool gives_up_ = false;   ///< a step failed, and nothing came after it but an end
  bool catalogue_ = false;  ///< since then it opened messages
  bool leads_ = false;      ///< a session of its own, which has no terminal yet
  std::optional<std::int64_t> began_umask_;
  std::array<bool, 3> asked_marked_{};  ///< of standard descriptors, whether they were close-on-exec
  std::vector<int> began_marked_;       ///< and those that were
  std::map<int, std::optional<Limit>> began_limits_;  ///< by resource
  std::optional<std::optional<int>> began_nice_;      ///< once it was asked
  std::optional<Rights> rights_;                      ///< before the call it is in
  decode::Arena arena_;
  decode::Call call_;
  std::string_view name_, action_;  ///< of the call it is in, and what its rule makes of it
  std::string kernel_file_;         ///< that it writes to
  Rule rule_ = nullptr;
  decode::MemoryReader* memory_ = nullptr;  ///< during leave()
  bool replaces_ = false;                   ///< the dup2(2) it is in takes a number that was open before
  std::vector<Step> steps_;
};

/// Programs that exist to change themselves and then to become another one: their own window goes on to that
/// exec. `path`: of the file that runs.
bool prepares_another(std::string_view path);

}  // namespace ptop::follow
