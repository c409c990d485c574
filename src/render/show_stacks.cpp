// Where each thread is in the kernel, and which locks on files the process holds or waits for.
#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/descriptors.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

void add_stack(Lines& lines, const Subject& s, const Sample& task) {
  StyledText head(fmt::format("{}", task.key.tid.raw()), Role::pid);
  head.add(fmt::format(" {}, {}", escaped(task.stat.comm), state_phrase(task)));
  lines.add_row(std::move(head));
  if (const auto call = system_call_text(s, task); !call.empty()) lines.add_row(StyledText("  " + call), 4);
  if (!task.has(Source::stack)) {
    const auto words = missing_words(task.of(Source::stack));
    lines.add_row(StyledText("  " + (words.empty() ? "not read" : words), Role::faint));
    return;
  }
  if (task.more().stack.empty()) lines.add_row(StyledText("  not in the kernel", Role::faint));
  for (const procfs::KernelFrame& frame : task.more().stack) {
    StyledText text("  " + escaped(frame.symbol));
    if (!frame.module.empty()) text.add(fmt::format("  of module {}", escaped(frame.module)), Role::faint);
    lines.add_row(std::move(text));
  }
}

std::string range_text(const procfs::FileLock& lock) {
  if (lock.start == 0 && !lock.end) return "all";
  return fmt::format("{}-{}", lock.start, lock.end ? fmt::format("{}", *lock.end) : "EOF");
}

StyledText others_text(const Subject& s, const DescriptorLock& lock) {
  StyledText text;
  const auto add = [&](Pid pid) { text.add(text.empty() ? "" : ", ").add(process_text(s.scene, pid)); };
  for (const Place other : lock.others) add(s.options.ends->owner(other).key.pid);
  for (const Pid pid : lock.pids) add(pid);
  if (lock.nameless > 0) text.add(fmt::format("{}{} unknown", text.empty() ? "" : ", ", lock.nameless));
  return text;
}

}  // namespace

PageSection kernel_stacks_section(const Scene& scene, TaskIndex task) {
  const Row row = row_of(scene, task);
  const ShowOptions options;
  const Subject s{scene, row, row.sample, options};
  Lines lines;
  for (const TaskIndex each : tasks_of(s)) add_stack(lines, s, row_of(scene, each).sample);
  return {"Kernel stacks", lines.take()};
}

PageSection locks_section(const Scene& scene, TaskIndex task, const DescriptorEnds& ends) {
  const Row row = row_of(scene, task);
  const ShowOptions options{.ends = &ends};
  const Subject s{scene, row, row.sample, options};
  Lines lines;
  Cells cells({"FD", "LOCK", "ACCESS", "RANGE", "", "BY", "FILE"}, {true});
  for (const Place place : descriptors_of(s)) {
    for (const DescriptorLock& found : ends.locks(place)) {
      const StyledText others = others_text(s, found);
      const std::string_view state = found.waiting    ? "waits, held"
                                     : others.empty() ? "holds"
                                                      : "holds, awaited";
      cells.add({{Role::pid, fmt::format("{}", ends.at(place).fd)},
                 {Role::plain, std::string(lock_kind_name(found.lock.kind))},
                 {Role::plain, std::string(lock_access_name(found.lock.access))},
                 {Role::plain, range_text(found.lock)},
                 {found.waiting ? Role::warning : Role::plain, std::string(state)},
                 {Role::plain, others.plain()},
                 {Role::plain, descriptor_name(ends, place)}},
                others.processes());
    }
  }
  if (cells.empty()) {
    lines.add_row(StyledText("none on files, as far as is known", Role::faint));
  } else {
    cells.write(lines, Cells::Long::wrapped);
  }
  return {"Locks", lines.take()};
}

}  // namespace ptop::render
