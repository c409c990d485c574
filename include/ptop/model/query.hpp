// The query language: which rows are meant. One language for ps, dump, the screen's filter and ptrace-fork.
//
//   query     = [ or ]                                an empty query means every row
//   or        = and { ("or" | "||") and }
//   and       = not { ("and" | "&&") not }
//   not       = ("not" | "!") not | "(" or ")" | condition
//   condition = FIELD OPERATOR VALUE | CLASS | NUMBER | WORD
//   OPERATOR  = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~"
//
// - FIELD is a column key; `age`, `time`, `utime` and `stime` are the `_ns` columns with plain numbers in
//   seconds; `name` is any of comm and the base names of argv[0] and exe; `tree` a process and all below it.
// - A bare word is a class (`zombie`), or else `name~WORD`; a bare number is `pid=NUMBER`; quoted, either is
// a
//   name.
// - A VALUE ends at a blank, a parenthesis, `&&` or `||`; in '…' or "…" it may hold anything but that quote,
//   and a backslash is an ordinary character.
// - Sizes: K M G T P, powers of 1024, also spelled KB and KiB. Durations: ns us ms s m h d w, also 1h30m.
// - `~` finds an RE2 regular expression anywhere in the text; case counts only if the expression holds an
//   upper-case letter. A line feed is a character like any other.
// - A field with several values (name, argv, class, children, a list of signals or groups) compares when any
// of
//   them does; `!=` and `!~` are the opposite of `=` and `~`, so of none.
// - A field that is true or false is written so, or `yes` and `no`.
// - What could not be read is neither equal nor unequal: such a condition is unknown, `not` leaves it
// unknown,
//   and a row is meant only when the whole query is true. `exe=?` finds the rows that have no exe, `exe!=?`
//   those that do.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "ptop/model/columns.hpp"

namespace ptop::model {

/// What is wrong with a query, and where: bytes of its text. Message and hint are safe to print.
struct QueryError {
  std::string message;
  std::size_t position = 0, length = 0;
  std::string hint;  ///< what to write instead; may be empty
};

/// Three lines without a last line feed: the message; the query, cut around the place when it is long; a
/// caret under the place and the hint.
std::string explain(const QueryError& error, std::string_view text);

/// The same in one line.
std::string explain_in_line(const QueryError& error, std::string_view text);

namespace query {
struct Node;
}

/// What may be asked, where not every fact is known: a query with another field or class is a mistake.
struct Askable {
  bool (*field)(std::string_view key) = nullptr;  ///< nullptr: every one
  bool (*class_word)(Class c) = nullptr;          ///< nullptr: every one
  bool (*user)(std::string_view name) = nullptr;  ///< whether there is one; nullptr: it is not known
  std::string_view of;                            ///< whom: "a followed process", for the message
};

/// A parsed query. Copies share it; any number of threads may match with it at once.
class Query {
 public:
  Query() = default;  ///< matches everything
  static tl::expected<Query, QueryError> parse(std::string_view text, const Askable& askable = {});

  /// True when it was parsed from nothing but blanks: every row matches.
  bool matches_everything() const { return root_ == nullptr; }
  bool matches(const Row& row) const;
  /// The files that matches() looks at.
  Sources needs() const { return needs_; }

 private:
  std::shared_ptr<const query::Node> root_;
  Sources needs_;
};

/// What may be typed at `cursor` (a byte position): field names, class words, `and`… that begin with what
/// stands between `begin` and the cursor.
struct Completion {
  std::size_t begin = 0;
  std::vector<std::string_view> candidates;  ///< ascending; static text
};
Completion complete(std::string_view text, std::size_t cursor);

}  // namespace ptop::model
