// An order over values, for sorting a column.
#include "ptop/model/value.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace ptop::model {
namespace {

bool is_number(const Value& v) {
  return std::holds_alternative<std::int64_t>(v) || std::holds_alternative<std::uint64_t>(v) ||
         std::holds_alternative<double>(v);
}

std::optional<std::string_view> text_of(const Value& v) {
  if (const auto* word = std::get_if<Word>(&v)) return *word;
  if (const auto* bytes = std::get_if<Bytes>(&v)) return bytes->text;
  return std::nullopt;
}

long double number_of(const Value& v) {
  if (const auto* i = std::get_if<std::int64_t>(&v)) return static_cast<long double>(*i);
  if (const auto* u = std::get_if<std::uint64_t>(&v)) return static_cast<long double>(*u);
  return static_cast<long double>(std::get<double>(v));
}

template <class T>
bool same_kind_less(const Value& a, const Value& b) {
  return std::get<T>(a) < std::get<T>(b);
}

}  // namespace

bool value_less(const Value& a, const Value& b) {
  const bool a_missing = std::holds_alternative<std::monostate>(a);
  const bool b_missing = std::holds_alternative<std::monostate>(b);
  if (a_missing || b_missing) return !a_missing && b_missing;
  if (is_number(a) && is_number(b)) return number_of(a) < number_of(b);
  const auto a_text = text_of(a), b_text = text_of(b);
  if (a_text && b_text) return *a_text < *b_text;
  // One column yields one kind; unlike kinds only need some order that is always the same.
  if (a.index() != b.index()) return a.index() < b.index();
  if (std::holds_alternative<bool>(a)) return same_kind_less<bool>(a, b);
  if (std::holds_alternative<NumberList>(a)) return same_kind_less<NumberList>(a, b);
  if (std::holds_alternative<WordList>(a)) return same_kind_less<WordList>(a, b);
  return same_kind_less<ByteList>(a, b);
}

}  // namespace ptop::model
