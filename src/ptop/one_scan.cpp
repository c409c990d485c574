// Reads once and thinks once.
#include "one_scan.hpp"

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

Result<Snapshot> scan_once(const Options& options, const ScanOptions& what) {
  auto reader = procfs::Reader::open(options.proc);
  if (!reader) return fail(reader.error());
  return scan(*reader, what);
}

}  // namespace ptop::app
