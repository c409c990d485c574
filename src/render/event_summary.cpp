// Events to records of processes, records to a tree.
#include "ptop/render/event_summary.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/overloaded.hpp"
#include "ptop/render/units.hpp"

namespace ptop::render {
namespace {

using namespace follow;

constexpr std::size_t command_kept = 200;    // bytes of a command line
constexpr std::size_t fold_from = 4;         // children alike, and childless, from so many on are one line
constexpr std::size_t least_command = 24;    // columns a command keeps; a deeper tree is only counted
constexpr std::size_t figures_columns = 39;  // status, time, CPU, memory

struct Record {
  Pid pid;
  std::string command;  ///< escaped; empty: it never ran another program than its parent's
  std::string program;  ///< for folding: its first word
  std::vector<std::size_t> children;
  std::uint64_t born_ns = 0;
  std::optional<std::uint64_t> ended_ns;
  std::uint64_t cpu_ns = 0, max_rss = 0, execs = 0;
  std::optional<int> code, signal;

  bool failed() const { return signal || code.value_or(0) != 0; }
};

std::string shown_command(const std::vector<std::string>& argv) {
  std::string joined;
  for (const std::string& word : argv) {
    if (joined.size() > command_kept) break;
    (joined += word) += '\0';
  }
  if (joined.size() > command_kept) joined.resize(command_kept);
  return escaped_command_line(joined);
}

std::string status_of(const Record& r) {
  if (r.signal) return signal_name(*r.signal).substr(3);
  if (r.code) return fmt::format("{}", *r.code);
  return "?";
}

}  // namespace

class SummarySink::Impl {
 public:
  Impl(LineOutput& out, Paint paint, SummaryOptions options) : out_(out), paint_(paint), options_(options) {}

  void on(const Event& event) {
    now_ = event.t_ns;
    std::visit(
        overloaded{[&](const Attached& a) { attached(event, a); }, [&](const Forked& f) { born(event, f); },
                   [&](const Execed& e) { execed(event, e); }, [&](const Exited& e) { exited(event, e); },
                   [](const auto&) {}},
        event.what);
  }

  void end(const Trailer& trailer) {
    now_ = std::max(now_, trailer.t_ns);
    write_heading();
    for (const std::size_t root : roots_) write_tree(root, "", "", true);
    write_totals(trailer);
    out_.flush();
  }

 private:
  std::size_t add(Pid pid, std::uint64_t born_ns) {
    records_.push_back({.pid = pid, .born_ns = born_ns});
    living_[pid] = records_.size() - 1;
    return records_.size() - 1;
  }
  Record* find(Pid pid) {
    const auto found = living_.find(pid);
    return found == living_.end() ? nullptr : &records_[found->second];
  }

  void attached(const Event& event, const Attached& a) {
    if (event.task.tid != leader_of(event.pid)) return;
    const std::size_t index = add(event.pid, event.t_ns);
    records_[index].command = escaped(a.comm);
    records_[index].program = a.comm;
    if (const auto parent = living_.find(event.ppid); parent != living_.end() && parent->second != index)
      records_[parent->second].children.push_back(index);
    else
      roots_.push_back(index);
  }

  void born(const Event& event, const Forked& f) {
    if (f.thread) return;
    const auto parent = living_.find(event.pid);
    const std::size_t above = parent == living_.end() ? records_.size() : parent->second;
    const std::size_t index = add(f.child_pid, event.t_ns);
    if (above == index) return roots_.push_back(index);
    records_[index].program = records_[above].program;
    records_[above].children.push_back(index);
  }

  void execed(const Event& event, const Execed& e) {
    Record* const record = find(event.pid);
    if (!record) return;
    ++record->execs;
    if (e.denied) record->command = record->program = shown_command({e.comm});
    if (e.unread) return;
    record->command = shown_command(e.argv);
    record->program = e.argv.empty() ? e.filename : e.argv.front();
  }

  void exited(const Event& event, const Exited& e) {
    Record* const record = find(event.pid);
    if (!record || e.thread) return;
    record->ended_ns = event.t_ns;
    if (e.lifetime_ns) record->born_ns = event.t_ns - std::min(*e.lifetime_ns, event.t_ns);
    record->cpu_ns = e.utime_ns.value_or(0) + e.stime_ns.value_or(0);
    record->max_rss = e.max_rss.value_or(0);
    record->code = e.code;
    record->signal = e.signal;
    living_.erase(event.pid);
  }

  std::uint64_t lasted(const Record& r) const { return r.ended_ns.value_or(now_) - r.born_ns; }

  void write_heading() {
    write_header(fmt::format("{:{}}{:>8}{:>9}{:>9}{:>8}", "PROCESS", room(), "STATUS", "TIME", "CPU", "RSS"));
  }
  std::size_t room() const {
    return std::max<std::size_t>(options_.columns, figures_columns + 20) - figures_columns;
  }

  void write_row(const std::string& prefix, const std::string& what, const std::string& figures, Role role,
                 bool slow) {
    const std::size_t used = display_width(prefix);
    const std::size_t left = room() > used + 3 ? room() - used - 2 : 1;
    const std::string text = shorten_middle(what, left, options_.ascii);
    std::string line;
    paint_.append(line, Role::faint, prefix);
    paint_.append(line, slow ? Role::event_exec : Role::plain, text);
    const std::size_t width = used + display_width(text);
    line.append(room() > width ? room() - width - 1 : 0, ' ');
    paint_.append(line, Role::warning, slow ? (options_.ascii ? "<" : "◀") : " ");
    paint_.append(line, role, figures);
    out_.write(line);
  }

