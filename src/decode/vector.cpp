// readv(2) and relatives, directory entries, bytes nobody has a name for.
#include "vector.hpp"

#include <algorithm>

#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"

namespace ptop::decode {
namespace {

Decoded iovec_record(Context& context, std::uint64_t at, Buffers buffers, std::uint64_t& bytes) {
  const auto base = context.word(at), size = context.word(at + context.word_size());
  if (!base || !size) return {};
  const std::uint64_t length = std::min(*size, bytes);
  bytes -= length;
  const Decoded shown = buffers == Buffers::bytes ? make_bytes(context, *base, length) : make_address(*base);
  return RecordBuilder(context.arena(), 2).add("iov_base", shown).add("iov_len", make_unsigned(*size)).done();
}

// Both forms of a directory entry begin with d_ino, d_off and d_reclen; then comes the name, with the type in
// the entry's last byte, or the type and then the name.
struct Entry {
  std::uint64_t inode;
  std::int64_t offset;
  std::uint16_t length;
};
enum class TypeAt : std::uint8_t { end, before_name };

// The numbers of getdents64(2) have 64 bits, those of getdents(2) are longs.
std::uint64_t head_of(const Context& context, TypeAt type_at) {
  return type_at == TypeAt::end && context.abi() == Abi::ilp32 ? 10 : 18;
}

Decoded entry_record(Context& context, std::uint64_t at, const Entry& entry, TypeAt type_at) {
  const std::uint64_t entry_head = head_of(context, type_at);
  const std::uint64_t name_at = at + entry_head + (type_at == TypeAt::before_name ? 1 : 0);
  const std::uint64_t type_byte = type_at == TypeAt::end ? at + entry.length - 1 : at + entry_head;
  const auto type = context.object<std::uint8_t>(type_byte);
  const auto name = context.string(name_at, entry.length > entry_head ? entry.length - entry_head : 0);
  if (!type || !name) return {};
  RecordBuilder record(context.arena(), 5);
  record.add("d_ino", make_unsigned(entry.inode)).add("d_off", make_signed(entry.offset));
  record.add("d_reclen", make_unsigned(entry.length));
  if (type_at == TypeAt::before_name) record.add("d_type", make_symbol(*type, directory_types));
  record.add("d_name", make_text(name->bytes));
  if (type_at == TypeAt::end) record.add("d_type", make_symbol(*type, directory_types));
  return record.done();
}

std::optional<Entry> entry_at(Context& context, std::uint64_t at, TypeAt type_at) {
  const std::uint64_t head = head_of(context, type_at);
  const auto length = context.object<std::uint16_t>(at + head - 2);
  const auto numbers =
      type_at == TypeAt::end ? context.longs<2>(at) : context.object<std::array<std::int64_t, 2>>(at);
  if (!length || !numbers || *length <= head) return std::nullopt;
  const auto inode = static_cast<std::uint64_t>((*numbers)[0]);
  return Entry{head == 10 ? inode & UINT32_MAX : inode, (*numbers)[1], *length};
}

// How many entries there are, or nothing if they are no chain of entries.
std::optional<std::size_t> count_entries(Context& context, std::uint64_t address, std::uint64_t size,
                                         TypeAt type_at) {
  std::size_t count = 0;
  for (std::uint64_t at = 0; at < size; ++count) {
    const auto entry = entry_at(context, address + at, type_at);
    if (!entry) return std::nullopt;
    at += entry->length;
  }
  return count;
}

Decoded dirents(Context& context, std::uint64_t address, TypeAt type_at) {
  const auto size = static_cast<std::uint64_t>(context.result()->value);
  const auto count = count_entries(context, address, size, type_at);
  if (address == 0 || !count) return make_unread(address);
  if (!context.options().verbose) return {CountedAddress{address, *count, "entries"}};
  auto items = context.arena().array<Decoded>(*count);
  std::uint64_t at = address;
  for (Decoded& item : items) {
    const Entry entry = entry_at(context, at, type_at).value_or(Entry{});
    item = entry_record(context, at, entry, type_at);
    at += entry.length;
  }
  return {List{items}};
}

}  // namespace

Decoded make_iovec(Context& context, std::uint64_t address, std::uint64_t count, Buffers buffers,
                   std::uint64_t bytes) {
  return make_list(context, address, count, 2 * context.word_size(),
                   [&](std::uint64_t at) { return iovec_record(context, at, buffers, bytes); });
}

void add_unknown_bytes(RecordBuilder& record, Context& context, std::uint64_t address, std::uint64_t known,
                       std::uint64_t size) {
  constexpr std::uint64_t page = 4096;
  if (size <= known) return;
  auto bytes = context.arena().array<std::byte>(static_cast<std::size_t>(std::min(size - known, page)));
  if (!context.read(address + known, bytes)) return;
  if (std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; })) return;
  std::string text = fmt::format("/* bytes {}..{} */ \"", known, size - 1);
  const std::size_t shown = std::min(bytes.size(), context.options().string_limit);
  for (const std::byte b : bytes.first(shown)) text += fmt::format("\\x{:02x}", static_cast<unsigned>(b));
  text += shown < size - known ? "\"..." : "\"";
  record.add("unknown", {Word{context.arena().copy(text), 0}}, Naming::never);
}

Decoded decode_dirents(Context& context, const Argument&, std::uint64_t address) {
  return dirents(context, address, TypeAt::end);
}
// readdir(2): one entry, the length of its name instead of its own.
Decoded decode_old_dirent(Context& context, const Argument&, std::uint64_t address) {
  const auto numbers = context.object<std::array<std::uint32_t, 2>>(address);
  const auto length = context.object<std::uint16_t>(address + 8);
  if (context.result()->value == 0 || !numbers || !length) return make_unread(address);
  const auto name = context.string(address + 10, *length);
  return RecordBuilder(context.arena(), 4)
      .add("d_ino", make_unsigned((*numbers)[0]))
      .add("d_off", make_unsigned((*numbers)[1]))
      .add("d_reclen", make_unsigned(*length))
      .add("d_name", name ? make_text(name->bytes) : make_unread(address + 10))
      .done();
}
Decoded decode_dirents64(Context& context, const Argument&, std::uint64_t address) {
  return dirents(context, address, TypeAt::before_name);
}

Decoded decode_iovec(Context& context, const Argument& argument, std::uint64_t address) {
  return make_iovec(context, address, length_of(context, argument.length), Buffers::bytes);
}
// A call that failed read nothing: the buffers are addresses then.
Decoded decode_iovec_out(Context& context, const Argument&, std::uint64_t address) {
  if (context.failed()) return make_iovec(context, address, context.arg(2), Buffers::addresses);
  return make_iovec(context, address, context.arg(2), Buffers::bytes,
                    static_cast<std::uint64_t>(context.result()->value));
}
Decoded decode_iovec_addresses(Context& context, const Argument& argument, std::uint64_t address) {
  return make_iovec(context, address, length_of(context, argument.length), Buffers::addresses);
}

}  // namespace ptop::decode
