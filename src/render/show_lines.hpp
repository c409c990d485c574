// What the sections of the page share: the process they are about, and how facts become lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/render/show.hpp"

namespace ptop::render {

/// The task a page is about.
struct Subject {
  const model::Scene& scene;
  model::Row row;
  const model::Sample& sample;
  const ShowOptions& options;

  const model::Classification& classification() const { return scene.classes[row.index]; }
  const model::TreeNode& node() const { return scene.tree.nodes[row.index]; }
  const model::Sample& process() const { return scene.snapshot.processes[row.index]; }
  const model::Sample& process(model::ProcessIndex i) const { return scene.snapshot.processes[i]; }
  bool is_kernel_thread() const { return sample.stat.is_kernel_thread(); }
  bool is_zombie() const { return sample.stat.state == procfs::TaskState::zombie; }
  std::string_view arrow() const { return options.ascii ? "->" : "→"; }
  /// As the table shows it; "" when it is unknown.
  std::string cell(model::ColumnId id) const;
};

/// "not readable: permission denied": why something is not shown; "" for present and not_read.
std::string missing_words(model::Availability availability);

/// "4711 nginx"; the pid alone when it is not in sight.
StyledText process_text(const model::Scene& scene, Pid pid);
StyledText process_text(const model::Sample& sample);

/// Whether the file of its program has no name any more; memfd_create(2) gives none in the first place.
bool lost_its_file(const model::Sample& sample);

/// "1 child", "12 children".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);
/// "12345678" as "12,345,678".
std::string grouped(std::uint64_t number);

/// The process and its threads.
std::vector<model::TaskIndex> tasks_of(const Subject& subject);

class Lines {
 public:
  void add(std::string_view label, StyledText text) {
    lines_.push_back({std::string(label), std::move(text)});
  }
  /// Nothing for an empty text.
  void add_known(std::string_view label, const std::string& text) {
    if (!text.empty()) add(label, text);
  }
  void add_row(StyledText text, std::optional<std::size_t> hanging = std::nullopt) {
    lines_.push_back({{}, std::move(text), true, hanging});
  }
  /// True when the source was read; otherwise a line says why it was not, if there is something to say.
  bool has(std::string_view label, const model::Sample& sample, model::Source source);
  std::vector<PageLine> take() { return std::move(lines_); }

 private:
  std::vector<PageLine> lines_;
};

/// Rows of cells to lines with aligned columns; the last column takes what is left.
class Cells {
 public:
  using Row = std::vector<Span>;
  /// `right`: which columns are right-aligned.
  Cells(const std::vector<std::string_view>& titles, std::vector<bool> right);
  void add(Row row, std::vector<ProcessKey> named = {}) {
    rows_.push_back(std::move(row));
    named_.push_back(std::move(named));
  }
  bool empty() const { return rows_.size() == 1; }
  enum class Long : std::uint8_t { cut, wrapped };  ///< a last column that does not fit
  void write(Lines& lines, Long rows = Long::cut) const;

 private:
  std::vector<bool> right_;
  std::vector<Row> rows_;
  std::vector<std::vector<ProcessKey>> named_;  ///< whom each row is about, beside its text
};

void show_family(Lines& lines, const Subject& subject);
void show_program(Lines& lines, const Subject& subject);
void show_state(Lines& lines, const Subject& subject);
void show_user(Lines& lines, const Subject& subject);
void show_cpu(Lines& lines, const Subject& subject);
void show_memory(Lines& lines, const Subject& subject);
void show_io(Lines& lines, const Subject& subject);
void show_files(Lines& lines, const Subject& subject);
void show_signals(Lines& lines, const Subject& subject);
void show_limits(Lines& lines, const Subject& subject);
void show_namespaces(Lines& lines, const Subject& subject);
void show_cgroup(Lines& lines, const Subject& subject);
void show_ipc(Lines& lines, const Subject& subject);
void show_threads(Lines& lines, const Subject& subject);

/// Parts of the sections memory and cgroup.
void show_mappings(Lines& lines, const Subject& subject);
void show_cgroup_use(Lines& lines, const Subject& subject);

/// What it is in one sentence, and what is wrong with it.
StyledText show_headline(const Subject& subject);
std::vector<StyledText> show_troubles(const Subject& subject);

/// "sleeping", "in uninterruptible sleep": after "it is".
std::string state_phrase(const model::Sample& sample);
/// "read(3</tmp/x>, 0x7ffd…, 4096)"; nothing when it is in none or may not be asked.
std::string system_call_text(const Subject& subject, const model::Sample& sample);
/// Who is at the other ends of a descriptor, holds the lock it waits for, or waits for that it holds.
std::vector<ProcessKey> others_at(const Subject& subject, model::Place place);
/// The descriptors of the subject's process; empty when they were not scanned or not allowed.
std::vector<model::Place> descriptors_of(const Subject& subject);

}  // namespace ptop::render
