// Whether a row is meant. Runs for every process at every refresh: nothing here goes to the heap but the
// values of columns that are lists.
#include <re2/re2.h>

#include <algorithm>

#include "ptop/base/overloaded.hpp"
#include "query_node.hpp"

namespace ptop::model::query {
namespace {

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

bool compare(long double have, Comparison comparison, long double want) {
  switch (comparison) {
    case Comparison::equal:
      return have == want;
    case Comparison::less:
      return have < want;
    case Comparison::less_equal:
      return have <= want;
    case Comparison::greater:
      return have > want;
    case Comparison::greater_equal:
      return have >= want;
  }
  return false;
}

std::optional<long double> number_of(const Value& value) {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<long double>(*i);
  if (const auto* u = std::get_if<std::uint64_t>(&value)) return static_cast<long double>(*u);
  if (const auto* d = std::get_if<double>(&value)) return static_cast<long double>(*d);
  return std::nullopt;
}

std::optional<std::string_view> text_of(const Value& value) {
  if (const auto* word = std::get_if<Word>(&value)) return *word;
  if (const auto* bytes = std::get_if<Bytes>(&value)) return bytes->text;
  return std::nullopt;
}

/// The children are asked of the tree and not of their column, whose value is a list on the heap.
Truth evaluate_number(const NumberTest& test, const Row& row) {
  if (test.field->kind == FieldKind::children) {
    const auto children = row.scene.tree.children_of(row.index);
    return truth(std::any_of(children.begin(), children.end(), [&](ProcessIndex child) {
      const Pid pid = row.scene.snapshot.processes[child].pid;
      return compare(static_cast<long double>(pid.raw()), test.comparison, test.wanted);
    }));
  }
  const Value value = test.field->column->value(row);
  if (const auto* list = std::get_if<NumberList>(&value)) {
    return truth(std::any_of(list->begin(), list->end(), [&](std::int64_t n) {
      return compare(static_cast<long double>(n), test.comparison, test.wanted);
    }));
  }
  const auto have = number_of(value);
  return have ? truth(compare(*have, test.comparison, test.wanted)) : Truth::unknown;
}

/// The end of a path, or of the first word of what a program wrote there itself: "nginx: worker of /srv".
std::string_view base_name(std::string_view argument) {
  if (!argument.starts_with('/')) argument = argument.substr(0, argument.find(' '));
  return argument.substr(argument.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view first_argument(std::string_view cmdline) { return cmdline.substr(0, cmdline.find('\0')); }

/// A login shell's argv[0] begins with '-'.
template <class Match>
bool any_name(const Row& row, Match match) {
  const Sample& s = row.sample;
  if (match(std::string_view(s.stat.comm))) return true;
  if (s.has(Source::cmdline) && !s.cmdline.empty()) {
    const std::string_view name = base_name(first_argument(s.cmdline));
    if (match(name.starts_with('-') ? name.substr(1) : name)) return true;
  }
  return s.has(Source::exe) && match(std::string_view(*s.exe).substr(s.exe->rfind('/') + 1));
}

template <class Match>
bool any_argument(std::string_view cmdline, Match match) {
  while (!cmdline.empty()) {
    const std::string_view word = first_argument(cmdline);
    if (match(word)) return true;
    cmdline.remove_prefix(std::min(cmdline.size(), word.size() + 1));
  }
  return false;
}

/// The line as it is shown: words with spaces between.
std::string_view command_line(std::string_view raw) {
  thread_local std::string line;  // grows to the longest line once
  line.assign(raw.substr(0, raw.find_last_not_of('\0') + 1));
  std::replace(line.begin(), line.end(), '\0', ' ');
  return line;
}

template <class Match>
bool any_class(const Row& row, Match match) {
  const Classes classes = row.scene.classes[row.index].classes;
  for (std::size_t i = 0; i < class_count; ++i) {
    const auto c = static_cast<Class>(i);
    if (classes.has(c) && match(class_name(c))) return true;
  }
  return false;
}

/// Of a column: its text, each of its words, or yes and no as the table and JSON have them.
template <class Match>
Truth any_column_text(const Value& value, Match match) {
  if (const auto* words = std::get_if<WordList>(&value))
    return truth(std::any_of(words->begin(), words->end(), match));
  if (const auto* list = std::get_if<ByteList>(&value))
    return truth(std::any_of(list->begin(), list->end(), [&](const Bytes& b) { return match(b.text); }));
  if (const auto* yes = std::get_if<bool>(&value))
    return truth(*yes ? match("yes") || match("true") : match("no") || match("false"));
  const auto text = text_of(value);
  return text ? truth(match(*text)) : Truth::unknown;
}

/// Whether any text of the field matches.
template <class Match>
Truth any_text(const Field& field, const Row& row, Match match) {
  if (field.kind == FieldKind::name) return truth(any_name(row, match));
  if (field.kind == FieldKind::classes) return truth(any_class(row, match));
  if (field.kind == FieldKind::argv) {
    if (!row.sample.has(Source::cmdline)) return Truth::unknown;
    return truth(any_argument(row.sample.cmdline, match));
  }
  const Value value = field.column->value(row);
  if (field.kind != FieldKind::command) return any_column_text(value, match);
  const auto text = text_of(value);
  return text ? truth(match(command_line(*text))) : Truth::unknown;
}

/// A class that a process does not have is denied for sure only if the files that tell were read.
Truth evaluate_class(Class wanted, const Row& row) {
  if (row.scene.classes[row.index].classes.has(wanted)) return Truth::yes;
  const Sample& process = row.scene.snapshot.processes[row.index];
  if (process.stat.is_kernel_thread()) return Truth::no;
  const bool from_status = wanted == Class::nohup || wanted == Class::traced || wanted == Class::container;
  const bool from_cgroup = wanted == Class::container;
  const bool is_missing =
      (from_status && !process.has(Source::status)) || (from_cgroup && !process.has(Source::cgroup));
  return is_missing ? Truth::unknown : Truth::no;
}

bool is_below(const Row& row, Pid root) {
  const auto& processes = row.scene.snapshot.processes;
  for (std::optional<ProcessIndex> at = row.index; at; at = row.scene.tree.nodes[*at].parent) {
    if (processes[*at].pid == root) return true;
  }
  return false;
}

bool is_missing(const Field& field, const Row& row) {
  return field.column && std::holds_alternative<std::monostate>(field.column->value(row));
}

bool finds(const re2::RE2& regex, std::string_view text) {
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), regex);
}

Truth evaluate_all(const std::vector<Node>& operands, const Row& row) {
  Truth least = Truth::yes;
  for (const Node& operand : operands) {
    least = std::min(least, evaluate(operand, row));
    if (least == Truth::no) break;
  }
  return least;
}

Truth evaluate_any(const std::vector<Node>& operands, const Row& row) {
  Truth greatest = Truth::no;
  for (const Node& operand : operands) {
    greatest = std::max(greatest, evaluate(operand, row));
    if (greatest == Truth::yes) break;
  }
  return greatest;
}

Truth opposite(Truth t) { return t == Truth::unknown ? t : truth(t == Truth::no); }

Sources needs_of_all(const std::vector<Node>& operands) {
  Sources all;
  for (const Node& operand : operands) all |= needs(operand);
  return all;
}

}  // namespace

Truth evaluate(const Node& node, const Row& row) {
  return std::visit(
      overloaded{[&](const NumberTest& t) { return evaluate_number(t, row); },
                 [&](const TextTest& t) {
                   return any_text(*t.field, row, [&](std::string_view have) { return have == t.wanted; });
                 },
                 [&](const RegexTest& t) {
                   return any_text(*t.field, row,
                                   [&](std::string_view have) { return finds(*t.regex, have); });
                 },
                 [&](const ClassTest& t) { return evaluate_class(t.wanted, row); },
                 [&](const TreeTest& t) { return truth(is_below(row, t.root)); },
                 [&](const MissingTest& t) { return truth(is_missing(*t.field, row)); },
                 [&](const Not& n) { return opposite(evaluate(*n.operand, row)); },
                 [&](const All& a) { return evaluate_all(a.operands, row); },
                 [&](const Any& a) { return evaluate_any(a.operands, row); }},
      node.what);
}

Sources needs(const Node& node) {
  return std::visit(overloaded{[](const NumberTest& t) { return t.field->needs; },
                               [](const TextTest& t) { return t.field->needs; },
                               [](const RegexTest& t) { return t.field->needs; },
                               [](const ClassTest& t) { return class_needs(t.wanted); },
                               [](const TreeTest&) { return Sources(Source::stat); },
                               [](const MissingTest& t) { return t.field->needs; },
                               [](const Not& n) { return needs(*n.operand); },
                               [](const All& a) { return needs_of_all(a.operands); },
                               [](const Any& a) { return needs_of_all(a.operands); }},
                    node.what);
}

}  // namespace ptop::model::query
