// The values of strace's options: words, sets of words, units of time.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "options.hpp"

namespace ptop::ptrace_fork {

/// Digits of a second's fraction: "s", "ms", "us", "ns".
int parse_precision(std::string_view option, std::string_view text);
/// "[[format:]none|time|unix][,[precision:]s|ms|us|ns]"
void set_absolute_timestamps(render::StraceOptions& strace, std::string_view text);
HexBytes parse_hex_strings(std::string_view text);
render::ConstantStyle parse_constant_style(std::string_view text);
/// "5", "5us", "1ms": nanoseconds; a bare number is of microseconds.
std::uint64_t parse_overhead(const std::string& text);
std::vector<render::CountColumn> parse_count_columns(std::string_view text);
/// -I: whether signals that ask to end are ignored.
bool parse_interruptible(std::string_view text);
std::optional<render::CountColumn> parse_count_sort(std::string_view text);

/// A word, and what says whether it is in the set.
struct SetWord {
  std::string_view word;
  bool* there;
};
/// "[!]word[,word…]", a word being one of `words`, `all` or `none`.
void parse_word_set(std::string_view option, std::string_view text, std::span<const SetWord> words);
/// "[!]N[,N…]", `all` or `none`: what -e read= and -e write= take.
decode::DescriptorSet parse_descriptor_set(std::string_view option, std::string_view text);
/// The path, and what it leads to when that is another one; said so unless `quiet`.
void add_path(StraceDialect& dialect, const std::string& path, bool quiet);

}  // namespace ptop::ptrace_fork
