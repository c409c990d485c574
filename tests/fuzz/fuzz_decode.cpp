// Any number, any arguments, any memory behind them: a call is a tree, and a tree is one line of text without
// control characters, one line in strace's dialect, and one object of JSON. Memory ends at pages, and changes
// between two looks, as another thread of the tracee could do it.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include <rapidjson/reader.h>

#include "ptop/decode/copy.hpp"
#include "ptop/decode/decoder.hpp"
#include "ptop/decode/moved_data.hpp"
#include "ptop/follow/event.hpp"
#include "ptop/render/event_json.hpp"
#include "ptop/render/event_text.hpp"
#include "ptop/render/strace_text.hpp"

namespace {
using namespace ptop;

// What the harness does with every byte tells the fuzzer nothing of the decoders.
#ifdef __clang__
#define PTOP_NOT_MEASURED __attribute__((no_sanitize("coverage")))
#else
#define PTOP_NOT_MEASURED
#endif

constexpr std::uint64_t page = 4096, first_page = 16, pages = 16;

/// The input's head; what follows it is what memory is made of.
struct Head {
  std::uint16_t nr;
  std::uint8_t settings, change;
  std::uint32_t mapped;  ///< a bit for each page
  std::int64_t result;
  std::array<std::uint64_t, 6> args;
};
static_assert(sizeof(Head) == 64 && std::is_trivially_copyable_v<Head>);

/// Sixteen pages, some of them not there, all filled with the same bytes again and again.
class Memory : public decode::MemoryReader {
 public:
  Memory(std::string_view bytes, const Head& head) : bytes_(bytes), head_(head) {}
  std::size_t read(std::uint64_t address, std::span<std::byte> out) override {
    ++reads_;
    const auto there =
        out.first(static_cast<std::size_t>(std::min<std::uint64_t>(mapped_from(address), out.size())));
    if (there.empty()) return 0;
    fill(there, address % bytes_.size());
    if ((head_.change & 2) != 0 && reads_ % 3 == 2) change(there);
    return there.size();
  }

 private:
  /// How many bytes there are from there on.
  std::uint64_t mapped_from(std::uint64_t address) const {
    const bool vanished = (head_.change & 1) != 0 && reads_ % 5 == 4;
    const std::uint64_t first = address / page;
    if (bytes_.empty() || vanished || first < first_page || first >= first_page + pages) return 0;
    const std::uint32_t from_there = head_.mapped & ((1U << pages) - 1);
    const int run = std::countr_one(from_there >> (first - first_page));
    return run == 0 ? 0 : (first + static_cast<std::uint64_t>(run)) * page - address;
  }
  /// Copied whole and then doubled: a byte at a time would be most of the work of an input.
  void fill(std::span<std::byte> out, std::uint64_t phase) const {
    const std::size_t head = std::min(out.size(), bytes_.size() - phase);
    std::memcpy(out.data(), bytes_.data() + phase, head);
    std::size_t done = std::min(out.size(), bytes_.size());
    std::memcpy(out.data() + head, bytes_.data(), done - head);
    for (std::size_t more = 0; done < out.size(); done += more) {
      more = std::min(done, out.size() - done);
      std::memcpy(out.data() + done, out.data(), more);
    }
  }
  PTOP_NOT_MEASURED void change(std::span<std::byte> bytes) const {
    for (std::byte& byte : bytes) byte ^= static_cast<std::byte>(head_.change);
  }

  std::string_view bytes_;
  const Head& head_;
  std::uint64_t reads_ = 0;
};

/// Names of strangers are part of the input, too: a few long ones, and then short ones, or a list of
/// descriptors would spend the time of an input on the same escapes.
class Names : public decode::DescriptorNames, public decode::ProcessNames, public decode::Surroundings {
 public:
  explicit Names(std::string_view bytes) : bytes_(bytes.substr(0, 64)) {}
  decode::DescriptorName name(std::int32_t fd, decode::Arena& arena) override {
    if (fd % 3 == 0) return {};
    return {.path = some(arena), .deleted = fd % 2 == 0};
  }
  std::string_view working_directory(decode::Arena& arena) override { return arena.copy(bytes_); }
  std::string_view comm(std::int64_t, decode::Arena& arena) override { return some(arena); }
  std::int64_t outside(std::int64_t pid) override { return pid % 2 == 0 ? 0 : pid ^ 1; }
  std::string_view interface_name(std::uint32_t index, decode::Arena&) override {
    return index == 1 ? "lo" : std::string_view{};
  }
  std::optional<std::int32_t> netlink_protocol(std::int32_t fd) override {
    if (fd % 2 == 0) return std::nullopt;
    return fd / 2 % 24 - 1;
  }
  std::string_view descriptor_link(std::int32_t fd, decode::Arena&) override {
    constexpr std::string_view links[] = {"anon_inode:bpf-map", "anon_inode:bpf-prog", "anon_inode:btf",
                                          "anon_inode:bpf_link"};
    return links[static_cast<std::uint32_t>(fd) % std::size(links)];
  }
  std::span<const std::uint64_t> submissions(std::int32_t, std::uint32_t limit,
                                             decode::Arena& arena) override {
    auto addresses = arena.array<std::uint64_t>(std::min(limit, 8U));
    for (std::size_t i = 0; i < addresses.size(); ++i) addresses[i] = first_page * page + i * 72;
    return addresses;
  }

