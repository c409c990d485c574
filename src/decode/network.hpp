// What the decoders of sockets have in common: addresses, values in network byte order, filters.
#pragma once

#include "argument.hpp"
#include "context.hpp"

namespace ptop::decode {

/// The first `length` bytes at `address` as a socket address; the address itself if they are none.
Decoded make_sockaddr(Context& context, std::uint64_t address, std::int64_t length);

/// `inet_addr("127.0.0.1")`, from four bytes as they are in memory.
Decoded make_inet_address(Arena& arena, std::uint32_t network_order);
/// `inet_pton(AF_INET6, "::1", &name)`
Decoded make_inet6_address(Arena& arena, std::span<const std::byte, 16> bytes, std::string_view name);
/// `htons(80)`, `htonl(1)`; by name where a table has one: `htons(ETH_P_IP)`.
Decoded make_htons(Arena& arena, std::uint16_t network_order);
Decoded make_htons(Arena& arena, std::uint16_t network_order, const Table& table);
/// `01:02:03:04:05:06`
Decoded make_hardware_address(Arena& arena, std::span<const std::byte> bytes);
/// `if_nametoindex("lo")`; the number where there is no such interface, or nobody who knows it.
Decoded make_interface(Context& context, std::uint32_t index);

/// A name, or the number with its family: `0x1234 /* ETH_P_??? */`.
std::string_view symbol_text(Arena& arena, std::uint64_t value, const Table& table);

/// Whose program it is: the numbers in it mean different things.
enum class FilterOf : std::uint8_t { socket, seccomp };
/// `count` instructions of a classic BPF program: `[BPF_STMT(BPF_RET|BPF_K, 0xffff)]`.
Decoded make_filter(Context& context, std::uint64_t address, std::uint64_t count, FilterOf whose);
/// struct sock_fprog: `{len=1, filter=[…]}`
Decoded make_filter_program(Context& context, std::uint64_t address, FilterOf whose);

/// What a socket sent or received: by message if it is a netlink socket, else as bytes.
Decoded make_socket_bytes(Context& context, std::uint64_t address, std::uint64_t length);

/// What an argument of this call was when it was entered, of `[128]`: the kernel has written over it since.
std::optional<std::int64_t> length_at_enter(const Context& context, std::size_t argument);

}  // namespace ptop::decode
