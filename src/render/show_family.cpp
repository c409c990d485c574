// Family: who started it, whom it started, and whom it shares a terminal with.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/model/tty.hpp"
#include "ptop/render/process_table.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

constexpr std::size_t ancestors_shown = 6, children_shown = 12;

void add_ancestors(Lines& lines, const Subject& s) {
  std::vector<ProcessIndex> chain;
  for (auto at = s.node().parent; at; at = s.scene.tree.nodes[*at].parent) chain.push_back(*at);
  if (chain.empty()) {
    if (s.process().stat.ppid.raw() == 0)
      return lines.add("parent",
                       StyledText(s.is_kernel_thread() ? "none: the kernel made it"
                                                       : "none: it is the first of its pid namespace",
                                  Role::faint));
    StyledText text = process_text(s.scene, s.process().stat.ppid);
    return lines.add("parent", text.add(", which is not in sight", Role::faint));
  }
  // Of a long chain: its root and the nearest.
  const std::size_t top = chain.size() - 1, nearest = ancestors_shown - 2;
  StyledText text;
  for (std::size_t i = chain.size(); i-- > 0;) {
    const bool left_out = chain.size() > ancestors_shown && i < top && i >= nearest;
    if (left_out && i != nearest) continue;
    if (!text.empty()) text.add(fmt::format(" {} ", s.arrow()), Role::faint);
    text.add(left_out ? StyledText(fmt::format("({} more)", top - nearest), Role::faint)
                      : process_text(s.process(chain[i])));
  }
  lines.add(chain.size() == 1 ? "parent" : "parents", std::move(text));
}

void add_children(Lines& lines, const Subject& s) {
  const auto children = s.scene.tree.children_of(s.row.index);
  if (children.empty()) return;
  StyledText text;
  for (std::size_t i = 0; i < std::min(children.size(), children_shown); ++i) {
    const Sample& child = s.process(children[i]);
    text.add(i == 0 ? "" : ", ").add(process_text(child));
    if (child.stat.state == procfs::TaskState::zombie) text.add(" (zombie)", Role::zombie);
    if (child.stat.state == procfs::TaskState::stopped) text.add(" (stopped)", Role::stopped);
  }
  if (children.size() > children_shown)
    text.add(fmt::format(" and {} more", children.size() - children_shown));
  for (std::size_t i = children_shown; i < children.size(); ++i)
    text.name(s.process(children[i]).process_key());
  lines.add(children.size() == 1 ? "child" : "children", std::move(text));
  const Row row{s.scene, s.process(), s.row.index};
  lines.add("subtree",
            fmt::format("{} processes, {} resident together", cell_text(column(ColumnId::tree_count), row),
                        cell_text(column(ColumnId::tree_rss), row)));
}

/// "its own: it is the leader", "4690 bash".
StyledText led_by(const Subject& s, Pid leader) {
  if (leader == s.process().pid) return StyledText("its own: it is the leader");
  if (leader.raw() == 0 && s.process().pid == Pid(1)) return StyledText("none", Role::faint);
  if (leader.raw() <= 0) return StyledText("of another pid namespace", Role::faint);
  StyledText text = process_text(s.scene, leader);
  if (find_process(s.scene.snapshot, leader) == nullptr) text.add(", whose leader is gone", Role::faint);
  return text;
}

void add_terminal(Lines& lines, const Subject& s) {
  const auto& stat = s.process().stat;
  if (stat.tty_nr == 0) return lines.add("terminal", StyledText("none", Role::faint));
  StyledText text{std::string(tty_name(stat.tty_nr))};
  if (stat.tpgid == stat.pgid.raw()) {
    text.add(", in the foreground");
  } else if (stat.tpgid > 0) {
    text.add(", in the background: ").add(process_text(s.scene, Pid(stat.tpgid))).add(" has the terminal");
  }
  lines.add("terminal", std::move(text));
}

void add_nested_pids(Lines& lines, const Subject& s) {
  const auto& pids = s.sample.status->ns_pid;
  if (!s.sample.has(Source::status) || pids.size() < 2) return;
  std::string text = fmt::format("{} here", pids.front().raw());
  for (std::size_t i = 1; i < pids.size(); ++i)
    text += fmt::format(", {} {}", pids[i].raw(), i == 1 ? "in the pid namespace below" : "below that");
  lines.add("pids", text);
}

std::string_view sign_words(DaemonSign sign) {
  switch (sign) {
    case DaemonSign::session_leader:
      return "leads its session";
    case DaemonSign::group_leader:
      return "leads its group";
    case DaemonSign::no_terminal:
      return "has no terminal";
    case DaemonSign::adopted:
      return "was adopted";
    case DaemonSign::child_of_init:
      return "is a child of init";
    case DaemonSign::root_directory:
      return "is in /";
    case DaemonSign::umask_zero:
      return "has umask 0";
    case DaemonSign::null_descriptors:
      return "has no standard input and output";
  }
  return "";
}

void add_daemon(Lines& lines, const Subject& s) {
  const auto& daemon = s.classification().daemon();
  if (!daemon) return;
  std::string text;
  for (std::size_t i = 0; i < daemon_sign_count; ++i) {
    const auto sign = static_cast<DaemonSign>(i);
    if (daemon->signs.has(sign)) text += fmt::format("{}{}", text.empty() ? "it " : ", ", sign_words(sign));
  }
  lines.add("daemon", text);
}

}  // namespace

void show_family(Lines& lines, const Subject& s) {
  add_ancestors(lines, s);
  if (const auto& orphan = s.classification().orphan()) {
    StyledText text = process_text(s.scene, orphan->adopter);
    text.add(orphan->adopter_is_init ? ", an init: " : ", a subreaper: ");
    lines.add("adopted by", text.add(std::string(orphan_evidence_text(orphan->evidence))));
  }
  add_children(lines, s);
  if (s.is_kernel_thread()) return;
  add_daemon(lines, s);
  if (const auto adopter = adopter_of(s.scene.snapshot, s.scene.tree, s.scene.classes, s.row.index);
      adopter && s.node().child_count > 0)
    lines.add("their adopter",
              process_text(s.scene, adopter->pid).add(", if this process ended", Role::faint));
  lines.add("group", led_by(s, s.process().stat.pgid));
  lines.add("session", led_by(s, s.process().stat.sid));
  add_terminal(lines, s);
  add_nested_pids(lines, s);
  if (s.sample.has(Source::status) && s.sample.status->tracer_pid.raw() != 0)
    lines.add("traced by", process_text(s.scene, s.sample.status->tracer_pid));
}

}  // namespace ptop::render
