// Dumps of what a call read or wrote: strace(1), "-e read=set".
#include "strace_data.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

namespace ptop::render {
namespace {

constexpr std::size_t dump_columns = 16, dump_half = 8;

/// Of the offset before each row: five, or more when the last one needs them.
int dump_digits(std::uint64_t size) {
  int digits = 5;
  while (digits < 16 && ((size - 1) >> (4 * digits)) != 0) ++digits;
  return digits;
}

/// " | 00010  70 61 73 73 77 64 0a                              passwd.          |"
void append_dump_row(std::string& out, std::uint64_t offset, int digits, std::span<const std::byte> bytes) {
  const auto end = std::back_inserter(out);
  fmt::format_to(end, " | {:0{}x} ", offset, digits);
  for (std::size_t i = 0; i < dump_columns; ++i) {
    if (i % dump_half == 0) out += ' ';
    if (i < bytes.size()) {
      fmt::format_to(end, "{:02x} ", static_cast<unsigned>(bytes[i]));
    } else {
      out += "   ";
    }
  }
  out += ' ';
  for (std::size_t i = 0; i < dump_columns; ++i) {
    const char c = i < bytes.size() ? static_cast<char>(bytes[i]) : ' ';
    out += c >= ' ' && c <= '~' ? c : '.';
  }
  out += " |";
}

/// A block at a time, up to where memory cannot be read: the program may say any size.
void write_bytes(LineOutput& out, std::string& line, decode::MemoryReader& memory, std::uint64_t address,
                 std::uint64_t size) {
  std::array<std::byte, 4096> block;
  const int digits = dump_digits(size);
  for (std::uint64_t at = 0; at < size;) {
    const std::size_t wanted = std::min<std::uint64_t>(block.size(), size - at);
    const std::size_t got = memory.read(address + at, std::span(block).first(wanted));
    for (std::size_t row = 0; row < got; row += dump_columns) {
      const auto bytes = std::span(block).subspan(row, std::min(dump_columns, got - row));
      line.clear();
      append_dump_row(line, at + row, digits, bytes);
      out.write(line);
    }
    if (got < wanted) break;
    at += got;
  }
}

}  // namespace

void write_data(LineOutput& out, std::string& line, const follow::SyscallDone& call) {
  for (const decode::DataPiece& piece : call.data) {
    switch (piece.kind) {
      case decode::DataPiece::Kind::message:
        out.write(fmt::format(" = {} buffers in vector {}", piece.size, piece.index));
        continue;
      case decode::DataPiece::Kind::buffer:
        out.write(fmt::format(" * {} bytes in buffer {}", piece.size, piece.index));
        break;
      case decode::DataPiece::Kind::bytes:
        break;
    }
    write_bytes(out, line, *call.memory, piece.address, piece.size);
  }
  line.clear();
}

}  // namespace ptop::render
