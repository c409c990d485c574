// What the commands of bpf(2) have in common.
#pragma once

#include "structure.hpp"

namespace ptop::decode {

/// `count` instructions: `[{code=BPF_ALU64|BPF_K|BPF_MOV, dst_reg=BPF_REG_0, …}]`; their address without -v.
Decoded make_bpf_program(Context& context, std::uint64_t address, std::uint64_t count);

/// What `name` was at the enter stop, in whichever record of this argument it is; nullopt: at the enter stop.
std::optional<std::uint64_t> value_at_enter(const Context& context, std::string_view name);
/// A member that the kernel may have changed: `16 => 1`.
Decoded show_changed_number(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_changed_address(Context&, const Member&, std::uint64_t, const Instance&);
Decoded show_interface(Context&, const Member&, std::uint64_t, const Instance&);
/// `count` numbers of 32 bits.
Decoded make_numbers(Context& context, std::uint64_t address, std::uint64_t count);

Decoded show_bpf_path(Context&, const Member&, std::uint64_t, const Instance&);

/// By its `attach_type`: whether it is attached to an interface, whose number is where others have a
/// descriptor.
bool wants_bpf_interface(const Instance& whole);
bool wants_bpf_descriptor(const Instance& whole);

/// A command's record, and how many of the caller's bytes it shows.
struct BpfShown {
  Decoded record;
  std::size_t known;
};
/// What BPF_LINK_CREATE has in any case; show_bpf_link() adds the part that its kind has.
extern const Structure bpf_link;
BpfShown show_bpf_link(Context& context, std::span<const std::byte> given, std::uint64_t address);

/// What BPF_OBJ_GET_INFO_BY_FD tells: of a map or of a program, as the descriptor is; else its address.
Decoded show_bpf_object(Context&, const Member&, std::uint64_t, const Instance&);

/// Non-zero bytes of `bytes` from `known` on, as a field: `extra_data="\x01" /* bytes 8..8 */`. Whether there
/// are any.
bool add_extra_data(RecordBuilder& record, Context& context, std::span<const std::byte> bytes,
                    std::size_t known);

}  // namespace ptop::decode