 private:
  std::string_view some(decode::Arena& arena) {
    constexpr int many = 8;
    return arena.copy(bytes_.substr(0, asked_++ < many ? bytes_.npos : 4));
  }

  std::string_view bytes_;
  int asked_ = 0;
};

/// Where sinks write to; the same file for all inputs, and its pages stay.
class Written {
 public:
  Written() : fd_(::memfd_create("written", MFD_CLOEXEC)) {}
  int fd() const { return fd_; }
  std::string take() {
    std::string text(static_cast<std::size_t>(std::max<off_t>(::lseek(fd_, 0, SEEK_CUR), 0)), '\0');
    if (::pread(fd_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) std::abort();
    if (::lseek(fd_, 0, SEEK_SET) != 0) std::abort();
    return text;
  }

 private:
  int fd_;
};

template <class Sink>
std::string line_of(Sink& sink, render::LineOutput& out, Written& written, const follow::Event& event) {
  sink.on(event);
  out.flush();
  std::string line = written.take();
  if (line.empty() || line.find('\n') != line.size() - 1) std::abort();
  line.pop_back();
  return line;
}

PTOP_NOT_MEASURED void check_text(const std::string& line) {
  for (const char c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) std::abort();
  }
}
void check_json(const std::string& line) {
  rapidjson::Reader reader;
  rapidjson::StringStream text(line.c_str());
  rapidjson::BaseReaderHandler<> nobody;
  if (reader.Parse<rapidjson::kParseValidateEncodingFlag>(text, nobody).IsError()) std::abort();
}

/// A vector has its buffers in order, and none is empty.
void check_data(std::span<const decode::DataPiece> pieces) {
  using Kind = decode::DataPiece::Kind;
  const decode::DataPiece* last = nullptr;
  for (const decode::DataPiece& piece : pieces) {
    const bool in_vector = last != nullptr && last->kind == Kind::buffer && piece.kind == Kind::buffer;
    if (in_vector && piece.index <= last->index) std::abort();
    if (piece.kind != Kind::message && piece.size == 0) std::abort();
    last = &piece;
  }
}

void render_all(const follow::Event& event) {
  static Written written;
  render::LineOutput out(written.fd(), true);
  render::JsonSink json(out);
  render::TextSink text(out, render::Paint(false), {});
  render::StraceSink strace(out, out, {.follows = true});
  check_json(line_of(json, out, written, event));
  check_text(line_of(text, out, written, event));
  check_text(line_of(strace, out, written, event));
}

decode::Arch arch_of(const Head& head) {
  return (head.settings & 1) != 0 ? decode::Arch::i386 : decode::Arch::x86_64;
}

decode::Options options_of(const Head& head, Names& names) {
  decode::Options options{.string_limit = (head.settings & 2) != 0 ? 200U : 32U,
                          .verbose = (head.settings & 4) != 0};
  if ((head.settings & 8) != 0) options.descriptors = &names, options.processes = &names;
  if ((head.settings & 16) != 0) options.surroundings = &names;
  options.structures = (head.settings & 32) == 0;
  options.raw = (head.settings & 192) == 192;
  return options;
}

}  // namespace

extern "C" int PTOP_FUZZ_ENTRY(const std::uint8_t* data, std::size_t size) {
  Head head;
  if (size < sizeof head) return 0;
  std::memcpy(&head, data, sizeof head);
  const std::string_view rest(reinterpret_cast<const char*>(data) + sizeof head, size - sizeof head);
  static decode::Arena arena, copies;
  Memory memory(rest, head);
  Names names(rest);
  const decode::Options options = options_of(head, names);
  const decode::RawCall raw{arch_of(head), SyscallNo(head.nr), head.args, first_page * page};
  decode::Call call = decode::decode_enter(raw, memory, arena, options);
  static_cast<void>(decode::copy_fields(call.arguments, copies));
  const bool failed = head.result < 0 && head.result > -4096;
  const decode::RawResult result{head.result, failed};
  decode::decode_exit(call, result, memory, arena, options);
  follow::SyscallDone done{.name = decode::call_name(call, arena),
                           .number = {.nr = head.nr, .arch = raw.arch},
                           .args = call.arguments,
                           .ret = head.result,
                           .ret_decoded = decode::decode_result(call, result, memory, arena, options),
                           .ret_detail = call.detail,
                           .error_number = failed ? static_cast<int>(-head.result) : 0};
  const decode::DataWanted all{.read = {.inverted = true}, .written = {.inverted = true}};
  check_data(decode::moved_data(call, result, memory, arena, all));
  render_all({.seq = 1, .pid = Pid(1), .task = {Tid(1), {}}, .what = done});
  // Whoever keeps memory from one input to the next is run again by libFuzzer, which looks for a leak.
  arena.release(), copies.release();
  return 0;
}
