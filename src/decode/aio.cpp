// Asynchronous input and output: control blocks by their operation, events.
#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "structure.hpp"
#include "vector.hpp"

namespace ptop::decode {
namespace {

// include/uapi/linux/aio_abi.h, struct iocb, little-endian.
struct KernelIocb {
  std::uint64_t data;
  std::uint32_t key;
  std::int32_t rw_flags;
  std::uint16_t opcode;
  std::int16_t reqprio;
  std::uint32_t fildes;
  std::uint64_t buf, nbytes;
  std::int64_t offset;
  std::uint64_t reserved;
  std::uint32_t flags, resfd;
};
static_assert(sizeof(KernelIocb) == 64);

enum AioCommand : std::uint16_t { pread_ = 0, pwrite_ = 1, poll_ = 5, preadv_ = 7, pwritev_ = 8 };

Decoded command_name(Arena& arena, std::uint16_t opcode) {
  const Decoded named = make_symbol(opcode, aio_commands);
  if (!std::get<Symbol>(named.what).name.empty()) return named;
  return make_remarked(arena, make_unsigned(opcode), aio_commands.family);
}

void add_buffer(RecordBuilder& record, Context& context, const KernelIocb& b) {
  switch (b.opcode) {
    case pread_:
      record.add("aio_buf", make_address(b.buf));
      break;
    case pwrite_:
      record.add("aio_buf", make_bytes(context, b.buf, b.nbytes));
      break;
    case preadv_:
      record.add("aio_buf", make_iovec(context, b.buf, b.nbytes, Buffers::addresses));
      break;
    case pwritev_:
      record.add("aio_buf", make_iovec(context, b.buf, b.nbytes, Buffers::bytes));
      break;
    case poll_:
      record.add("aio_buf", {make_flags(context.arena(), b.buf & 0xffff, poll_events)});
      return;
    default:
      return;
  }
  const bool vector = b.opcode == preadv_ || b.opcode == pwritev_;
  if (!vector) record.add("aio_nbytes", make_unsigned(b.nbytes));
  record.add("aio_offset", make_signed(b.offset));
}

Decoded block_at(Context& context, std::uint64_t address) {
  constexpr std::uint32_t flag_resfd = 1;
  const auto b = address == 0 ? std::nullopt : context.object<KernelIocb>(address);
  if (!b) return make_unread(address);
  Arena& arena = context.arena();
  RecordBuilder record(arena, 11);
  record.add("aio_data", make_unsigned(b->data, Base::hex));
  if (b->key != 0) record.add("aio_key", make_unsigned(b->key));
  if (b->rw_flags != 0)
    record.add("aio_rw_flags", {make_flags(arena, static_cast<std::uint32_t>(b->rw_flags), rwf_flags)});
  record.add("aio_lio_opcode", command_name(arena, b->opcode));
  if (b->reqprio != 0) record.add("aio_reqprio", make_signed(b->reqprio));
  record.add("aio_fildes", make_fd(static_cast<std::int32_t>(b->fildes), context));
  add_buffer(record, context, *b);
  if (b->flags != 0) record.add("aio_flags", {make_flags(arena, b->flags, aio_flags)});
  if ((b->flags & flag_resfd) != 0)
    record.add("aio_resfd", make_fd(static_cast<std::int32_t>(b->resfd), context));
  return record.done();
}

constexpr Member event_members[] = {u64("data").hex(), pointer64("obj"), s64("res"), s64("res2")};
constexpr Structure event{event_members};

}  // namespace

Decoded decode_aio_block(Context& context, const Argument&, std::uint64_t address) {
  return block_at(context, address);
}

Decoded decode_aio_blocks(Context& context, const Argument&, std::uint64_t address) {
  const auto count = context.long_arg(1);
  if (count < 0) return make_unread(address);
  if (count == 0) return address == 0 ? make_address(0) : Decoded{List{}};
  return make_list(context, address, static_cast<std::uint64_t>(count), context.word_size(),
                   [&](std::uint64_t at) -> Decoded {
                     const auto block = context.word(at);
                     return block ? block_at(context, *block) : Decoded{};
                   });
}

Decoded decode_aio_event(Context& context, const Argument&, std::uint64_t address) {
  return make_structure(context, event, address);
}
Decoded decode_aio_events(Context& context, const Argument&, std::uint64_t address) {
  return make_structures(context, event, address, static_cast<std::uint64_t>(context.result()->value));
}

}  // namespace ptop::decode
