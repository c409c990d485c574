// Decoded trees in strace's notation: `AT_FDCWD`, `"text\n"...`, `O_RDONLY|O_CLOEXEC`, `{st_mode=…}`, `[1,
// 2]`.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ptop/base/c_notation.hpp"
#include "ptop/decode/decoded.hpp"

namespace ptop::render {

/// How constants are written: 0x41, O_WRONLY|O_CREAT, 0x41 /* O_WRONLY|O_CREAT */.
enum class ConstantStyle : std::uint8_t { raw, abbreviated, verbose };

struct DecodedStyle {
  ConstantStyle constants = ConstantStyle::abbreviated;
  HexBytes hex = HexBytes::never;  ///< in strings and paths
};

void append_decoded(std::string& out, const decode::Decoded& value, const DecodedStyle& style = {});
/// The arguments of a call, between the parentheses: names only where Naming says always. A value that is not
/// there yet is `?`.
void append_arguments(std::string& out, std::span<const decode::Field> arguments,
                      const DecodedStyle& style = {});
/// What a result says beside its number, as it stands in parentheses behind it: `flags FD_CLOEXEC`.
void append_detail(std::string& out, std::span<const decode::Field> detail, const DecodedStyle& style = {});
/// Bytes in C notation between double quotes, octal escapes as strace writes them.
void append_quoted(std::string& out, std::string_view bytes);

}  // namespace ptop::render
