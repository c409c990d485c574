// The rows of net/tcp and its nine relatives.
#include "ptop/procfs/net_inet.hpp"

#include <arpa/inet.h>

#include <cstring>
#include <iterator>

#include <fmt/format.h>

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

constexpr std::size_t digits_of_word = 8;
constexpr std::string_view protocols[] = {"tcp",      "tcp6", "udp",  "udp6", "udplite",
                                          "udplite6", "raw",  "raw6", "icmp", "icmp6"};
constexpr std::string_view states[] = {
    "UNKNOWN", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",    "TIME_WAIT",
    "CLOSE",   "CLOSE_WAIT",  "LAST_ACK", "LISTEN",   "CLOSING",   "NEW_SYN_RECV", "BOUND_INACTIVE"};

/// "0100007F", four times for IPv6: each a 32-bit word whose memory holds the bytes of the wire.
bool parse_words(InetAddress& address, std::string_view hex) {
  address.v6 = hex.size() == 4 * digits_of_word;
  if (!address.v6 && hex.size() != digits_of_word) return false;
  for (std::size_t word = 0; word * digits_of_word < hex.size(); ++word) {
    std::uint32_t raw = 0;
    if (!parse_into(raw, hex.substr(word * digits_of_word, digits_of_word), 16)) return false;
    std::memcpy(address.bytes.data() + word * sizeof raw, &raw, sizeof raw);
  }
  return true;
}

bool parse_address(InetAddress& address, std::string_view word) {
  return parse_words(address, take_until(word, ':')) && parse_into(address.port, word, 16);
}

bool parse_state(SocketState& state, std::string_view word) {
  std::uint8_t raw = 0;
  if (!parse_into(raw, word, 16)) return false;
  state = SocketState(raw);
  return true;
}

bool parse_queues(InetSocket& socket, std::string_view word) {
  return parse_into(socket.tx_queue, take_until(word, ':'), 16) && parse_into(socket.rx_queue, word, 16);
}

bool parse_socket(InetSocket& socket, std::string_view line) {
  take_word(line);  // number of the row
  const bool has_ends =
      parse_address(socket.local, take_word(line)) && parse_address(socket.remote, take_word(line));
  if (!has_ends || !parse_state(socket.state, take_word(line)) || !parse_queues(socket, take_word(line)))
    return false;
  take_word(line);  // timer
  take_word(line);  // retransmits
  if (!parse_into(socket.uid, take_word(line))) return false;
  take_word(line);  // timeout
  return parse_into(socket.inode, take_word(line));
}

}  // namespace

Result<std::vector<InetSocket>> parse_inet_sockets(std::string_view text) {
  std::vector<InetSocket> sockets;
  std::string_view rest = text;
  take_line(rest);  // header
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    InetSocket socket;
    if (!parse_socket(socket, line)) return malformed("net", line);
    sockets.push_back(socket);
  }
  return sockets;
}

std::string_view inet_protocol_name(InetProtocol protocol) {
  const auto row = static_cast<std::size_t>(protocol);
  return row < std::size(protocols) ? protocols[row] : "unknown";
}

std::string_view socket_state_name(SocketState state) {
  const auto row = static_cast<std::size_t>(state);
  return row < std::size(states) ? states[row] : states[0];
}

std::string inet_address_text(const InetAddress& address) {
  char text[INET6_ADDRSTRLEN];
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text, sizeof text);
  return address.v6 ? fmt::format("[{}]:{}", text, address.port) : fmt::format("{}:{}", text, address.port);
}

}  // namespace ptop::procfs
