// What a child does to itself between its birth and its exec: the system calls of that window as steps,
// folded to what matters. Reads of its own past (getpid, sigprocmask before and after a fork) are counted
// only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/decode/decoder.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::follow {

class Preparation {
 public:
  /// The signals that it ignores now, as a mask; nullopt: not known.
  using AskIgnored = std::function<std::optional<std::uint64_t>()>;

  explicit Preparation(std::uint64_t born_ns, Pid self = {}, AskIgnored ask_ignored = {})
      : born_ns_(born_ns), self_(self), ask_ignored_(std::move(ask_ignored)) {}
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  void enter(const decode::RawCall& raw, decode::MemoryReader& memory);
  void leave(const decode::RawResult& result, decode::MemoryReader& memory);

  void note_failed_exec() { exec_failed_ = true; }
  /// It meant to start a program, and could not.
  bool exec_failed() const { return exec_failed_; }

  std::uint64_t born_ns() const { return born_ns_; }
  std::uint64_t calls() const { return calls_; }
  /// Borrows from this object.
  std::vector<RecipeStep> steps() const { return {steps_.begin(), steps_.end()}; }

 private:
  using Rule = void (Preparation::*)(std::int64_t result);
  struct RuleRow;
  static const RuleRow* rule_of(std::string_view name);
  struct Step : RecipeStep {
    bool placed = false;  ///< open: under a number that it took away from another file, perhaps
    std::vector<std::span<const decode::Field>> signal_args;  ///< of the call for each of `signals`
  };
  using Steps = std::vector<Step>;

  std::int32_t argument(std::size_t i) const { return static_cast<std::int32_t>(call_.raw.args[i]); }
  std::string path() const;
  Step& add(std::string_view action);
  Step& find_or_add(std::string_view action);
  Steps::iterator last_maker(int fd);
  bool forget_opened(int fd);
  bool forget_pipe(int fd);
  void add_closed(int first, int last);
  void note_handler(decode::MemoryReader& memory);
  bool stands_in(std::string_view action, int signal) const;
  void withdraw(int signal);

  void opened(std::int64_t result);
  void made(std::int64_t result);
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
  void moved(std::int64_t result);
  void grouped(std::int64_t result);
  void limited(std::int64_t result);
  void told(std::int64_t result);

  std::uint64_t born_ns_;
  Pid self_;                                    ///< who prepares itself, as it calls itself
  AskIgnored ask_ignored_;                      ///< until it was asked
  std::optional<std::uint64_t> began_ignored_;  ///< before its first change of a signal
  std::optional<std::uint64_t> handler_;        ///< that the rt_sigaction(2) it is in sets
  std::uint64_t calls_ = 0;
  bool exec_failed_ = false;
  decode::Arena arena_;
  decode::Call call_;
  std::string_view name_, action_;  ///< of the call it is in, and what its rule makes of it
  Rule rule_ = nullptr;
  decode::MemoryReader* memory_ = nullptr;  ///< during leave()
  Steps steps_;
};

/// Programs that exist to change themselves and then to become another one: their own window goes on to that
/// exec. `path`: of the file that runs.
bool prepares_another(std::string_view path);

}  // namespace ptop::follow
