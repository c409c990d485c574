// The SET of `-e trace=SET`: names, numbers, groups and regular expressions to a set of numbers.
#include "ptop/decode/syscall_set.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ptop/base/escape.hpp"
#include "ptop/base/number.hpp"

namespace ptop::decode {
namespace {

using Numbers = std::vector<SyscallNo>;

tl::unexpected<Error> no_such(std::string_view item, std::string_view hint) {
  std::string what = "unknown system call '" + escaped(item) + "'";
  if (!hint.empty()) (what += ", did you mean '").append(hint) += "'?";
  return fail({Errc::malformed, 0, std::move(what)});
}

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

class Nearest {
 public:
  explicit Nearest(std::string_view wanted) : wanted_(wanted.substr(0, 64)) {}
  void offer(std::string_view candidate) {
    const std::size_t d = distance(wanted_, candidate);
    if (d >= distance_) return;
    distance_ = d;
    name_ = candidate;
  }
  /// Empty when nothing is near enough to be meant: a third of the letters, or one of a short word.
  std::string_view name() const {
    return distance_ <= std::max<std::size_t>(1, wanted_.size() / 3) ? name_ : "";
  }

 private:
  std::string_view wanted_;
  std::string_view name_;
  std::size_t distance_ = std::string_view::npos;
};

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
  Nearest nearest(name);
  for (std::size_t i = 0; i < group_count; ++i) nearest.offer(group_name(static_cast<Group>(i)));
  const std::string_view hint = nearest.name();
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
  Nearest nearest(name);
  for (const SyscallRow& row : syscalls(arch)) nearest.offer(row.name);
  return no_such(name, std::string(nearest.name()));
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
