// What the command lines of both programs share, above CLI11: help in GNU style, mistakes as one line on
// stderr, exit status 2. Knows no option of either program.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/render/style.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace ptop::cli {

inline constexpr int exit_ok = 0;
inline constexpr int exit_usage = 2;

/// --help and --version, GNU-style help with these usage lines (without the word Usage), last value wins.
void dress(CLI::App& app, std::vector<std::string> usage_lines);

/// "ptop 0.1.0"
std::string version_line(std::string_view program);

/// The arguments up to the first operand, and the rest; a "--" between them belongs to neither.
struct Split {
  std::vector<std::string> options, operands;
};
/// Where POSIX says options end: at "--" or at the first word that is neither an option nor an option's
/// value.
Split split_at_first_operand(const CLI::App& app, const std::vector<std::string>& arguments);

/// Bad usage in the words of the person who has to mend it: says what is wrong and what would be right.
class UsageError : public std::exception {
 public:
  explicit UsageError(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

/// Parses `arguments` (without the program's name). nullopt: go on. Otherwise the exit status, after help or
/// the version on stdout (`unwritten` where that failed), or one line on stderr.
std::optional<int> parse(CLI::App& app, const std::vector<std::string>& arguments, int unwritten);

/// The exit status after `error` of a write to standard output: 0 also without a reader, who has left because
/// he had enough. Otherwise `unwritten`, and a line on stderr.
int status_of_output(std::string_view program, int error, int unwritten);

/// One line on stderr, `program: message`; returns exit_usage.
int complain(std::string_view program, std::string_view message);

/// Pids separated by commas or blanks, as in "1,2" or the output of pidof. Throws UsageError naming the word
/// that is none.
std::vector<Pid> parse_pids(std::string_view text);

/// --color=auto|always|never into `wish`.
CLI::Option* add_colour_option(CLI::App& app, render::ColourWish& wish);

/// "-o, --columns COLS": how help, man page and completions name an option.
std::string option_label(const CLI::Option& option);
/// The short names ("-o"), then the long ones ("--columns"); a negated flag ("--no-threads") is among them.
std::vector<std::string> option_names(const CLI::Option& option);

}  // namespace ptop::cli
