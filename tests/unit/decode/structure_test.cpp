// Structures as data: offsets, sizes and what is shown, for 64-bit and 32-bit callers.
#include "structure.hpp"

#include "support/catch.hpp"

#include "fake_memory.hpp"
#include "printer.hpp"

using namespace ptop::decode;

namespace {

constexpr FlagName colour_rows[] = {{1, "RED"}, {2, "BLUE"}};
constexpr Table colours = table<colour_rows>("COLOUR_???");

constexpr Member inner_members[] = {u8("a"), u64("b")};
constexpr Structure inner{inner_members};
constexpr Member outer_members[] = {
    u16("kind").symbol(colours),
    sword("length"),
    nested("inner", inner),
    s32("fd").fd(),
    u32("as_fd_too").overlaid(),
    text("name", 4),
    pad(2),
    u8("tail").times(2),
    u32("secret").with_v(),
};
constexpr Structure outer{outer_members};

struct Fixture {
  explicit Fixture(Arch arch = Arch::x86_64) { raw.arch = arch; }
  Context context() { return Context(raw, nullptr, memory, arena, options); }
  FakeMemory memory;
  Arena arena;
  Options options;
  RawCall raw;
};

struct Outer64 {
  std::uint16_t kind;
  long length;
  struct {
    std::uint8_t a;
    std::uint64_t b;
  } inner;
  std::int32_t fd;
  char name[4];
  char gap[2];
  std::uint8_t tail[2];
  std::uint32_t secret;
};

const Outer64 example{2, -7, {9, 10}, 3, {'a', 'b', 0, 'x'}, {}, {4, 5}, 6};

}  // namespace

TEST_CASE("size_of: is the compiler's for 64-bit callers", "[decode]") {
  CHECK(size_of(outer, Abi::lp64) == sizeof(Outer64));
}

TEST_CASE("size_of: 32-bit callers have short words and eight byte numbers on four", "[decode]") {
  CHECK(size_of(inner, Abi::ilp32) == 12);
  CHECK(size_of(outer, Abi::ilp32) == 4 + 4 + 12 + 4 + 4 + 2 + 2 + 4);
}

TEST_CASE("make_structure: members in order, the last only with -v", "[decode]") {
  Fixture f;
  f.memory.put_object(0x1000, example);
  auto context = f.context();
  const std::string seen = printed(make_structure(context, outer, 0x1000));
  CHECK(seen ==
        R"({kind=BLUE, length=-7, inner={a=9, b=10}, fd=fd 3, as_fd_too=3, name="ab", tail=[4, 5], ...})");
  f.options.verbose = true;
  auto verbose = f.context();
  CHECK(printed(make_structure(verbose, outer, 0x1000)).ends_with("tail=[4, 5], secret=6}"));
}

TEST_CASE("make_structure: a short one shows what is there", "[decode]") {
  Fixture f;
  f.memory.put_object(0x1000, example);
  auto context = f.context();
  CHECK(printed(make_structure(context, outer, 0x1000, 16)) == "{kind=BLUE, length=-7}");
}

TEST_CASE("make_structure: what cannot be read is its address", "[decode]") {
  Fixture f;
  auto context = f.context();
  CHECK(printed(make_structure(context, outer, 0x1000)) == "unreadable 0x1000");
  CHECK(printed(make_structure(context, outer, 0)) == "NULL");
}

TEST_CASE("make_structures: an array that ends in unmapped memory is shown up to there", "[decode]") {
  Fixture f;
  const std::uint32_t numbers[] = {1, 0, 2};
  static constexpr Member pair_members[] = {u32("n"), u32("m")};
  static constexpr Structure pair{pair_members};
  f.memory.put(0x1000, {reinterpret_cast<const char*>(numbers), sizeof numbers});
  auto context = f.context();
  CHECK(printed(make_structures(context, pair, 0x1000, 3)) == "[{n=1, m=0}, ... /* 0x1008 */]");
  CHECK(printed(make_structures(context, pair, 0x1008, 3)) == "unreadable 0x1008");
}

TEST_CASE("make_structures: without -v no more items than the string limit", "[decode]") {
  Fixture f;
  f.options.string_limit = 1;
  const std::uint64_t words[] = {5, 6};
  static constexpr Member word_members[] = {uword("w")};
  static constexpr Structure word{word_members};
  f.memory.put_object(0x1000, words);
  auto context = f.context();
  CHECK(printed(make_structures(context, word, 0x1000, 2)) == "[{w=5}, ...]");
  f.options.verbose = true;
  auto verbose = f.context();
  CHECK(printed(make_structures(verbose, word, 0x1000, 2)) == "[{w=5}, {w=6}]");
}

TEST_CASE("make_structure: a 32-bit caller's words are half as long", "[decode]") {
  Fixture f(Arch::i386);
  const std::int32_t words[] = {-1, 7};
  static constexpr Member pair_members[] = {sword("tv_sec"), uword("tv_nsec")};
  static constexpr Structure pair{pair_members};
  f.memory.put_object(0x1000, words);
  auto context = f.context();
  CHECK(printed(make_structure(context, pair, 0x1000)) == "{tv_sec=-1, tv_nsec=7}");
}
