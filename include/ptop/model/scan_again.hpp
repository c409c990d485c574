// One scan after another: what a process that did nothing meanwhile would only tell again is not asked.
#pragma once

#include <cstdint>
#include <memory>

#include "ptop/model/sample.hpp"

namespace ptop::model {

/// The scan before this one, and how many there were.
struct LastScan {
  std::shared_ptr<const Snapshot> snapshot;
  std::uint64_t count = 0;
  /// Whoever is not in `shown` decides on nothing that is shown, neither on rows nor on their order.
  bool others_matter = true;
};

/// Every so many scans a process on the screen is asked everything, whatever its stat says; the others more
/// seldom.
inline constexpr std::uint64_t shown_asked_anew_every = 8, others_asked_anew_every = 64;
/// A process that is not on the screen and whose stat was the same in so many scans in a row rests: its stat
/// is read in every second scan only; after some more of them in every fourth, and, where it decides on
/// nothing that is shown, after a minute of scans in every eighth.
inline constexpr std::uint8_t idle_reads_until_rest = 4, idle_reads_until_long_rest = 6,
                              idle_reads_until_longest_rest = 18;

/// Those that are in both.
Sources common(Sources a, Sources b);

/// As scan(), where only what may have changed is asked:
/// - A process whose stat is the same text as before has not used a tick of CPU time, touched no new page and
///   changed neither name nor state. Its status, cmdline, exe and cwd are taken over.
/// - Of one that is not in `shown` and did run, cmdline is asked again when its stat hints at an exec(2).
/// - One that rests is known to live, since /proc lists it; what it did shows one scan later, three at most,
///   or seven.
/// Other Sources are read as ever.
Result<Snapshot> scan_again(procfs::Reader& reader, const ScanOptions& options, const LastScan& last);

/// The last scan once more, with the processes of `options.shown` read anew and nothing else: for who
/// scrolls.
Snapshot look_again(procfs::Reader& reader, const ScanOptions& options, const LastScan& last);

}  // namespace ptop::model
