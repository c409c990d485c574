// What a number meant: the typed tree of one decoded value. Decoders build it, sinks print it.
//
// Nodes are trivially destructible and point into the Arena they were built in, which is reused from event to
// event: decoding a call costs no trip to the heap. A tree is valid until its arena is released.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>
#include <variant>

namespace ptop::decode {

struct Decoded;

struct Signed {
  std::int64_t value;
};
/// How people write it; JSON always has the number.
enum class Base : std::uint8_t { decimal, hex, octal };
struct Unsigned {
  std::uint64_t value;
  Base base = Base::decimal;
};
struct Address {
  std::uint64_t value;
};  ///< 0 is NULL
/// A constant with a name: AT_FDCWD, SEEK_SET, SIGTERM. `family` when the name is unknown: "SEEK_???".
struct Symbol {
  std::int64_t value;
  std::string_view name;
  std::string_view family;
};
/// A set: names first, then `rest`, the bits nobody has a name for.
/// `rest_base`: S_IFREG|0644 has an octal one.
struct FlagNames {
  std::uint64_t value;
  std::span<const std::string_view> names;
  std::uint64_t rest;
  std::string_view family;
  Base rest_base = Base::hex;
  bool rest_named =
      false;  ///< `rest` names its family behind known names, too: a number of its own rides there
};
/// A signal mask, names without SIG. `inverted`: text shows `~[names]`, the signals that are not in it.
struct SignalSet {
  std::uint64_t mask;
  std::span<const std::string_view> names;
  bool inverted = false;
};
/// `path`: raw bytes, with -y; "" otherwise. `symbol`: AT_FDCWD instead of the number, "" otherwise.
/// `detail`: our own words, behind a path that opens with '/': `<char 1:3>`; or in its place: `TCP:[…]`.
/// `deleted`: the file has that name no more.
struct FileDescriptor {
  std::int32_t value;
  std::string_view path;
  std::string_view symbol;
  std::string_view detail = {};
  bool deleted = false;
};
struct ProcessId {
  std::int64_t value;
  std::string_view comm;
  std::int64_t outside = 0;
};  ///< comm: raw bytes, when known. outside: its number in the tracer's pid namespace, when that is another
/// Bytes of the tracee, raw. `truncated`: there was more than the limit. `hex`: random data, text shows \xNN
/// each. `abstract`: a name of a Unix socket outside of the file system, which begins with NUL; text shows
/// @"name".
struct Text {
  std::string_view bytes;
  bool truncated = false;
  bool hex = false;
  bool abstract = false;
};
/// Our own words for a value, printed as they are: makedev(0x88, 0), htons(53), [{WIFEXITED(s) &&
/// WEXITSTATUS(s) == 0}].
struct Word {
  std::string_view text;
  std::uint64_t value = 0;
};
/// An array not shown item by item: 0x7ffd… /* 56 vars */.
struct CountedAddress {
  std::uint64_t address;
  std::uint64_t count;
  std::string_view noun;
};
/// Whether text shows a field's name. usual: yes in a record, no in a call's arguments. JSON always has it.
enum class Naming : std::uint8_t { usual, always, never };
/// When the value of an argument is all there. grows: at the enter stop; the call may make it `before =>
/// after`.
enum class Timing : std::uint8_t { at_enter, at_exit, grows };
struct Field {
  std::string_view name;
  const Decoded* value;
  Naming naming = Naming::usual;
  Timing timing = Timing::at_enter;
  bool is_beside =
      false;  ///< no argument of the call, but something to say about it: not in strace's dialect
};
/// {name=value, …}. `more`: there are fields not shown, text ends with ", ...}".
struct Record {
  std::span<const Field> fields;
  bool more = false;
};
/// [value, …]
struct List {
  std::span<const Decoded> items;
  bool truncated = false;
  std::uint64_t unread_from = 0;  ///< the array goes on there, in memory that cannot be read; 0: it does not
  bool is_set = false;  ///< of numbers: text separates them with spaces alone, as a signal mask's names
};
struct Unreadable {
  std::uint64_t address;
};  ///< could not be read: shown as its address
/// What the kernel read there and what it wrote: text shows `before => after`.
struct Changed {
  const Decoded* before;
  const Decoded* after;
};
/// A value and what people like to know of it: `1700000000 /* 2023-11-14T22:13:20+0000 */`. JSON has the
/// value.
struct Remarked {
  const Decoded* value;
  std::string_view remark;
};

struct Decoded {
  std::variant<std::monostate, Signed, Unsigned, Address, Symbol, FlagNames, FileDescriptor, ProcessId, Text,
               Record, List, Unreadable, SignalSet, Word, CountedAddress, Changed, Remarked>
      what;
};

/// Memory of one event's trees.
class Arena {
 public:
  Arena() : resource_(first_.data(), first_.size()) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Uninitialised-free: elements are value-initialised. T must be trivially destructible.
  template <class T>
  std::span<T> array(std::size_t n) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (n == 0) return {};
    T* p = static_cast<T*>(resource_.allocate(n * sizeof(T), alignof(T)));
    for (std::size_t i = 0; i < n; ++i) new (p + i) T{};
    return {p, n};
  }
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* const bytes = static_cast<char*>(resource_.allocate(text.size(), 1));
    text.copy(bytes, text.size());
    return {bytes, text.size()};
  }
  const Decoded* node(const Decoded& d) {
    return new (resource_.allocate(sizeof(Decoded), alignof(Decoded))) Decoded(d);
  }
  /// Ends the life of every tree built here.
  void release() { resource_.release(); }

 private:
  std::array<std::byte, std::size_t{16} * 1024> first_;
  std::pmr::monotonic_buffer_resource resource_;
};

}  // namespace ptop::decode
