#include "printer.hpp"

#include "ptop/base/overloaded.hpp"

#include <fmt/format.h>

using namespace ptop::decode;
using ptop::overloaded;

namespace {

std::string number(std::uint64_t value, Base base) {
  if (base == Base::hex) return fmt::format("{:#x}", value);
  return base == Base::octal ? fmt::format("0{:o}", value) : fmt::format("{}", value);
}

std::string flags(const FlagNames& f) {
  std::string out = fmt::format("{}", fmt::join(f.names, "|"));
  if (f.rest != 0 || out.empty()) out += (out.empty() ? "" : "|") + number(f.rest, f.rest_base);
  return out;
}

std::string quoted(const Text& t) {
  std::string out = t.hex ? "x\"" : "\"";
  for (char c : t.bytes) out += c == '\0' ? std::string("\\0") : std::string(1, c);
  return out + (t.truncated ? "\"..." : "\"");
}

std::string fields(std::span<const Field> list) {
  std::string out;
  for (const Field& f : list) {
    out += fmt::format("{}{}={}", out.empty() ? "" : ", ", f.name, f.value ? printed(*f.value) : "?");
  }
  return out;
}

std::string items(const List& list) {
  std::string out;
  for (const Decoded& d : list.items) out += (out.empty() ? "" : ", ") + printed(d);
  if (list.unread_from != 0) out += fmt::format(", ... /* {:#x} */", list.unread_from);
  return "[" + out + (list.truncated ? ", ...]" : "]");
}

}  // namespace

std::string printed(const Decoded& value) {
  return std::visit(
      overloaded{
          [](std::monostate) { return std::string("nothing"); },
          [](const Signed& n) { return fmt::format("{}", n.value); },
          [](const Unsigned& n) { return number(n.value, n.base); },
          [](const Address& a) { return a.value == 0 ? "NULL" : fmt::format("@{:#x}", a.value); },
          [](const Symbol& s) {
            return s.name.empty() ? fmt::format("{:#x} {}", s.value, s.family) : std::string(s.name);
          },
          [](const FlagNames& f) { return flags(f); },
          [](const FileDescriptor& d) {
            const std::string what = d.symbol.empty() ? fmt::format("fd {}", d.value) : std::string(d.symbol);
            return d.path.empty() ? what : fmt::format("{} {}", what, d.path);
          },
          [](const ProcessId& p) { return fmt::format("pid {}", p.value); },
          [](const Text& t) { return quoted(t); },
          [](const Record& r) { return "{" + fields(r.fields) + (r.more ? ", ...}" : "}"); },
          [](const List& l) { return items(l); },
          [](const Unreadable& u) { return fmt::format("unreadable {:#x}", u.address); },
          [](const SignalSet& s) {
            return fmt::format("{}[{}]", s.inverted ? "~" : "", fmt::join(s.names, " "));
          },
          [](const Word& w) { return std::string(w.text); },
          [](const CountedAddress& c) {
            return fmt::format("@{:#x} /* {} {} */", c.address, c.count, c.noun);
          },
          [](const Remarked& r) { return fmt::format("{} /* {} */", printed(*r.value), r.remark); },
          [](const Changed& c) { return printed(*c.before) + " => " + printed(*c.after); },
      },
      value.what);
}

std::string printed(const Call& call) { return fields(call.arguments); }
