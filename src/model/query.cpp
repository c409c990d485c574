// The grammar of queries, by recursive descent, and how its mistakes are shown.
#include "ptop/model/query.hpp"

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "query_condition.hpp"
#include "query_lexer.hpp"
#include "query_node.hpp"

namespace ptop::model {
namespace query {
namespace {

// Queries come from scripts and strangers too: none may exhaust the stack or the memory.
constexpr std::size_t longest_text = 64 * 1024;
constexpr std::size_t most_conditions = 1000;
constexpr std::size_t deepest = 100;

using Parsed = tl::expected<Node, QueryError>;
using Failure = tl::unexpected<QueryError>;

class Parser {
 public:
  Parser(const std::vector<Token>& tokens, const Askable& askable)
      : next_(tokens.data()), askable_(askable) {}
  Parsed whole();

 private:
  Parsed any();
  Parsed all();
  Parsed negation();
  Parsed primary();
  Parsed group();
  Parsed condition();
  template <class Combination>
  Parsed joined(TokenKind by, Parsed (Parser::*part)());
  Failure unexpected() const;
  bool may_ask(const Token& field, bool bare) const;
  Failure left_over() const;
  Failure too_deep() const;

  bool at(TokenKind kind) const { return next_->kind == kind; }
  static Failure error(const Token& at, std::string message, std::string hint) {
    return Failure({std::move(message), at.position, at.length, std::move(hint)});
  }

