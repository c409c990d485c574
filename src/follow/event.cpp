// Names belonging to events.
#include "ptop/follow/event.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace ptop::follow {

void ExecFailed::add(ExecAttempt attempt) {
  constexpr std::size_t most = 256;
  const bool known = std::ranges::any_of(tried, [&](const ExecAttempt& other) {
    return other.error_number == attempt.error_number && other.path == attempt.path;
  });
  if (!known && tried.size() < most) tried.push_back(std::move(attempt));
}

const ExecAttempt& ExecFailed::told() const {
  const auto denied = std::ranges::find(tried, EACCES, &ExecAttempt::error_number);
  return denied == tried.end() ? tried.back() : *denied;
}

void join_ranges(std::vector<ClosedRange>& ranges) {
  std::ranges::sort(ranges, {}, &ClosedRange::first);
  std::size_t kept = 0;
  for (const ClosedRange range : ranges) {
    ClosedRange* const before = kept == 0 ? nullptr : &ranges[kept - 1];
    if (before && std::int64_t{range.first} <= std::int64_t{before->last} + 1)
      before->last = std::max(before->last, range.last);
    else
      ranges[kept++] = range;
  }
  ranges.resize(kept);
}

std::string_view fork_kind_name(ForkKind kind) {
  switch (kind) {
    case ForkKind::fork:
      return "fork";
    case ForkKind::vfork:
      return "vfork";
    case ForkKind::clone:
      return "clone";
  }
  return "clone";
}

std::string_view reaped_how_name(ReapedHow how) {
  switch (how) {
    case ReapedHow::waited:
      return "waited";
    case ReapedHow::ignored:
      return "ignored";
    case ReapedHow::adopted:
      return "adopted";
    case ReapedHow::never:
      return "never";
  }
  return "waited";
}

std::string_view descriptor_purpose_name(DescriptorPurpose purpose) {
  switch (purpose) {
    case DescriptorPurpose::none:
      return "none";
    case DescriptorPurpose::listen_fds:
      return "listen_fds";
    case DescriptorPurpose::jobserver:
      return "jobserver";
    case DescriptorPurpose::argument:
      return "argument";
    case DescriptorPurpose::environment:
      return "environment";
    case DescriptorPurpose::opened:
      return "opened";
    case DescriptorPurpose::placed:
      return "placed";
    case DescriptorPurpose::unmarked:
      return "unmarked";
    case DescriptorPurpose::launcher:
      return "launcher";
  }
  return "none";
}

std::string_view descriptor_use_name(DescriptorUse use) {
  switch (use) {
    case DescriptorUse::unknown:
      return "unknown";
    case DescriptorUse::none_seen:
      return "none_seen";
    case DescriptorUse::moved:
      return "moved";
    case DescriptorUse::marked:
      return "marked";
    case DescriptorUse::closed:
      return "closed";
    case DescriptorUse::called:
      return "called";
  }
  return "unknown";
}

}  // namespace ptop::follow
