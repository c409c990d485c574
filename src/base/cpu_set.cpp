// Processors as bits, and as the kernel's lists of ranges: bitmap_parselist() in its lib/.
#include "ptop/base/cpu_set.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/number.hpp"

namespace ptop {
namespace {

constexpr unsigned bits = 64, too_many = 1U << 16;

}  // namespace

CpuSet::CpuSet(std::vector<std::uint64_t> words) : words_(std::move(words)) { trim(); }

void CpuSet::trim() {
  while (!words_.empty() && words_.back() == 0) words_.pop_back();
}

void CpuSet::add(unsigned cpu) {
  if (cpu / bits >= words_.size()) words_.resize(cpu / bits + 1);
  words_[cpu / bits] |= std::uint64_t{1} << cpu % bits;
}

bool CpuSet::has(unsigned cpu) const {
  return cpu / bits < words_.size() && (words_[cpu / bits] >> cpu % bits & 1U) != 0;
}

CpuSet& CpuSet::operator|=(const CpuSet& other) {
  words_.resize(std::max(words_.size(), other.words_.size()));
  for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

CpuSet& CpuSet::operator&=(const CpuSet& other) {
  words_.resize(std::min(words_.size(), other.words_.size()));
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  trim();
  return *this;
}

std::string CpuSet::text() const {
  std::string text;
  const auto end = static_cast<unsigned>(words_.size()) * bits;
  for (unsigned cpu = 0; cpu < end; ++cpu) {
    if (!has(cpu)) continue;
    const unsigned first = cpu;
    while (has(cpu + 1)) ++cpu;
    text += fmt::format("{}{}", text.empty() ? "" : ",", first);
    if (cpu > first) text += fmt::format("-{}", cpu);
  }
  return text;
}

std::optional<CpuSet> parse_cpu_list(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  CpuSet set;
  while (!text.empty()) {
    const std::string_view range = text.substr(0, text.find(','));
    text.remove_prefix(std::min(range.size() + 1, text.size()));
    const auto dash = range.find('-');
    const auto first = parse_number<unsigned>(range.substr(0, dash));
    const auto last = dash == range.npos ? first : parse_number<unsigned>(range.substr(dash + 1));
    if (!first || !last || *first > *last || *last >= too_many) return std::nullopt;
    for (unsigned cpu = *first; cpu <= *last; ++cpu) set.add(cpu);
  }
  return set;
}

}  // namespace ptop
