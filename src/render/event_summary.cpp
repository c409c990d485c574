// Events to records of processes, records to a tree.
#include "ptop/render/event_summary.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/overloaded.hpp"
#include "ptop/render/units.hpp"
#include "summary_layout.hpp"

namespace ptop::render {
namespace {

using namespace follow;

constexpr std::size_t fold_from = 4;        // children alike, and childless, from so many on are one line
constexpr std::size_t most_levels = 500;    // what is deeper is only counted
constexpr std::size_t most_columns = 1000;  // of a file: each row of a chain is longer than the one above
constexpr std::size_t most_bytes = std::size_t{32} << 20U;  // of command lines; then new ones are kept short
constexpr std::size_t short_columns = 200;

struct Record {
  ProcessKey key;
  std::string command;  ///< escaped; empty: it never ran another program than its parent's
  std::string program;  ///< for folding: its first word
  std::vector<std::size_t> children;
  std::uint64_t born_ns = 0;
  std::optional<std::uint64_t> ended_ns;
  std::optional<std::uint64_t> lifetime_ns;  ///< longer than the log of who was attached to
  std::optional<std::uint64_t> cpu_ns, max_rss;
  std::uint64_t execs = 0;
  std::optional<int> code, signal;
  bool attached = false, lives = false;

  bool failed() const { return signal || code.value_or(0) != 0; }
};

std::string command_line(const std::vector<std::string>& argv) {
  std::string joined;
  for (const std::string& word : argv) (joined += word) += '\0';
  return escaped_command_line(joined);
}

std::string status_of(const Record& r) {
  if (r.signal) return signal_name(*r.signal).substr(3);
  if (r.code) return fmt::format("{}", *r.code);
  return r.lives ? "runs" : "?";
}

/// In parentheses who ran no other program than its parent's.
std::string name_of(const Record& r) {
  return r.command.empty() ? fmt::format("({})", escaped(r.program)) : escaped(r.program);
}

/// What is told of one process or of several.
struct Figures {
  std::string status;
  std::uint64_t time = 0;
  std::optional<std::uint64_t> cpu, rss;
};

void add_to(std::optional<std::uint64_t>& sum, std::optional<std::uint64_t> value) {
  if (value) sum = sum.value_or(0) + *value;
}

}  // namespace

class SummarySink::Impl {
 public:
  Impl(LineOutput& out, Paint paint, SummaryOptions options)
      : out_(out), paint_(paint), options_(std::move(options)) {}

  void on(const Event& event) {
    now_ = event.t_ns;
    if (is_too_deep(event.depth)) return;
    std::visit(
        overloaded{[&](const Attached& a) { attached(event, a); }, [&](const Forked& f) { born(event, f); },
                   [&](const Execed& e) { execed(event, e); }, [&](const Exited& e) { exited(event, e); },
                   [](const auto&) {}},
        event.what);
  }

  void end(const Trailer& trailer) {
    now_ = std::max(now_, trailer.t_ns);
    look_at_the_living();
    lay_out();
    write_heading();
    write_trees();
    write_legend();
    write_totals(trailer);
    out_.flush();
  }

 private:
  bool is_too_deep(std::uint32_t depth) const { return options_.deepest && depth > *options_.deepest; }

  std::size_t add(ProcessKey key, std::uint64_t born_ns) {
    records_.push_back({.key = key, .born_ns = born_ns});
    living_[key.pid] = records_.size() - 1;
    return records_.size() - 1;
  }
  Record* find(Pid pid) {
    const auto found = living_.find(pid);
    return found == living_.end() ? nullptr : &records_[found->second];
  }

  void attached(const Event& event, const Attached& a) {
    if (event.task.tid != leader_of(event.pid)) return;
    const std::size_t index = add({event.pid, event.task.start}, event.t_ns);
    records_[index].attached = !a.spawned;
    set_command(records_[index], escaped(a.comm));
    records_[index].program = a.comm;
    if (const auto parent = living_.find(event.ppid); parent != living_.end() && parent->second != index)
      records_[parent->second].children.push_back(index);
    else
      roots_.push_back(index);
  }

  void born(const Event& event, const Forked& f) {
    if (f.thread || is_too_deep(event.depth + 1)) return;
    const auto parent = living_.find(event.pid);
    const std::size_t above = parent == living_.end() ? records_.size() : parent->second;
    const std::size_t index = add({f.child_pid, f.child.start}, event.t_ns);
    if (above == index) return roots_.push_back(index);
    records_[index].program = records_[above].program;
    records_[above].children.push_back(index);
  }

