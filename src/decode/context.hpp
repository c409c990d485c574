// What a decoder may use: the call's numbers, the tracee's memory, the arena, and builders for the nodes of a
// tree.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <type_traits>

#include "flag_table.hpp"
#include "ptop/decode/decoder.hpp"

namespace ptop::decode {

/// Whose sizes of long and pointers a call uses. x32: pointers of 32 bits; numbers of 64 are aligned to
/// eight.
enum class Abi : std::uint8_t { lp64, ilp32, x32 };

/// A string as found in the tracee. `complete`: its NUL was seen.
struct FoundString {
  std::string_view bytes;
  bool complete = false;
};

constexpr Abi abi_of(Arch arch) {
  return arch == Arch::i386 ? Abi::ilp32 : arch == Arch::x32 ? Abi::x32 : Abi::lp64;
}

class Context {
 public:
  Context(const RawCall& raw, const RawResult* result, MemoryReader& memory, Arena& arena,
          const Options& options, bool wide_times = false)
      : raw_(raw),
        result_(result),
        memory_(memory),
        arena_(arena),
        options_(options),
        abi_(abi_of(raw.arch)),
        wide_times_(wide_times || abi_ != Abi::ilp32) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  Abi abi() const { return abi_; }
  /// A time has 64 bits: always, but for the older calls of 32-bit programs.
  bool wide_times() const { return wide_times_; }
  std::uint64_t arg(std::size_t i) const { return raw_.args[i]; }
  std::uint64_t stack_pointer() const { return raw_.stack_pointer; }
  const RawResult* result() const { return result_; }  ///< nullptr at the enter stop
  bool failed() const { return result_ != nullptr && result_->error; }
  /// Of an argument that the kernel reads and writes, at the exit stop: what it was; nullptr otherwise.
  const Decoded* before() const { return before_; }
  void set_before(const Decoded* before) { before_ = before; }
  /// Of the call, as far as they are decoded; empty at the enter stop.
  std::span<const Field> arguments() const { return arguments_; }
  void set_arguments(std::span<const Field> arguments) { arguments_ = arguments; }
  /// A decoder that knows better than the row when its argument is all there says so at the enter stop.
  std::optional<Timing> timing() const { return timing_; }
  void set_timing(std::optional<Timing> timing) { timing_ = timing; }
  const Options& options() const { return options_; }
  /// Of `wanted` items of arrays, those that may still be shown: lists in lists of memory that a tracee made
  /// for it would keep us for ever.
  std::size_t grant_items(std::uint64_t wanted) {
    const auto granted = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, items_left_));
    items_left_ -= granted;
    return granted;
  }
  Arena& arena() { return arena_; }

  /// Exactly out.size() bytes, or false.
  bool read(std::uint64_t address, std::span<std::byte> out);
  template <class T>
  std::optional<T> object(std::uint64_t address) {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    if (!read(address, std::as_writable_bytes(std::span(&value, 1)))) return std::nullopt;
    return value;
  }
  /// A long or a pointer of the caller's, zero-extended.
  std::optional<std::uint64_t> word(std::uint64_t address);
  /// `n` longs of the caller's one behind the other, sign-extended. Those of x32 have 64 bits there
  /// (__kernel_long_t).
  template <std::size_t n>
  std::optional<std::array<std::int64_t, n>> longs(std::uint64_t address) {
    if (abi_ != Abi::ilp32) return object<std::array<std::int64_t, n>>(address);
    const auto narrow = object<std::array<std::int32_t, n>>(address);
    if (!narrow) return std::nullopt;
    std::array<std::int64_t, n> wide;
    std::copy(narrow->begin(), narrow->end(), wide.begin());
    return wide;
  }
  /// An argument that is a long.
  std::int64_t long_arg(std::size_t i) const {
    return word_size() == 4 ? static_cast<std::int32_t>(raw_.args[i])
                            : static_cast<std::int64_t>(raw_.args[i]);
  }
  std::size_t word_size() const { return abi_ == Abi::lp64 ? 8 : 4; }
  /// A NUL-terminated string of at most `limit` bytes, copied to the arena. nullopt: not readable up to
  /// there.
  std::optional<FoundString> string(std::uint64_t address, std::size_t limit);

 private:
  std::size_t read_some(std::uint64_t address, std::span<std::byte> out);
  std::size_t from_window(std::uint64_t address, std::span<std::byte> out) const;
  void fill_window(std::uint64_t address, std::size_t wanted);

  static constexpr std::size_t window_limit = 4096;

  const RawCall& raw_;
  const RawResult* result_;
  const Decoded* before_ = nullptr;
  std::span<const Field> arguments_;
  std::optional<Timing> timing_;
  MemoryReader& memory_;
  Arena& arena_;
  const Options& options_;
  std::size_t items_left_ = 1 << 16;
  const Abi abi_;
  const bool wide_times_;
  // The page part read last. Strings of an array, and a structure's neighbours, lie close together.
  std::uint64_t window_address_ = 0;
  std::size_t window_size_ = 0;
  std::array<std::byte, window_limit> window_;
};

