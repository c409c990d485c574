// Each number is followed from where it is made to where it is closed, backwards it is seen what is needed,
// and forwards it is told.
#include "recipe_steps.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace ptop::follow {

bool has_failed(const RecipeStep& step) { return step.error_number != 0 || step.unfinished; }

namespace {

/// Ranges are closed, or marked.
bool covers(const RecipeStep& step, int fd) {
  return std::ranges::any_of(step.closed,
                             [&](const ClosedRange& range) { return range.first <= fd && fd <= range.last; });
}

}  // namespace

bool has_end(const RecipeStep& step, int fd) { return step.fd == fd || step.to == fd; }

bool closes(const RecipeStep& step, int fd) { return step.action == "close" && covers(step, fd); }

bool makes(const RecipeStep& step, int fd) {
  if (has_failed(step)) return false;
  if (step.action == "dup") return step.to == fd;
  return (step.action == "open" || step.action == "pipe") && has_end(step, fd);
}

namespace {

/// By an exec the program's file and user decide about them (capabilities(7)).
bool is_made_anew(const CapabilityChange& change) {
  return change.set == "effective" || change.set == "permitted";
}

/// Nothing of what it changed is left by an exec.
bool is_lost(const RecipeStep& step) {
  return !step.capabilities.empty() && std::ranges::all_of(step.capabilities, is_made_anew);
}

}  // namespace

bool mentions(const Step& step, int fd) {
  return has_end(step, fd) || covers(step, fd) || std::ranges::find(step.uses, fd) != step.uses.end();
}

namespace {

constexpr std::size_t never = SIZE_MAX;
constexpr int last_standard = 2;

/// A number, from where it is made to where it is closed.
struct Descriptor {
  int number = -1;
  std::size_t made = never;  ///< never: it was there before
  std::size_t ended = never;
  std::size_t file = 0;  ///< the same for those that were duplicated
  bool crosses = false;
  bool range_marked = false;
  bool needed = false;
  std::size_t last_mark = never;
  std::vector<std::size_t> users;  ///< steps, in order
};

/// A number that gets the file back that it began with: the steps that take it away and that do that.
struct Return {
  std::size_t left = never, back = never;
};

class Settling {
 public:
  Settling(const std::vector<Step>& steps, const WindowEnd& end, const std::vector<int>& marked)
      : steps_(steps),
        end_(end),
        marked_(marked),
        made_(steps.size(), {never, never}),
        needs_(steps.size()),
        visible_(steps.size(), false),
        absorbed_(steps.size(), false),
        final_(steps.size(), false),
        number_(steps.size()) {}

  std::vector<RecipeStep> told() {
    for (std::size_t i = 0; i < steps_.size(); ++i) follow(i);
    for (Descriptor& d : all_) {
      d.crosses = crosses(d);
      if (d.crosses || (d.made == never && d.ended == never)) kept_.insert(d.file);
    }
    find_returned();
    judge_all();
    for (std::size_t i = 0; i < steps_.size(); ++i) fold(i);
    for (std::size_t i = 0; i < steps_.size(); ++i) tell(i);
    for (RecipeStep& step : out_) join_ranges(step.closed);
    return std::move(out_);
  }

 private:
  static bool is_mark(const RecipeStep& step) {
    return (step.action == "close_on_exec" || step.action == "keep") && step.fd;
  }

  std::size_t add(int number, std::size_t made, std::size_t file) {
    all_.push_back({.number = number, .made = made, .file = file});
    return all_.size() - 1;
  }

  /// Whom the number belongs to now; of one that is not known yet, that it was there before.
  std::size_t current(int number) {
    const auto [place, is_new] = open_.try_emplace(number, never);
    if (place->second == never && is_new) {
      place->second = add(number, never, all_.size());
      told_open_[number] = true;
    }
    return place->second;
  }

  void make(std::size_t i, std::size_t slot, int number, std::size_t file) {
    end(number, i);
    made_[i][slot] = open_[number] = add(number, i, file);
  }

