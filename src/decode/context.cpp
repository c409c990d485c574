// Reading a tracee's memory for one decoding, and building the nodes that need a table.
#include "context.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "flag_tables.hpp"
#include "ptop/base/names.hpp"

namespace ptop::decode {
namespace {

// The smallest page size of any architecture: a read that ends at a multiple of it never touches a page more
// than it must.
constexpr std::uint64_t page = 4096;
constexpr std::size_t read_ahead = 512;

std::size_t to_page_end(std::uint64_t address) { return static_cast<std::size_t>(page - address % page); }

std::span<char> grown(Arena& arena, std::span<char> full) {
  auto larger = arena.array<char>(full.size() * 4);
  std::copy(full.begin(), full.end(), larger.begin());
  return larger;
}

}  // namespace

std::size_t Context::from_window(std::uint64_t address, std::span<std::byte> out) const {
  if (address < window_address_ || address - window_address_ >= window_size_) return 0;
  const auto from = static_cast<std::size_t>(address - window_address_);
  const std::size_t n = std::min(out.size(), window_size_ - from);
  std::memcpy(out.data(), window_.data() + from, n);
  return n;
}

void Context::fill_window(std::uint64_t address, std::size_t wanted) {
  const std::size_t n = std::min(std::max(wanted, read_ahead), to_page_end(address));
  window_address_ = address;
  window_size_ = memory_.read(address, std::span(window_).first(n));
}

std::size_t Context::read_some(std::uint64_t address, std::span<std::byte> out) {
  if (word_size() == 4 && address > UINT32_MAX)
    return 0;  // a stray register: such a caller has no memory there
  if (const std::size_t n = from_window(address, out); n > 0) return n;
  if (out.size() > to_page_end(address)) return memory_.read(address, out);
  fill_window(address, out.size());
  return from_window(address, out);
}

bool Context::read(std::uint64_t address, std::span<std::byte> out) {
  while (!out.empty()) {
    const std::size_t n = read_some(address, out);
    if (n == 0) return false;
    address += n;
    out = out.subspan(n);
  }
  return true;
}

std::optional<std::uint64_t> Context::word(std::uint64_t address) {
  std::uint64_t value = 0;
  if (!read(address, std::as_writable_bytes(std::span(&value, 1)).first(word_size()))) return std::nullopt;
  return value;
}

std::optional<FoundString> Context::string(std::uint64_t address, std::size_t limit) {
  std::array<char, page> first;
  std::span<char> store = first;
  std::size_t used = 0;
  while (used < limit) {
    if (used == store.size()) store = grown(arena_, store);
    // Up to the end of the page first: the next one may be unmapped, and the string may end before it.
    const std::size_t chunk = std::min(
        {limit - used, store.size() - used, to_page_end(address + used), std::max(used, read_ahead)});
    const auto part = store.subspan(used, chunk);
    const std::size_t n = read_some(address + used, std::as_writable_bytes(part));
    if (n == 0) return std::nullopt;
    const void* end = std::memchr(part.data(), 0, n);
    used += end != nullptr ? static_cast<std::size_t>(static_cast<const char*>(end) - part.data()) : n;
    if (end != nullptr) return FoundString{arena_.copy({store.data(), used}), true};
  }
  return FoundString{arena_.copy({store.data(), used}), false};
}

Decoded make_unread(std::uint64_t address) {
  if (address == 0) return make_address(0);
  return {Unreadable{address}};
}

Decoded make_text(std::string_view bytes, bool truncated) { return {Text{bytes, truncated}}; }

FlagNames make_flags(Arena& arena, std::uint64_t value, const Table& table) {
  std::array<std::size_t, 64> found;
  std::size_t n = 0;
  std::uint64_t rest = value;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const FlagName row = table.rows[i];
    const bool is_set = row.mask != 0    ? (value & row.mask) == row.value
                        : row.value != 0 ? (rest & row.value) == row.value
                                         : value == 0;
    if (!is_set || n == found.size()) continue;
    rest &= ~(row.mask | row.value);
    found[n++] = i;
  }
  auto names = arena.array<std::string_view>(n);
  for (std::size_t i = 0; i < n; ++i) names[i] = table.rows[found[i]].name;
  return {value, names, rest, table.family};
}

Decoded make_fd(std::int32_t v, Arena& arena, const Options& options) {
  FileDescriptor descriptor{v, {}, {}};
  if (options.descriptors != nullptr && v >= 0) {
    const DescriptorName name = options.descriptors->name(v, arena);
    descriptor.path = name.path;
    descriptor.detail = name.detail;
    descriptor.deleted = name.deleted;
  }
  return {descriptor};
}

Decoded make_pid(std::int64_t v, Arena& arena, const Options& options) {
  if (options.processes == nullptr || v <= 0) return make_group(v, arena, options);
  return {ProcessId{v, options.processes->comm(v, arena), options.processes->outside(v)}};
}

Decoded make_group(std::int64_t v, Arena&, const Options& options) {
  constexpr std::int64_t least = std::numeric_limits<std::int32_t>::min();  // whose opposite is no pid
  if (options.processes == nullptr || v == 0 || v == -1 || v <= least) return {ProcessId{v, {}}};
  return {ProcessId{v, {}, options.processes->outside(v < 0 ? -v : v)}};
}

Decoded make_error_or_number(Arena& arena, std::int64_t value) {
  const std::string_view name =
      value < 0 && value > -4096 ? errno_name(static_cast<int>(-value)) : std::string_view{};
  if (name.empty()) return make_signed(value);
  return make_word(arena, static_cast<std::uint64_t>(value), "-{}", name);
}

Decoded make_symbol(std::uint64_t value, const Table& table) {
  return {Symbol{static_cast<std::int64_t>(value), table.rows.name_of(value), table.family}};
}

Decoded make_signal(std::uint64_t number) {
  const auto signed_number = static_cast<std::int32_t>(number);
  if (number == 0 || number > signal_names.rows.size()) return make_signed(signed_number);
  return {Symbol{signed_number, signal_names.rows[number - 1].name, signal_names.family}};
}

// A mask that holds nearly everything is shown by what it leaves out: at two thirds of all signals and more,
// as in strace.
Decoded make_signal_set(Arena& arena, std::uint64_t mask, unsigned signals) {
  const bool inverted = static_cast<unsigned>(std::popcount(mask)) >= signals * 2 / 3;
  const std::uint64_t shown = (inverted ? ~mask : mask) & (~std::uint64_t{0} >> (64 - signals));
  auto names = arena.array<std::string_view>(static_cast<std::size_t>(std::popcount(shown)));
  std::size_t n = 0;
  for (std::size_t i = 0; i < signals; ++i) {
    if ((shown >> i & 1) == 0) continue;
    names[n++] = signal_names.rows[i].name.substr(3);  // without "SIG"
  }
  return {SignalSet{mask, names, inverted}};
}

}  // namespace ptop::decode
