// Looks compared: what is new was opened since, what is missing was closed, what is still there after an exec
// crossed it.
#include "descriptor_ledger.hpp"

#include <algorithm>
#include <iterator>

namespace ptop::insight {
namespace {

using follow::DescriptorPurpose;
using follow::DescriptorUse;

constexpr std::size_t holders_kept = 8;
constexpr std::uint64_t longest_preparation_ns = 2'000'000'000;  // as for recipes

bool shows_use(std::string_view type) {
  return type == "regular" || type == "directory" || type == "block" || type == "memfd";
}

DescriptorUse use_of(const Entry& entry, const Seen& now) {
  if (entry.called) return DescriptorUse::called;
  if (now.close_on_exec() && !entry.first.close_on_exec()) return DescriptorUse::marked;
  if (!now.position || !entry.first.position) return DescriptorUse::unknown;
  if (now.position != entry.first.position || now.flags != entry.first.flags) return DescriptorUse::moved;
  return shows_use(entry.file->story.type) ? DescriptorUse::none_seen : DescriptorUse::unknown;
}

const Seen* find(const std::vector<Seen>& all, const Entry& entry) {
  const auto found = std::ranges::find(all, entry.last.fd, &Seen::fd);
  return found != all.end() && same_file(entry.last, *found) ? &*found : nullptr;
}

/// Of a program that has one open file under several numbers. Closed is what is closed under all of them.
int weight(DescriptorUse use) { return use == DescriptorUse::closed ? -1 : static_cast<int>(use); }

void add_holder(std::vector<follow::DescriptorHolder>& holders, follow::DescriptorHolder holder) {
  const auto rank = [](const follow::DescriptorHolder& h) {
    return std::pair(h.purpose != DescriptorPurpose::none, h.exec_ns);
  };
  const auto place = std::ranges::upper_bound(holders, rank(holder), {}, rank);
  holders.insert(place, std::move(holder));
  if (holders.size() > holders_kept) holders.pop_back();
}

bool has_own_name(procfs::FdKind kind) {
  return kind == procfs::FdKind::path || kind == procfs::FdKind::pipe || kind == procfs::FdKind::socket;
}

bool duplicates(std::string_view call) { return call.starts_with("dup") || call.starts_with("fcntl"); }

/// Of what was moved from another number since, as shells do, the call that opened it there.
std::string opening_call(const Table& table, const Seen& seen) {
  const auto opened_it = [&](const auto& known) {
    return procfs::parse_fd_link(known.second.target).target == seen.link.target;
  };
  const auto found = table.calls.find(seen.fd);
  const bool is_known = found != table.calls.end() && opened_it(*found);
  if (is_known && !duplicates(found->second.call)) return found->second.call;
  if (has_own_name(seen.link.kind)) {
    const auto other = std::ranges::find_if(
        table.calls, [&](const auto& known) { return opened_it(known) && !duplicates(known.second.call); });
    if (other != table.calls.end()) return other->second.call;
  }
  return is_known ? found->second.call : std::string();
}

}  // namespace

Table& Ledger::table_of(ProcessKey key) {
  Table& table = tables_[key.pid];
  table.key = key;
  return table;
}

Entry Ledger::new_entry(const Table& table, const Seen& seen, std::uint64_t now_ns, bool before) {
  auto file = std::make_shared<OpenFile>();
  file->story = {.fd = seen.fd,
                 .target = seen.target(),
                 .origin = {.before = before,
                            .opener = table.key,
                            .program = table.program,
                            .after_ns = table.looked_ns,
                            .until_ns = now_ns,
                            .call = opening_call(table, seen)},
                 .story = ++stories_};
  file->entries = 1;
  return {.file = std::move(file), .first = seen, .last = seen};
}

void Ledger::begin(ProcessKey key, std::string program, const std::vector<Seen>& seen, std::uint64_t now_ns) {
  Table& table = table_of(key);
  table.program = std::move(program);
  table.looked_ns = now_ns;
  add_new(table, key.pid, seen, now_ns, true);
}

/// What is not in the table: duplicates of what is there, and open files that are new.
void Ledger::add_new(Table& table, Pid looked, const std::vector<Seen>& seen, std::uint64_t now_ns,
                     bool before) {
  AlikeFiles alike(looked, order_);
  for (const auto& [fd, entry] : table.entries) alike.add(entry.last);
  for (const Seen& one : seen) {
    if (table.entries.contains(one.fd)) continue;
    const auto number = alike.find_or_add(one);
    const auto twin =
        number ? table.entries.find(*number) : std::ranges::find_if(table.entries, [&](const auto& known) {
          return same_object(known.second.last, one);
        });
    table.entries.emplace(one.fd, twin == table.entries.end() ? new_entry(table, one, now_ns, before)
                                                              : copy(twin->second, DescriptorPurpose::none));
    table.entries.at(one.fd).first = table.entries.at(one.fd).last = one;
  }
}

/// The program is still the same.
void Ledger::update(Table& table, Pid looked, const std::vector<Seen>& seen, std::uint64_t now_ns) {
  for (auto it = table.entries.begin(); it != table.entries.end();) {
    Entry& entry = it->second;
    if (const Seen* const now = find(seen, entry)) {
      entry.last = *now;
      ++it;
      continue;
    }
    settle(entry, DescriptorUse::closed, false);
    release(entry);
    it = table.entries.erase(it);
  }
  add_new(table, looked, seen, now_ns, false);
  table.calls.clear();
  table.looked_ns = now_ns;
}

void Ledger::born(ProcessKey parent, ProcessKey child, Pid looked, const std::vector<Seen>& seen,
                  std::uint64_t now_ns) {
  Table& from = table_of(parent);
  update(from, looked, seen, now_ns);
  Table copy{.key = child,
             .parent = parent.pid,
             .entries = from.entries,
             .program = from.program,
             .born_ns = now_ns,
             .looked_ns = now_ns,
             .fresh = true};
  for (auto& [fd, entry] : copy.entries) {
    ++entry.file->entries;
    entry.holding.reset();
    entry.called = false;
  }
  gone(child.pid);
  tables_.insert_or_assign(child.pid, std::move(copy));
}

/// Whether `fd` of this process and the same entry of its parent lead to one open file. nullopt: the parent
/// has it no more.
std::optional<bool> Ledger::is_of_parent(const Table& table, const Entry& entry, int fd) const {
  const auto parent = tables_.find(table.parent);
  if (parent == tables_.end()) return std::nullopt;
  for (const auto& [number, known] : parent->second.entries) {
    if (known.file != entry.file) continue;
    const auto order = order_(table.key.pid, fd, table.parent, number);
    return order ? std::optional(*order == std::strong_ordering::equal) : std::nullopt;
  }
  return std::nullopt;
}

bool Ledger::is_still(const Table& table, const Entry& entry, const Seen& seen) const {
  return same_file(entry.last, seen) && is_of_parent(table, entry, seen.fd).value_or(true);
}

/// Of another number. Only a child that prepares its exec is believed to have duplicated what has the same
/// name.
bool Ledger::is_twin(const Table& table, const Entry& entry, const Seen& seen, bool prepares) const {
  if (same_object(entry.last, seen)) return true;
  return prepares && same_file(entry.last, seen) && is_of_parent(table, entry, seen.fd).value_or(true);
}

/// The old program's entry has the new one's, which is of the same number.
Entry Ledger::keep(Entry& old, const Seen& seen) {
  const bool unmarked = old.last.close_on_exec();
  settle(old, use_of(old, seen), false);
  return copy(old, unmarked ? DescriptorPurpose::unmarked : DescriptorPurpose::none);
}

Entry Ledger::copy(const Entry& other, DescriptorPurpose purpose) {
  Entry entry = other;
  ++entry.file->entries;
  entry.holding.reset();
  entry.called = false;
  entry.purpose = purpose;
  return entry;
}

/// Of a number that the old program did not have: a duplicate of what the new one has as well, or of what the
/// old one had, or a new open file.
Entry Ledger::find_or_make(const Table& table, const std::map<int, Entry>& kept, const Seen& seen,
                           AlikeFiles& alike, std::uint64_t now_ns) {
  const bool prepares = table.fresh && now_ns - table.born_ns <= longest_preparation_ns;
  const auto purpose = prepares ? DescriptorPurpose::placed : DescriptorPurpose::none;
  if (const auto number = alike.find_or_add(seen)) return copy(kept.at(*number), purpose);
  const auto twin = std::ranges::find_if(
      table.entries, [&](const auto& known) { return is_twin(table, known.second, seen, prepares); });
  if (twin != table.entries.end()) return copy(twin->second, purpose);
  Entry entry = new_entry(table, seen, now_ns, false);
  entry.purpose = prepares ? DescriptorPurpose::opened : DescriptorPurpose::none;
  return entry;
}

/// The entries of the new program for what the look showed, first those of numbers that the old one had.
std::map<int, Entry> Ledger::inherit(Table& table, const std::vector<Seen>& seen, std::uint64_t now_ns) {
  std::map<int, Entry> entries;
  AlikeFiles alike(table.key.pid, order_);
  for (const Seen& one : seen) {
    const auto same = table.entries.find(one.fd);
    if (same == table.entries.end() || !is_still(table, same->second, one)) continue;
    entries.emplace(one.fd, keep(same->second, one));
    alike.add(one);
  }
  for (const Seen& one : seen) {
    if (!entries.contains(one.fd)) entries.emplace(one.fd, find_or_make(table, entries, one, alike, now_ns));
    Entry& entry = entries.at(one.fd);
    entry.first = entry.last = one;
  }
  return entries;
}

/// Counts the exec once for each open file, under however many numbers the new program got it.
std::vector<follow::InheritedDescriptor> Ledger::arrive(ProcessKey key, const std::string& program,
                                                        std::map<int, Entry>& entries, const Told& told,
                                                        procfs::Reader& reader, std::uint64_t now_ns) {
  std::vector<follow::InheritedDescriptor> inherited;
  std::unordered_map<const OpenFile*, std::shared_ptr<Holding>> holdings;
  const Namings namings(told);
  for (auto& [fd, entry] : entries) {
    if (is_standard(fd)) continue;
    follow::DescriptorAudit& story = entry.file->story;
    if (is_standard(story.fd)) story.fd = fd;
    if (story.type.empty()) story.type = type_of(reader, key.pid, entry.first);
    auto naming = namings.of(fd, entry.first.target());
    if (naming.purpose != DescriptorPurpose::none) entry.purpose = naming.purpose;
    const bool is_judged_later = told.prepares_another && !story.origin.before;
    if (is_judged_later && entry.purpose == DescriptorPurpose::none)
      entry.purpose = DescriptorPurpose::launcher;
    ++entry.execs;
    const auto& got = inherited.emplace_back(follow::InheritedDescriptor{.fd = fd,
                                                                         .target = entry.first.target(),
                                                                         .type = story.type,
                                                                         .origin = story.origin,
                                                                         .execs = entry.execs,
                                                                         .purpose = entry.purpose,
                                                                         .named_by = std::move(naming.by),
                                                                         .story = story.story});
    auto& holding = holdings[entry.file.get()];
    const bool is_first = !holding;
    const bool leaks_first =
        got.is_leak() && (is_first || holding->holder.purpose != DescriptorPurpose::none);
    if (is_first) holding = std::make_shared<Holding>();
    if (is_first || leaks_first)
      holding->holder = {
          .process = key, .program = program, .fd = fd, .purpose = entry.purpose, .exec_ns = now_ns};
    ++holding->numbers;
    entry.holding = holding;
    story.execs += is_first ? 1 : 0;
    story.leaks += leaks_first ? 1 : 0;
  }
  return inherited;
}

std::vector<follow::InheritedDescriptor> Ledger::execed(ProcessKey key, std::string program,
                                                        const std::vector<Seen>& seen, const Told& told,
                                                        procfs::Reader& reader, std::uint64_t now_ns) {
  Table& table = table_of(key);
  std::map<int, Entry> entries = inherit(table, seen, now_ns);
  for (auto& [fd, old] : table.entries) {
    settle(old, old.last.close_on_exec() ? DescriptorUse::marked : DescriptorUse::closed, false);
    release(old);
  }
  auto inherited = arrive(key, program, entries, told, reader, now_ns);
  table.entries = std::move(entries);
  table.program = std::move(program);
  table.calls.clear();
  table.looked_ns = now_ns;
  table.fresh = false;
  return inherited;
}

void Ledger::leaving(Pid pid, const std::vector<Seen>& seen) {
  const auto found = tables_.find(pid);
  if (found == tables_.end()) return;
  for (auto& [fd, entry] : found->second.entries) {
    const Seen* const now = find(seen, entry);
    settle(entry, now ? use_of(entry, *now) : DescriptorUse::closed, now != nullptr);
  }
}

void Ledger::gone(Pid pid) {
  const auto found = tables_.find(pid);
  if (found == tables_.end()) return;
  for (auto& [fd, entry] : found->second.entries) {
    settle(entry, entry.called ? DescriptorUse::called : DescriptorUse::unknown, false);
    release(entry);
  }
  tables_.erase(found);
}

void Ledger::opened_by_call(Pid pid, int fd, Opening opening) {
  const auto found = tables_.find(pid);
  if (found != tables_.end()) found->second.calls.insert_or_assign(fd, std::move(opening));
}

void Ledger::used_by_call(Pid pid, int fd) {
  const auto found = tables_.find(pid);
  if (found == tables_.end()) return;
  const auto entry = found->second.entries.find(fd);
  if (entry != found->second.entries.end()) entry->second.called = true;
}

/// The program that got it ends, execs another or closed it: what it did is known as far as it ever will be.
void Ledger::settle(Entry& entry, DescriptorUse use, bool at_exit) {
  if (!entry.holding) return;
  const auto holding = std::exchange(entry.holding, nullptr);
  follow::DescriptorHolder& holder = holding->holder;
  if (!holding->has_use || weight(use) > weight(holder.use)) holder.use = use;
  holding->has_use = true;
  holder.at_exit |= at_exit;
  if (--holding->numbers != 0) return;
  follow::DescriptorAudit& story = entry.file->story;
  const bool is_closed = holder.use == DescriptorUse::closed || holder.use == DescriptorUse::marked;
  if (holder.purpose == DescriptorPurpose::launcher && !is_closed) {
    holder.purpose = DescriptorPurpose::none;
    ++story.leaks;
  }
  story.at_exit += holder.at_exit ? 1 : 0;
  story.untouched += holder.use == DescriptorUse::none_seen ? 1 : 0;
  add_holder(story.holders, std::move(holder));
}

void Ledger::release(Entry& entry) {
  OpenFile& file = *entry.file;
  if (--file.entries == 0 && file.story.execs != 0) finished_.push_back(std::move(file.story));
  entry.file.reset();
}

std::vector<follow::DescriptorAudit> Ledger::take_finished() { return std::exchange(finished_, {}); }

std::vector<Pid> Ledger::pids() const {
  std::vector<Pid> all;
  for (const auto& [pid, table] : tables_) all.push_back(pid);
  std::ranges::sort(all);
  return all;
}

std::vector<Pid> Ledger::other_ends(const Seen& pipe) const {
  std::vector<Pid> pids;
  for (const auto& [pid, table] : tables_) {
    const bool has = std::ranges::any_of(table.entries, [&](const auto& known) {
      const Seen& other = known.second.last;
      return other.link.kind == procfs::FdKind::pipe && other.link.target == pipe.link.target &&
             other.access() != pipe.access();
    });
    if (has) pids.push_back(pid);
  }
  std::ranges::sort(pids);
  return pids;
}

std::vector<Pid> Ledger::holders_of_socket(std::uint64_t inode) const {
  std::vector<Pid> pids;
  for (const auto& [pid, table] : tables_) {
    const bool has = std::ranges::any_of(table.entries, [&](const auto& known) {
      return known.second.last.link.kind == procfs::FdKind::socket && known.second.last.link.inode == inode;
    });
    if (has) pids.push_back(pid);
  }
  std::ranges::sort(pids);
  return pids;
}

}  // namespace ptop::insight
