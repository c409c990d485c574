// The buffers of read(2), write(2) and relatives, of vectors and of messages.
#include "ptop/decode/moved_data.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

#include "context.hpp"

namespace ptop::decode {
namespace {

enum class Form : std::uint8_t { buffer, vector, message, messages };
struct Mover {
  std::string_view call;
  Form form;
  bool reads;
};
// All have the descriptor first, and second what leads to the bytes.
constexpr Mover movers[] = {{"read", Form::buffer, true},
                            {"pread64", Form::buffer, true},
                            {"recv", Form::buffer, true},
                            {"recvfrom", Form::buffer, true},
                            {"mq_timedreceive", Form::buffer, true},
                            {"mq_timedreceive_time64", Form::buffer, true},
                            {"readv", Form::vector, true},
                            {"preadv", Form::vector, true},
                            {"preadv2", Form::vector, true},
                            {"recvmsg", Form::message, true},
                            {"recvmmsg", Form::messages, true},
                            {"recvmmsg_time64", Form::messages, true},
                            {"write", Form::buffer, false},
                            {"pwrite64", Form::buffer, false},
                            {"send", Form::buffer, false},
                            {"sendto", Form::buffer, false},
                            {"mq_timedsend", Form::buffer, false},
                            {"mq_timedsend_time64", Form::buffer, false},
                            {"writev", Form::vector, false},
                            {"pwritev", Form::vector, false},
                            {"pwritev2", Form::vector, false},
                            {"vmsplice", Form::vector, false},
                            {"sendmsg", Form::message, false},
                            {"sendmmsg", Form::messages, false}};

constexpr std::uint64_t vector_limit = 1024;  // UIO_MAXIOV: the kernel takes no longer ones
constexpr std::uint64_t all = std::numeric_limits<std::uint64_t>::max();

/// Puts the pieces together; the kernel's own limits keep them few.
class Pieces {
 public:
  explicit Pieces(Context& context) : context_(context) {}

  void add_buffer(std::uint64_t address, std::uint64_t size) {
    if (size > 0) found_.push_back({DataPiece::Kind::bytes, 0, address, size});
  }

  /// `bytes`: how many of all the buffers hold data.
  void add_vector(std::uint64_t address, std::uint64_t count, std::uint64_t bytes) {
    const std::uint64_t width = context_.word_size();
    const std::size_t granted = context_.grant_items(std::min(count, vector_limit));
    for (std::size_t i = 0; i < granted && bytes > 0; ++i) {
      const std::uint64_t at = address + i * 2 * width;
      const auto base = context_.word(at), size = context_.word(at + width);
      if (!base || !size) return;
      const std::uint64_t used = std::min(*size, bytes);
      bytes -= used;
      if (used > 0) found_.push_back({DataPiece::Kind::buffer, i, *base, used});
    }
  }

  /// struct msghdr: its third and fourth word are the vector.
  void add_message(std::uint64_t address, std::uint64_t bytes) {
    const auto vector = vector_of(address);
    if (vector) add_vector((*vector)[0], (*vector)[1], bytes);
  }

  /// struct mmsghdr: a struct msghdr of seven words and how many bytes it holds, padded to a word.
  void add_messages(std::uint64_t address, std::uint64_t count) {
    const std::uint64_t width = context_.word_size();
    for (std::size_t i = 0; i < std::min(count, vector_limit); ++i) {
      const std::uint64_t at = address + i * 8 * width;
      const auto vector = vector_of(at);
      const auto bytes = context_.object<std::uint32_t>(at + 7 * width);
      if (!vector || !bytes) return;
      found_.push_back({DataPiece::Kind::message, i, 0, (*vector)[1]});
      add_vector((*vector)[0], (*vector)[1], *bytes);
    }
  }

  std::span<const DataPiece> done() const {
    const auto pieces = context_.arena().array<DataPiece>(found_.size());
    std::ranges::copy(found_, pieces.begin());
    return pieces;
  }

 private:
  std::optional<std::array<std::uint64_t, 2>> vector_of(std::uint64_t message) {
    const std::uint64_t width = context_.word_size();
    const auto base = context_.word(message + 2 * width), count = context_.word(message + 3 * width);
    if (!base || !count) return std::nullopt;
    return {{*base, *count}};
  }

  Context& context_;
  std::vector<DataPiece> found_;
};

/// A datagram that was cut off has more bytes than came (MSG_TRUNC).
std::uint64_t bytes_of(const Mover& mover, const Call& call, std::uint64_t result) {
  const std::uint64_t offered = call.raw.args[2];
  return mover.reads ? std::min(offered, result) : offered;
}

}  // namespace

bool DescriptorSet::contains(std::int32_t fd) const {
  return (std::ranges::find(numbers, fd) != numbers.end()) != inverted;
}

std::span<const DataPiece> moved_data(const Call& call, const RawResult& result, MemoryReader& memory,
                                      Arena& arena, const DataWanted& wanted) {
  if (call.row == nullptr || result.error) return {};
  const auto* const mover = std::ranges::find(movers, call.row->name, &Mover::call);
  const auto fd = static_cast<std::int32_t>(call.raw.args[0]);
  if (mover == std::end(movers) || fd < 0) return {};
  if (!(mover->reads ? wanted.read : wanted.written).contains(fd)) return {};
  const Options options;
  Context context(call.raw, &result, memory, arena, options, call.row->wide_times);
  Pieces pieces(context);
  const auto value = static_cast<std::uint64_t>(result.value);
  const std::uint64_t where = call.raw.args[1], bytes = mover->reads ? value : all;
  switch (mover->form) {
    case Form::buffer:
      pieces.add_buffer(where, bytes_of(*mover, call, value));
      break;
    case Form::vector:
      pieces.add_vector(where, call.raw.args[2], bytes);
      break;
    case Form::message:
      pieces.add_message(where, bytes);
      break;
    case Form::messages:
      pieces.add_messages(where, value);
      break;
  }
  return pieces.done();
}

}  // namespace ptop::decode
