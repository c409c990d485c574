// Checks one condition and says exactly what is wrong with it.
#include "query_condition.hpp"

#include <re2/re2.h>

#include <limits>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/nearest.hpp"
#include "ptop/base/number.hpp"

namespace ptop::model::query {
namespace {

using Made = tl::expected<Node, QueryError>;

constexpr std::int64_t regex_memory = 1 << 20;
constexpr std::size_t longest_typo = 40;

std::string shown(std::string_view text) {
  return shorten_middle(escaped(text), longest_typo, /*ascii=*/true);
}

tl::unexpected<QueryError> wrong(const Token& where, std::string message, std::string hint = {}) {
  return tl::unexpected<QueryError>({std::move(message), where.position, where.length, std::move(hint)});
}

template <class Names>
std::string did_you_mean(std::string_view word, const Names& names, std::string_view otherwise) {
  const std::string_view meant = nearest(word.substr(0, longest_typo), names);
  return meant.empty() ? std::string(otherwise) : fmt::format("did you mean '{}'?", meant);
}

Node negated(Node node) { return {Not{std::make_unique<Node>(std::move(node))}}; }

Comparison comparison_of(std::string_view text) {
  if (text == "<") return Comparison::less;
  if (text == "<=") return Comparison::less_equal;
  if (text == ">") return Comparison::greater;
  if (text == ">=") return Comparison::greater_equal;
  return Comparison::equal;  // "=", and "!=", which negates it
}

/// Whether a letter in `pattern` asks for case: those of \S, \W and the like do not.
bool has_upper_case(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] >= 'A' && pattern[i] <= 'Z') {
      return true;
    }
  }
  return false;
}

tl::unexpected<QueryError> bad_regex(const re2::RE2& regex, const Token& value) {
  const std::string fragment(regex.error_arg().data(), regex.error_arg().size());
  Token where = value;
  const auto at = value.text.find(fragment);
  if (!fragment.empty() && at != value.text.npos) {
    where.position += at + (value.quoted ? 1 : 0);
    where.length = fragment.size();
  }
  return wrong(where, fmt::format("bad regular expression: {}", shown(regex.error())),
               "put \\ before a character that stands for itself, or compare with =");
}

Made make_regex(const Field& field, const Token& value) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(regex_memory);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_case_sensitive(has_upper_case(value.text));
  auto regex = std::make_shared<re2::RE2>(re2::StringPiece(value.text.data(), value.text.size()), options);
  if (!regex->ok()) return bad_regex(*regex, value);
  return Node{RegexTest{&field, std::move(regex)}};
}

Made make_number(const Field& field, std::string_view comparison, const Token& value) {
  const auto number = parse_quantity(value.text, field);
  if (number) return Node{NumberTest{&field, comparison_of(comparison), *number}};
  return wrong(value, fmt::format("'{}' is no value of {}", shown(value.text), field.key),
               fmt::format("{} takes {}", field.key, quantity_example(field)));
}

Made make_tree(const Token& value) {
  const auto pid = parse_number<std::int32_t>(value.text);
  if (pid && *pid >= 0) return Node{TreeTest{Pid(*pid)}};
  return wrong(value, fmt::format("'{}' is no process ID", shown(value.text)),
               "tree takes the pid of the topmost process, as in tree=1234");
}

Made make_class(const Token& value) {
  if (const auto c = find_class(value.text)) return Node{ClassTest{*c}};
  return wrong(
      value, fmt::format("'{}' is no class", shown(value.text)),
      did_you_mean(value.text, class_words(), fmt::format("one of {}", fmt::join(class_words(), " "))));
}

Made make_state(const Field& field, const Token& value) {
  const std::string_view letter = find_state(value.text);
  if (!letter.empty()) return Node{TextTest{&field, std::string(letter)}};
  return wrong(
      value, fmt::format("'{}' is no state", shown(value.text)),
      did_you_mean(value.text, state_words(), "R S D T t Z X I or P, or its word, as in state=zombie"));
}

/// A name, or a number as ps takes it too. There may be a user whose name is a number.
Made make_user(const Field& field, const Token& value) {
  Any either;
  either.operands.push_back({TextTest{&field, std::string(value.text)}});
  if (const auto uid = parse_number<std::uint32_t>(value.text)) {
    either.operands.push_back(
        {NumberTest{find_field("uid"), Comparison::equal, static_cast<long double>(*uid)}});
  }
  return Node{std::move(either)};
}

/// With SIG or without, in small letters, or its number.
Made make_signal(const Field& field, const Token& value) {
  constexpr int last = 64;
  const auto number = parse_signal(value.text);
  if (number && *number >= 1 && *number <= last) return Node{TextTest{&field, signal_name(*number)}};
  return wrong(value, fmt::format("'{}' is no signal", shown(value.text)),
               "a signal is for example SIGTERM, term or 15");
}

