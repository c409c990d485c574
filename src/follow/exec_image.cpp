// argc, argv, envp, auxv from the initial stack, in as few reads as it takes.
#include "exec_image.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <elf.h>

namespace ptop::follow {
namespace {

constexpr std::size_t first_read = std::size_t{16} * 1024;  // holds argv and environment of most programs
// Above what any stack limit lets through: a quarter of it at most, and never more than 6 MiB (fs/exec.c).
constexpr std::size_t most_read = std::size_t{64} * 1024 * 1024;

/// The stack from the stack pointer up to its end.
StackCopy copy_stack(decode::MemoryReader& memory, std::uint64_t base) {
  StackCopy copy;
  for (std::size_t want = first_read; want <= most_read; want *= 4) {
    auto larger = std::make_unique_for_overwrite<std::byte[]>(want);
    if (copy.size != 0) std::memcpy(larger.get(), copy.bytes.get(), copy.size);
    copy.bytes = std::move(larger);
    copy.size += memory.read(base + copy.size, std::span(copy.bytes.get() + copy.size, want - copy.size));
    if (copy.size < want) break;
  }
  return copy;
}

class StackView {
 public:
  StackView(const StackCopy& copy, std::uint64_t base, std::size_t word)
      : text_(reinterpret_cast<const char*>(copy.bytes.get()), copy.size), base_(base), word_(word) {}

  std::optional<std::uint64_t> word_at(std::size_t offset) const {
    if (offset + word_ > text_.size()) return std::nullopt;
    std::uint64_t value = 0;
    std::memcpy(&value, text_.data() + offset, word_);  // little-endian: the low bytes come first
    return value;
  }
  /// The string at an address of the tracee. Shortened where the stack ends before its NUL.
  std::optional<std::string> string_at(std::uint64_t address) const {
    if (address < base_ || address - base_ >= text_.size()) return std::nullopt;
    const auto rest = text_.substr(address - base_);
    return std::string(rest.substr(0, rest.find('\0')));
  }
  /// Of a list of pointers, the offset of the NULL at its end; nullopt: the stack ended before.
  std::optional<std::size_t> end_of_list(std::size_t offset) const {
    for (;; offset += word_) {
      const auto pointer = word_at(offset);
      if (!pointer) return std::nullopt;
      if (*pointer == 0) return offset;
    }
  }
  /// All that a list of strings has, which the kernel put one behind the other.
  std::string block_of(std::size_t begin, std::size_t end) const {
    if (begin == end) return {};
    const auto first = *word_at(begin), last = *word_at(end - word_);
    if (first < base_ || last < first || last - base_ >= text_.size()) return {};
    const std::size_t size = std::min(text_.find('\0', last - base_), text_.size()) - (first - base_);
    return std::string(text_.substr(first - base_, size)) += '\0';
  }
  /// false: a string is not on the stack.
  bool read_strings(std::size_t begin, std::size_t end, std::vector<std::string>& out) const {
    out.reserve((end - begin) / word_);
    for (std::size_t offset = begin; offset < end; offset += word_) {
      auto text = string_at(*word_at(offset));
      if (!text) return false;
      out.push_back(std::move(*text));
    }
    return true;
  }

 private:
  std::string_view text_;
  std::uint64_t base_;
  std::size_t word_;
};

/// What the auxiliary vector says; of a type that it lacks, nothing.
void read_auxiliary_vector(const StackView& stack, std::size_t offset, std::size_t word, ExecImage& image) {
  Credentials found;
  unsigned ids = 0;
  for (;; offset += 2 * word) {
    const auto type = stack.word_at(offset), value = stack.word_at(offset + word);
    if (!type || !value || *type == AT_NULL) break;
    const auto id = static_cast<std::uint32_t>(*value);
    if (*type == AT_EXECFN) image.filename = stack.string_at(*value).value_or(std::string());
    if (*type == AT_SECURE) found.secure = id != 0;
    if (*type == AT_UID) found.uid = Uid(id), ++ids;
    if (*type == AT_EUID) found.euid = Uid(id), ++ids;
    if (*type == AT_GID) found.gid = Gid(id), ++ids;
    if (*type == AT_EGID) found.egid = Gid(id), ++ids;
  }
  constexpr unsigned all = 4;
  if (ids == all) image.credentials = found;
}

}  // namespace

std::optional<ExecImage> read_exec_image(decode::MemoryReader& memory, TraceeAddr stack_pointer,
                                         std::size_t word) {
  ExecImage image;
  image.stack_ = copy_stack(memory, stack_pointer.raw());
  image.base_ = stack_pointer.raw();
  image.word_ = word;
  const StackView stack(image.stack_, image.base_, word);
  const std::size_t argv = word;  // behind argc, which the NULL after argv makes unnecessary
  const auto argv_end = stack.end_of_list(argv);
  if (!argv_end || !stack.read_strings(argv, *argv_end, image.argv)) return std::nullopt;
  image.environment_ = *argv_end + word;
  const auto environment_end = stack.end_of_list(image.environment_);
  if (!environment_end) return std::nullopt;
  read_auxiliary_vector(stack, *environment_end + word, word, image);
  return image;
}

Environment ExecImage::take_environment() {
  const StackView stack(stack_, base_, word_);
  Environment environment(stack.block_of(environment_, *stack.end_of_list(environment_)));
  stack_ = {};
  return environment;
}

}  // namespace ptop::follow
