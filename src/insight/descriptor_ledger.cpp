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

void keep(std::vector<follow::DescriptorHolder>& holders, follow::DescriptorHolder holder) {
  const bool leak = holder.purpose == DescriptorPurpose::none;
  if (holders.size() == holders_kept) {
    const auto other = std::ranges::find_if(
        holders, [](const follow::DescriptorHolder& h) { return h.purpose != DescriptorPurpose::none; });
    if (!leak || other == holders.end()) return;
    holders.erase(other);
  }
  holders.push_back(std::move(holder));
}

}  // namespace

Table& Ledger::table_of(ProcessKey key) {
  Table& table = tables_[key.pid];
  table.key = key;
  return table;
}

Entry Ledger::new_entry(const Table& table, const Seen& seen, procfs::Reader& reader, std::uint64_t now_ns,
                        bool before) {
  auto file = std::make_shared<OpenFile>();
  const auto call = table.calls.find(seen.fd);
  file->story = {.fd = seen.fd,
                 .target = seen.target(),
                 .type = type_of(reader, table.key.pid, seen),
                 .origin = {.before = before,
                            .opener = table.key,
                            .program = table.program,
                            .after_ns = table.looked_ns,
                            .until_ns = now_ns,
                            .call = call == table.calls.end() ? std::string() : call->second},
                 .story = ++stories_};
  file->entries = 1;
  return {.file = std::move(file), .first = seen, .last = seen};
}

void Ledger::begin(ProcessKey key, std::string program, const std::vector<Seen>& seen, procfs::Reader& reader,
                   std::uint64_t now_ns) {
  Table& table = table_of(key);
  table.program = std::move(program);
  table.looked_ns = now_ns;
  for (const Seen& one : seen) table.entries.emplace(one.fd, new_entry(table, one, reader, now_ns, true));
}

/// The program is still the same.
void Ledger::update(Table& table, const std::vector<Seen>& seen, procfs::Reader& reader,
                    std::uint64_t now_ns) {
  for (auto it = table.entries.begin(); it != table.entries.end();) {
    Entry& entry = it->second;
    if (const Seen* const now = find(seen, entry)) {
      entry.last = *now;
      ++it;
      continue;
    }
    settle(table, entry, DescriptorUse::closed, false);
    release(entry);
    it = table.entries.erase(it);
  }
  for (const Seen& one : seen) {
    if (table.entries.contains(one.fd)) continue;
    const auto twin = std::ranges::find_if(
        table.entries, [&](const auto& known) { return same_object(known.second.last, one); });
    if (twin == table.entries.end()) {
      table.entries.emplace(one.fd, new_entry(table, one, reader, now_ns, false));
      continue;
    }
    ++twin->second.file->entries;
    table.entries.emplace(
        one.fd, Entry{.file = twin->second.file, .first = one, .last = one, .execs = twin->second.execs});
  }
  table.calls.clear();
  table.looked_ns = now_ns;
}

