// The name of the locale, without setlocale(3): libraries of ours must not change how their user formats
// numbers.
#include "ptop/base/locale.hpp"

#include <string.h>

#include <cstdlib>
#include <initializer_list>

namespace ptop {

bool locale_is_ascii() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return ::strcasestr(value, "UTF-8") == nullptr && ::strcasestr(value, "UTF8") == nullptr;
  }
  return false;
}

}  // namespace ptop
