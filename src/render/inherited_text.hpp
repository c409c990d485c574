// Descriptors that crossed an exec, in words. Internal to render.
#pragma once

#include <string>
#include <vector>

#include "ptop/follow/event.hpp"

namespace ptop::render {

/// "2 descriptors beyond 0 to 2, 1 of them leaked".
std::string inherited_headline(const follow::Inherited& inherited);

/// False when all of it was open before the log began, and came through an exec already.
bool is_news(const follow::Inherited& inherited);

/// One line for each that is news: what it is, whose, and why. Escaped.
std::vector<std::string> inherited_lines(const follow::Inherited& inherited);

/// "fd 7 /var/lib/x.lock opened by 123 make: crossed 14 execs, 9 programs still had it at exit". Escaped.
std::string audit_line(const follow::DescriptorAudit& audit);

/// The parts of that line. "make's jobserver", "named in its arguments"; "" for none.
std::string purpose_words(follow::DescriptorPurpose purpose);
std::string opener_words(const follow::DescriptorOrigin& origin);
std::string crossing_words(const follow::DescriptorAudit& audit);
/// The file name of a program, escaped.
std::string program_name(const std::string& path);

}  // namespace ptop::render
