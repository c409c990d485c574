// From the rows of the table, which only this room sees whole.
#include "ptop/decode/call_shape.hpp"

#include <algorithm>
#include <iterator>

#include "argument.hpp"

namespace ptop::decode {
namespace {

struct Kind {
  DecodeArgument decode;
  std::string_view word;
};
constexpr Kind kinds[] = {{decode_sint, "int"},
                          {decode_uint, "unsigned"},
                          {decode_slong, "long"},
                          {decode_slong_pair, "long"},
                          {decode_ulong, "size"},
                          {decode_hex32, "hex"},
                          {decode_hex, "hex"},
                          {decode_address, "address"},
                          {decode_mode, "mode"},
                          {decode_fd, "fd"},
                          {decode_dirfd, "directory fd"},
                          {decode_pid, "pid"},
                          {decode_group, "pid"},
                          {decode_id, "id"},
                          {decode_id16, "id"},
                          {decode_path, "path"},
                          {decode_string, "string"},
                          {decode_strings, "strings"},
                          {decode_environment, "environment"},
                          {decode_bytes, "bytes"},
                          {decode_random_bytes, "bytes"},
                          {decode_flags32, "flags"},
                          {decode_flags64, "flags"},
                          {decode_flags_pair, "flags"},
                          {decode_symbol32, "constant"},
                          {decode_symbol64, "constant"}};

/// What has a decoder of its own is a structure, or a number that hangs on other arguments.
std::string_view kind_of(const Argument& argument) {
  const auto kind = std::ranges::find(kinds, argument.decode, &Kind::decode);
  return kind != std::end(kinds) ? kind->word : "decoded";
}

/// Addresses that are meant as such: nothing behind them is the call's to read or write at once.
bool is_place(std::string_view name) {
  constexpr std::string_view places[] = {"addr",        "start",        "brk",      "new_addr", "shmaddr",
                                         "child_stack", "child_tidptr", "tidptr",   "uaddr",    "uaddr2",
                                         "base",        "restorer",     "umod",     "entry",    "ctx",
                                         "ctx_id",      "unused",       "arguments"};
  return std::ranges::find(places, name) != std::end(places);
}

}  // namespace

std::vector<ArgumentShape> shape_of(const SyscallRow& row) {
  std::vector<ArgumentShape> shapes;
  for (std::size_t i = 0; i < row.arguments.size(); ++i) {
    const Argument& a = row.arguments[i];
    const auto in_register = a.in_register < 0 ? i : static_cast<std::size_t>(a.in_register);
    shapes.push_back({a.name, static_cast<std::uint8_t>(in_register),
                      a.decode == decode_fd || a.decode == decode_dirfd, a.decode == decode_path, kind_of(a),
                      a.table != nullptr ? a.table->family : ""});
  }
  return shapes;
}

std::string_view depth_name(Depth depth) {
  constexpr std::string_view names[] = {"full", "by type", "hex only"};
  return names[static_cast<std::size_t>(depth)];
}

Depth depth_of(const SyscallRow& row) {
  const auto shapes = shape_of(row);
  const auto is_bare = [](const ArgumentShape& a) { return a.kind == "address" && !is_place(a.name); };
  const auto is_hex = [&](const ArgumentShape& a) { return a.kind == "hex" || is_bare(a); };
  if (!shapes.empty() && std::ranges::all_of(shapes, is_hex)) return Depth::hex;
  return std::ranges::any_of(shapes, is_bare) ? Depth::by_type : Depth::full;
}

std::string_view return_kind_name(const SyscallRow& row) {
  if (row.result != nullptr) return "decoded";
  constexpr std::string_view names[] = {"number", "fd", "pid", "pid", "address", "hex", "octal", "none"};
  return names[static_cast<std::size_t>(row.returns)];
}

}  // namespace ptop::decode
