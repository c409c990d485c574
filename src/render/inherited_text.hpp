// Descriptors that crossed an exec, in words. Internal to render.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ptop/follow/event.hpp"

namespace ptop::render {

/// "2 descriptors beyond 0 to 2", and behind it ", 1 leaked" or "".
std::string inherited_headline(const follow::Inherited& inherited);
std::string leaks_words(const follow::Inherited& inherited);

/// False when all of it was open before the log began, and came through an exec already.
bool is_news(const follow::Inherited& inherited);

/// One line for each that is news, or for a run of them that differ in number and name only: what it is,
/// whose, and why; in lines of `columns`, 0: each in one line. Escaped.
std::vector<std::string> inherited_lines(const follow::Inherited& inherited, std::size_t columns, bool ascii);

/// "fd 7 /var/lib/x.lock opened by 123 make: leaked to 14 execs, 9 programs still had it at exit". Escaped.
std::string audit_line(const follow::DescriptorAudit& audit);

/// The parts of that line. "make's jobserver", "named in its arguments"; "" for none.
std::string purpose_words(follow::DescriptorPurpose purpose);
std::string opener_words(const follow::DescriptorOrigin& origin);
std::string crossing_words(const follow::DescriptorAudit& audit);
/// "fd 3 /dev/null"; of a run "fd 3-302 /dev/null (300 of them)", or "/srv/a and others" where the names
/// differ.
std::string numbers_and_name(int first, int last, int width, const std::string& target, std::size_t count,
                             bool one_name);
/// Calls `each` for every run of neighbours alike that is long enough to be folded, and for each of the
/// others.
template <class T, class Alike, class Each>
void for_runs(std::span<const T> all, const Alike& alike, const Each& each) {
  constexpr std::size_t fold_from = 4;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin + 1;
    while (end < all.size() && alike(all[begin], all[end])) ++end;
    const std::size_t step = end - begin >= fold_from ? end - begin : 1;
    for (; begin < end; begin += step) each(all.subspan(begin, step));
  }
}
/// The file name of a program, escaped.
std::string program_name(const std::string& path);

}  // namespace ptop::render
