// Values that several files, or several processes, tell together.
#include <array>

#include <fmt/format.h>

#include "column_values.hpp"
#include "ptop/model/syscall_text.hpp"
#include "sysv_mapping.hpp"

namespace ptop::model::values {
namespace {

using Where = procfs::SyscallState::Where;

bool is_same_file(const procfs::FileStatus& a, const procfs::FileStatus& b) {
  return a.device == b.device && a.inode == b.inode;
}

std::optional<Adopter> adopter_of_row(const Row& row) {
  return adopter_of(row.scene.snapshot, row.scene.tree, row.scene.classes, row.index);
}

/// The owner of the user namespace a row's task is in; nullptr: nothing was read of it.
const NamespaceFacts* user_namespace(const Row& row) {
  const auto inode = namespace_of(row.sample, "user");
  if (!inode) return nullptr;
  const auto& all = row.scene.snapshot.namespaces;
  const auto found = all.find(*inode);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace

Value state_age_ns(const Row& row) { return to_value(state_age(row.scene.snapshot, row.sample)); }
Availability why_no_state_age(const Row& row) {
  // What runs, or never ran, has not been in its state for any time.
  const bool has_clock = !row.scene.snapshot.sched_clocks.empty();
  return has_clock ? Availability::present : Availability::unsupported;
}

// Without the counting the field is a 0 that means nothing. Kernels before 5.14 count unless told not to, and
// have no file that says so.
Value blkio_delay_ns(const Row& row) {
  if (why_no_blkio_delay(row) != Availability::present) return {};
  return to_ns(row.sample.stat.blkio_delay.raw(), row);
}
Availability why_no_blkio_delay(const Row& row) {
  const bool is_nothing = row.sample.stat.blkio_delay == Ticks() && !counts_delays(row);
  return is_nothing ? Availability::unsupported : Availability::present;
}
bool counts_delays(const Row& row) {
  const HostSample& host = row.scene.snapshot.host;
  return !host.has(HostSource::delay_accounting) || host.delay_accounting;
}

Value syscall_name(const Row& row) {
  const auto& state = row.sample.more().syscall;
  if (!row.sample.has(Source::syscall) || row.sample.stat.is_kernel_thread()) return {};
  if (state.where == Where::running) return Word("running");
  if (state.where == Where::outside) return Word("none");
  return Word(kept(row, model::syscall_name(state)));
}
Value syscall_args(const Row& row) {
  if (!row.sample.has(Source::syscall) || row.sample.stat.is_kernel_thread()) return {};
  const auto& state = row.sample.more().syscall;
  if (state.where != Where::inside) return {};
  WordList words;
  for (const SyscallArgument& argument : syscall_arguments(state))
    words.push_back(kept(row, fmt::format("{:#x}", argument.value)));
  return words;
}

Value exe_file(const Row& row) {
  if (!row.sample.has(Source::exe_file)) return {};
  const ExeFile& file = row.sample.more().exe_file;
  if (!file.named) return Word("deleted");
  return Word(is_same_file(file.running, *file.named) ? "same" : "replaced");
}

Value std_files(const Row& row) {
  if (!row.sample.has(Source::std_files)) return {};
  ByteList links;
  for (const auto& link : row.sample.more().std_files)
    links.push_back({link ? std::string_view(*link) : std::string_view()});
  return links;
}

Value adopter(const Row& row) {
  const auto found = adopter_of_row(row);
  return found ? to_value(found->pid) : Value();
}
Value adopter_evidence(const Row& row) {
  const auto found = adopter_of_row(row);
  return found ? Value(adopter_evidence_name(found->evidence)) : Value();
}
Availability why_no_adopter(const Row& row) {
  return row.sample.stat.is_kernel_thread() ? Availability::present : Availability::unsupported;
}

// prctl(2) PR_GET_SECUREBITS asks about the caller alone, and no file of /proc shows them.
Value securebits(const Row&) { return {}; }
Availability why_no_securebits(const Row&) { return Availability::unsupported; }

Value userns_owner(const Row& row) {
  const NamespaceFacts* facts = user_namespace(row);
  return facts != nullptr && facts->owner_uid.known() ? to_value(facts->owner_uid.value) : Value();
}
Availability why_no_userns_owner(const Row& row) {
  const NamespaceFacts* facts = user_namespace(row);
  return facts == nullptr ? Availability::unsupported : facts->owner_uid.availability;
}

Value sysv_shm(const Row& row) {
  if (!row.sample.has(Source::maps)) return {};
  NumberList ids;
  for (const auto& m : row.sample.more().maps) {
    if (is_sysv_mapping(m)) ids.push_back(sysv_id(m));
  }
  return ids;
}

Value posix_shm(const Row& row) {
  if (!row.sample.has(Source::maps)) return {};
  ByteList paths;
  for (const auto& m : row.sample.more().maps) {
    const bool is_new = paths.empty() || paths.back().text != m.path;
    if (m.shared && is_new && m.path.starts_with("/dev/shm/")) paths.push_back({m.path});
  }
  return paths;
}

}  // namespace ptop::model::values
