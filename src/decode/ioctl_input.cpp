// ioctl requests of input devices: include/uapi/linux/input.h. Those with a length of the caller's are in
// ioctl.cpp.
#include "ioctl.hpp"

namespace ptop::decode {
namespace {

constexpr Member id_members[] = {u16("bustype"), u16("vendor"), u16("product"), u16("version")};
constexpr Structure input_id{id_members};

constexpr IoctlRequest requests[] = {
    gets(0x80044501, show_uint_behind),       // EVIOCGVERSION
    gets(0x80084502, input_id),               // EVIOCGID
    gets(0x80084503, show_pair_behind),       // EVIOCGREP
    gives(0x40084503, show_pair_behind),      // EVIOCSREP
    gives(0x40044581, show_signed_argument),  // EVIOCRMFF
    gets(0x80044584, show_uint_behind),       // EVIOCGEFFECTS
    gives(0x40044590, show_signed_argument),  // EVIOCGRAB
    gives(0x40044591, show_signed_argument),  // EVIOCREVOKE
    gives(0x400445a0, show_uint_behind),      // EVIOCSCLOCKID
};

}  // namespace

std::span<const IoctlRequest> input_requests() { return requests; }

}  // namespace ptop::decode
