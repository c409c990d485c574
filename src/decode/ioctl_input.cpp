// ioctl requests of input devices: include/uapi/linux/input.h. Those with a length of the caller's are in
// ioctl.cpp.
#include "ioctl.hpp"
#include "ioctl_tables.hpp"

namespace ptop::decode {
namespace {

constexpr Member id_members[] = {u16("bustype"), u16("vendor"), u16("product"), u16("version")};
constexpr Structure input_id{id_members};

constexpr Member trigger_members[] = {u16("button"), u16("interval")};
constexpr Structure trigger{trigger_members};
constexpr Member replay_members[] = {u16("length"), u16("delay")};
constexpr Structure replay{replay_members};
constexpr Member envelope_members[] = {u16("attack_length"), u16("attack_level"), u16("fade_length"),
                                       u16("fade_level").hex()};
constexpr Structure envelope{envelope_members};

constexpr Member periodic_members[] = {u16("waveform"),   u16("period"),         s16("magnitude"),
                                       s16("offset"),     u16("phase"),          nested("envelope", envelope),
                                       u32("custom_len"), pointer("custom_data")};
constexpr Structure periodic{periodic_members};
constexpr Member constant_members[] = {s16("level"), nested("envelope", envelope)};
constexpr Structure constant{constant_members};
constexpr Member ramp_members[] = {s16("start_level"), s16("end_level"), nested("envelope", envelope)};
constexpr Structure ramp{ramp_members};
constexpr Member rumble_members[] = {u16("strong_magnitude"), u16("weak_magnitude")};
constexpr Structure rumble{rumble_members};

template <std::uint64_t type>
bool is_effect(const Instance& whole) {
  return whole.value("type") == type;
}
// The union begins with its part that has a pointer in it: that one aligns all of them.
constexpr Member effect_members[] = {u16("type").symbol(input_effects),
                                     s16("id"),
                                     u16("direction"),
                                     nested("trigger", trigger).with_v(),
                                     nested("replay", replay).with_v(),
                                     nested("periodic", periodic).when(is_effect<0x51>).with_v(),
                                     nested("constant", constant).overlaid().when(is_effect<0x52>).with_v(),
                                     nested("ramp", ramp).overlaid().when(is_effect<0x57>).with_v(),
                                     nested("rumble", rumble).overlaid().when(is_effect<0x50>).with_v()};
constexpr Structure effect{effect_members};

constexpr IoctlRequest requests[] = {
    gets(0x80044501, show_uint_behind),       // EVIOCGVERSION
    gets(0x80084502, input_id),               // EVIOCGID
    gets(0x80084503, show_pair_behind),       // EVIOCGREP
    gives(0x40084503, show_pair_behind),      // EVIOCSREP
    gives(0x40304580, effect),                // EVIOCSFF
    gives(0x40044581, show_signed_argument),  // EVIOCRMFF
    gets(0x80044584, show_uint_behind),       // EVIOCGEFFECTS
    gives(0x40044590, show_signed_argument),  // EVIOCGRAB
    gives(0x40044591, show_signed_argument),  // EVIOCREVOKE
    gives(0x400445a0, show_uint_behind),      // EVIOCSCLOCKID
};

}  // namespace

std::span<const IoctlRequest> input_requests() { return requests; }

}  // namespace ptop::decode
