#include "exec_image.hpp"

#include <cstring>

#include <elf.h>

#include "support/catch.hpp"

using namespace ptop;

namespace {

/// A stack as the kernel builds it, at an address of its own; nothing is mapped behind its end.
class Stack : public decode::MemoryReader {
 public:
  static constexpr std::uint64_t base = 0xffc0'1000;  // below 4 GiB: a 32-bit stack's pointers are 4 bytes

  Stack(const std::vector<std::string>& argv, const std::vector<std::string>& env, const std::string& name,
        std::size_t word)
      : word_(word) {
    const std::size_t words = 1 + argv.size() + 1 + env.size() + 1 + 2 * 3;
    std::uint64_t strings = base + words * word;
    std::string text;
    auto place = [&](const std::string& s) {
      push(strings + text.size());
      text += s;
      text += '\0';
    };
    push(argv.size());
    for (const auto& s : argv) place(s);
    push(0);
    for (const auto& s : env) place(s);
    push(0);
    push(AT_PAGESZ), push(4096);
    push(AT_EXECFN), place(name);
    push(AT_NULL), push(0);
    bytes_ += text;
  }
  std::size_t read(std::uint64_t address, std::span<std::byte> out) override {
    ++reads;
    if (address < base || address >= base + bytes_.size()) return 0;
    const auto part = std::string_view(bytes_).substr(address - base, out.size());
    std::memcpy(out.data(), part.data(), part.size());
    return part.size();
  }
  void cut(std::size_t size) { bytes_.resize(size); }
  int reads = 0;

 private:
  void push(std::uint64_t value) { bytes_.append(reinterpret_cast<const char*>(&value), word_); }
  std::size_t word_;
  std::string bytes_;
};

}  // namespace

TEST_CASE("read_exec_image: argv, environment and file name of 64-bit and 32-bit programs", "[follow]") {
  const auto word = static_cast<std::size_t>(GENERATE(8, 4));
  Stack stack({"ls", "-l", ""}, {"A=1", "PATH=/bin"}, "/bin/ls", word);
  auto image = follow::read_exec_image(stack, TraceeAddr(Stack::base), word);
  REQUIRE(image.has_value());
  CHECK(image->argv == std::vector<std::string>{"ls", "-l", ""});
  CHECK(image->take_environment().entries() == std::vector<std::string_view>{"A=1", "PATH=/bin"});
  CHECK(image->filename == "/bin/ls");
  CHECK(stack.reads == 1);
}

TEST_CASE("read_exec_image: two megabytes of arguments arrive whole in a few reads", "[follow]") {
  const std::string big(100'000, 'x');
  const std::vector<std::string> argv(20, big);
  Stack stack(argv, {}, "/x", 8);
  const auto image = follow::read_exec_image(stack, TraceeAddr(Stack::base), 8);
  REQUIRE(image.has_value());
  CHECK(image->argv == argv);
  CHECK(stack.reads <= 6);
}

TEST_CASE("read_exec_image: an empty argv is an empty list", "[follow]") {
  Stack stack({}, {}, "/x", 8);
  const auto image = follow::read_exec_image(stack, TraceeAddr(Stack::base), 8);
  REQUIRE(image.has_value());
  CHECK(image->argv.empty());
}

TEST_CASE("read_exec_image: a stack that ends too early is no image, or lacks what was above", "[follow]") {
  Stack stack({"a", "b"}, {"C=3"}, "/x", 8);
  stack.cut(20);
  CHECK_FALSE(follow::read_exec_image(stack, TraceeAddr(Stack::base), 8).has_value());
  CHECK_FALSE(follow::read_exec_image(stack, TraceeAddr(0x1000), 8).has_value());
}
