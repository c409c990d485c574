// Two environments compared by name.
#include "environment.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <unistd.h>

namespace ptop::follow {
namespace {

std::string_view name_of(std::string_view entry) {
  const auto equals =
      entry.find('=', 1);  // bash exports names such as "=x" to nobody, but "=" first is no name's end
  return entry.substr(0, equals);
}

using Strings = std::vector<std::string_view>;
using Entries = std::span<const std::string_view>;

/// As name_of() would tell, without a look at all of the entry. A name has no '=' but at its beginning.
bool has_name(std::string_view entry, std::string_view name) {
  if (name.empty()) return entry.empty();
  return entry.starts_with(name) && (entry.size() == name.size() || entry[name.size()] == '=');
}

/// Where the entries of a name stand, one after the other; the size of the environment: no more.
class Searched {
 public:
  explicit Searched(const Strings& environment) : environment_(environment) {}
  std::size_t first(std::string_view name) const { return from(0, name); }
  std::size_t next(std::size_t place, std::string_view name) const { return from(place + 1, name); }

 private:
  std::size_t from(std::size_t place, std::string_view name) const {
    while (place < environment_.size() && !has_name(environment_[place], name)) ++place;
    return place;
  }
  const Strings& environment_;
};

class Indexed {
 public:
  explicit Indexed(const Strings& environment) : next_(environment.size(), environment.size()) {
    first_.reserve(environment.size());
    for (std::size_t place = environment.size(); place-- > 0;) {
      const auto [entry, is_new] = first_.try_emplace(name_of(environment[place]), place);
      if (!is_new) next_[place] = std::exchange(entry->second, place);
    }
  }
  std::size_t first(std::string_view name) const {
    const auto found = first_.find(name);
    return found == first_.end() ? next_.size() : found->second;
  }
  std::size_t next(std::size_t place, std::string_view) const { return next_[place]; }

 private:
  std::unordered_map<std::string_view, std::size_t> first_;
  std::vector<std::size_t> next_;  ///< of the same name
};

/// How far apart the next equal entries are in both, together at most `farthest`; else one of each is
/// skipped.
std::pair<std::size_t, std::size_t> to_next_equal(Entries before, Entries after) {
  constexpr std::size_t farthest = 8;
  for (std::size_t both = 1; both <= farthest; ++both) {
    for (std::size_t old = 0; old <= both; ++old) {
      const std::size_t now = both - old;
      if (old < before.size() && now < after.size() && before[old] == after[now]) return {old, now};
    }
  }
  return {1, 1};
}

/// Equal entries are paired in the order of both. A name of which every entry has its pair has the same
/// values.
Strings names_that_differ(Entries before, Entries after) {
  Strings names;
  const auto skip = [&](Entries& entries, std::size_t count) {
    for (const std::string_view entry : entries.first(count)) names.push_back(name_of(entry));
    entries = entries.subspan(count);
  };
  while (!before.empty() && !after.empty()) {
    if (before.front() == after.front()) {
      before = before.subspan(1), after = after.subspan(1);
      continue;
    }
    const auto [old, now] = to_next_equal(before, after);
    skip(after, now);
    skip(before, old);
  }
  skip(after, after.size());
  skip(before, before.size());
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// The entries of one name are compared in their order: the first with the first, and so on.
template <class Places>
EnvironmentChange change_of(const Strings& names, const Strings& before, const Strings& after) {
  EnvironmentChange change;
  const Places old_places(before), new_places(after);
  std::set<std::size_t> added, changed, removed;  // places, in the order of their environment
  for (const std::string_view name : names) {
    std::size_t old = old_places.first(name), now = new_places.first(name);
    for (; old < before.size() && now < after.size();
         old = old_places.next(old, name), now = new_places.next(now, name))
      if (before[old] != after[now]) changed.insert(now);
    for (; now < after.size(); now = new_places.next(now, name)) added.insert(now);
    for (; old < before.size(); old = old_places.next(old, name)) removed.insert(old);
  }
  for (const std::size_t place : added) change.added.emplace_back(after[place]);
  for (const std::size_t place : changed) change.changed.emplace_back(after[place]);
  for (const std::size_t place : removed) change.removed.emplace_back(name_of(before[place]));
  return change;
}

}  // namespace

Strings Environment::entries() const {
  Strings entries;
  for (std::string_view rest = block_; !rest.empty();) {
    const auto end = rest.find('\0');
    entries.push_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return entries;
}

/// Mostly one variable differs, or none; an index is made only where many do.
EnvironmentChange environment_change(const Environment& old, const Environment& now) {
  constexpr std::size_t few = 16;
  if (old == now) return {};
  const Strings before = old.entries(), after = now.entries();
  const auto names = names_that_differ(before, after);
  if (names.empty()) return {};
  return names.size() <= few ? change_of<Searched>(names, before, after)
                             : change_of<Indexed>(names, before, after);
}

const ComparedEnvironment& EnvironmentComparison::compare(const EnvironmentPtr& before, Environment now) {
  const auto known = std::ranges::find_if(recent_, [&](const ComparedEnvironment& compared) {
    return compared.before == before && *compared.after == now;
  });
  if (known != recent_.end()) return *known;
  if (recent_.size() < most) recent_.emplace_back();
  ComparedEnvironment& place = recent_[oldest_];
  oldest_ = (oldest_ + 1) % most;
  place = {before, before, environment_change(*before, now)};
  if (*before != now) place.after = std::make_shared<const Environment>(std::move(now));
  return place;
}

Environment own_environment() {
  Environment environment;
  for (char** entry = ::environ; entry && *entry; ++entry) environment.add(*entry);
  return environment;
}

}  // namespace ptop::follow