  const Token* next_;  ///< never past the `end`
  const Askable& askable_;
  const Token* last_ = nullptr;
  std::size_t depth_ = 0, conditions_ = 0;
};

Failure Parser::too_deep() const {
  return error(*next_, fmt::format("more than {} levels of parentheses and 'not'", deepest), "");
}

/// Where a condition should be.
Failure Parser::unexpected() const {
  constexpr std::string_view hint = "a condition is for example state=Z or rss>1G";
  switch (next_->kind) {
    case TokenKind::comparison:
      return error(*next_, fmt::format("a field is missing before '{}'", next_->text),
                   "as in state=Z or rss>1G");
    case TokenKind::end:
      // The caret goes under what is left alone there: behind the last character nothing is to be seen.
      return error(last_ ? *last_ : *next_,
                   fmt::format("a condition is missing after '{}'", last_ ? last_->text : ""),
                   std::string(hint));
    default:
      return error(*next_, fmt::format("a condition is missing before '{}'", next_->text), std::string(hint));
  }
}

template <class Combination>
Parsed Parser::joined(TokenKind by, Parsed (Parser::*part)()) {
  Parsed first = (this->*part)();
  if (!first || !at(by)) return first;
  Combination combination;
  combination.operands.push_back(std::move(*first));
  while (at(by)) {
    last_ = next_++;
    Parsed another = (this->*part)();
    if (!another) return another;
    combination.operands.push_back(std::move(*another));
  }
  return Node{std::move(combination)};
}

Parsed Parser::any() { return joined<Any>(TokenKind::or_word, &Parser::all); }
Parsed Parser::all() { return joined<All>(TokenKind::and_word, &Parser::negation); }

Parsed Parser::negation() {
  if (!at(TokenKind::not_word)) return primary();
  if (depth_ == deepest) return too_deep();
  ++depth_;
  last_ = next_++;
  Parsed operand = negation();
  --depth_;
  if (!operand) return operand;
  return Node{Not{std::make_unique<Node>(std::move(*operand))}};
}

Parsed Parser::primary() {
  if (at(TokenKind::open)) return group();
  if (at(TokenKind::word)) return condition();
  return unexpected();
}

Parsed Parser::group() {
  if (depth_ == deepest) return too_deep();
  ++depth_;
  const Token& open = *next_;
  last_ = next_++;
  Parsed inner = any();
  --depth_;
  if (!inner) return inner;
  if (at(TokenKind::end)) return error(open, "this parenthesis is never closed", "close it with )");
  if (!at(TokenKind::close)) return left_over();
  last_ = next_++;
  return inner;
}

/// What is not known at all has a message of its own.
bool Parser::may_ask(const Token& field, bool bare) const {
  if (bare) {
    const auto c = field.quoted ? std::nullopt : find_class(field.text);
    return !c || !askable_.class_word || askable_.class_word(*c);
  }
  const Field* const known = find_field(field.text);
  return !known || !askable_.field || askable_.field(known->key);
}

Parsed Parser::condition() {
  if (++conditions_ > most_conditions) {
    return error(*next_, fmt::format("more than {} conditions", most_conditions), "");
  }
  const Token& field = *next_;
  last_ = next_++;
  if (!may_ask(field, !at(TokenKind::comparison))) {
    return error(field, fmt::format("'{}' cannot be asked of {}", field.text, askable_.of), "");
  }
  if (!at(TokenKind::comparison)) return make_bare(field);
  const Token& comparison = *next_;
  last_ = next_++;
  if (!at(TokenKind::value)) return Failure(missing_value(field, comparison));
  last_ = next_++;
  if (askable_.user) {
    if (auto unknown = unknown_user(field, comparison, *last_, askable_.user))
      return Failure(std::move(*unknown));
  }
  return make_comparison(field, comparison, *last_);
}

/// Where a condition has ended and the query has not.
Failure Parser::left_over() const {
  constexpr std::string_view hint = "write 'and' between two conditions";
  if (at(TokenKind::close)) {
    return error(*next_, "this parenthesis was never opened", "remove it, or quote the value it belongs to");
  }
  if (at(TokenKind::comparison)) return error(*next_, "a condition has one operator", std::string(hint));
  return error(*next_, "'and' or 'or' is missing before this", std::string(hint));
}

Parsed Parser::whole() {
  Parsed query = any();
  if (!query || at(TokenKind::end)) return query;
  return left_over();
}

/// A beginning and an end around the place, for one line.
struct Excerpt {
  std::string before, place, after;
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

Excerpt excerpt(std::string_view text, std::size_t position, std::size_t length) {
  constexpr std::size_t most_before = 40, most_columns = 76;
  constexpr std::string_view cut = "...";
  std::size_t begin = position > most_before ? position - most_before : 0;
  while (begin < position && is_continuation(text[begin])) ++begin;
  Excerpt e{begin == 0 ? "" : std::string(cut), {}, {}};
  append_escaped(e.before, text.substr(begin, position - begin));
  const std::size_t room = most_columns - std::min(most_columns - 1, display_width(e.before));
  e.place = clip(escaped(text.substr(position, std::min(length, most_columns))), room);
  const std::size_t left = room - display_width(e.place);
  const std::string_view rest = text.substr(position).substr(std::min(length, text.size() - position));
  const std::string after = escaped(rest.substr(0, most_columns));
  e.after = clip(after, left);
  if (e.after.size() < after.size() || rest.size() > most_columns) e.after += cut;
  return e;
}

}  // namespace
}  // namespace query

tl::expected<Query, QueryError> Query::parse(std::string_view text, const Askable& askable) {
  using namespace query;
  if (text.size() > longest_text) {
    return Failure({fmt::format("the query is longer than {} bytes", longest_text), longest_text, 1, ""});
  }
  const auto words = tokens(text);
  if (!words) return Failure(words.error());
  if (words->front().kind == TokenKind::end) return Query();
  Parsed root = Parser(*words, askable).whole();
  if (!root) return Failure(std::move(root.error()));
  Query parsed;
  parsed.needs_ = query::needs(*root);
  parsed.root_ = std::make_shared<const Node>(std::move(*root));
  return parsed;
}

bool Query::matches(const Row& row) const {
  return !root_ || query::evaluate(*root_, row) == query::Truth::yes;
}

std::string explain(const QueryError& error, std::string_view text) {
  const std::size_t position = std::min(error.position, text.size());
  const auto [before, place, after] = query::excerpt(text, position, error.length);
  const std::size_t width = std::max<std::size_t>(1, display_width(place));
  return fmt::format("{}\n  {}{}{}\n  {:{}}^{:~>{}}{}{}", error.message, before, place, after, "",
                     display_width(before), "", width - 1, error.hint.empty() ? "" : " ", error.hint);
}

std::string explain_in_line(const QueryError& error, std::string_view text) {
  const std::size_t position = std::min(error.position, text.size());
  const auto [before, place, after] = query::excerpt(text, position, error.length);
  const std::string where = position == text.size() ? "at its end" : fmt::format("at '{}{}'", place, after);
  return fmt::format("{}, {}{}{}", error.message, where, error.hint.empty() ? "" : ": ", error.hint);
}

}  // namespace ptop::model
