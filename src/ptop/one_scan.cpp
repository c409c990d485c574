// Reads once and thinks once.
#include "one_scan.hpp"

namespace ptop::app {

using namespace model;

OneScan::OneScan(Snapshot snapshot)
    : snapshot_(std::move(snapshot)),
      tree_(build_tree(snapshot_)),
      classes_(classify(snapshot_, tree_, nullptr)) {}

Result<Snapshot> scan_once(const Options& options, const ScanOptions& what) {
  auto reader = procfs::Reader::open(options.proc);
  if (!reader) return fail(reader.error());
  return scan(*reader, what);
}

}  // namespace ptop::app
