// A snapshot of one process, made for one question.
#include "candidate.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "ptop/model/one_process.hpp"

namespace ptop::insight {
namespace {

using model::ColumnId;
using model::Source;

// What one stopped process tells by itself, and tells truly while it is traced. Rates, children, sums, wchan,
// the current system call and the like are of another moment or of other processes.
constexpr model::Sources known_sources{
    Source::stat,      Source::status,    Source::cmdline, Source::cgroup,       Source::exe,
    Source::cwd,       Source::root,      Source::environ, Source::namespaces,   Source::loginuid,
    Source::sessionid, Source::autogroup, Source::label,   Source::oom_score_adj};
constexpr std::array unknown_fields{ColumnId::cpu,
                                    ColumnId::mem,
                                    ColumnId::children,
                                    ColumnId::child_count,
                                    ColumnId::tree_count,
                                    ColumnId::tree_cpu,
                                    ColumnId::tree_rss,
                                    ColumnId::tracer,
                                    ColumnId::adopter,
                                    ColumnId::adopter_evidence,
                                    ColumnId::classes,
                                    ColumnId::wchan,
                                    ColumnId::blkio_delay_ns,
                                    ColumnId::state_age_ns};

/// Its description of the process, its state and times aside.
model::Classification classified(const model::Sample& sample) {
  model::Snapshot alone;
  alone.processes.push_back(sample);
  auto classification = model::classify(alone, model::build_tree(alone), nullptr).front();
  if (sample.stat.state != procfs::TaskState::zombie) return classification;
  classification.facts.change().zombie = {.exit_code = sample.stat.exit_code, .parent = sample.stat.ppid};
  return classification;
}

void add_ancestors(model::Snapshot& snapshot, model::Tree& tree, const Lineage& ancestors) {
  tree.nodes.resize(1 + ancestors.size());
  tree.nodes[0].depth = static_cast<std::uint32_t>(ancestors.size());
  for (std::size_t i = 0; i < ancestors.size(); ++i) {
    model::Sample above;
    above.pid = ancestors[i].pid;
    above.key = {leader_of(ancestors[i].pid), ancestors[i].start};
    snapshot.processes.push_back(std::move(above));
    tree.nodes[i].parent = static_cast<model::ProcessIndex>(i + 1);
    tree.nodes[i + 1].depth = static_cast<std::uint32_t>(ancestors.size() - 1 - i);
  }
}

double seconds_since_boot() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

}  // namespace

bool is_askable_field(std::string_view key) {
  if (key == "name" || key == "tree" || key == "depth") return true;
  const bool in_seconds = key == "age" || key == "time" || key == "utime" || key == "stime";
  const model::Column* const column =
      model::find_column(in_seconds ? std::string(key) + "_ns" : std::string(key));
  if (!column || !known_sources.has_all(column->needs)) return false;
  return std::ranges::find(unknown_fields, column->id) == unknown_fields.end();
}

bool is_askable_class(model::Class c) {
  switch (c) {
    case model::Class::zombie:
    case model::Class::stopped:
    case model::Class::session_leader:
    case model::Class::group_leader:
    case model::Class::nohup:
    case model::Class::container:
      return true;
    case model::Class::kthread:
    case model::Class::orphan:
    case model::Class::daemon:
    case model::Class::traced:
      return false;
  }
  return false;
}

Interview::Interview(model::Query query, procfs::Reader reader)
    : query_(std::move(query)), reader_(std::move(reader)) {}

std::optional<model::Sample> Interview::read(Pid pid, const std::optional<model::Sample>& earlier) {
  auto sample = model::read_process(reader_, pid, query_.needs() | Source::stat);
  if (!sample) return std::nullopt;
  const bool over =
      sample->stat.state == procfs::TaskState::zombie || sample->stat.state == procfs::TaskState::dead;
  if (over && earlier) {  // its memory, files and namespaces are gone; name, IDs and times are not
    model::Sample kept = *earlier;
    kept.stat = std::move(sample->stat);
    if (sample->has(Source::status)) kept.status = sample->status;
    *sample = std::move(kept);
  }
  sample->stat.state = procfs::TaskState::running;  // but for us it would be
  return std::move(*sample);
}

bool Interview::matches(const model::Sample& sample, const Lineage& ancestors) {
  model::Snapshot snapshot;
  snapshot.processes.push_back(sample);
  snapshot.host.info = reader_.system_info();
  snapshot.host.uptime.up = seconds_since_boot();
  model::Tree tree;
  add_ancestors(snapshot, tree, ancestors);
  const std::vector<model::Classification> classes{classified(sample)};
  const model::Scene scene{snapshot, tree, classes, nullptr, users_};
  return query_.matches({scene, snapshot.processes.front(), 0});
}

void become_zombie(model::Sample& sample, const follow::Exited& exited, std::uint64_t clock_ticks) {
  constexpr int core_flag = 0x80;  // as waitpid(2) has it
  const std::uint64_t tick_ns = 1'000'000'000 / std::max<std::uint64_t>(1, clock_ticks);
  sample.stat.state = procfs::TaskState::zombie;
  sample.stat.exit_code =
      exited.signal ? *exited.signal | (exited.core ? core_flag : 0) : exited.code.value_or(0) << 8;
  if (exited.utime_ns) sample.stat.utime = Ticks(*exited.utime_ns / tick_ns);
  if (exited.stime_ns) sample.stat.stime = Ticks(*exited.stime_ns / tick_ns);
}

}  // namespace ptop::insight
