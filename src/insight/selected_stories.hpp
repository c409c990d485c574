// Which stories of open files concern a process that matches: one that got the file by an exec, or opened it.
// A story may end before one of them is known to match.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ptop::insight {

/// `Member`: has `bool matches() const` and `std::vector<std::uint64_t> stories`, which is ours.
template <class Member>
class SelectedStories {
 public:
  using MemberPtr = std::shared_ptr<Member>;

  void concern(std::uint64_t story, const MemberPtr& member) {
    Concern& concern = concerns_[story];
    if (member->matches()) concern = {.wanted = true, .undecided = {}};
    if (concern.wanted || contains(concern, *member)) return;
    concern.undecided.push_back(member);
    member->stories.push_back(story);
  }

  void matched(Member& member) {
    for (const std::uint64_t story : std::exchange(member.stories, {})) {
      if (const auto found = concerns_.find(story); found != concerns_.end())
        found->second = {.wanted = true, .undecided = {}};
    }
  }

  /// It will not match any more.
  void over(Member& member) {
    for (const std::uint64_t story : std::exchange(member.stories, {})) {
      if (const auto found = concerns_.find(story); found != concerns_.end())
        std::erase_if(found->second.undecided, [&](const MemberPtr& m) { return m.get() == &member; });
    }
  }

  struct Concern {
    bool wanted = false;
    std::vector<MemberPtr> undecided;  ///< who may match yet
  };
  /// Of a story that is told, and forgotten here.
  Concern take(std::uint64_t story) {
    auto node = concerns_.extract(story);
    return node ? std::move(node.mapped()) : Concern();
  }

 private:
  static bool contains(const Concern& concern, const Member& member) {
    for (const MemberPtr& known : concern.undecided) {
      if (known.get() == &member) return true;
    }
    return false;
  }

  std::unordered_map<std::uint64_t, Concern> concerns_;
};

}  // namespace ptop::insight