void Ledger::born(ProcessKey parent, ProcessKey child, const std::vector<Seen>& seen, procfs::Reader& reader,
                  std::uint64_t now_ns) {
  Table& from = table_of(parent);
  update(from, seen, reader, now_ns);
  Table copy{.key = child,
             .parent = parent.pid,
             .entries = from.entries,
             .program = from.program,
             .born_ns = now_ns,
             .looked_ns = now_ns,
             .fresh = true};
  for (auto& [fd, entry] : copy.entries) {
    ++entry.file->entries;
    entry.got = entry.called = false;
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
    if (known.file == entry.file) return is_one_open_file(table.key.pid, fd, table.parent, number);
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

/// The entry of the new program for what the look showed: the old one's by its number, or by another number
/// that was duplicated, or a new one.
Entry Ledger::inherit(Table& table, const Seen& seen, procfs::Reader& reader, std::uint64_t now_ns) {
  const bool prepares = table.fresh && now_ns - table.born_ns <= longest_preparation_ns;
  const auto same = table.entries.find(seen.fd);
  if (same != table.entries.end() && is_still(table, same->second, seen)) {
    Entry entry = same->second;
    ++entry.file->entries;
    const bool unmarked = entry.last.close_on_exec();
    settle(table, same->second, use_of(same->second, seen), false);
    entry.purpose = unmarked ? DescriptorPurpose::unmarked : DescriptorPurpose::none;
    return entry;
  }
  const auto twin = std::ranges::find_if(
      table.entries, [&](const auto& known) { return is_twin(table, known.second, seen, prepares); });
  if (twin != table.entries.end()) {
    Entry entry = twin->second;
    ++entry.file->entries;
    entry.purpose = prepares ? DescriptorPurpose::placed : DescriptorPurpose::none;
    return entry;
  }
  Entry entry = new_entry(table, seen, reader, now_ns, false);
  entry.purpose = prepares ? DescriptorPurpose::opened : DescriptorPurpose::none;
  return entry;
}

std::vector<follow::InheritedDescriptor> Ledger::execed(ProcessKey key, std::string program,
                                                        const std::vector<Seen>& seen, const Told& told,
                                                        procfs::Reader& reader, std::uint64_t now_ns) {
  Table& table = table_of(key);
  std::vector<follow::InheritedDescriptor> inherited;
  std::map<int, Entry> entries;
  for (const Seen& one : seen) {
    Entry entry = inherit(table, one, reader, now_ns);
    entry.first = entry.last = one;
    entry.got = true;
    entry.called = false;
    ++entry.execs;
    follow::DescriptorAudit& story = entry.file->story;
    auto naming = naming_of(one.fd, one.target(), told);
    if (naming.purpose != DescriptorPurpose::none) entry.purpose = naming.purpose;
    inherited.push_back({.fd = one.fd,
                         .target = one.target(),
                         .type = story.type,
                         .origin = story.origin,
                         .execs = entry.execs,
                         .purpose = entry.purpose,
                         .named_by = std::move(naming.by),
                         .story = story.story});
    ++story.execs;
    if (inherited.back().is_leak()) ++story.leaks;
    entries.insert_or_assign(one.fd, std::move(entry));
  }
  for (auto& [fd, old] : table.entries) {
    settle(table, old, old.last.close_on_exec() ? DescriptorUse::marked : DescriptorUse::closed, false);
    release(old);
  }
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
    settle(found->second, entry, now ? use_of(entry, *now) : DescriptorUse::closed, now != nullptr);
  }
}

void Ledger::gone(Pid pid) {
  const auto found = tables_.find(pid);
  if (found == tables_.end()) return;
  for (auto& [fd, entry] : found->second.entries) {
    settle(found->second, entry, entry.called ? DescriptorUse::called : DescriptorUse::unknown, false);
    release(entry);
  }
  tables_.erase(found);
}

void Ledger::opened_by_call(Pid pid, int fd, std::string_view call) {
  const auto found = tables_.find(pid);
  if (found != tables_.end()) found->second.calls.insert_or_assign(fd, std::string(call));
}

void Ledger::used_by_call(Pid pid, int fd) {
  const auto found = tables_.find(pid);
  if (found == tables_.end()) return;
  const auto entry = found->second.entries.find(fd);
  if (entry != found->second.entries.end()) entry->second.called = true;
}

/// The program that got it ends, execs another or closed it: what it did is known as far as it ever will be.
void Ledger::settle(const Table& table, Entry& entry, DescriptorUse use, bool at_exit) {
  if (!entry.got) return;
  entry.got = false;
  follow::DescriptorAudit& story = entry.file->story;
  story.at_exit += at_exit ? 1 : 0;
  story.untouched += use == DescriptorUse::none_seen ? 1 : 0;
  keep(story.holders, {.process = table.key,
                       .program = table.program,
                       .fd = entry.first.fd,
                       .purpose = entry.purpose,
                       .use = use,
                       .at_exit = at_exit});
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
