// A word for each purpose and each use.
#include "inherited_text.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "wrap.hpp"

namespace ptop::render {
namespace {

using namespace follow;

constexpr std::size_t verdict_columns = 8;

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string reason_words(const InheritedDescriptor& d) {
  std::string text = purpose_words(d.purpose);
  if (!d.named_by.empty() && d.purpose != DescriptorPurpose::listen_fds)
    text += fmt::format(" ({})", shorten_middle(escaped(d.named_by), 40));
  return text;
}

std::string ends_words(const std::vector<Pid>& ends) {
  constexpr std::size_t shown = 3;
  if (ends.empty()) return {};
  std::string text = ", other end:";
  for (std::size_t i = 0; i < std::min(shown, ends.size()); ++i) text += fmt::format(" {}", ends[i].raw());
  return ends.size() > shown ? text + fmt::format(" and {} more", ends.size() - shown) : text;
}

std::string_view verdict_word(const InheritedDescriptor& d) {
  if (d.origin.before) return "before";
  if (d.purpose == DescriptorPurpose::launcher) return "open";
  return d.is_leak() ? "leaked" : "given";
}

/// What was open before is told of the first program that got it.
bool is_news(const InheritedDescriptor& d) { return !d.origin.before || d.execs <= 1; }

/// What stands behind the name of the file.
std::string circumstances(const InheritedDescriptor& d) {
  std::string text = ends_words(d.ends);
  const std::string why = reason_words(d);
  if (!why.empty()) text += ", " + why;
  if (!d.origin.before) text += ", " + opener_words(d.origin);
  if (d.execs > 1) text += fmt::format(", through {} execs", d.execs);
  return text;
}

bool are_alike(const InheritedDescriptor& a, const InheritedDescriptor& b) {
  return a.type == b.type && verdict_word(a) == verdict_word(b) && circumstances(a) == circumstances(b);
}

std::string inherited_line(std::span<const InheritedDescriptor* const> run) {
  const InheritedDescriptor& d = *run.front();
  return fmt::format("{:{}}{}{}", verdict_word(d), verdict_columns,
                     numbers_and_name(d.fd, run.back()->fd, 0, d.target, run.size(),
                                      std::ranges::all_of(
                                          run, [&](const auto* other) { return other->target == d.target; })),
                     circumstances(d));
}

}  // namespace

std::string program_name(const std::string& path) {
  return escaped(std::string_view(path).substr(path.rfind('/') + 1));  // npos + 1 is 0
}

std::string purpose_words(DescriptorPurpose purpose) {
  switch (purpose) {
    case DescriptorPurpose::none:
      return "";
    case DescriptorPurpose::listen_fds:
      return "LISTEN_FDS";
    case DescriptorPurpose::jobserver:
      return "make's jobserver";
    case DescriptorPurpose::argument:
      return "named in its arguments";
    case DescriptorPurpose::environment:
      return "named in its environment";
    case DescriptorPurpose::opened:
      return "opened between birth and exec";
    case DescriptorPurpose::placed:
      return "given this number between birth and exec";
    case DescriptorPurpose::unmarked:
      return "close-on-exec was taken off for it";
    case DescriptorPurpose::launcher:
      return "judged when it starts another program";
  }
  return "";
}

std::string opener_words(const DescriptorOrigin& origin) {
  if (origin.before) return "open from before";
  const bool from_another =
      origin.call == "recvmsg" || origin.call == "recvmmsg" || origin.call == "pidfd_getfd";
  std::string text = fmt::format("{} by {} {}", from_another ? "received" : "opened", origin.opener.pid.raw(),
                                 program_name(origin.program));
  if (!origin.call.empty()) text += fmt::format(" with {}", origin.call);
  return text;
}

std::string crossing_words(const DescriptorAudit& audit) {
  std::string text = audit.leaks == 0 ? "crossed " : "leaked to ";
  if (audit.leaks != 0 && audit.leaks != audit.execs) text += fmt::format("{} of ", audit.leaks);
  text += counted(audit.execs, "exec");
  text += fmt::format(", {} still had it at exit",
                      audit.at_exit == 0 ? "no program" : counted(audit.at_exit, "program"));
  if (audit.untouched != 0) text += fmt::format(", {} did nothing with it as far as seen", audit.untouched);
  return text;
}

std::string inherited_headline(const Inherited& inherited) {
  if (inherited.denied) return "descriptors that may not be looked at";
  return counted(inherited.descriptors.size(), "descriptor") + " beyond 0 to 2";
}

std::string leaks_words(const Inherited& inherited) {
  const auto leaks = std::ranges::count_if(inherited.descriptors, &InheritedDescriptor::is_leak);
  return leaks == 0 ? "" : fmt::format(", {} leaked", leaks);
}

bool is_news(const Inherited& inherited) {
  return inherited.denied ||
         std::ranges::any_of(inherited.descriptors, [](const auto& d) { return is_news(d); });
}

std::vector<std::string> inherited_lines(const Inherited& inherited, std::size_t columns, bool ascii) {
  std::vector<const InheritedDescriptor*> news;
  for (const InheritedDescriptor& d : inherited.descriptors) {
    if (is_news(d)) news.push_back(&d);
  }
  const Wrap wrap{.columns = columns, .hang = verdict_columns, .ascii = ascii};
  std::vector<std::string> lines;
  for_runs(
      std::span<const InheritedDescriptor* const>(news),
      [](const auto* a, const auto* b) { return are_alike(*a, *b); },
      [&](const auto& run) {
        std::ranges::move(wrapped(inherited_line(run), wrap), std::back_inserter(lines));
      });
  return lines;
}

std::string numbers_and_name(int first, int last, int width, const std::string& target, std::size_t count,
                             bool one_name) {
  if (count == 1) return fmt::format("fd {:<{}} {}", first, width, escaped(target));
  return fmt::format("fd {}-{} {}{} ({} of them)", first, last, escaped(target),
                     one_name ? "" : " and others", count);
}

std::string audit_line(const DescriptorAudit& audit) {
  return fmt::format("{} {} {}: {}", audit.fd, escaped(audit.target), opener_words(audit.origin),
                     crossing_words(audit));
}

}  // namespace ptop::render
