// Stories of open files, grouped.
#include "ptop/render/fd_audit_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "inherited_text.hpp"
#include "ptop/base/escape.hpp"
#include "wrap.hpp"

namespace ptop::render {
namespace {

using namespace follow;

constexpr std::size_t holders_kept = 8, holders_shown = 4;
constexpr std::size_t indent = 9;

Wrap wrap_of(const FdAuditSink::Options& options) {
  return {.columns = options.columns, .hang = indent, .ascii = options.ascii};
}

/// "pipe:[4711]" without its number: of a pipe for each child only one is told.
std::string kind_of(const DescriptorAudit& audit) {
  const bool numbered = audit.type == "pipe" || audit.type == "socket";
  return numbered ? std::string(audit.type) : audit.target;
}

/// " (as 12, named in its arguments, closed)": under which number where that is another one than the first,
/// why, and what was done with it.
std::string notes_on(const DescriptorHolder& holder, int first_number) {
  std::string text;
  const auto add = [&](std::string_view note) {
    if (!note.empty()) (text += text.empty() ? " (" : ", ") += note;
  };
  if (holder.fd != first_number) add(fmt::format("as {}", holder.fd));
  if (holder.purpose != DescriptorPurpose::launcher) add(purpose_words(holder.purpose));
  if (holder.use != DescriptorUse::unknown && holder.use != DescriptorUse::none_seen)
    add(descriptor_use_name(holder.use));
  return text.empty() ? text : text + ')';
}

std::string holder_words(const DescriptorAudit& audit) {
  std::string text;
  std::size_t shown = 0;
  for (const DescriptorHolder& holder : audit.holders) {
    if (shown == holders_shown) break;
    text += fmt::format("{}{} {}{}", shown++ == 0 ? "to " : ", ", holder.process.pid.raw(),
                        program_name(holder.program), notes_on(holder, audit.fd));
  }
  return audit.execs > shown ? text + fmt::format(" and {} more", audit.execs - shown) : text;
}

/// As in the story of one file.
auto rank(const DescriptorHolder& holder) {
  return std::pair(holder.purpose != DescriptorPurpose::none, holder.exec_ns);
}

void add_holders(std::vector<DescriptorHolder>& all, const std::vector<DescriptorHolder>& more) {
  all.insert(all.end(), more.begin(), more.end());
  std::ranges::stable_sort(all, {}, rank);
  if (all.size() > holders_kept) all.resize(holders_kept);
}

}  // namespace

FdAuditSink::Verdict FdAuditSink::verdict_of(const DescriptorAudit& audit) {
  if (audit.origin.before) return Verdict::before;
  if (audit.leaked) return Verdict::leaked;
  const auto is_launcher = [](const DescriptorHolder& holder) {
    return holder.purpose == DescriptorPurpose::launcher;
  };
  return std::ranges::all_of(audit.holders, is_launcher) ? Verdict::closed : Verdict::given;
}

void FdAuditSink::on(const Event& event) {
  const auto* const inherited = std::get_if<Inherited>(&event.what);
  if (inherited && inherited->denied) ++denied_;
  const auto* const audit = std::get_if<DescriptorAudit>(&event.what);
  if (!audit) return;
  Group& group = groups_[{verdict_of(*audit), audit->origin.opener.pid, audit->fd, kind_of(*audit)}];
  if (group.files++ == 0) {
    group.sum = *audit;
    return;
  }
  group.sum.execs += audit->execs;
  group.sum.leaks += audit->leaks;
  group.sum.at_exit += audit->at_exit;
  group.sum.untouched += audit->untouched;
  add_holders(group.sum.holders, audit->holders);
}

bool FdAuditSink::are_alike(const Group& a, const Group& b) {
  return a.files == 1 && b.files == 1 && a.sum.type == b.sum.type &&
         opener_words(a.sum.origin) == opener_words(b.sum.origin) &&
         crossing_words(a.sum) == crossing_words(b.sum) && holder_words(a.sum) == holder_words(b.sum);
}

/// One, or a run of those that differ in number and name only.
void FdAuditSink::write_groups(std::span<const Group* const> run, Role role) {
  const Group& group = *run.front();
  const DescriptorAudit& audit = group.sum;
  const bool one_name =
      std::ranges::all_of(run, [&](const Group* other) { return other->sum.target == audit.target; });
  const std::string times = group.files == 1 ? "" : fmt::format(" ({} of them)", group.files);
  write_wrapped(
      "  " + numbers_and_name(audit.fd, run.back()->sum.fd, 3, audit.target, run.size(), one_name) + times,
      role,
      fmt::format("  {}, {}{}", opener_words(audit.origin), run.size() == 1 ? "" : "each ",
                  crossing_words(audit)));
  write_lines(std::string(indent, ' ') + holder_words(audit), Role::faint);
}

void FdAuditSink::write_lines(const std::string& all, Role role) {
  for (const std::string& text : wrapped(all, wrap_of(options_))) {
    std::string line;
    paint_.append(line, role, text);
    out_->write(line);
  }
}

/// Where it is longer than a line, `rest` begins one of its own.
void FdAuditSink::write_wrapped(const std::string& name, Role role, const std::string& rest) {
  const bool fits = options_.columns == 0 || display_width(name) + display_width(rest) <= options_.columns;
  std::string line;
  paint_.append(line, role,
                fits ? std::string_view(name) : shorten_middle(name, options_.columns, options_.ascii));
  if (fits) return out_->write(line += rest);
  out_->write(line);
  write_lines(std::string(indent, ' ') + rest.substr(rest.find_first_not_of(' ')), Role::plain);
}

void FdAuditSink::write_part(Verdict verdict, std::string_view title, Role role) {
  std::vector<const Group*> part;
  for (const auto& [key, group] : groups_) {
    if (std::get<0>(key) == verdict) part.push_back(&group);
  }
  if (part.empty()) return;
  std::ranges::stable_sort(part, std::greater{}, [](const Group* g) { return g->sum.execs; });
  write_lines(std::string(title), Role::header);
  for_runs(
      std::span<const Group* const>(part), [](const Group* a, const Group* b) { return are_alike(*a, *b); },
      [&](const auto& run) { write_groups(run, role); });
}

void FdAuditSink::end(const Trailer&) {
  if (groups_.empty())
    out_->write(fmt::format("no descriptor but 0 to 2 crossed an exec{}{}",
                            options_.selected ? " of a process that matches" : "",
                            denied_ != 0 ? ", as far as may be seen" : ""));
  if (denied_ != 0)
    out_->write(fmt::format("{} may not be looked at",
                            denied_ == 1 ? "the descriptors of one program"
                                         : fmt::format("the descriptors of {} programs", denied_)));
  write_part(Verdict::leaked, "LEAKED: close-on-exec is missing, and nothing says that it was meant",
             Role::warning);
  write_part(Verdict::closed, "CLOSED BY ITS LAUNCHER before that started another program", Role::plain);
  write_part(Verdict::given, "PASSED ON PURPOSE", Role::plain);
  write_part(Verdict::before, "OPEN FROM BEFORE, not close-on-exec", Role::plain);
  out_->flush();
}

}  // namespace ptop::render
