// ioctl(2): one request as data, and how its argument is shown. The requests of each kind of device are in a
// file of their own.
#pragma once

#include "argument.hpp"
#include "context.hpp"
#include "structure.hpp"

namespace ptop::decode {

struct IoctlRequest;
using ShowIoctl = Decoded (*)(Context&, const IoctlRequest&, std::uint64_t value);

/// When the argument can be read. nothing: the request takes none. both: the decoder is asked at both stops,
/// and says itself which of it is shown when.
enum class Passed : std::uint8_t { nothing, in, out, both };

struct IoctlRequest {
  std::uint32_t code;
  Passed passed = Passed::nothing;
  ShowIoctl show = nullptr;
  const Structure* layout = nullptr;
  const Table* table = nullptr;
  /// Members of `layout` by name: what the kernel reads, and what it answers.
  std::string_view asked, answered;
  bool even_on_error = false;  ///< the answer is shown then, too

  constexpr IoctlRequest though_it_failed() const {
    IoctlRequest request = *this;
    request.even_on_error = true;
    return request;
  }
};

// The argument itself.
Decoded show_signed_argument(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_unsigned_argument(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_hex32_argument(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_fd_argument(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_signal_argument(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_symbol_argument(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_flags_argument(Context&, const IoctlRequest&, std::uint64_t);
// What it points to.
Decoded show_int_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_uint_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_word_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_u64_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_hex64_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_flags_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_symbol_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_pid_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_pair_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_pair64_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_text_behind(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_structure_behind(Context&, const IoctlRequest&, std::uint64_t);
// ioctl_answer.cpp: what is asked and answered in one structure.
Decoded show_answered(Context&, const IoctlRequest&, std::uint64_t);
Decoded show_exchanged(Context&, const IoctlRequest&, std::uint64_t);
/// The first of what is answered is a member that was asked: a => is where it is another one now.
Decoded show_adjusted(Context&, const IoctlRequest&, std::uint64_t);
/// What was shown at the enter stop, and behind it `answered` of the structure as it is now.
Decoded make_answered(Context&, const Instance& now, std::string_view answered);

/// makedev(major, minor), of a member of 64 bits.
Decoded show_device(Context&, const Member&, std::uint64_t, const Instance&);

constexpr IoctlRequest bare(std::uint32_t code) { return {code}; }
constexpr IoctlRequest gives(std::uint32_t code, ShowIoctl show, const Table* table = nullptr) {
  return {code, Passed::in, show, nullptr, table};
}
constexpr IoctlRequest gives(std::uint32_t code, const Structure& layout) {
  return {code, Passed::in, show_structure_behind, &layout};
}
constexpr IoctlRequest gets(std::uint32_t code, ShowIoctl show, const Table* table = nullptr) {
  return {code, Passed::out, show, nullptr, table};
}
constexpr IoctlRequest gets(std::uint32_t code, const Structure& layout) {
  return {code, Passed::out, show_structure_behind, &layout};
}
constexpr IoctlRequest changes(std::uint32_t code, ShowIoctl show, const Structure* layout = nullptr) {
  return {code, Passed::both, show, layout};
}
/// {question, answer}
constexpr IoctlRequest asks(std::uint32_t code, const Structure& layout, std::string_view asked,
                            std::string_view answered, ShowIoctl show = show_answered) {
  if (!has_members(layout, asked) || !has_members(layout, answered)) throw "no member of that name";
  return {code, Passed::both, show, &layout, nullptr, asked, answered};
}
/// {question} => {answer}
constexpr IoctlRequest exchanges(std::uint32_t code, const Structure& layout, std::string_view asked,
                                 std::string_view answered) {
  return asks(code, layout, asked, answered, show_exchanged);
}

std::span<const IoctlRequest> terminal_requests();
std::span<const IoctlRequest> file_requests();
std::span<const IoctlRequest> interface_requests();
std::span<const IoctlRequest> device_requests();
std::span<const IoctlRequest> input_requests();
std::span<const IoctlRequest> scsi_requests();
std::span<const IoctlRequest> btrfs_requests();
std::span<const IoctlRequest> btrfs_list_requests();
std::span<const IoctlRequest> video_requests();
std::span<const IoctlRequest> video_control_requests();
/// Of VIDIOC_CREATE_BUFS, which answers beside its result.
std::span<const Field> detail_of_created_buffers(Context& context);

}  // namespace ptop::decode