  void end(int number, std::size_t i) {
    const auto found = open_.find(number);
    if (found == open_.end() || found->second == never) return;
    all_[found->second].ended = i;
    found->second = never;
  }

  void use(std::size_t i, int number) {
    const std::size_t d = current(number);
    if (d == never) return;
    all_[d].users.push_back(i);
    needs_[i].push_back(d);
  }

  void duplicate(std::size_t i) {
    const Step& step = steps_[i];
    const std::size_t source = current(*step.fd);
    if (step.replaces) current(*step.to);
    use(i, *step.fd);
    make(i, 0, *step.to, source == never ? all_.size() : all_[source].file);
  }

  void close(std::size_t i) {
    for (const auto& [first, last] : steps_[i].closed) {
      if (first == last) current(first);
      const auto from = open_.lower_bound(first), to = open_.upper_bound(last);
      for (auto place = from; place != to; ++place) end(place->first, i);
    }
  }

  void mark(std::size_t i) {
    const Step& step = steps_[i];
    if (step.fd) {
      const std::size_t d = current(*step.fd);
      if (d == never) return;
      all_[d].last_mark = i;
      made_[i][0] = d;
      return;
    }
    for (const auto& [first, last] : step.closed) {
      for (auto place = open_.lower_bound(first); place != open_.upper_bound(last); ++place)
        if (place->second != never) all_[place->second].range_marked = true;
    }
  }

  void follow(std::size_t i) {
    const Step& step = steps_[i];
    for (const int fd : step.uses) use(i, fd);
    if (has_failed(step)) return;
    if (step.action == "open" && step.fd) return make(i, 0, *step.fd, all_.size());
    if (step.action == "pipe" && step.fd && step.to) {
      make(i, 0, *step.fd, all_.size());
      return make(i, 1, *step.to, all_.size());
    }
    if (step.action == "dup" && step.fd && step.to) return duplicate(i);
    if (step.action == "close") return close(i);
    if (step.action == "close_on_exec" || step.action == "keep") return mark(i);
    if (step.fd) use(i, *step.fd);
  }

  bool crosses(const Descriptor& d) const {
    if (d.ended != never) return false;
    return !end_.crossed || std::ranges::find(*end_.crossed, d.number) != end_.crossed->end();
  }

  /// Of standard descriptors: of others it is not known that they were not close-on-exec.
  void find_returned() {
    for (const Descriptor& d : all_) {
      if (d.made == never || !d.crosses || d.number > last_standard) continue;
      if (std::ranges::find(marked_, d.number) != marked_.end()) continue;
      const Descriptor& began = all_[d.file];
      if (began.number == d.number && began.made == never) returned_[d.number] = {began.ended, d.made};
    }
  }

  bool is_away(int number, std::size_t i) const {
    const auto found = returned_.find(number);
    return found != returned_.end() && found->second.left <= i && i <= found->second.back;
  }

  /// Whether what it was meanwhile, or that it was away, is in what is told.
  bool is_missed(int number, const Return& away) const {
    const auto is_needed = [&](const Descriptor& d) {
      return d.number == number && d.needed && d.made != never && d.made < away.back;
    };
    const auto is_in_range = [&](const Step& step) {
      return closes(step, number) && step.closed.front().first != step.closed.front().last;
    };
    const auto from = steps_.begin() + static_cast<std::ptrdiff_t>(away.left);
    const auto to = steps_.begin() + static_cast<std::ptrdiff_t>(away.back);
    return std::ranges::any_of(all_, is_needed) || std::any_of(from, to, is_in_range);
  }

  /// Backwards, so that it is known what is needed. A return that is told after all makes more of it needed.
  void judge_all() {
    do {
      for (std::size_t i = steps_.size(); i-- != 0;) judge(i);
    } while (std::erase_if(returned_, [&](const auto& r) { return is_missed(r.first, r.second); }) != 0);
  }

  bool is_wanted(std::size_t d) const { return d != never && (all_[d].crosses || all_[d].needed); }

