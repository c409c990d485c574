// In the steady state decoding takes no memory from the heap.
#include "counting_new.hpp"
#include "fake_memory.hpp"
#include "ptop/decode/decoder.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::decode;

TEST_CASE("decode: no call of the table takes memory from the heap", "[decode]") {
  FakeMemory memory;
  memory.put(0x1000, std::string_view("some text\0", 10));
  memory.put(0x100a, std::string(4086, '\0'));
  Arena arena;
  const Options options;
  for (const SyscallRow& row : syscalls(Arch::x86_64)) {
    const RawCall raw{Arch::x86_64, row.nr, {0x1000, 0x1000, 0x1000, 0x1000, 0x1000, 0x1000}};
    const long before = heap_allocations();
    arena.release();
    Call call = decode_enter(raw, memory, arena, options);
    decode_exit(call, {16, false}, memory, arena, options);
    const long after = heap_allocations();
    INFO(row.name);
    CHECK(after == before);
  }
}

TEST_CASE("heap_allocations: counts", "[decode]") {
  const long before = heap_allocations();
  const std::string text(1000, 'x');
  CHECK(heap_allocations() == before + 1);
}
