// A tracee's memory made of bytes: everything outside the pieces put in is unmapped.
#pragma once

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <string_view>

#include "ptop/decode/memory_reader.hpp"

class FakeMemory : public ptop::decode::MemoryReader {
 public:
  std::uint64_t put(std::uint64_t address, std::string_view bytes) {
    pieces_[address] = std::string(bytes);
    return address;
  }
  template <class T>
  std::uint64_t put_object(std::uint64_t address, const T& value) {
    return put(address, {reinterpret_cast<const char*>(&value), sizeof value});
  }
  /// `bytes` so placed that they end at an unmapped page.
  std::uint64_t put_at_page_end(std::string_view bytes) { return put(0x20000 - bytes.size(), bytes); }

  std::size_t read(std::uint64_t address, std::span<std::byte> out) override {
    ++reads;
    std::size_t done = 0;
    while (done < out.size()) {
      const std::size_t n = read_piece(address + done, out.subspan(done));
      if (n == 0) break;
      done += n;
    }
    return done;
  }

  int reads = 0;

 private:
  std::size_t read_piece(std::uint64_t address, std::span<std::byte> out) const {
    auto next = pieces_.upper_bound(address);
    if (next == pieces_.begin()) return 0;
    const auto& [start, bytes] = *std::prev(next);
    const std::uint64_t offset = address - start;
    if (offset >= bytes.size()) return 0;
    const std::size_t n = std::min<std::size_t>(out.size(), bytes.size() - offset);
    std::memcpy(out.data(), bytes.data() + offset, n);
    return n;
  }

  std::map<std::uint64_t, std::string> pieces_;
};