  std::string figures(const std::string& status, std::uint64_t time, std::uint64_t cpu,
                      std::uint64_t rss) const {
    return fmt::format("{:>8}{:>9}{:>9}{:>8}", status, human_duration(time), human_duration(cpu),
                       human_bytes(rss));
  }

  /// `slow`: it is on the slowest branch, of which each process is the longest-lived child of the one above.
  void write_tree(std::size_t index, const std::string& prefix, const std::string& below, bool slow) {
    const Record& record = records_[index];
    const std::string what =
        record.command.empty() ? fmt::format("({})", escaped(record.program)) : record.command;
    write_row(prefix, what, figures(status_of(record), lasted(record), record.cpu_ns, record.max_rss),
              record.failed() ? Role::bad : Role::plain, slow && !record.children.empty());
    write_children(record.children, below, slow);
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

  /// In the order of birth; those alike stand where the first of them does.
  std::vector<Group> grouped(const std::vector<std::size_t>& children, std::size_t slowest) const {
    std::map<std::string_view, std::size_t> alike;
    for (const std::size_t child : children) {
      if (is_foldable(child, slowest)) ++alike[records_[child].program];
    }
    std::map<std::string_view, std::size_t> place;
    std::vector<Group> groups;
    for (const std::size_t child : children) {
      const std::string_view program = records_[child].program;
      const bool folded = is_foldable(child, slowest) && alike[program] >= fold_from;
      const auto known = place.find(program);
      if (folded && known != place.end()) {
        groups[known->second].members.push_back(child);
        continue;
      }
      if (folded) place[program] = groups.size();
      groups.push_back({{child}});
    }
    return groups;
  }
  bool is_foldable(std::size_t child, std::size_t slowest) const {
    return child != slowest && records_[child].children.empty();
  }

  void write_children(const std::vector<std::size_t>& children, const std::string& below, bool slow) {
    if (children.empty()) return;
    if (display_width(below) + least_command > room()) {
      return write_row(below, fmt::format("({} more below)", count_below(children)), "", Role::plain, false);
    }
    const auto slowest =
        *std::ranges::max_element(children, {}, [&](std::size_t child) { return lasted(records_[child]); });
    const auto groups = grouped(children, slow ? slowest : records_.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const bool last = i + 1 == groups.size();
      const std::string branch = below + (options_.ascii ? (last ? "`- " : "|- ") : (last ? "└─ " : "├─ "));
      const std::string deeper = below + (last ? "   " : options_.ascii ? "|  " : "│  ");
      const auto& members = groups[i].members;
      if (members.size() == 1)
        write_tree(members.front(), branch, deeper, slow && members.front() == slowest);
      else
        write_group(members, branch);
    }
  }

  void write_group(const std::vector<std::size_t>& members, const std::string& prefix) {
    std::uint64_t longest = 0, cpu = 0, rss = 0;
    std::size_t failed = 0;
    for (const std::size_t member : members) {
      const Record& record = records_[member];
      longest = std::max(longest, lasted(record));
      cpu += record.cpu_ns;
      rss = std::max(rss, record.max_rss);
      failed += record.failed() ? 1U : 0U;
    }
    const std::string status = failed == 0 ? "0" : fmt::format("{} bad", failed);
    write_row(prefix,
              fmt::format("{} {} {}", members.size(), options_.ascii ? "x" : "×",
                          escaped(records_[members.front()].program)),
              figures(status, longest, cpu, rss), failed == 0 ? Role::plain : Role::bad, false);
  }

  void write_totals(const Trailer& trailer) {
    std::uint64_t cpu = 0;
    std::size_t failed = 0, killed = 0;
    const Record* biggest = nullptr;
    for (const Record& record : records_) {
      cpu += record.cpu_ns;
      failed += record.code.value_or(0) != 0 ? 1U : 0U;
      killed += record.signal ? 1U : 0U;
      if (!biggest || record.max_rss > biggest->max_rss) biggest = &record;
    }
    const auto many = [](std::uint64_t n, const char* one, const char* more) {
      return fmt::format("{} {}", n, n == 1 ? one : more);
    };
    std::string line = fmt::format("{}, {}", many(records_.size(), "process", "processes"),
                                   many(trailer.execs, "exec", "execs"));
    if (failed != 0) line += fmt::format(", {} failed", failed);
    if (killed != 0) line += fmt::format(", {} killed", killed);
    line += fmt::format("; {} of time, {} of CPU", human_duration(trailer.t_ns), human_duration(cpu));
    std::string memory;
    if (biggest && biggest->max_rss != 0)
      memory = fmt::format("peak memory {} ({})", human_bytes(biggest->max_rss), escaped(biggest->program));
    const bool fits = display_width(line) + 2 + display_width(memory) <= options_.columns;
    if (!memory.empty() && fits) line += "; " + std::exchange(memory, {});
    write_header(line);
    if (!memory.empty()) write_header(memory);
  }

  void write_header(std::string_view line) {
    std::string painted;
    paint_.append(painted, Role::header, line);
    out_.write(painted);
  }

  LineOutput& out_;
  Paint paint_;
  SummaryOptions options_;
  std::uint64_t now_ = 0;
  std::vector<Record> records_;
  std::vector<std::size_t> roots_;
  std::unordered_map<Pid, std::size_t> living_;
};

SummarySink::SummarySink(LineOutput& out, Paint paint, SummaryOptions options)
    : impl_(std::make_unique<Impl>(out, paint, options)) {}
SummarySink::~SummarySink() = default;
void SummarySink::on(const Event& event) { impl_->on(event); }
void SummarySink::end(const Trailer& trailer) { impl_->end(trailer); }

}  // namespace ptop::render