  /// The last word about it counts; of what the window made, whether it crosses is the truth already.
  bool is_visible_mark(std::size_t i) const {
    if (made_[i][0] == never) return has_failed(steps_[i]);
    const Descriptor& marked = all_[made_[i][0]];
    if (marked.last_mark != i || marked.ended != never) return false;
    if (!end_.crossed) return true;
    const bool keeps = steps_[i].action == "keep";
    return marked.crosses == keeps && (marked.made == never || (keeps && marked.range_marked));
  }

  /// Its file is what it changes, under whatever number the program has that.
  bool is_of_kept(std::size_t i) const {
    return std::ranges::any_of(needs_[i], [&](std::size_t d) { return kept_.contains(all_[d].file); });
  }

  /// A later one for the same bytes, or for all, by the same kind of owner.
  bool is_locked_anew(std::size_t i) const {
    const auto file = [&](std::size_t step) { return all_[needs_[step].front()].file; };
    for (std::size_t later = i + 1; later < steps_.size(); ++later) {
      const Step& step = steps_[later];
      if (!step.lock || has_failed(step) || needs_[later].empty() || file(later) != file(i)) continue;
      const bool has_same_owner = step.lock->owner == steps_[i].lock->owner;
      if (has_same_owner && (step.lock->is_all() || step.lock->is_same(*steps_[i].lock))) return true;
    }
    return false;
  }

  /// Those of a process end when it closes any descriptor of the file (fcntl_locking(2)).
  bool is_locked_at_end(std::size_t i) const {
    const Step& step = steps_[i];
    if (!step.lock || needs_[i].empty() || is_locked_anew(i)) return false;
    const std::size_t file = all_[needs_[i].front()].file;
    const bool is_of_process = step.lock->owner == LockedRange::Owner::process;
    const auto ends = [&](const Descriptor& d) {
      return d.file == file && (d.ended == never ? !d.crosses : d.ended > i);
    };
    if (step.lock->releases && (is_of_process || all_[file].made != never)) return false;
    return is_of_process ? std::ranges::none_of(all_, ends) : is_of_kept(i);
  }

  /// Who looks for a file in many places goes on; a descriptor that is not there is in what the program gets.
  bool is_visible_failure(const Step& step) const {
    const bool only_tries =
        step.action == "open" || step.action == "socket" || step.call.starts_with("fcntl");
    return !only_tries || step.unfinished || (step.reason && !end_.execed);
  }

  bool is_visible(std::size_t i) const {
    const Step& step = steps_[i];
    const bool makes_one = step.action == "open" || step.action == "dup" || step.action == "pipe";
    if (makes_one && has_failed(step)) return is_visible_failure(step);
    if (makes_one && made_[i][0] == never) return true;
    if (step.action == "dup" && is_away(*step.to, i)) return false;
    if (makes_one) return is_wanted(made_[i][0]) || is_wanted(made_[i][1]);
    if (is_mark(step)) return is_visible_mark(i);
    if (step.action == "socket" && has_failed(step)) return is_visible_failure(step);
    if (step.action == "lock") return has_failed(step) || is_locked_at_end(i);
    if (step.action == "socket" || (step.action == "flags" && !has_failed(step))) return is_of_kept(i);
    return true;
  }

  void judge(std::size_t i) {
    visible_[i] = is_visible(i);
    if (!visible_[i]) return;
    for (const std::size_t d : needs_[i]) all_[d].needed = true;
  }

  /// Nothing that is told between the two has to do with the number.
  bool is_quiet(int number, std::size_t from, std::size_t to) const {
    for (std::size_t i = from + 1; i < to; ++i) {
      if (closes(steps_[i], number) || (steps_[i].action == "dup" && makes(steps_[i], number))) return false;
      if (visible_[i] && !absorbed_[i] && mentions(steps_[i], number)) return false;
    }
    return true;
  }

  /// The only thing that is made of it, where it does not cross itself; never: there is more, or less.
  std::size_t only_copy(const Descriptor& d) const {
    std::size_t found = never;
    if (d.crosses) return never;
    for (const std::size_t i : d.users) {
      if (!visible_[i]) continue;
      if (found != never || steps_[i].action != "dup" || has_failed(steps_[i])) return never;
      found = i;
    }
    return found;
  }