  void execed(const Event& event, const Execed& e) {
    Record* const record = find(event.pid);
    if (!record) return;
    ++record->execs;
    if (e.denied) set_command(*record, record->program = command_line({e.comm}));
    if (e.unread) return;
    set_command(*record, command_line(e.argv));
    record->program = e.argv.empty() ? e.filename : e.argv.front();
  }

  /// As much as a row can show: cut once more, to less, it is as if it had been cut once.
  void set_command(Record& record, std::string_view command) {
    const std::size_t columns = options_.columns != 0      ? options_.columns
                                : kept_bytes_ < most_bytes ? most_columns
                                                           : short_columns;
    kept_bytes_ -= record.command.size();
    record.command = shorten_middle(command, columns, options_.ascii);
    kept_bytes_ += record.command.size();
  }

  void exited(const Event& event, const Exited& e) {
    Record* const record = find(event.pid);
    if (!record || e.thread) return;
    record->ended_ns = event.t_ns;
    if (e.lifetime_ns) record->born_ns = event.t_ns - std::min(*e.lifetime_ns, event.t_ns);
    record->lifetime_ns = e.lifetime_ns;
    add_to(record->cpu_ns, e.utime_ns);
    add_to(record->cpu_ns, e.stime_ns);
    record->max_rss = e.max_rss;
    record->code = e.code;
    record->signal = e.signal;
    living_.erase(event.pid);
  }

  void look_at_the_living() {
    if (!options_.living) return;
    for (const auto& [pid, index] : living_) {
      Record& record = records_[index];
      const auto costs = options_.living(record.key);
      if (!costs) continue;
      record.lives = true;
      record.cpu_ns = costs->cpu_ns;
      record.max_rss = costs->max_rss;
      if (record.attached) record.lifetime_ns = costs->lifetime_ns;
    }
  }

  std::uint64_t lasted(const Record& r) const {
    return r.lifetime_ns.value_or(r.ended_ns.value_or(now_) - r.born_ns);
  }

  /// Whether somebody lived below it during at least half of its life: the time went there.
  bool waited_for_children(const Record& r) const {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> spans;
    for (const std::size_t child : r.children) {
      const Record& c = records_[child];
      spans.emplace_back(c.born_ns, std::min(c.ended_ns.value_or(now_), r.ended_ns.value_or(now_)));
    }
    std::ranges::sort(spans);
    std::uint64_t covered = 0, until = 0;
    for (const auto& [begin, end] : spans) {
      covered += end > std::max(begin, until) ? end - std::max(begin, until) : 0;
      until = std::max(until, end);
    }
    return !r.children.empty() && covered >= (r.ended_ns.value_or(now_) - r.born_ns) / 2;
  }

  void write_trees() {
    for (const std::size_t root : roots_) write_tree(root, {}, "", true);
  }

  /// Writes nothing.
  void lay_out() {
    measuring_ = true;
    write_trees();
    measuring_ = false;
    const std::size_t spare = std::max(figures_, figures_columns) - figures_columns;
    layout_ = options_.columns != 0 ? layout_for(options_.columns, widths_, spare)
                                    : layout_for_file(options_.columns, most_columns, widths_, spare);
  }

  void write_heading() {
    std::string line = fmt::format("{:{}}{:>8}{:>9}", "PROCESS", layout_.room, "STATUS", "TIME");
    if (layout_.with_cpu) line += fmt::format("{:>9}", "CPU");
    if (layout_.with_rss) line += fmt::format("{:>8}", "RSS");
    write_header(line);
  }

  /// Before a row, and how deep it is.
  struct Place {
    std::string prefix;
    std::size_t level = 0;
  };

  void write_row(const Place& place, const std::string& what, const std::string& figures, Role role,
                 bool slow) {
    if (measuring_) {
      widths_.resize(std::max(widths_.size(), place.level + 1));
      widths_[place.level] = std::max(widths_[place.level], display_width(what));
      figures_ = std::max(figures_, display_width(figures));
      return;
    }
    const std::size_t used = display_width(place.prefix), room = layout_.room;
    const std::string text = shorten_middle(what, room > used + 3 ? room - used - 2 : 1, options_.ascii);
    std::string line;
    paint_.append(line, Role::faint, place.prefix);
    paint_.append(line, slow ? Role::event_exec : Role::plain, text);
    const std::size_t width = used + display_width(text);
    has_mark_ |= slow;
    line.append(room > width ? room - width - 1 : 0, ' ');
    paint_.append(line, Role::warning, slow ? (options_.ascii ? "<" : "◀") : " ");
    paint_.append(line, role, figures);
    out_.write(line);
  }

