// Inputs like those that are kept, and wrong: bytes changed, cut, repeated, taken from another input. Without
// the coverage that guides a fuzzer, but in every build; `./dev fuzz` is the thorough one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace ptop::fuzz {

/// The same seed makes the same inputs on every machine: no distributions of the library, which differ.
class Mutator {
 public:
  Mutator(const std::vector<std::vector<char>>& inputs, std::uint64_t seed)
      : inputs_(inputs), random_(seed) {}

  std::vector<char> next() {
    std::vector<char> text = pick(inputs_);
    if (text.size() > longest) text.resize(longest);
    for (std::uint64_t changes = 1 + below(4); changes > 0; --changes) change(text);
    text.shrink_to_fit();  // a sanitizer sees what reads on
    return text;
  }

 private:
  static constexpr std::size_t longest = 4096;

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  template <class List>
  const typename List::value_type& pick(const List& list) {
    return list[below(list.size())];
  }
  /// A place in `text`, or its end.
  std::ptrdiff_t place(const std::vector<char>& text) {
    return static_cast<std::ptrdiff_t>(below(text.size() + 1));
  }
  /// Of `text`, at most 32 bytes.
  std::vector<char> piece(const std::vector<char>& text) {
    const auto begin = text.begin() + place(text);
    return {begin,
            begin + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(below(33)), text.end() - begin)};
  }

  void change(std::vector<char>& text) {
    switch (below(6)) {
      case 0:
        return insert(text, {static_cast<char>(random_())});
      case 1:
        return insert(text, piece(text));
      case 2:
        return insert(text, piece(pick(inputs_)));
      case 3:
        return insert(text, odd_text());
      case 4:
        return cut(text);
      default:
        if (!text.empty()) text[below(text.size())] = static_cast<char>(random_());
    }
  }
  void insert(std::vector<char>& text, const std::vector<char>& what) {
    text.insert(text.begin() + place(text), what.begin(), what.end());
  }
  void cut(std::vector<char>& text) {
    const auto begin = text.begin() + place(text);
    text.erase(begin, begin + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(1 + below(32)),
                                                       text.end() - begin));
  }
  /// Where numbers end, and what separates fields.
  std::vector<char> odd_text() {
    static const std::vector<std::string> texts{"0",
                                                "-1",
                                                "-0",
                                                "+1",
                                                "2147483648",
                                                "4294967295",
                                                "9223372036854775808",
                                                "18446744073709551615",
                                                "18446744073709551616",
                                                "0x",
                                                "1e999",
                                                "nan",
                                                " ",
                                                "\t",
                                                "\n",
                                                "\n\n",
                                                ":",
                                                "::",
                                                "(",
                                                ")",
                                                "[",
                                                "]",
                                                "/",
                                                ",",
                                                "-",
                                                ".",
                                                "\\",
                                                "\\012",
                                                std::string(1, '\0'),
                                                "\x1b[",
                                                "\xff",
                                                "\xe2\x80\xae",
                                                " (deleted)",
                                                "kB"};
    const std::string& text = pick(texts);
    return {text.begin(), text.end()};
  }

  const std::vector<std::vector<char>>& inputs_;
  std::mt19937_64 random_;
};

}  // namespace ptop::fuzz
