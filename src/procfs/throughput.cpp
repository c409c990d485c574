// Sums over the lines of diskstats and net/dev.
#include "ptop/procfs/throughput.hpp"

#include <algorithm>

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

constexpr std::uint64_t sector = 512;  // of diskstats, whatever the disk has

/// Devices that stand above disks, or are none.
bool stands_above_disks(std::string_view name) {
  for (const std::string_view kind : {"dm-", "md", "loop", "ram", "zram", "sr", "fd"}) {
    if (name.starts_with(kind)) return true;
  }
  return false;
}

/// "sda1" of "sda", "nvme0n1p2" of "nvme0n1"; "sdaa" and "nvme0n10" are disks of their own.
bool is_partition(std::string_view name, std::string_view disk) {
  if (disk.empty() || !name.starts_with(disk)) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string_view rest = name.substr(disk.size());
  if (is_digit(disk.back())) {
    if (!rest.starts_with('p')) return false;
    rest.remove_prefix(1);
  }
  return !rest.empty() && std::all_of(rest.begin(), rest.end(), is_digit);
}

}  // namespace

Result<Traffic> parse_diskstats(std::string_view text) {
  Traffic sum;
  std::string_view disk;  // the last whole one: its partitions follow, and begin with its name
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view words = take_line(rest);
    const std::string_view line = words;
    if (words.find_first_not_of(' ') == words.npos) continue;
    take_word(words), take_word(words);  // major, minor
    const std::string_view name = take_word(words);
    std::uint64_t reads_done = 0, reads_merged = 0, read = 0, ms = 0, writes_done = 0, writes_merged = 0,
                  written = 0;
    for (std::uint64_t* field :
         {&reads_done, &reads_merged, &read, &ms, &writes_done, &writes_merged, &written}) {
      if (!parse_into(*field, take_word(words))) return malformed("diskstats", line);
    }
    if (stands_above_disks(name) || is_partition(name, disk)) continue;
    disk = name;
    sum.in += read * sector;
    sum.out += written * sector;
  }
  return sum;
}

Result<Traffic> parse_net_dev(std::string_view text) {
  Traffic sum;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    const auto colon = line.rfind(':');  // an alias has one in its name
    if (colon == line.npos) continue;    // the two lines of titles
    std::string_view name = line.substr(0, colon), words = line.substr(colon + 1);
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    Traffic one;
    if (!parse_into(one.in, take_word(words))) return malformed("net/dev", line);
    for (int skipped = 0; skipped < 7; ++skipped) take_word(words);  // packets to multicast
    if (!parse_into(one.out, take_word(words))) return malformed("net/dev", line);
    if (name == "lo") continue;
    sum.in += one.in;
    sum.out += one.out;
  }
  return sum;
}

}  // namespace ptop::procfs
