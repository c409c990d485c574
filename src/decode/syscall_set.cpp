// The SET of `-e trace=SET`: names, numbers, groups and regular expressions to a set of numbers.
#include "ptop/decode/syscall_set.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ptop/base/escape.hpp"
#include "ptop/base/nearest.hpp"
#include "ptop/base/number.hpp"

namespace ptop::decode {
namespace {

/// A call of one calling convention.
struct Numbered {
  Arch arch;
  SyscallNo nr;
};
using Numbers = std::vector<Numbered>;
using Arches = std::span<const Arch>;

template <class Wanted>
void add_rows(Numbers& found, Arches arches, Wanted wanted) {
  for (const Arch arch : arches) {
    for (const auto rows : {syscalls(arch), inner_syscalls(arch)}) {
      for (const SyscallRow& row : rows) {
        if (wanted(row)) found.push_back({arch, row.nr});
      }
    }
  }
}

tl::unexpected<Error> no_such(std::string_view item, std::string_view hint) {
  std::string what = "unknown system call '" + escaped(item) + "'";
  if (!hint.empty())
    (what += ", did you mean '").append(hint) += "'?";
  else
    what += "; use names such as openat, numbers, groups such as %file, all, none";
  return fail({Errc::malformed, 0, std::move(what)});
}

// The work grows with the length of the word, which is a stranger's: no name is longer than this.
std::string_view nearest_of(std::string_view word, const std::vector<std::string_view>& names) {
  return nearest(word.substr(0, 64), names);
}

constexpr std::size_t group_count = static_cast<std::size_t>(Group::pure) + 1;

// strace's deprecated classes without '%'.
bool is_bare_group(std::string_view name) {
  constexpr std::string_view bare[] = {"file",   "process", "network", "net",
                                       "signal", "ipc",     "desc",    "memory"};
  return std::find(std::begin(bare), std::end(bare), name) != std::end(bare);
}

Numbers in_group(Group group, Arches arches) {
  Numbers found;
  add_rows(found, arches, [&](const SyscallRow& row) { return row.groups.has(group); });
  return found;
}

Result<Numbers> group_item(std::string_view name, Arches arches) {
  if (const auto group = find_group(name)) return in_group(*group, arches);
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < group_count; ++i) names.push_back(group_name(static_cast<Group>(i)));
  const std::string_view hint = nearest_of(name, names);
  return no_such("%" + std::string(name), hint.empty() ? "" : "%" + std::string(hint));
}

// RE2: linear time whatever the expression.
Result<Numbers> regex_item(std::string_view pattern, Arches arches) {
  RE2::Options options(RE2::Quiet);
  const RE2 regex(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!regex.ok()) {
    return fail({Errc::malformed, 0, "bad regular expression '" + escaped(pattern) + "': " + regex.error()});
  }
  Numbers found;
  add_rows(found, arches, [&](const SyscallRow& row) {
    return RE2::PartialMatch(re2::StringPiece(row.name.data(), row.name.size()), regex);
  });
  if (found.empty()) return no_such("/" + std::string(pattern), {});
  return found;
}

Result<Numbers> name_item(std::string_view name, Arches arches) {
  if (is_bare_group(name)) return in_group(*find_group(name), arches);
  Numbers found;
  add_rows(found, arches, [&](const SyscallRow& row) { return row.name == name; });
  if (!found.empty()) return found;
  std::vector<std::string_view> names;
  for (const Arch arch : arches) {
    for (const SyscallRow& row : syscalls(arch)) names.push_back(row.name);
  }
  return no_such(name, nearest_of(name, names));
}

Result<Numbers> item(std::string_view text, Arches arches) {
  if (text.empty()) return fail({Errc::malformed, 0, "empty item in a set of system calls"});
  if (text.front() == '%') return group_item(text.substr(1), arches);
  if (text.front() == '/') return regex_item(text.substr(1), arches);
  const auto number = parse_number<std::uint32_t>(text);
  if (!number) return name_item(text, arches);
  Numbers found;
  for (const Arch arch : arches) found.push_back({arch, SyscallNo(*number)});
  return found;
}

/// A suffix says of which convention, as strace has it: bits of a pointer.
struct Suffix {
  std::string_view text;
  Arch arch;
};
constexpr Suffix suffixes[] = {{"@64", Arch::x86_64}, {"@32", Arch::i386}, {"@x32", Arch::x32}};

}  // namespace

SyscallSet SyscallSet::all() {
  SyscallSet set;
  set.flip();
  return set;
}

void SyscallSet::flip() {
  for (auto& numbers : numbers_) numbers.flip();
  others_ = !others_;
}

Result<SyscallSet> SyscallSet::parse(std::string_view text) {
  const bool inverted = !text.empty() && text.front() == '!';
  if (inverted) text.remove_prefix(1);
  SyscallSet set;
  for (bool more = true; more;) {
    const auto comma = text.find(',');
    more = comma != std::string_view::npos;
    if (auto added = set.add_item(text.substr(0, comma)); !added) return fail(added.error());
    if (more) text.remove_prefix(comma + 1);
  }
  if (inverted) set.flip();
  return set;
}

Result<void> SyscallSet::add_item(std::string_view text) {
  const bool forgiving = !text.empty() && text.front() == '?';
  if (forgiving) text.remove_prefix(1);
  Arches arches = machine_arches();
  const auto suffix = std::ranges::find_if(suffixes, [&](const Suffix& s) { return text.ends_with(s.text); });
  if (suffix != std::end(suffixes)) {
    text.remove_suffix(suffix->text.size());
    arches = std::span(&suffix->arch, 1);
  }
  if (text == "none") return {};
  if (text == "all" && suffix == std::end(suffixes)) {
    *this = all();
    return {};
  }
  if (text == "all") {
    of(suffix->arch).set();
    return {};
  }
  const auto found = item(text, arches);
  if (!found) return forgiving && !text.empty() ? Result<void>{} : Result<void>(fail(found.error()));
  for (const auto& [arch, nr] : *found) {
    if (nr.raw() >= static_cast<std::int64_t>(limit)) {
      return fail({Errc::malformed, 0, "system call number " + escaped(text) + " is out of range"});
    }
    of(arch).set(static_cast<std::size_t>(nr.raw()));
  }
  return {};
}

bool SyscallSet::contains(Arch arch, SyscallNo nr) const {
  constexpr std::int64_t x32_bit = 0x40000000;  // __X32_SYSCALL_BIT
  if (arch == Arch::x32) nr = SyscallNo(nr.raw() & ~x32_bit);
  if (nr.raw() < 0 || nr.raw() >= static_cast<std::int64_t>(limit)) return others_;
  return of(arch).test(static_cast<std::size_t>(nr.raw()));
}

bool SyscallSet::contains(const Call& call) const {
  return contains(call.raw.arch, call.row != nullptr ? call.row->nr : call.raw.nr);
}

SyscallSet& SyscallSet::operator|=(const SyscallSet& other) {
  for (std::size_t arch = 0; arch < numbers_.size(); ++arch) numbers_[arch] |= other.numbers_[arch];
  others_ = others_ || other.others_;
  return *this;
}

bool SyscallSet::empty() const {
  return !others_ && std::ranges::all_of(numbers_, [](const auto& numbers) { return numbers.none(); });
}

}  // namespace ptop::decode