// Nodes.
inline Decoded make_signed(std::int64_t v) { return {Signed{v}}; }
inline Decoded make_unsigned(std::uint64_t v, Base base = Base::decimal) { return {Unsigned{v, base}}; }
inline Decoded make_address(std::uint64_t v) { return {Address{v}}; }
/// With its path when the options ask for it.
Decoded make_fd(std::int32_t v, Arena& arena, const Options& options);
inline Decoded make_fd(std::int32_t v, Context& context) {
  return make_fd(v, context.arena(), context.options());
}
/// With its command name when the options ask for it.
/// A task or process; a negative number stands for the group of that number.
Decoded make_pid(std::int64_t v, Arena& arena, const Options& options);
/// A process group or a session: nobody's command.
Decoded make_group(std::int64_t v, Arena& arena, const Options& options);
/// NULL for 0, Unreadable otherwise: what is left of a pointer that led nowhere.
Decoded make_unread(std::uint64_t address);
FlagNames make_flags(Arena& arena, std::uint64_t value, const Table& table);
Decoded make_symbol(std::uint64_t value, const Table& table);
Decoded make_signal(std::uint64_t number);
Decoded make_signal_set(Arena& arena, std::uint64_t mask, unsigned signals = 64);
/// The signal set of `size` bytes at `address`: a long of the caller's at least.
Decoded make_signal_set_of(Context& context, std::uint64_t address, std::uint64_t size);
Decoded make_text(std::string_view bytes, bool truncated = false);
/// `length` bytes at `address`, shown up to the string limit.
Decoded make_bytes(Context& context, std::uint64_t address, std::uint64_t length, bool hex = false);

template <class... Args>
Decoded make_word(Arena& arena, std::uint64_t value, fmt::format_string<Args...> format, Args&&... args) {
  char buffer[256];
  const auto end = fmt::format_to_n(buffer, sizeof buffer, format, std::forward<Args>(args)...).out;
  return {Word{arena.copy({buffer, static_cast<std::size_t>(end - buffer)}), value}};
}

/// -EFAULT for a negative errno; another number as it is.
Decoded make_error_or_number(Arena& arena, std::int64_t value);

/// With a remark for people: dates, sizes.
inline Decoded make_remarked(Arena& arena, const Decoded& value, std::string_view remark) {
  return {Remarked{arena.node(value), remark}};
}

/// `value` and the local date of these seconds since 1970: with `digits` of a fraction unless it is 0. No
/// remark for 1970 itself, nor for a fraction of more than a second.
Decoded make_dated(Arena& arena, const Decoded& value, std::int64_t seconds, std::uint64_t fraction = 0,
                   int digits = 9);

inline Decoded make_changed(Arena& arena, const Decoded& before, const Decoded& after) {
  return {Changed{arena.node(before), arena.node(after)}};
}

/// The fields of a record, written one after the other.
class RecordBuilder {
 public:
  RecordBuilder(Arena& arena, std::size_t limit) : arena_(arena), fields_(arena.array<Field>(limit)) {}
  RecordBuilder& add(std::string_view name, Decoded value, Naming naming = Naming::usual) {
    if (used_ < fields_.size()) fields_[used_++] = {name, arena_.node(value), naming};
    return *this;
  }
  std::span<const Field> fields() const { return fields_.first(used_); }
  Decoded done(bool more = false) const { return {Record{fields_.first(used_), more}}; }

 private:
  Arena& arena_;
  std::span<Field> fields_;
  std::size_t used_ = 0;
};

/// What a result says beside its number: (Timeout), (flags FD_CLOEXEC).
inline std::span<const Field> make_detail(Arena& arena, const Decoded& value, std::string_view name = {}) {
  return RecordBuilder(arena, 1).add(name, value).fields();
}

}  // namespace ptop::decode
