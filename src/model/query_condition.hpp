// One condition of a query: a field, an operator and a value, or a bare word.
#pragma once

#include "query_lexer.hpp"
#include "query_node.hpp"

namespace ptop::model::query {

tl::expected<Node, QueryError> make_comparison(const Token& field, const Token& comparison,
                                               const Token& value);
tl::expected<Node, QueryError> make_bare(const Token& word);

/// Of a comparison with a user who is not there, as far as `is_user` knows.
std::optional<QueryError> unknown_user(const Token& field, const Token& comparison, const Token& value,
                                       bool (*is_user)(std::string_view));
/// The error for a comparison without a value.
QueryError missing_value(const Token& field, const Token& comparison);

}  // namespace ptop::model::query
