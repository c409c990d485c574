// Failure as a value: cheap, visible in the signature, branchable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace ptop {

/// What callers branch on. `gone`: drop the task quietly. `denied`: keep the row, say so in the field.
/// `malformed`: our bug or a new kernel, report once. `unsupported`: this kernel has no such thing.
/// `timeout`: the target did not answer in time. `os`: anything else, see Error::sys.
enum class Errc : std::uint8_t { gone, denied, malformed, unsupported, timeout, os };

struct Error {
  Errc code = Errc::os;
  int sys = 0;       ///< errno, or 0
  std::string what;  ///< the file, request or text concerned; raw bytes, escape before display
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

/// The Error for the current errno. ENOENT and ESRCH are `gone`, EACCES and EPERM `denied`.
Error os_error(std::string_view what);
Error os_error(int error_number, std::string_view what);

/// Errc::malformed with the name of what was parsed and the beginning of the text that did not fit.
tl::unexpected<Error> malformed(std::string_view name, std::string_view text);

/// One line for a person: "what: Permission denied". Escaped for a terminal.
std::string describe(const Error& error);

}  // namespace ptop
