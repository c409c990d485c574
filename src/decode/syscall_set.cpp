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

using Numbers = std::vector<SyscallNo>;

tl::unexpected<Error> no_such(std::string_view item, std::string_view hint) {
  std::string what = "unknown system call '" + escaped(item) + "'";
  if (!hint.empty()) (what += ", did you mean '").append(hint) += "'?";
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

Numbers in_group(Group group, Arch arch) {
  Numbers found;
  for (const SyscallRow& row : syscalls(arch)) {
    if (row.groups.has(group)) found.push_back(row.nr);
  }
  return found;
}

Result<Numbers> group_item(std::string_view name, Arch arch) {
  if (const auto group = find_group(name)) return in_group(*group, arch);
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < group_count; ++i) names.push_back(group_name(static_cast<Group>(i)));
  const std::string_view hint = nearest_of(name, names);
  return no_such("%" + std::string(name), hint.empty() ? "" : "%" + std::string(hint));
}

// RE2: linear time whatever the expression.
Result<Numbers> regex_item(std::string_view pattern, Arch arch) {
  RE2::Options options(RE2::Quiet);
  const RE2 regex(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!regex.ok()) {
    return fail({Errc::malformed, 0, "bad regular expression '" + escaped(pattern) + "': " + regex.error()});
  }
  Numbers found;
  for (const SyscallRow& row : syscalls(arch)) {
    if (RE2::PartialMatch(re2::StringPiece(row.name.data(), row.name.size()), regex)) found.push_back(row.nr);
  }
  if (found.empty()) return no_such("/" + std::string(pattern), {});
  return found;
}

Result<Numbers> name_item(std::string_view name, Arch arch) {
  if (is_bare_group(name)) return in_group(*find_group(name), arch);
  if (const SyscallRow* row = find_syscall(arch, name)) return Numbers{row->nr};
  std::vector<std::string_view> names;
  for (const SyscallRow& row : syscalls(arch)) names.push_back(row.name);
  return no_such(name, nearest_of(name, names));
}

Result<Numbers> item(std::string_view text, Arch arch) {
  if (text.empty()) return fail({Errc::malformed, 0, "empty item in a set of system calls"});
  if (text.front() == '%') return group_item(text.substr(1), arch);
  if (text.front() == '/') return regex_item(text.substr(1), arch);
  if (const auto number = parse_number<std::uint32_t>(text)) return Numbers{SyscallNo(*number)};
  return name_item(text, arch);
}

}  // namespace

SyscallSet SyscallSet::all() {
  SyscallSet set;
  set.numbers_.set();
  set.others_ = true;
  return set;
}

Result<SyscallSet> SyscallSet::parse(std::string_view text, Arch arch) {
  const bool inverted = !text.empty() && text.front() == '!';
  if (inverted) text.remove_prefix(1);
  SyscallSet set;
  for (bool more = true; more;) {
    const auto comma = text.find(',');
    more = comma != std::string_view::npos;
    if (auto added = set.add_item(text.substr(0, comma), arch); !added) return fail(added.error());
    if (more) text.remove_prefix(comma + 1);
  }
  if (inverted) {
    set.numbers_.flip();
    set.others_ = !set.others_;
  }
  return set;
}

Result<void> SyscallSet::add_item(std::string_view text, Arch arch) {
  const bool forgiving = !text.empty() && text.front() == '?';
  if (forgiving) text.remove_prefix(1);
  // strace: the calls of one calling convention. Those of others come without a table here.
  if (text.ends_with("@32") || text.ends_with("@x32")) return {};
  if (text.ends_with("@64")) text.remove_suffix(3);
  if (text == "none") return {};
  if (text == "all") {
    *this = all();
    return {};
  }
  const auto found = item(text, arch);
  if (!found) return forgiving && !text.empty() ? Result<void>{} : Result<void>(fail(found.error()));
  for (const SyscallNo nr : *found) {
    if (nr.raw() >= static_cast<std::int64_t>(limit)) {
      return fail({Errc::malformed, 0, "system call number " + escaped(text) + " is out of range"});
    }
    numbers_.set(static_cast<std::size_t>(nr.raw()));
  }
  return {};
}

bool SyscallSet::contains(SyscallNo nr) const {
  if (nr.raw() < 0 || nr.raw() >= static_cast<std::int64_t>(limit)) return others_;
  return numbers_.test(static_cast<std::size_t>(nr.raw()));
}

}  // namespace ptop::decode
