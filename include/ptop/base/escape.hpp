// The one sanitiser: bytes chosen by strangers (comm, argv, environ, paths, cgroup names, link targets)
// become safe text here and nowhere else. Inside the program they stay raw.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ptop {

/// Appends `bytes` so that no terminal acts on them: C0, DEL, C1, bidi controls, line and paragraph
/// separators, other invisible format characters and every byte of invalid UTF-8 become visible escapes
/// (`\n`, `\t`, `\x1b`, `\u202e`, `\xff`). Printable valid UTF-8 stays as it is, backslash too.
void append_escaped(std::string& out, std::string_view bytes);
std::string escaped(std::string_view bytes);

/// argv as a person would type it: words joined with spaces; a word with blanks, quotes, shell
/// metacharacters or nothing in it is quoted for a shell; the result is escaped as above.
std::string escaped_command_line(std::string_view nul_separated);

/// True for well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
bool is_valid_utf8(std::string_view bytes);

/// Each maximal invalid part replaced by U+FFFD, as the Unicode standard recommends (section 3.9).
std::string replace_invalid_utf8(std::string_view bytes);

/// RFC 4648 base64 with padding.
std::string base64(std::string_view bytes);

/// Terminal columns of escaped text (UTF-8): wide characters are 2, combining marks 0.
std::size_t display_width(std::string_view escaped_text);

/// The longest beginning of `escaped_text` that fits in `columns`; never splits a character from its marks.
std::string_view clip(std::string_view escaped_text, std::size_t columns);

/// `escaped_text` in at most `columns`, its middle replaced by "…" ("..." with ascii) when it is too long.
std::string shorten_middle(std::string_view escaped_text, std::size_t columns, bool ascii = false);

}  // namespace ptop
