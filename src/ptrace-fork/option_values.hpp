// The values of options, as both dialects of the command line take them. A mistake is thrown as a
// cli::UsageError that names the option.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "command_line.hpp"
#include "options.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/number.hpp"

namespace ptop::ptrace_fork {

template <class T>
T parsed(std::string_view option, Result<T> result) {
  if (!result) throw cli::UsageError(fmt::format("{}: {}", option, result.error().what));
  return std::move(*result);
}

template <class T>
T parse_count(std::string_view option, const std::string& text, T least = 0) {
  const auto number = parse_number<T>(text);
  if (!number || *number < least)
    throw cli::UsageError(fmt::format("{}: '{}' is not a number from {} to {}", option, escaped(text), least,
                                      std::numeric_limits<T>::max()));
  return *number;
}

/// -e QUALIFIER=SET; a bare SET means trace=SET.
void set_expression(Options& options, const std::string& text);
/// "500ms", "10", "1.5s", "2m", "1h"; a bare number is of seconds. Nanoseconds.
std::uint64_t parse_duration(std::string_view option, const std::string& text);
void set_user(Options& options, const std::string& name);
void set_environment(Options& options, const std::string& text);
void set_string_limit(Options& options, const std::string& text);
void set_output(Options& options, const std::string& text);
void set_json_file(Options& options, const std::string& text);
/// The log and the JSON beside it would be written over each other.
void check_outputs(const Options& options);

}  // namespace ptop::ptrace_fork