  /// `most`, `sum`: signs before those of several processes.
  std::string words_of(const Figures& f, std::string_view most = "", std::string_view sum = "") const {
    const auto or_dash = [](std::string_view sign, const auto& value, auto words) {
      return value ? std::string(sign) + words(*value) : std::string("-");
    };
    std::string words = fmt::format("{:>8}{:>9}", f.status, std::string(most) + human_duration(f.time));
    if (layout_.with_cpu) words += fmt::format("{:>9}", or_dash(sum, f.cpu, human_duration));
    if (layout_.with_rss) words += fmt::format("{:>8}", or_dash(most, f.rss, human_bytes));
    return words;
  }

  /// `slow`: it is on the slowest branch.
  void write_tree(std::size_t index, const Place& place, const std::string& below, bool slow) {
    const Record& record = records_[index];
    const std::string what = record.command.empty() ? name_of(record) : record.command;
    const bool is_branch = place.level != 0 || !record.children.empty();
    write_row(place, what, words_of({status_of(record), lasted(record), record.cpu_ns, record.max_rss}),
              record.failed() ? Role::bad : Role::plain, slow && is_branch);
    write_children(record.children, {below, place.level + 1}, slow && waited_for_children(record));
  }

  std::size_t count_below(std::vector<std::size_t> todo) const {
    std::size_t count = 0;
    for (; !todo.empty(); ++count) {
      const auto& below = records_[todo.back()].children;
      todo.pop_back();
      todo.insert(todo.end(), below.begin(), below.end());
    }
    return count;
  }

  struct Group {
    std::vector<std::size_t> members;
  };

  /// What children alike have in common: the program, whether they ran it themselves, and how it went.
  using Likeness = std::tuple<std::string_view, bool, bool>;
  Likeness likeness(std::size_t child) const {
    const Record& record = records_[child];
    return {record.program, record.command.empty(), record.failed()};
  }

  /// In the order of birth; those alike stand where the first of them does.
  std::vector<Group> grouped(const std::vector<std::size_t>& children, std::size_t slowest) const {
    std::map<Likeness, std::size_t> alike;
    for (const std::size_t child : children) {
      if (is_foldable(child, slowest)) ++alike[likeness(child)];
    }
    std::map<Likeness, std::size_t> place;
    std::vector<Group> groups;
    for (const std::size_t child : children) {
      const Likeness kind = likeness(child);
      const bool folded = is_foldable(child, slowest) && alike[kind] >= fold_from;
      const auto known = place.find(kind);
      if (folded && known != place.end()) {
        groups[known->second].members.push_back(child);
        continue;
      }
      if (folded) place[kind] = groups.size();
      groups.push_back({{child}});
    }
    return groups;
  }
  bool is_foldable(std::size_t child, std::size_t slowest) const {
    return child != slowest && records_[child].children.empty();
  }

  /// `place`: of all of them, before the branch that leads to each.
  void write_children(const std::vector<std::size_t>& children, const Place& place, bool slow) {
    if (children.empty()) return;
    const auto& [below, level] = place;
    if (level > most_levels) {
      return write_row(place, fmt::format("({} more below)", count_below(children)), "", Role::plain, false);
    }
    const auto slowest =
        *std::ranges::max_element(children, {}, [&](std::size_t child) { return lasted(records_[child]); });
    const auto groups = grouped(children, slow ? slowest : records_.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const bool last = i + 1 == groups.size();
      const Place here{layout_.branch(below, level, last, options_.ascii), level};
      const auto& members = groups[i].members;
      if (members.size() == 1)
        write_tree(members.front(), here, layout_.passes(below, level, last, options_.ascii),
                   slow && members.front() == slowest);
      else
        write_group(members, here);
    }
  }

