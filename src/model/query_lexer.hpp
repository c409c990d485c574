// The words of a query. Which characters a word may hold depends on what stands before it, so the lexer
// remembers whether an operator did.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "ptop/model/query.hpp"

namespace ptop::model::query {

enum class TokenKind : std::uint8_t {
  word,
  value,
  comparison,
  open,
  close,
  and_word,
  or_word,
  not_word,
  end
};

struct Token {
  TokenKind kind = TokenKind::end;
  bool quoted = false;
  std::size_t position = 0, length = 0;  ///< in the query, quotes included
  std::string_view text;                 ///< without quotes
};

/// The last token is always `end`. Errors: a quote that is never closed, a character with no meaning.
tl::expected<std::vector<Token>, QueryError> tokens(std::string_view text);

/// Where the word that ends at the end of `text` begins, and whether it is the value of a comparison; for
/// completion, which gets unfinished queries.
struct OpenWord {
  std::size_t begin = 0;
  std::vector<Token> before;
  bool known = false;  ///< false: `text` has a mistake, or ends inside quotes
};
OpenWord open_word(std::string_view text);

}  // namespace ptop::model::query
