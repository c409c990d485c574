#include "ptop/decode/copy.hpp"

#include <cstring>

#include "printer.hpp"
#include "support/catch.hpp"

using namespace ptop::decode;

namespace {

/// Every kind of node that borrows, below a record.
std::span<const Field> everything(Arena& arena, std::string& text) {
  const std::string_view view = text;
  auto names = arena.array<std::string_view>(1);
  names[0] = view;
  auto items = arena.array<Decoded>(2);
  items[0] = {Text{view}};
  items[1] = {Signed{-1}};
  const Decoded values[] = {{Symbol{1, view, view}},
                            {FlagNames{3, names, 2, view}},
                            {SignalSet{1, names}},
                            {FileDescriptor{3, view, view}},
                            {ProcessId{4, view}},
                            {Text{view, true}},
                            {Word{view}},
                            {CountedAddress{1, 2, view}},
                            {List{items}},
                            {Changed{arena.node({Text{view}}), arena.node({Signed{5}})}},
                            {Remarked{arena.node({Signed{6}}), view}},
                            {Unreadable{7}},
                            {std::monostate{}}};
  auto fields = arena.array<Field>(std::size(values));
  for (std::size_t i = 0; i < std::size(values); ++i)
    fields[i] = {view, arena.node(values[i]), Naming::always};
  auto outer = arena.array<Field>(1);
  outer[0] = {view, arena.node({Record{fields}})};
  return outer;
}

}  // namespace

TEST_CASE("copy_fields: nothing of the old arena is needed any more", "[decode]") {
  std::string text = "borrowed";
  Arena kept;
  std::string before;
  std::span<const Field> copy;
  {
    Arena arena;
    const auto fields = everything(arena, text);
    before = printed(*fields[0].value);
    copy = copy_fields(fields, kept);
  }
  text.assign(text.size(), '!');
  CHECK(copy[0].name == "borrowed");
  CHECK(printed(*copy[0].value) == before);
}
