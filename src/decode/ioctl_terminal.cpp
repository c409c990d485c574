// ioctl requests of terminals, consoles and pipes of bytes: include/uapi/asm-generic/ioctls.h.
#include "decoders.hpp"
#include "ioctl.hpp"
#include "ioctl_tables.hpp"

namespace ptop::decode {
namespace {

constexpr Member winsize_members[] = {u16("ws_row"), u16("ws_col"), u16("ws_xpixel"), u16("ws_ypixel")};
constexpr Structure window_size{winsize_members};

constexpr std::string_view control_names[] = {"VINTR",    "VQUIT",    "VERASE",  "VKILL",  "VEOF",  "VTIME",
                                              "VMIN",     "VSWTC",    "VSTART",  "VSTOP",  "VSUSP", "VEOL",
                                              "VREPRINT", "VDISCARD", "VWERASE", "VLNEXT", "VEOL2"};

// A control character, which its place in the array gives a meaning.
Decoded control_character(Context& context, std::size_t index, std::uint8_t value) {
  const std::string shown = value == 0 ? "0" : fmt::format("{:#x}", static_cast<unsigned>(value));
  if (index >= std::size(control_names)) return make_word(context.arena(), value, "[{}]={}", index, shown);
  return make_word(context.arena(), value, "[{}]={}", control_names[index], shown);
}

// struct termio (16 bits wide), termios and termios2 (32 bits), told apart by the request.
struct Shape {
  std::uint64_t width, characters;
  bool speeds;
};
constexpr Shape termio_shape{2, 8, false}, termios_shape{4, 19, false}, termios2_shape{4, 19, true};

Decoded settings(Context& context, std::uint64_t address, const Shape& shape) {
  const auto field = [&](std::uint64_t i) {
    return context.object<std::uint16_t>(address + i * shape.width);
  };
  std::array<std::uint32_t, 4> modes{};
  for (std::size_t i = 0; i < modes.size(); ++i) {
    if (address == 0 || !field(i)) return make_unread(address);
    modes[i] = shape.width == 2 ? *field(i) : context.object<std::uint32_t>(address + i * 4).value_or(0);
  }
  const std::uint64_t line = address + 4 * shape.width;
  const auto discipline = context.object<std::uint8_t>(line);
  const auto last = context.object<std::uint8_t>(line + shape.characters);
  if (!discipline || !last) return make_unread(address);
  Arena& arena = context.arena();
  RecordBuilder record(arena, 8);
  record.add("c_iflag", {make_flags(arena, modes[0], terminal_input_flags)});
  record.add("c_oflag", {make_flags(arena, modes[1], terminal_output_flags)});
  record.add("c_cflag", {make_flags(arena, modes[2], terminal_control_flags)});
  record.add("c_lflag", {make_flags(arena, modes[3], terminal_local_flags)});
  if (!context.options().verbose) return record.done(true);
  auto characters = arena.array<Decoded>(static_cast<std::size_t>(shape.characters));
  for (std::size_t i = 0; i < characters.size(); ++i)
    characters[i] = control_character(context, i, context.object<std::uint8_t>(line + 1 + i).value_or(0));
  record.add("c_line", make_symbol(*discipline, line_disciplines)).add("c_cc", {List{characters}});
  if (!shape.speeds) return record.done();
  const auto speeds = context.object<std::array<std::uint32_t, 2>>(line + 1 + shape.characters);
  if (!speeds) return record.done(true);
  return record.add("c_ispeed", make_unsigned((*speeds)[0]))
      .add("c_ospeed", make_unsigned((*speeds)[1]))
      .done();
}

Decoded show_termio(Context& context, const IoctlRequest&, std::uint64_t address) {
  return settings(context, address, termio_shape);
}
Decoded show_termios(Context& context, const IoctlRequest&, std::uint64_t address) {
  return settings(context, address, termios_shape);
}
Decoded show_termios2(Context& context, const IoctlRequest&, std::uint64_t address) {
  return settings(context, address, termios2_shape);
}
Decoded show_character(Context& context, const IoctlRequest&, std::uint64_t address) {
  return make_bytes(context, address, 1);
}

constexpr IoctlRequest requests[] = {
    gets(0x5401, show_termios),                            // TCGETS
    gives(0x5402, show_termios),                           // TCSETS
    gives(0x5403, show_termios),                           // TCSETSW
    gives(0x5404, show_termios),                           // TCSETSF
    gets(0x5405, show_termio),                             // TCGETA
    gives(0x5406, show_termio),                            // TCSETA
    gives(0x5407, show_termio),                            // TCSETAW
    gives(0x5408, show_termio),                            // TCSETAF
    gives(0x5409, show_signed_argument),                   // TCSBRK
    gives(0x540a, show_symbol_argument, &flow_actions),    // TCXONC
    gives(0x540b, show_symbol_argument, &flush_queues),    // TCFLSH
    bare(0x540c),                                          // TIOCEXCL
    bare(0x540d),                                          // TIOCNXCL
    gives(0x540e, show_signed_argument),                   // TIOCSCTTY
    gets(0x540f, show_pid_behind),                         // TIOCGPGRP
    gives(0x5410, show_pid_behind),                        // TIOCSPGRP
    gets(0x5411, show_int_behind),                         // TIOCOUTQ
    gives(0x5412, show_character),                         // TIOCSTI
    gets(0x5413, window_size),                             // TIOCGWINSZ
    gives(0x5414, window_size),                            // TIOCSWINSZ
    gets(0x5415, show_flags_behind, &modem_lines),         // TIOCMGET
    gives(0x5416, show_flags_behind, &modem_lines),        // TIOCMBIS
    gives(0x5417, show_flags_behind, &modem_lines),        // TIOCMBIC
    gives(0x5418, show_flags_behind, &modem_lines),        // TIOCMSET
    gets(0x5419, show_int_behind),                         // TIOCGSOFTCAR
    gives(0x541a, show_int_behind),                        // TIOCSSOFTCAR
    gets(0x541b, show_int_behind),                         // FIONREAD
    bare(0x541d),                                          // TIOCCONS
    gives(0x5420, show_int_behind),                        // TIOCPKT
    gives(0x5421, show_int_behind),                        // FIONBIO
    bare(0x5422),                                          // TIOCNOTTY
    gives(0x5423, show_int_behind),                        // TIOCSETD
    gets(0x5424, show_int_behind),                         // TIOCGETD
    gives(0x5425, show_signed_argument),                   // TCSBRKP
    bare(0x5427),                                          // TIOCSBRK
    bare(0x5428),                                          // TIOCCBRK
    gets(0x5429, show_pid_behind),                         // TIOCGSID
    gets(0x802c542a, show_termios2),                       // TCGETS2
    gives(0x402c542b, show_termios2),                      // TCSETS2
    gives(0x402c542c, show_termios2),                      // TCSETSW2
    gives(0x402c542d, show_termios2),                      // TCSETSF2
    gets(0x80045430, show_int_behind),                     // TIOCGPTN
    gives(0x40045431, show_int_behind),                    // TIOCSPTLCK
    bare(0x5437),                                          // TIOCVHANGUP
    gets(0x80045440, show_int_behind),                     // TIOCGEXCL
    bare(0x5450),                                          // FIONCLEX
    bare(0x5451),                                          // FIOCLEX
    gives(0x5452, show_int_behind),                        // FIOASYNC
    gives(0x4b3a, show_symbol_argument, &console_modes),   // KDSETMODE
    gives(0x4b45, show_symbol_argument, &keyboard_modes),  // KDSKBMODE
    gives(0x4b32, show_flags_argument, &keyboard_leds),    // KDSETLED
    gives(0x4b4e, show_signal_argument),                   // KDSIGACCEPT
};

}  // namespace

std::span<const IoctlRequest> terminal_requests() { return requests; }

}  // namespace ptop::decode
