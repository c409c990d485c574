// Node by node, texts included.
#include "ptop/decode/copy.hpp"

#include "ptop/base/overloaded.hpp"

namespace ptop::decode {
namespace {

std::span<const std::string_view> copy_names(std::span<const std::string_view> names, Arena& arena) {
  auto copies = arena.array<std::string_view>(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) copies[i] = arena.copy(names[i]);
  return copies;
}

const Decoded* copy_node(const Decoded* node, Arena& arena) {
  return node ? arena.node(copy_tree(*node, arena)) : nullptr;
}

List copy_list(const List& list, Arena& arena) {
  auto items = arena.array<Decoded>(list.items.size());
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = copy_tree(list.items[i], arena);
  return {items, list.truncated, list.unread_from, list.is_set};
}

}  // namespace

FlagNames copy_flags(const FlagNames& flags, Arena& arena) {
  FlagNames copy = flags;
  copy.names = copy_names(flags.names, arena);
  copy.family = arena.copy(flags.family);
  return copy;
}

std::span<const Field> copy_fields(std::span<const Field> fields, Arena& arena) {
  auto copies = arena.array<Field>(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i)
    copies[i] = {arena.copy(fields[i].name), copy_node(fields[i].value, arena), fields[i].naming,
                 fields[i].timing, fields[i].is_beside};
  return copies;
}

Decoded copy_tree(const Decoded& tree, Arena& arena) {
  return std::visit(overloaded{[&](const Symbol& s) -> Decoded {
                                 return {Symbol{s.value, arena.copy(s.name), arena.copy(s.family)}};
                               },
                               [&](const FlagNames& f) -> Decoded { return {copy_flags(f, arena)}; },
                               [&](const SignalSet& s) -> Decoded {
                                 return {SignalSet{s.mask, copy_names(s.names, arena), s.inverted}};
                               },
                               [&](const FileDescriptor& f) -> Decoded {
                                 return {FileDescriptor{f.value, arena.copy(f.path), arena.copy(f.symbol),
                                                        arena.copy(f.detail), f.deleted}};
                               },
                               [&](const ProcessId& p) -> Decoded {
                                 return {ProcessId{p.value, arena.copy(p.comm), p.outside}};
                               },
                               [&](const Text& t) -> Decoded {
                                 return {Text{arena.copy(t.bytes), t.truncated, t.hex, t.abstract}};
                               },
                               [&](const Word& w) -> Decoded {
                                 return {Word{arena.copy(w.text), w.value}};
                               },
                               [&](const CountedAddress& a) -> Decoded {
                                 return {CountedAddress{a.address, a.count, arena.copy(a.noun)}};
                               },
                               [&](const Record& r) -> Decoded {
                                 return {Record{copy_fields(r.fields, arena), r.more}};
                               },
                               [&](const List& l) -> Decoded { return {copy_list(l, arena)}; },
                               [&](const Changed& c) -> Decoded {
                                 return {Changed{copy_node(c.before, arena), copy_node(c.after, arena)}};
                               },
                               [&](const Remarked& r) -> Decoded {
                                 return {Remarked{copy_node(r.value, arena), arena.copy(r.remark)}};
                               },
                               [](const auto& number) -> Decoded { return {number}; }},
                    tree.what);
}

}  // namespace ptop::decode
