// Where a task's submission queues are: /proc/<tid>/fdinfo/<fd> says which entries wait to be submitted, and
// /proc/<tid>/maps where they are mapped (io_uring(7)).
#include <array>
#include <fstream>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "ptop/base/number.hpp"
#include "surroundings.hpp"

namespace ptop::follow {
namespace {

// include/uapi/linux/io_uring.h, IORING_OFF_SQES; an entry, and one of a ring with IORING_SETUP_SQE128.
constexpr std::uint64_t entries_offset = 0x10000000, entry_size = 64, large_entry_size = 128;

/// Of one ring: its inode, how many entries it has, and the numbers of those that wait, oldest first.
struct Waiting {
  std::uint64_t inode = 0, entries = 0;
  bool are_large = false;
  std::span<const std::uint64_t> numbers;
};

struct Mapping {
  std::uint64_t address = 0, size = 0, inode = 0;
};

std::string_view first_word(std::string_view& line) {
  const auto begin = std::min(line.find_first_not_of(" \t"), line.size());
  const auto end = std::min(line.find_first_of(" \t", begin), line.size());
  const std::string_view word = line.substr(begin, end - begin);
  line.remove_prefix(end);
  return word;
}

template <class Number>
std::optional<Number> number_after(std::string_view line, std::string_view key) {
  if (!line.starts_with(key)) return std::nullopt;
  line.remove_prefix(key.size());
  std::string_view word = first_word(line);
  if (word.starts_with("0x")) {
    word.remove_prefix(2);
    return parse_number<Number>(word, 16);
  }
  return parse_number<Number>(word);
}

// "    3: opcode:OPENAT, fd:-100, …": below "SQEs:", which says how many of them there are.
Waiting read_waiting(const std::string& path, std::uint32_t limit, decode::Arena& arena) {
  std::ifstream file(path);
  Waiting waiting;
  std::span<std::uint64_t> numbers;
  std::size_t used = 0;
  for (std::string line; std::getline(file, line);) {
    if (const auto inode = number_after<std::uint64_t>(line, "ino:")) waiting.inode = *inode;
    if (const auto mask = number_after<std::uint64_t>(line, "SqMask:")) waiting.entries = *mask + 1;
    if (const auto count = number_after<std::uint32_t>(line, "SQEs:"))
      numbers = arena.array<std::uint64_t>(std::min(*count, limit));
    const auto colon = line.find(": opcode:");
    if (colon == line.npos || used == numbers.size()) continue;
    // What lies behind the first 64 bytes of an entry is shown as words.
    waiting.are_large = waiting.are_large || line.find(", e0:0x") != line.npos;
    std::string_view head = std::string_view(line).substr(0, colon);
    if (const auto number = parse_number<std::uint64_t>(first_word(head))) numbers[used++] = *number;
  }
  waiting.numbers = numbers.first(used);
  return waiting;
}

// 7fd1c61eb000-7fd1c61ec000 rw-s 10000000 00:10 754474                     anon_inode:[io_uring]
std::optional<Mapping> parse_mapping(std::string_view line) {
  if (!line.ends_with("anon_inode:[io_uring]")) return std::nullopt;
  const std::string_view range = first_word(line);
  first_word(line);
  const auto offset = parse_number<std::uint64_t>(first_word(line), 16);
  first_word(line);
  const auto inode = parse_number<std::uint64_t>(first_word(line));
  const auto dash = range.find('-');
  if (offset != entries_offset || !inode || dash == range.npos) return std::nullopt;
  const auto begin = parse_number<std::uint64_t>(range.substr(0, dash), 16);
  const auto end = parse_number<std::uint64_t>(range.substr(dash + 1), 16);
  if (!begin || !end || *end <= *begin) return std::nullopt;
  return Mapping{*begin, *end - *begin, *inode};
}

// Before Linux 6.x all rings shared one inode: the first one that is large enough is taken.
std::optional<Mapping> find_mapping(const std::string& path, const Waiting& waiting) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto mapping = parse_mapping(line);
    if (mapping && mapping->inode == waiting.inode && mapping->size >= waiting.entries * entry_size)
      return mapping;
  }
  return std::nullopt;
}

}  // namespace

std::span<const std::uint64_t> TaskSurroundings::submissions(std::int32_t fd, std::uint32_t limit,
                                                             decode::Arena& arena) {
  const Waiting waiting = read_waiting(fmt::format("/proc/{}/fdinfo/{}", tid_.raw(), fd), limit, arena);
  if (waiting.numbers.empty()) return {};
  const auto mapping = find_mapping(fmt::format("/proc/{}/maps", tid_.raw()), waiting);
  if (!mapping) return {};
  auto addresses = arena.array<std::uint64_t>(waiting.numbers.size());
  std::size_t used = 0;
  for (const std::uint64_t number : waiting.numbers) {
    if (number < waiting.entries)
      addresses[used++] = mapping->address + number * (waiting.are_large ? large_entry_size : entry_size);
  }
  return addresses.first(used);
}

}  // namespace ptop::follow
