// Two environments compared by name.
#include "environment.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
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
using Index = std::unordered_map<std::string_view, std::size_t>;

Index by_name(const Strings& environment) {
  Index places;
  places.reserve(environment.size());
  for (std::size_t i = 0; i < environment.size(); ++i) places.emplace(name_of(environment[i]), i);
  return places;
}

/// As name_of() would tell, without a look at all of the entry. A name has no '=' but at its beginning.
bool has_name(std::string_view entry, std::string_view name) {
  if (name.empty()) return entry.empty();
  return entry.starts_with(name) && (entry.size() == name.size() || entry[name.size()] == '=');
}

/// Where a name stands first; the size of the environment: nowhere.
std::size_t place_of(std::string_view name, const Strings& environment) {
  const auto found =
      std::ranges::find_if(environment, [&](std::string_view entry) { return has_name(entry, name); });
  return static_cast<std::size_t>(found - environment.begin());
}

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
/// value.
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
  return names;
}

/// `place_before` and `place_after` tell where a name stands first.
template <class Before, class After>
EnvironmentChange change_of(const Strings& names, const Strings& before, const Strings& after,
                            Before place_before, After place_after) {
  EnvironmentChange change;
  std::set<std::size_t> added, changed, removed;  // places: each name once, in the order of its environment
  for (const std::string_view name : names) {
    const std::size_t old = place_before(name), now = place_after(name);
    if (now == after.size())
      removed.insert(old);
    else if (old == before.size())
      added.insert(now);
    else if (before[old] != after[now])
      changed.insert(now);
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
  if (names.size() <= few) {
    return change_of(
        names, before, after, [&](std::string_view name) { return place_of(name, before); },
        [&](std::string_view name) { return place_of(name, after); });
  }
  const Index old_places = by_name(before), new_places = by_name(after);
  const auto looked_up = [](const Index& places, std::string_view name, const Strings& environment) {
    const auto found = places.find(name);
    return found == places.end() ? environment.size() : found->second;
  };
  return change_of(
      names, before, after, [&](std::string_view name) { return looked_up(old_places, name, before); },
      [&](std::string_view name) { return looked_up(new_places, name, after); });
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
