// ioctl: request names, and the arguments of the commonest.
#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"

namespace ptop::decode {
namespace {

// include/uapi/asm-generic/ioctl.h: direction, size, type and number packed into one word.
struct RequestParts {
  std::uint32_t number, type, size, direction;
};
constexpr RequestParts split(std::uint32_t request) {
  return {request & 0xff, request >> 8 & 0xff, request >> 16 & 0x3fff, request >> 30};
}

constexpr std::string_view directions[] = {"_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE"};

// include/uapi/asm-generic/ioctls.h
enum Request : std::uint32_t {
  tiocgpgrp = 0x540f,
  tiocspgrp = 0x5410,
  tiocgwinsz = 0x5413,
  tiocswinsz = 0x5414,
  fionread = 0x541b,
  fionbio = 0x5421,
  tiocgsid = 0x5429,
  fioasync = 0x5452,
};

struct KernelWinsize {
  std::uint16_t row, col, xpixel, ypixel;
};

Decoded window_size(Context& context, std::uint64_t address) {
  const auto size = context.object<KernelWinsize>(address);
  if (!size) return make_unread(address);
  return RecordBuilder(context.arena(), 4)
      .add("ws_row", make_unsigned(size->row))
      .add("ws_col", make_unsigned(size->col))
      .add("ws_xpixel", make_unsigned(size->xpixel))
      .add("ws_ypixel", make_unsigned(size->ypixel))
      .done();
}

}  // namespace

// FIONCLEX and FIOCLEX: the request says it all.
bool ioctl_has_argument(const Args& args) {
  const auto request = static_cast<std::uint32_t>(args[1]);
  return request != 0x5450 && request != 0x5451;
}

Decoded decode_ioctl_request(Context& context, const Argument&, std::uint64_t value) {
  const auto request = static_cast<std::uint32_t>(value);
  const Decoded known = make_symbol(request, ioctl_requests);
  if (!std::get<Symbol>(known.what).name.empty()) return known;
  const RequestParts p = split(request);
  return make_word(context.arena(), request, "_IOC({}, {:#x}, {:#x}, {:#x})", directions[p.direction], p.type,
                   p.number, p.size);
}

Decoded decode_ioctl_argument(Context& context, const Argument& argument, std::uint64_t value) {
  const bool at_exit = context.result() != nullptr;
  switch (static_cast<std::uint32_t>(context.arg(1))) {
    case tiocgpgrp:
    case tiocgsid:
      return at_exit ? decode_tid_pointer(context, argument, value) : Decoded{};
    case fionread:
      return at_exit ? decode_int_pointer(context, argument, value) : Decoded{};
    case tiocgwinsz:
      return at_exit ? window_size(context, value) : Decoded{};
    case tiocspgrp:
      return decode_tid_pointer(context, argument, value);
    case fionbio:
    case fioasync:
      return decode_int_pointer(context, argument, value);
    case tiocswinsz:
      return window_size(context, value);
    default:
      return make_unsigned(value, Base::hex);
  }
}

}  // namespace ptop::decode
