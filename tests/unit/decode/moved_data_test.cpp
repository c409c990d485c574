// Where the bytes are that a call moved.
#include "ptop/decode/moved_data.hpp"

#include <string>

#include <fmt/format.h>

#include "fake_memory.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::decode;

namespace {

const DataWanted everything{.read = {.inverted = true}, .written = {.inverted = true}};

struct Asked {
  Arch arch = Arch::x86_64;
  std::string_view call;
  std::array<std::uint64_t, 6> args{};
  std::int64_t result = 0;
};

/// "0x1000+5", "2:0x1000+5" of a vector, "#0/2" before the buffers of a message.
std::string pieces(FakeMemory& memory, const Asked& asked, const DataWanted& wanted = everything) {
  Arena arena;
  std::int64_t nr = 0;
  for (const SyscallRow& row : syscalls(asked.arch)) {
    if (row.name == asked.call) nr = row.nr.raw();
  }
  const Call call = find_call({.arch = asked.arch, .nr = SyscallNo(nr), .args = asked.args}, memory);
  const RawResult result{asked.result, asked.result < 0 && asked.result > -4096};
  std::string text;
  for (const DataPiece& piece : moved_data(call, result, memory, arena, wanted)) {
    text += text.empty() ? "" : " ";
    if (piece.kind == DataPiece::Kind::message) text += fmt::format("#{}/{}", piece.index, piece.size);
    if (piece.kind == DataPiece::Kind::buffer) text += fmt::format("{}:", piece.index);
    if (piece.kind != DataPiece::Kind::message) text += fmt::format("{:#x}+{}", piece.address, piece.size);
  }
  return text;
}

}  // namespace

TEST_CASE("decode: moved data of one buffer", "[decode]") {
  FakeMemory memory;
  CHECK(pieces(memory, {.call = "read", .args = {3, 0x1000, 100}, .result = 7}) == "0x1000+7");
  CHECK(pieces(memory, {.call = "write", .args = {3, 0x1000, 100}, .result = 7}) == "0x1000+100");
  CHECK(pieces(memory, {.call = "write", .args = {3, 0x1000, 0}}) == "");
  CHECK(pieces(memory, {.call = "read", .args = {3, 0x1000, 100}, .result = -14}) == "");
  CHECK(pieces(memory, {.call = "write", .args = {0xffffffff, 0x1000, 5}, .result = 5}) == "");
  CHECK(pieces(memory, {.call = "getrandom", .args = {3, 0x1000, 5}, .result = 5}) == "");
  // MSG_TRUNC: the datagram was longer than the buffer.
  CHECK(pieces(memory, {.call = "recvfrom", .args = {3, 0x1000, 3, 0x20}, .result = 9}) == "0x1000+3");
}

TEST_CASE("decode: moved data of wanted descriptors only", "[decode]") {
  FakeMemory memory;
  const Asked read{.call = "read", .args = {3, 0x1000, 9}, .result = 9};
  CHECK(pieces(memory, read, {.read = {.numbers = {3, 5}}}) == "0x1000+9");
  CHECK(pieces(memory, read, {.read = {.numbers = {3}, .inverted = true}}) == "");
  CHECK(pieces(memory, read, {.written = {.inverted = true}}) == "");
}

TEST_CASE("decode: moved data of vectors goes on behind an empty buffer", "[decode]") {
  FakeMemory memory;
  memory.put_object(0x5000, std::array<std::uint64_t, 6>{0x1000, 3, 0x1100, 0, 0x1200, 50});
  CHECK(pieces(memory, {.call = "writev", .args = {3, 0x5000, 3}, .result = 53}) == "0:0x1000+3 2:0x1200+50");
  CHECK(pieces(memory, {.call = "readv", .args = {3, 0x5000, 3}, .result = 10}) == "0:0x1000+3 2:0x1200+7");
  CHECK(pieces(memory, {.call = "writev", .args = {3, 0x5000, ~0ULL}, .result = 1}) ==
        "0:0x1000+3 2:0x1200+50");
  CHECK(pieces(memory, {.call = "writev", .args = {3, 0x9000, 2}, .result = 1}) == "");
}

TEST_CASE("decode: moved data of messages in either layout", "[decode]") {
  FakeMemory memory;
  memory.put_object(0x5000, std::array<std::uint64_t, 2>{0x1000, 30});
  memory.put_object(0x6000, std::array<std::uint64_t, 16>{0, 0, 0x5000, 1, 0, 0, 0, 4,  //
                                                          0, 0, 0x5000, 1, 0, 0, 0, 6});
  CHECK(pieces(memory, {.call = "recvmsg", .args = {3, 0x6000}, .result = 8}) == "0:0x1000+8");
  CHECK(pieces(memory, {.call = "sendmmsg", .args = {3, 0x6000, 2}, .result = 2}) ==
        "#0/1 0:0x1000+4 #1/1 0:0x1000+6");
  CHECK(pieces(memory, {.call = "recvmmsg", .args = {3, 0x6000, 2}, .result = 1}) == "#0/1 0:0x1000+4");

  memory.put_object(0x7000, std::array<std::uint32_t, 2>{0x1000, 30});
  memory.put_object(0x8000, std::array<std::uint32_t, 16>{0, 0, 0x7000, 1, 0, 0, 0, 4,  //
                                                          0, 0, 0x7000, 1, 0, 0, 0, 6});
  CHECK(pieces(memory, {.arch = Arch::i386, .call = "recvmsg", .args = {3, 0x8000}, .result = 8}) ==
        "0:0x1000+8");
  CHECK(pieces(memory, {.arch = Arch::i386, .call = "sendmmsg", .args = {3, 0x8000, 2}, .result = 2}) ==
        "#0/1 0:0x1000+4 #1/1 0:0x1000+6");
}
