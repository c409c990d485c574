// Error values: made from errno, from text that does not fit, and told to a person.
#include <cerrno>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/result.hpp"

namespace ptop {
namespace {

constexpr std::size_t quoted_text_max = 120;

Errc code_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ESRCH:
      return Errc::gone;
    case EACCES:
    case EPERM:
      return Errc::denied;
    case ENOSYS:
    case EOPNOTSUPP:
      return Errc::unsupported;
    case ETIMEDOUT:
      return Errc::timeout;
    default:
      return Errc::os;
  }
}

}  // namespace

Error os_error(int error_number, std::string_view what) {
  return {code_of(error_number), error_number, std::string(what)};
}

Error os_error(std::string_view what) {
  const int error_number = errno;  // first: anything below may overwrite it
  return os_error(error_number, what);
}

tl::unexpected<Error> malformed(std::string_view name, std::string_view text) {
  return fail({Errc::malformed, 0, fmt::format("{}: {}", name, text.substr(0, quoted_text_max))});
}

std::string describe(const Error& error) {
  if (error.sys != 0) return fmt::format("{}: {}", escaped(error.what), errno_text(error.sys));
  if (error.code == Errc::malformed) return fmt::format("{}: not as expected", escaped(error.what));
  return escaped(error.what);
}

}  // namespace ptop
