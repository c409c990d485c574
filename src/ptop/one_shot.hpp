// What the one-shot commands share: exit statuses, and how they write to standard output.
#pragma once

#include <cstddef>
#include <string_view>

#include "options.hpp"
#include "ptop/render/output.hpp"

namespace ptop::app {

inline constexpr int matched = 0, nothing_matched = 1, wrong_usage = 2, no_such_process = 3,
                     internal_error = 4;

/// One line on stderr; returns `status`.
int complain(int status, std::string_view message);

/// 0 when standard output is no terminal: nothing is cut then.
std::size_t terminal_columns();

/// --ascii, or a locale that was chosen and is not UTF-8. No locale at all is usual in containers, whose
/// terminals show UTF-8.
bool wants_ascii(const Options& options);

render::Paint paint_for(const Options& options);

/// Flushes. A reader that has seen enough (`| head`) is no failure of ours.
int finish(render::LineOutput& out, int status);

}  // namespace ptop::app