Made make_text(const Field& field, const Token& value) {
  constexpr std::string_view devices = "/dev/";
  std::string_view wanted = value.text;
  if (field.kind == FieldKind::tty && wanted.starts_with(devices)) wanted.remove_prefix(devices.size());
  return Node{TextTest{&field, std::string(wanted)}};
}

Made make_equal(const Field& field, const Token& value) {
  switch (field.kind) {
    case FieldKind::number:
    case FieldKind::children:
      return make_number(field, "=", value);
    case FieldKind::state:
      return make_state(field, value);
    case FieldKind::user:
      return make_user(field, value);
    case FieldKind::signal:
      return make_signal(field, value);
    case FieldKind::classes:
      return make_class(value);
    case FieldKind::tree:
      return make_tree(value);
    case FieldKind::text:
    case FieldKind::tty:
    case FieldKind::name:
    case FieldKind::argv:
    case FieldKind::command:
      return make_text(field, value);
  }
  return make_text(field, value);
}

bool is_number(const Field& field) {
  return field.kind == FieldKind::number || field.kind == FieldKind::children;
}

tl::unexpected<QueryError> bad_operator(const Field& field, const Token& comparison) {
  if (field.kind == FieldKind::tree) {
    return wrong(comparison, fmt::format("tree has no {}", comparison.text), "write tree=PID or tree!=PID");
  }
  const bool number = is_number(field);
  return wrong(
      comparison,
      fmt::format("{} is {} and has no {}", field.key, number ? "a number" : "text", comparison.text),
      number ? "use = != < <= > >=" : "use = != ~ !~");
}

/// Without its negation: != is not =.
Made make_plain(const Field& field, const Token& comparison, const Token& value) {
  const bool is_order = comparison.text[0] == '<' || comparison.text[0] == '>';
  const bool is_match = comparison.text.ends_with('~');
  const bool fits = is_number(field) ? !is_match : !is_order && !(is_match && field.kind == FieldKind::tree);
  if (!fits) return bad_operator(field, comparison);
  if (is_match) return make_regex(field, value);
  if (is_order) return make_number(field, comparison.text, value);
  if (value.text == "?" && !value.quoted) return Node{MissingTest{&field}};
  return make_equal(field, value);
}

tl::unexpected<QueryError> unknown_field(const Token& field) {
  return wrong(field, fmt::format("there is no field '{}'", shown(field.text)),
               did_you_mean(field.text, field_names(), "the fields are the columns listed in ptop(1)"));
}

}  // namespace

QueryError missing_value(const Token& field, const Token& comparison) {
  const Field* known = find_field(field.text);
  if (!known) return unknown_field(field).value();
  const std::string_view example = is_number(*known) || known->kind == FieldKind::tree
                                       ? quantity_example(*known)
                                       : "a text; '' is the empty one";
  return {fmt::format("a value is missing after '{}'", comparison.text), comparison.position,
          comparison.length, fmt::format("{} takes {}", known->key, example)};
}

std::optional<QueryError> unknown_user(const Token& field, const Token& comparison, const Token& value,
                                       bool (*is_user)(std::string_view)) {
  const Field* known = find_field(field.text);
  const bool names_one = known && known->kind == FieldKind::user &&
                         (comparison.text == "=" || comparison.text == "!=") &&
                         (value.text != "?" || value.quoted);
  if (!names_one || parse_number<std::uint32_t>(value.text) || is_user(value.text)) return std::nullopt;
  return wrong(value, fmt::format("there is no user '{}'", shown(value.text)),
               "of one to come, give the number")
      .value();
}

Made make_comparison(const Token& field, const Token& comparison, const Token& value) {
  const Field* known = find_field(field.text);
  if (!known) return unknown_field(field);
  auto made = make_plain(*known, comparison, value);
  if (!made || comparison.text[0] != '!') return made;
  return negated(std::move(*made));
}

Made make_bare(const Token& word) {
  if (!word.quoted) {
    if (const auto c = find_class(word.text)) return Node{ClassTest{*c}};
    const bool is_number = !word.text.empty() && word.text.find_first_not_of("0123456789") == word.text.npos;
    const auto pid = parse_number<std::int32_t>(word.text);
    if (pid && is_number) {
      return Node{NumberTest{find_field("pid"), Comparison::equal, static_cast<long double>(*pid)}};
    }
    if (is_number) {
      return wrong(word, fmt::format("'{}' is no process ID", shown(word.text)),
                   "quote it when it is a name");
    }
  }
  return make_regex(*find_field("name"), word);
}

}  // namespace ptop::model::query
