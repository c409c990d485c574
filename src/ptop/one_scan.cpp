// Reads once and thinks once.
#include "one_scan.hpp"

#include <fmt/format.h>

#include "ptop/base/message.hpp"

namespace ptop::app {

using namespace model;

OneScan::OneScan(Snapshot snapshot)
    : snapshot_(std::move(snapshot)),
      tree_(build_tree(snapshot_)),
      classes_(classify(snapshot_, tree_, nullptr)),
      users_(snapshot_.machine_root) {}

std::unique_ptr<FileScan> scan_files(const Options& options, const std::vector<Pid>& pids) {
  if (pids.empty()) return nullptr;
  auto reader = procfs::Reader::open(options.proc);
  if (!reader) return nullptr;
  auto found = scan_descriptors(*reader, {.pids = pids, .details = true, .path = std::nullopt});
  return found ? std::make_unique<FileScan>(std::move(*found)) : nullptr;
}

namespace {

void tell_of_denied(std::size_t count) {
  const bool one = count == 1;
  say("ptop", fmt::format("{} {} left out: nothing of {} may be read (/proc is mounted with hidepid)", count,
                          one ? "process is" : "processes are", one ? "it" : "them"));
}

}  // namespace

Result<Snapshot> scan_once(const Options& options, const ScanOptions& what) {
  auto reader = procfs::Reader::open(options.proc);
  if (!reader) return fail(reader.error());
  auto snapshot = scan(*reader, what);
  if (snapshot && snapshot->denied != 0) tell_of_denied(snapshot->denied);
  return snapshot;
}

}  // namespace ptop::app
