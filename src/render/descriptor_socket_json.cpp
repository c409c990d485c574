// Sockets as JSON: family, state and addresses.
#include "descriptor_json.hpp"
#include "json_members.hpp"

namespace ptop::render {
namespace {

using namespace model;

class Socket {
 public:
  explicit Socket(JsonWriter& json) : json_(json) {}

  void operator()(std::monostate) {}

  void operator()(const InetEnd& end) {
    const auto& socket = end.socket;
    json_.member("family", std::string_view(socket.local.v6 ? "inet6" : "inet"));
    json_.member("protocol", inet_protocol_name(end.protocol));
    json_.member("state", socket_state_name(socket.state));
    write_address("local", socket.local);
    write_address("remote", socket.remote);
    json_.member("rx_queue", socket.rx_queue);
    json_.member("tx_queue", socket.tx_queue);
  }

  void operator()(const UnixEnd& end) {
    json_.member("family", std::string_view("unix"));
    write_type(end.type);
    json_.member("state", std::string_view(end.listening   ? "LISTEN"
                                           : end.connected ? "CONNECTED"
                                                           : "UNCONNECTED"));
    if (end.name.empty()) {
      json_.key("name");
      json_.null();
    } else {
      json_.bytes_member("name", end.name);
    }
    optional_member(json_, "peer_inode", end.peer);
  }

  void operator()(const procfs::NetlinkSocket& socket) {
    json_.member("family", std::string_view("netlink"));
    json_.member("protocol", procfs::netlink_protocol_name(socket.protocol));
    json_.member("protocol_number", socket.protocol);
    json_.member("port", socket.port);
    json_.member("groups", socket.groups);
  }

  void operator()(const procfs::PacketSocket& socket) {
    json_.member("family", std::string_view("packet"));
    write_type(socket.type);
    json_.member("protocol_number", static_cast<std::uint32_t>(socket.protocol));
    json_.member("interface", socket.interface);
  }

 private:
  void write_type(std::uint64_t type) {
    json_.member("socket_type", decode::constant_name(decode::Constants::socket_types, type));
  }
  void write_address(std::string_view key, const procfs::InetAddress& address) {
    json_.key(key);
    if (address.port == 0 && address.is_any()) return json_.null();
    std::string text = inet_address_text(address);
    text.resize(text.rfind(':'));
    if (text.starts_with('[')) text = text.substr(1, text.size() - 2);
    json_.begin_object();
    json_.member("address", std::string_view(text));
    json_.member("port", static_cast<std::uint32_t>(address.port));
    json_.end_object();
  }

  JsonWriter& json_;
};

}  // namespace

void write_socket(JsonWriter& json, const DescriptorEnds& ends, const Descriptor& descriptor) {
  begin_object(json, "socket");
  const SocketEntry* entry = ends.socket(descriptor);
  if (entry == nullptr) {
    json.key("family");
    json.null();
    if (!descriptor.protocol.empty()) json.bytes_member("protocol", descriptor.protocol);
  } else {
    std::visit(Socket(json), entry->detail);
    json.member("net_namespace", entry->net_namespace);
  }
  json.end_object();
}

}  // namespace ptop::render
