// What the user's terminal can show, as far as the environment says.
#pragma once

namespace ptop {

/// True where LC_ALL, LC_CTYPE or LANG, whichever is set first, names a locale that is not of UTF-8
/// (locale(7)). None set: false, terminals of today show it.
bool locale_is_ascii();

}  // namespace ptop
