// Memory: what flags say about the arguments, sizes of huge pages, masks of nodes, pages in core.
#include <algorithm>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

// MAP_HUGE_SHIFT, MFD_HUGE_SHIFT and SHM_HUGE_SHIFT: six bits with the logarithm of a page's size.
constexpr std::uint64_t huge_shift = 26, huge_mask = 0x3fULL << huge_shift;

// `21<<MAP_HUGE_SHIFT` behind the names, where there are huge pages at all.
FlagNames with_huge_size(Arena& arena, const FlagNames& flags, std::string_view shift) {
  const std::uint64_t logarithm = (flags.rest & huge_mask) >> huge_shift;
  if (logarithm == 0) return flags;
  FlagNames all = flags;
  auto names = arena.array<std::string_view>(flags.names.size() + 1);
  std::copy(flags.names.begin(), flags.names.end(), names.begin());
  const Decoded text = make_word(arena, 0, "{}<<{}", logarithm, shift);
  names.back() = std::get<Word>(text.what).text;
  all.names = names;
  all.rest &= ~huge_mask;
  return all;
}

Decoded node_word(Arena& arena, std::uint64_t word, std::size_t size) {
  const std::size_t columns = 2 * size;
  return word == 0 ? make_word(arena, 0, "{:0{}}", 0, columns)
                   : make_word(arena, word, "{:#0{}x}", word, columns);
}

constexpr Member cachestat_range_members[] = {u64("off"), u64("len")};
constexpr Structure cachestat_range{cachestat_range_members};
constexpr Member cachestat_members[] = {u64("nr_cache"), u64("nr_dirty"), u64("nr_writeback"),
                                        u64("nr_evicted"), u64("nr_recently_evicted")};
constexpr Structure cachestat{cachestat_members};

}  // namespace

// The kernel takes it with MREMAP_FIXED, and with MREMAP_DONTUNMAP as a hint.
bool mremap_is_fixed(const Args& args) {
  constexpr std::uint64_t mremap_maymove = 1, mremap_fixed = 2, mremap_dontunmap = 4;
  return (args[3] & mremap_maymove) != 0 && (args[3] & (mremap_fixed | mremap_dontunmap)) != 0;
}

bool membarrier_has_cpu(const Args& args) {
  constexpr std::uint64_t flag_cpu = 1;
  return (args[1] & flag_cpu) != 0;
}

Decoded decode_map_flags(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t map_hugetlb = 0x40000;
  const FlagNames flags = make_flags(context.arena(), value & 0xffffffff, map_flags);
  if ((value & map_hugetlb) == 0) return {flags};
  return {with_huge_size(context.arena(), flags, "MAP_HUGE_SHIFT")};
}
Decoded decode_memfd_flags(Context& context, const Argument&, std::uint64_t value) {
  constexpr std::uint64_t mfd_hugetlb = 4;
  const FlagNames flags = make_flags(context.arena(), value & 0xffffffff, memfd_flags);
  if ((value & mfd_hugetlb) == 0) return {flags};
  return {with_huge_size(context.arena(), flags, "MFD_HUGE_SHIFT")};
}

// Longs of bits.
Decoded decode_node_mask(Context& context, const Argument& argument, std::uint64_t address) {
  // The kernel counts one less than it is told (get_nodes(), mm/mempolicy.c).
  const std::uint64_t maxnode = context.arg(argument.length.index);
  if (maxnode <= 1) return make_unread(address);
  const std::uint64_t bits = maxnode - 1;
  const std::uint64_t word_bits = context.word_size() * 8;
  const std::uint64_t words = bits / word_bits + (bits % word_bits != 0 ? 1 : 0);
  return make_list(context, address, words, context.word_size(), [&](std::uint64_t at) -> Decoded {
    const auto word = context.word(at);
    return word ? node_word(context.arena(), *word, context.word_size()) : Decoded{};
  });
}

Decoded decode_policy_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto policy = context.object<std::uint32_t>(address);
  if (address == 0 || !policy) return make_unread(address);
  return {List{{context.arena().node({make_flags(context.arena(), *policy, memory_policies)}), 1}}};
}

// One byte per page, of which the lowest bit counts.
Decoded decode_residence(Context& context, const Argument&, std::uint64_t address) {
  constexpr std::uint64_t page = 4096;
  const std::uint64_t length = context.arg(1);
  const std::uint64_t pages = length / page + (length % page != 0 ? 1 : 0);
  return make_list(context, address, pages, 1, [&](std::uint64_t at) -> Decoded {
    const auto byte = context.object<std::uint8_t>(at);
    return byte ? make_unsigned(*byte & 1U) : Decoded{};
  });
}

Decoded decode_page_addresses(Context& context, const Argument& argument, std::uint64_t address) {
  return make_list(context, address, context.arg(argument.length.index), context.word_size(),
                   [&](std::uint64_t at) -> Decoded {
                     const auto page = context.word(at);
                     return page ? make_address(*page) : Decoded{};
                   });
}
Decoded decode_page_nodes(Context& context, const Argument& argument, std::uint64_t address) {
  return make_list(context, address, context.arg(argument.length.index), 4, [&](std::uint64_t at) -> Decoded {
    const auto node = context.object<std::int32_t>(at);
    return node ? make_signed(*node) : Decoded{};
  });
}
// A node, or why the page has none.
Decoded decode_page_states(Context& context, const Argument& argument, std::uint64_t address) {
  return make_list(context, address, context.arg(argument.length.index), 4, [&](std::uint64_t at) -> Decoded {
    const auto state = context.object<std::int32_t>(at);
    return state ? make_error_or_number(context.arena(), *state) : Decoded{};
  });
}

// Which commands there are is a set of them, and so are those that were registered.
Decoded decode_membarrier_result(Context& context) {
  const auto value = static_cast<std::uint64_t>(context.result()->value);
  return context.arg(0) == 0 ? make_unsigned(value, Base::hex) : make_signed(context.result()->value);
}
std::span<const Field> detail_of_membarrier(Context& context) {
  constexpr std::uint64_t query = 0, registrations = 0x200;
  const std::uint64_t command = context.arg(0) & 0xffffffff;
  if (context.failed() || context.result()->value == 0) return {};
  if (command != query && command != registrations) return {};
  FlagNames set =
      make_flags(context.arena(), static_cast<std::uint64_t>(context.result()->value), membarrier_commands);
  return make_detail(context.arena(), {set});
}

Decoded decode_cachestat_range(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, cachestat_range, address);
}
Decoded decode_cachestat(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, cachestat, address);
}

}  // namespace ptop::decode
