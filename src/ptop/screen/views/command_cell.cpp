// The last cell of a row: tree lines, the command, and in words what is wrong with the process.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

constexpr int name_wants =
    24;  // columns that tree lines leave to the command, as long as they take no more than half

/// Tree lines up to the root. When there is no room for all, the outer ones give way; "…" says so.
/// Plain: blanks alone.
std::string tree_lines(const ListView& view, const ListRow& entry, int room) {
  const ProcessList& list = view.list;
  const bool ascii = view.ascii;
  if (view.plain)
    return std::string(
        std::min<std::size_t>(2 * std::size_t{entry.depth}, static_cast<std::size_t>(std::max(room / 2, 0))),
        ' ');
  const render::TreeGlyphs& glyphs = render::tree_glyphs(ascii);
  if (!entry.has_parent()) return "";
  const auto most = static_cast<std::size_t>(std::max(std::max(room / 2, room - name_wants) / 3, 1));
  std::vector<std::string_view> lines{entry.last ? glyphs.last : glyphs.branch};
  const ListRow* row = &list.rows()[entry.parent];
  for (; row->has_parent() && lines.size() < most; row = &list.rows()[row->parent]) {
    lines.push_back(row->last ? glyphs.gap : glyphs.pass);
  }
  std::string out;
  if (row->has_parent()) {  // in the place of the outermost line, so that the others stay in their columns
    out = ascii ? "~" : "…";
    lines.back().remove_prefix(clip(lines.back(), 1).size());
  }
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) out += *line;
  return out;
}

/// In words what is wrong; uninterruptible sleep belongs to it.
std::string trouble_of(const model::Scene& scene, const ListRow& entry) {
  const model::Sample& sample = scene.snapshot.processes[entry.process];
  std::string text = render::trouble_text(sample, scene.classes[entry.process]);
  if (text.empty() && sample.stat.state == procfs::TaskState::disk_sleep) text = "waits in the kernel";
  return text;
}

/// Of a thread: what its letter stands for, where that is no good news.
std::string_view trouble_of_state(procfs::TaskState state) {
  using procfs::TaskState;
  switch (state) {
    case TaskState::disk_sleep:
      return "waits in the kernel";
    case TaskState::stopped:
      return "stopped";
    case TaskState::tracing_stop:
      return "traced";
    case TaskState::zombie:
      return "zombie";
    default:
      return "";
  }
}