  void write_group(const std::vector<std::size_t>& members, const Place& place) {
    Figures figures;
    const Record& first = records_[members.front()];
    bool end_alike = true;
    std::size_t unended = 0;
    for (const std::size_t member : members) {
      const Record& record = records_[member];
      end_alike &= status_of(record) == status_of(first);
      figures.time = std::max(figures.time, lasted(record));
      add_to(figures.cpu, record.cpu_ns);
      figures.rss = std::max(figures.rss, record.max_rss);
      unended += record.ended_ns ? 0U : 1U;
    }
    figures.status = end_alike        ? status_of(first)
                     : first.failed() ? fmt::format("{} bad", members.size())
                                      : fmt::format("{} run", unended);
    folded_ = true;
    write_row(place, fmt::format("{} {} {}", members.size(), options_.ascii ? "x" : "×", name_of(first)),
              words_of(figures, options_.ascii ? "<=" : "≤", options_.ascii ? "sum " : "Σ"),
              first.failed() ? Role::bad : Role::plain, false);
  }

  void write_legend() {
    std::string legend;
    if (has_mark_) legend += options_.ascii ? "< the slowest branch" : "◀ the slowest branch";
    if (folded_) {
      append_or_wrap(legend, "; ",
                     options_.ascii ? "of several: <= the most of one, sum of all"
                                    : "of several: ≤ the most of one, Σ the sum",
                     Role::faint);
    }
    if (!legend.empty()) write_line(legend, Role::faint);
  }

  void write_totals(const Trailer& trailer) {
    std::optional<std::uint64_t> cpu;
    std::uint64_t execs = 0;
    std::size_t failed = 0, killed = 0, unknown = 0;
    const Record* biggest = nullptr;
    for (const Record& record : records_) {
      add_to(cpu, record.cpu_ns);
      unknown += record.cpu_ns ? 0U : 1U;
      execs += record.execs;
      failed += record.code.value_or(0) != 0 ? 1U : 0U;
      killed += record.signal ? 1U : 0U;
      if (!biggest || record.max_rss > biggest->max_rss) biggest = &record;
    }
    const auto many = [](std::uint64_t n, const char* one, const char* more) {
      return fmt::format("{} {}", n, n == 1 ? one : more);
    };
    std::string line = many(records_.size(), "process", "processes");
    const auto add = [&](std::string_view separator, std::string more) {
      append_or_wrap(line, separator, std::move(more), Role::header);
    };
    add(", ", many(execs, "exec", "execs"));
    if (failed != 0) add(", ", fmt::format("{} failed", failed));
    if (killed != 0) add(", ", fmt::format("{} killed", killed));
    add("; ", human_duration(trailer.t_ns) + " of time");
    if (cpu) add(", ", human_duration(*cpu) + " of CPU");
    if (unknown != 0) add("; ", fmt::format("CPU of {} not known", many(unknown, "process", "processes")));
    if (biggest && biggest->max_rss)
      add("; ",
          fmt::format("peak memory {} ({})", human_bytes(*biggest->max_rss), escaped(biggest->program)));
    write_header(line);
  }

  /// Behind what the line has, or as the next one.
  void append_or_wrap(std::string& line, std::string_view separator, std::string more, Role role) {
    const bool fits =
        display_width(line) + separator.size() + display_width(more) <= options_.columns || line.empty();
    if (!fits) write_line(line, role);
    line = fits && !line.empty() ? line.append(separator).append(more) : std::move(more);
  }

  void write_header(std::string_view line) { write_line(line, Role::header); }
  void write_line(std::string_view line, Role role) {
    std::string painted;
    paint_.append(painted, role, shorten_middle(line, options_.columns, options_.ascii));
    out_.write(painted);
  }

  LineOutput& out_;
  Paint paint_;
  SummaryOptions options_;
  std::uint64_t now_ = 0;
  std::size_t kept_bytes_ = 0;       ///< of command lines
  std::vector<std::size_t> widths_;  ///< of the widest command of each level
  std::size_t figures_ = 0;          ///< columns of the widest
  SummaryLayout layout_;
  bool measuring_ = false, folded_ = false, has_mark_ = false;
  std::vector<Record> records_;
  std::vector<std::size_t> roots_;
  std::unordered_map<Pid, std::size_t> living_;
};

SummarySink::SummarySink(LineOutput& out, Paint paint, SummaryOptions options)
    : impl_(std::make_unique<Impl>(out, paint, std::move(options))) {}
SummarySink::~SummarySink() = default;
void SummarySink::on(const Event& event) { impl_->on(event); }
void SummarySink::end(const Trailer& trailer) { impl_->end(trailer); }

}  // namespace ptop::render
