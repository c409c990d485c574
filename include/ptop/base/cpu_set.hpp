// Processors as a set, however many the machine has.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ptop {

class CpuSet {
 public:
  CpuSet() = default;
  /// Bits as sched_getaffinity(2) gives and takes them, 64 processors a word.
  explicit CpuSet(std::vector<std::uint64_t> words);

  void add(unsigned cpu);
  bool has(unsigned cpu) const;
  bool empty() const { return words_.empty(); }
  const std::vector<std::uint64_t>& words() const { return words_; }
  CpuSet& operator|=(const CpuSet& other);
  CpuSet& operator&=(const CpuSet& other);
  friend CpuSet operator|(CpuSet a, const CpuSet& b) { return a |= b; }
  friend CpuSet operator&(CpuSet a, const CpuSet& b) { return a &= b; }
  friend bool operator==(const CpuSet&, const CpuSet&) = default;
  std::string text() const;  ///< "0-3,8"; "": none

 private:
  void trim();
  std::vector<std::uint64_t> words_;  ///< the last one is never 0
};

/// The kernel's list format, "0-3,8", a newline allowed at its end. nullopt: it is none.
std::optional<CpuSet> parse_cpu_list(std::string_view text);

}  // namespace ptop
