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

using Entries = std::span<const std::string>;
using Index = std::unordered_map<std::string_view, std::size_t>;

Index by_name(const Environment& environment) {
  Index places;
  places.reserve(environment.size());
  for (std::size_t i = 0; i < environment.size(); ++i) places.emplace(name_of(environment[i]), i);
  return places;
}

/// Where a name stands first; the size of the environment: nowhere.
std::size_t place_of(std::string_view name, const Environment& environment) {
  const auto found = std::ranges::find_if(
      environment, [&](std::string_view entry) { return entry.starts_with(name) && name_of(entry) == name; });
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
std::vector<std::string_view> names_that_differ(Entries before, Entries after) {
  std::vector<std::string_view> names;
  const auto skip = [&](Entries& entries, std::size_t count) {
    for (const auto& entry : entries.first(count)) names.push_back(name_of(entry));
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
EnvironmentChange change_of(const std::vector<std::string_view>& names, const Environment& before,
                            const Environment& after, Before place_before, After place_after) {
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
  for (const std::size_t place : added) change.added.push_back(after[place]);
  for (const std::size_t place : changed) change.changed.push_back(after[place]);
  for (const std::size_t place : removed) change.removed.emplace_back(name_of(before[place]));
  return change;
}

}  // namespace

/// Mostly one variable differs, or none; an index is made only where many do.
EnvironmentChange environment_change(const Environment& before, const Environment& after) {
  constexpr std::size_t few = 16;
  const auto names = names_that_differ(before, after);
  if (names.empty()) return {};
  if (names.size() <= few) {
    return change_of(
        names, before, after, [&](std::string_view name) { return place_of(name, before); },
        [&](std::string_view name) { return place_of(name, after); });
  }
  const Index old_places = by_name(before), new_places = by_name(after);
  const auto looked_up = [](const Index& places, std::string_view name, const Environment& environment) {
    const auto found = places.find(name);
    return found == places.end() ? environment.size() : found->second;
  };
  return change_of(
      names, before, after, [&](std::string_view name) { return looked_up(old_places, name, before); },
      [&](std::string_view name) { return looked_up(new_places, name, after); });
}

EnvironmentPtr own_environment() {
  auto environment = std::make_shared<Environment>();
  for (char** entry = ::environ; entry && *entry; ++entry) environment->emplace_back(*entry);
  return environment;
}

}  // namespace ptop::follow