std::string command_text(const model::Scene& scene, const ListRow& entry) {
  const model::Row row{scene, scene.snapshot.processes[entry.process], entry.process};
  return render::cell_text(model::column(model::ColumnId::command), row);
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// What the command line keeps to itself: the program's file when it is not its first word, and the kernel's
/// name of the task when neither tells it. "" when there is nothing to add.
std::string merged_prefix(const model::Sample& sample, bool paths) {
  if (sample.cmdline.empty()) return "";
  const std::string_view all = sample.cmdline, first = all.substr(0, all.find('\0'));
  std::string out;
  if (!sample.exe->empty() && last_part(*sample.exe) != last_part(first))
    out += escaped(paths ? std::string_view(*sample.exe) : last_part(*sample.exe)) + " ";
  // comm holds 15 bytes at most.
  const bool told = last_part(first).substr(0, 15) == sample.stat.comm ||
                    last_part(*sample.exe).substr(0, 15) == sample.stat.comm;
  if (!told) out += "(" + escaped(sample.stat.comm) + ") ";
  return out;
}

/// The name within a command line: from the last '/' of its first word to that word's end.
struct NamePart {
  std::size_t begin = 0, end = 0;
};
/// Of a task without a command line all is its name: slashes in it are no directories.
NamePart name_part(std::string_view command, bool has_arguments) {
  if (!has_arguments) return {0, command.size()};
  const std::size_t end = std::min(command.find(' '), command.size());
  const std::size_t slash = command.substr(0, end).rfind('/');
  return {slash == command.npos || slash + 1 == end ? 0 : slash + 1, end};
}

/// Writes text piece by piece; the first `skip` columns are scrolled out at the left.
class Writer {
 public:
  Writer(Region area, int row, int at, int end, int skip)
      : area_(area), row_(row), at_(at), end_(end), skip_(skip) {}
  void put(std::string_view text, Ink ink) {
    const auto width = static_cast<int>(display_width(text));
    const int cut = std::min(skip_, width);
    skip_ -= cut;
    text.remove_prefix(clip(text, static_cast<std::size_t>(cut)).size());
    if (at_ < end_) at_ += area_.put(row_, at_, text, ink, end_ - at_);
  }
  int at() const { return at_; }

 private:
  Region area_;
  int row_, at_, end_, skip_;
};

/// Path faint, name in the process's role, arguments plain, the searched text marked.
void put_command(Writer& out, std::string_view text, NamePart name, Ink name_ink, std::string_view match,
                 std::optional<Ink> over) {
  const auto put = [&](std::size_t from, std::size_t to, Ink ink) {
    if (from < to) out.put(text.substr(from, to - from), over.value_or(ink));
  };
  const std::size_t hit = over ? text.npos : find_ignoring_case(text, match);
  if (hit == text.npos) {
    put(0, name.begin, Ink::faint);
    put(name.begin, name.end, name_ink);
    return put(name.end, text.size(), Ink::argument);
  }
  put(0, hit, name_ink);
  put(hit, hit + match.size(), Ink::match);
  put(hit + match.size(), text.size(), Ink::argument);
}

}  // namespace

void draw_command(Region area, int row, int column, const model::Scene& scene, const ListRow& entry,
                  const ListView& view, std::optional<Ink> over) {
  if (entry.kind == RowKind::thread) return draw_thread_name(area, row, column, scene, entry, view, over);
  const model::Sample& sample = scene.snapshot.processes[entry.process];
  const int room = area.columns() - column;
  int at = column + area.put(row, column, tree_lines(view, entry, room), over.value_or(Ink::tree));
  if (entry.hidden > 0)
    at += area.put(row, at, fmt::format("[+{}] ", entry.hidden), over.value_or(Ink::strong));

  std::string trouble = trouble_of(scene, entry);
  const bool is_new = trouble.empty() && view.recent.is_new(entry.key());
  if (is_new) trouble = "new";
  const EventLog::Mark* did = view.log.mark_of(entry.pid);
  const bool only_did = did != nullptr && (trouble.empty() || is_new);
  if (did != nullptr) trouble = only_did ? did->text : fmt::format("{}: {}", trouble, did->text);
  if (!trouble.empty()) trouble = view.ascii ? fmt::format("<{}>", trouble) : fmt::format("‹{}›", trouble);
  std::string text = command_text(scene, entry);
  // What is wrong stays readable: the command gives way to it, down to a third of the room.
  const int left = area.columns() - at,
            wants = trouble.empty() ? 0 : static_cast<int>(display_width(trouble)) + 1;
  const int end = at + std::max(left - wants, left / 3);
  const Ink ink = ink_of(render::role_of(sample, scene.classes[entry.process]));
  const std::string prefix = view.command.merged ? merged_prefix(sample, view.command.paths) : "";
  // Scrolled to its end and no further.
  const int all = static_cast<int>(display_width(prefix) + display_width(text));
  const Ink trouble_ink = only_did ? did->ink : is_new ? Ink::good : ink == Ink::plain ? Ink::bad : ink;
  Writer out(area, row, at, end, std::min(view.command_scroll, std::max(all - (end - at), 0)));
  out.put(prefix, over.value_or(Ink::faint));
  const bool kernel = sample.stat.is_kernel_thread();
  // Where not all of it fits, the name is worth more than its directory.
  NamePart name = name_part(text, !sample.cmdline.empty());
  const bool no_room = static_cast<int>(display_width(text)) > end - at && view.command_scroll == 0;
  if (no_room || !view.command.paths) {
    text.erase(0, name.begin);
    name = {0, name.end - name.begin};
  }
  put_command(out, text, name, ink == Ink::plain ? Ink::name : ink, view.match,
              kernel && !over ? std::optional(Ink::kthread) : over);
  if (!trouble.empty()) area.put(row, out.at() + 1, trouble, over.value_or(trouble_ink));
}

