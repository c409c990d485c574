// argc, argv, envp, auxv from the initial stack, in as few reads as it takes.
#include "exec_image.hpp"

#include <cstring>
#include <string_view>

#include <elf.h>

namespace ptop::follow {
namespace {

constexpr std::size_t first_read = std::size_t{16} * 1024;  // holds argv and environment of most programs
// Above what any stack limit lets through: a quarter of it at most, and never more than 6 MiB (fs/exec.c).
constexpr std::size_t most_read = std::size_t{64} * 1024 * 1024;

/// The stack from the stack pointer up, fetched as far as it was needed.
class StackView {
 public:
  StackView(decode::MemoryReader& memory, std::uint64_t base, std::size_t word)
      : memory_(&memory), base_(base), word_(word) {}

  std::optional<std::uint64_t> word_at(std::size_t offset) {
    if (!reach(offset + word_)) return std::nullopt;
    std::uint64_t value = 0;
    std::memcpy(&value, bytes_.data() + offset, word_);  // little-endian: the low bytes come first
    return value;
  }
  /// The string at an address of the tracee. Shortened where the stack ends before its NUL.
  std::optional<std::string> string_at(std::uint64_t address) {
    if (address < base_ || address - base_ >= most_read) return std::nullopt;
    const std::size_t offset = address - base_;
    for (std::size_t scanned = offset;;) {
      if (!reach(scanned + 1)) return scanned > offset ? std::optional(text(offset, scanned)) : std::nullopt;
      const auto end = text_view().find('\0', scanned);
      if (end != std::string_view::npos) return text(offset, end);
      scanned = bytes_.size();
    }
  }

 private:
  std::string_view text_view() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }
  std::string text(std::size_t begin, std::size_t end) const {
    return std::string(text_view().substr(begin, end - begin));
  }

  bool reach(std::size_t size) {
    while (bytes_.size() < size && !exhausted_) grow();
    return bytes_.size() >= size;
  }
  void grow() {
    const std::size_t had = bytes_.size();
    const std::size_t want = had == 0 ? first_read : had * 4;
    bytes_.resize(want);
    const std::size_t got = memory_->read(base_ + had, std::span(bytes_).subspan(had));
    bytes_.resize(had + got);
    exhausted_ = had + got < want || want >= most_read;
  }

  decode::MemoryReader* memory_;
  std::uint64_t base_;
  std::size_t word_;
  std::vector<std::byte> bytes_;
  bool exhausted_ = false;
};

/// Pointers from `offset` up to a NULL; `offset` moves behind it. false: the stack ended before.
bool read_strings(StackView& stack, std::size_t& offset, std::size_t word, std::vector<std::string>& out) {
  for (;; offset += word) {
    const auto pointer = stack.word_at(offset);
    if (!pointer) return false;
    if (*pointer == 0) break;
    auto text = stack.string_at(*pointer);
    if (!text) return false;
    out.push_back(std::move(*text));
  }
  offset += word;
  return true;
}

/// What the auxiliary vector says; of a type that it lacks, nothing.
void read_auxiliary_vector(StackView& stack, std::size_t offset, std::size_t word, ExecImage& image) {
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
  StackView stack(memory, stack_pointer.raw(), word);
  std::size_t offset = word;  // behind argc, which the NULL after argv makes unnecessary
  ExecImage image;
  if (!read_strings(stack, offset, word, image.argv)) return std::nullopt;
  if (!read_strings(stack, offset, word, image.environment)) return std::nullopt;
  read_auxiliary_vector(stack, offset, word, image);
  return image;
}

}  // namespace ptop::follow
