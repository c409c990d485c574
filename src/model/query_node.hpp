// A parsed query: conditions, and how they are joined.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "query_fields.hpp"

namespace re2 {
class RE2;
}

namespace ptop::model::query {

struct Node;

/// Kleene's: what could not be read makes a condition unknown; and is the least, or the greatest.
enum class Truth : std::uint8_t { no, unknown, yes };

enum class Comparison : std::uint8_t { equal, less, less_equal, greater, greater_equal };

struct NumberTest {
  const Field* field;
  Comparison comparison;
  long double wanted;
};
struct TextTest {
  const Field* field;
  std::string wanted;
};
struct RegexTest {
  const Field* field;
  std::shared_ptr<const re2::RE2> regex;
};
struct ClassTest {
  Class wanted;
};
struct TreeTest {
  Pid root;
};
/// True when the field could not be read; never unknown.
struct MissingTest {
  const Field* field;
};
struct Not {
  std::unique_ptr<Node> operand;
};
struct All {
  std::vector<Node> operands;
};
struct Any {
  std::vector<Node> operands;
};

struct Node {
  std::variant<NumberTest, TextTest, RegexTest, ClassTest, TreeTest, MissingTest, Not, All, Any> what;
};

Truth evaluate(const Node& node, const Row& row);
Sources needs(const Node& node);

}  // namespace ptop::model::query
