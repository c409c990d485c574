// Characters to tokens.
#include "query_lexer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace ptop::model::query {
namespace {

constexpr std::string_view blanks = " \t\n\r\v\f";
constexpr std::string_view word_ends = " \t\n\r\v\f()=!<>~,;&|";
constexpr std::string_view comparison_characters = "=!<>~";

/// What other languages write, and what is written here.
struct Spelling {
  std::string_view foreign, ours;
};
constexpr std::array spellings{Spelling{"==", "="},  Spelling{"=~", "~"},   Spelling{"~=", "~"},
                               Spelling{"<>", "!="}, Spelling{"=<", "<="},  Spelling{"=>", ">="},
                               Spelling{"=!", "!="}, Spelling{"!==", "!="}, Spelling{"===", "="}};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  tl::expected<std::vector<Token>, QueryError> run();

 private:
  using Failure = tl::unexpected<QueryError>;

  tl::expected<Token, QueryError> next();
  tl::expected<Token, QueryError> quoted(std::size_t begin);
  tl::expected<Token, QueryError> open(std::size_t begin);
  tl::expected<Token, QueryError> comparison(std::size_t begin);
  tl::expected<Token, QueryError> sign(std::size_t begin);
  Token word(std::size_t begin);
  std::size_t value_end(std::size_t begin) const;
  Token token(TokenKind kind, std::size_t begin, std::size_t length);

  bool after_comparison() const { return last_ == TokenKind::comparison; }
  std::string_view rest(std::size_t at) const { return text_.substr(at); }

  std::string_view text_;
  std::size_t at_ = 0;
  TokenKind last_ = TokenKind::open;
};

Token Lexer::token(TokenKind kind, std::size_t begin, std::size_t length) {
  at_ = begin + length;
  return {kind, false, begin, length, text_.substr(begin, length)};
}

TokenKind keyword(std::string_view word) {
  if (word == "and") return TokenKind::and_word;
  if (word == "or") return TokenKind::or_word;
  if (word == "not") return TokenKind::not_word;
  return TokenKind::word;
}

tl::expected<Token, QueryError> Lexer::quoted(std::size_t begin) {
  const char quote = text_[begin];
  const auto end = text_.find(quote, begin + 1);
  if (end == text_.npos) {
    return Failure({"this quote is never closed", begin, 1, fmt::format("end it with {}", quote)});
  }
  Token t = token(after_comparison() ? TokenKind::value : TokenKind::word, begin, end + 1 - begin);
  t.quoted = true;
  t.text = text_.substr(begin + 1, end - begin - 1);
  return t;
}

/// A group, unless it is part of a value: name~^(a|b)$.
tl::expected<Token, QueryError> Lexer::open(std::size_t begin) {
  const bool touches = begin == at_ && (last_ == TokenKind::word || last_ == TokenKind::value);
  if (!touches && last_ != TokenKind::comparison) return token(TokenKind::open, begin, 1);
  return Failure({"a value with a parenthesis must be quoted", begin, 1, "as in name~'^(a|b)$'"});
}

tl::expected<Token, QueryError> Lexer::comparison(std::size_t begin) {
  const auto end = text_.find_first_not_of(comparison_characters, begin);
  const std::string_view all = rest(begin).substr(0, end == text_.npos ? end : end - begin);
  for (const std::string_view known : {"=", "!=", "<", "<=", ">", ">=", "~", "!~"}) {
    if (all == known) return token(TokenKind::comparison, begin, all.size());
  }
  for (const auto& [foreign, ours] : spellings) {
    if (all == foreign) {
      return Failure(
          {fmt::format("'{}' is no operator here", all), begin, all.size(), fmt::format("write {}", ours)});
    }
  }
  return Failure(
      {"no such operator", begin, all.size(), "= != < <= > >= ~ !~; quote a value that begins with one"});
}

/// Where an unquoted value ends. Operators are ordinary characters in there: argv=--color=auto.
std::size_t Lexer::value_end(std::size_t begin) const {
  for (std::size_t i = begin; i < text_.size(); ++i) {
    const std::string_view two = text_.substr(i, 2);
    if (blanks.find(text_[i]) != blanks.npos || text_[i] == '(' || text_[i] == ')') return i;
    if (two == "&&" || two == "||") return i;
  }
  return text_.size();
}

Token Lexer::word(std::size_t begin) {
  const bool after_blank = begin > 0 && blanks.find(text_[begin - 1]) != blanks.npos;
  if (after_comparison()) {
    const std::size_t length = value_end(begin) - begin;
    const TokenKind kind = keyword(text_.substr(begin, length));
    // "rss> and x" lacks a value; "name=and" has one.
    return token(after_blank && kind != TokenKind::word ? kind : TokenKind::value, begin, length);
  }
  const auto end = std::min(text_.find_first_of(word_ends, begin), text_.size());
  return token(keyword(text_.substr(begin, end - begin)), begin, end - begin);
}

/// One of the characters that no bare word begins with.
tl::expected<Token, QueryError> Lexer::sign(std::size_t begin) {
  const std::string_view two = rest(begin).substr(0, 2);
  if (two == "&&") return token(TokenKind::and_word, begin, 2);
  if (two == "||") return token(TokenKind::or_word, begin, 2);
  if (two[0] == '!' && two != "!=" && two != "!~") return token(TokenKind::not_word, begin, 1);
  if (comparison_characters.find(two[0]) != comparison_characters.npos) return comparison(begin);
  const std::string_view hint = two[0] == '&'   ? "write 'and' or &&"
                                : two[0] == '|' ? "write 'or' or ||"
                                                : "write 'and' or 'or' between two conditions";
  return Failure({fmt::format("'{}' has no meaning here", two[0]), begin, 1, std::string(hint)});
}

tl::expected<Token, QueryError> Lexer::next() {
  const auto begin = text_.find_first_not_of(blanks, at_);
  if (begin == text_.npos) return token(TokenKind::end, text_.size(), 0);
  const char c = text_[begin];
  if (c == '(') return open(begin);
  if (c == ')') return token(TokenKind::close, begin, 1);
  if (c == '\'' || c == '"') return quoted(begin);
  const bool is_double = rest(begin).substr(0, 2) == "&&" || rest(begin).substr(0, 2) == "||";
  if (is_double || (!after_comparison() && word_ends.find(c) != word_ends.npos)) return sign(begin);
  return word(begin);
}

tl::expected<std::vector<Token>, QueryError> Lexer::run() {
  std::vector<Token> all;
  do {
    auto token = next();
    if (!token) return Failure(std::move(token.error()));
    last_ = token->kind;
    all.push_back(*token);
  } while (all.back().kind != TokenKind::end);
  return all;
}

}  // namespace

tl::expected<std::vector<Token>, QueryError> tokens(std::string_view text) { return Lexer(text).run(); }

OpenWord open_word(std::string_view text) {
  auto all = tokens(text);
  if (!all) return {};
  all->pop_back();
  OpenWord open{text.size(), std::move(*all), true};
  if (open.before.empty()) return open;
  const Token last = open.before.back();
  const bool is_word = last.kind == TokenKind::value || last.kind == keyword(last.text);  // && is none
  const bool touches = last.position + last.length == text.size();
  if (!touches || !is_word || last.quoted) return open;
  open.before.pop_back();
  open.begin = last.position;
  return open;
}

}  // namespace ptop::model::query
