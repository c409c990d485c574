// A call on its way through both stops, against memory made of bytes.
#pragma once

#include <array>
#include <string>

#include "fake_memory.hpp"
#include "printer.hpp"
#include "ptop/decode/decoder.hpp"

namespace ptop::decode {

struct Stage {
  FakeMemory memory;
  Arena arena;
  Options options;
  Call call;

  std::string enter(std::string_view name, std::array<std::uint64_t, 6> args) {
    call = decode_enter(RawCall{Arch::x86_64, find_syscall(Arch::x86_64, name)->nr, args}, memory, arena,
                        options);
    return printed(call);
  }
  std::string exit(std::int64_t value) {
    decode_exit(call, {value, value < 0}, memory, arena, options);
    return printed(call);
  }
  std::string both(std::string_view name, std::array<std::uint64_t, 6> args, std::int64_t value) {
    enter(name, args);
    return exit(value);
  }
};

}  // namespace ptop::decode