  void fold(std::size_t i) {
    if (steps_[i].action != "open" || !visible_[i] || made_[i][0] == never) return;
    std::size_t last = made_[i][0];
    for (;;) {
      const std::size_t copy = only_copy(all_[last]);
      if (copy == never || !is_quiet(*steps_[copy].to, i, copy)) break;
      absorbed_[copy] = true;
      last = made_[copy][0];
    }
    if (last == made_[i][0]) return;
    number_[i] = all_[last].number;
    final_[all_[last].made] = true;
    made_[i][0] = last;
  }

  void tell_closed(const Step& step, int first, int last) {
    if (out_.empty() || out_.back().action != "close")
      out_.push_back({.action = "close", .call = step.call, .args = step.args});
    out_.back().closed.push_back({first, last});
  }

  /// A number that is taken away by something that is not told.
  void tell_taken(const Step& step, int number, std::size_t i) {
    if (is_away(number, i)) return;
    if (std::exchange(told_open_[number], false)) tell_closed(step, number, number);
  }

  /// Of a range, without those that are told to be closed already. To the end of all numbers stays as
  /// written.
  void tell_range(const Step& step, const ClosedRange& range) {
    std::int64_t first = range.first;
    for (auto place = told_open_.lower_bound(range.first); place != told_open_.upper_bound(range.last);
         ++place) {
      if (!std::exchange(place->second, false) && range.last != INT32_MAX) {
        if (first < place->first) tell_closed(step, static_cast<int>(first), place->first - 1);
        first = std::int64_t{place->first} + 1;
      }
    }
    if (first <= range.last) tell_closed(step, static_cast<int>(first), range.last);
  }

  void tell_close(const Step& step, std::size_t i) {
    for (const ClosedRange& range : step.closed)
      range.first == range.last ? tell_taken(step, range.first, i) : tell_range(step, range);
  }

  void tell_made(RecipeStep& told, std::size_t i) {
    if (is_mark(told)) return;
    for (const std::size_t d : made_[i]) {
      if (d == never) continue;
      told_open_[all_[d].number] = true;
      if (end_.crossed && all_[d].ended == never && !all_[d].crosses) told.cloexec.push_back(all_[d].number);
    }
  }

  void tell(std::size_t i) {
    const Step& step = steps_[i];
    if (step.farewell && !end_.execed) return;
    if (step.action == "close" && !has_failed(step)) return tell_close(step, i);
    if (!visible_[i] || absorbed_[i]) {
      if (step.action == "dup" && step.to && !final_[i]) tell_taken(step, *step.to, i);
      return;
    }
    if (end_.execed && is_lost(step)) return;
    RecipeStep& told = out_.emplace_back(step);
    if (end_.execed) std::erase_if(told.capabilities, is_made_anew);
    if (number_[i]) told.fd = number_[i];
    tell_made(told, i);
  }

  const std::vector<Step>& steps_;
  const WindowEnd& end_;
  const std::vector<int>& marked_;
  std::vector<Descriptor> all_;
  std::map<int, std::size_t> open_;               ///< of `all_`; never: closed
  std::map<int, bool> told_open_;                 ///< what the reader knows
  std::vector<std::array<std::size_t, 2>> made_;  ///< by each step; of a mark, whom it marks
  std::vector<std::vector<std::size_t>> needs_;
  std::map<int, Return> returned_;
  std::set<std::size_t> kept_;  ///< files that the program has under some number
  std::vector<bool> visible_, absorbed_;
  std::vector<bool> final_;                 ///< the copy that a file is told as
  std::vector<std::optional<int>> number_;  ///< of a file that is told where it ends
  std::vector<RecipeStep> out_;
};

}  // namespace

std::vector<RecipeStep> told_steps(const std::vector<Step>& steps, const WindowEnd& end,
                                   const std::vector<int>& marked) {
  return Settling(steps, end, marked).told();
}

}  // namespace ptop::follow