void draw_thread_name(Region area, int row, int column, const model::Scene& scene, const ListRow& entry,
                      const ListView& view, std::optional<Ink> over) {
  const procfs::Stat& stat = sample_of(scene.snapshot, entry).stat;
  const int room = area.columns() - column;
  int at = column + area.put(row, column, tree_lines(view, entry, room), over.value_or(Ink::tree));
  const std::string name = fmt::format("{{{}}}", escaped(stat.comm));
  const std::size_t hit = over ? name.npos : find_ignoring_case(name, view.match);
  const std::size_t end = hit == name.npos ? 0 : hit + view.match.size();
  const auto put = [&](std::size_t from, std::size_t to, Ink ink) {
    if (from < to)
      at += area.put(row, at, std::string_view(name).substr(from, to - from), over.value_or(ink));
  };
  put(0, std::min(hit, name.size()), Ink::thread);
  put(hit, end, Ink::match);
  put(end, hit == name.npos ? 0 : name.size(), Ink::thread);
  if (!entry.has_parent()) {
    const std::string whose = escaped(scene.snapshot.processes[entry.process].stat.comm);
    at += area.put(row, at, " of " + whose, over.value_or(Ink::faint));
  }
  const std::string_view trouble = trouble_of_state(stat.state);
  if (trouble.empty()) return;
  area.put(row, at + 1, fmt::format(fmt::runtime(view.ascii ? "<{}>" : "‹{}›"), trouble),
           over.value_or(Ink::bad));
}

void draw_group_name(Region area, int row, int column, const model::Scene& scene, const ListRow& entry,
                     const ListView& view, std::optional<Ink> over) {
  const Group& group = view.list.groups().list[entry.item];
  const int room = area.columns() - column;
  int at = column + area.put(row, column, tree_lines(view, entry, room), over.value_or(Ink::tree));
  if (entry.hidden > 0) at += area.put(row, at, "[+] ", over.value_or(Ink::strong));
  at += area.put(row, at, group.name, over.value_or(group.named ? Ink::title : Ink::faint));
  std::string sums = fmt::format("  {} process{}", group.count, group.count == 1 ? "" : "es");
  for (const auto& [id, word] :
       {std::pair(model::ColumnId::cpu, "% CPU"), std::pair(model::ColumnId::rss, "")}) {
    const bool has_column = std::find(view.columns.begin(), view.columns.end(), id) != view.columns.end();
    const std::string cell = has_column ? "" : group_cell(scene, group, id);
    if (!cell.empty()) sums += fmt::format(", {}{}", cell, word);
  }
  area.put(row, at, sums, over.value_or(Ink::faint));
}

void draw_ended_command(Region area, int row, int column, const ListRow& entry, const ListView& view,
                        std::optional<Ink> over) {
  const int room = area.columns() - column;
  const int at = column + area.put(row, column, tree_lines(view, entry, room), over.value_or(Ink::tree));
  std::string how = view.log.end_of(entry.pid);
  how = how.empty() ? "ended" : "ended: " + how;
  how = view.ascii ? fmt::format("<{}>", how) : fmt::format("‹{}›", how);
  const int left = area.columns() - at, wants = static_cast<int>(display_width(how)) + 1;
  Writer out(area, row, at, at + std::max(left - wants, left / 3), view.command_scroll);
  out.put(last_cell(view.recent.ended()[entry.item], model::ColumnId::command), over.value_or(Ink::faint));
  area.put(row, out.at() + 1, how, over.value_or(Ink::event_end));
}

}  // namespace ptop::app
