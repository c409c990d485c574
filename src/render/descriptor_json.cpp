// Open files as JSON: schemas/ptop.fds-1.schema.json says what each member means.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "json_writer.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/overloaded.hpp"
#include "ptop/decode/constants.hpp"
#include "ptop/render/descriptors.hpp"
#include "wall_time.hpp"

namespace ptop::render {
namespace {

using namespace model;

/// Every holder of a file names all others: a file that a thousand processes inherited would have a million
/// names. What is left out is counted.
constexpr std::size_t listed_at_most = 100;

class Writer {
 public:
  Writer(JsonWriter& json, const DescriptorEnds& ends, Place place)
      : json_(json), ends_(ends), place_(place), d_(ends.at(place)), owner_(ends.owner(place)) {}

  void write();

 private:
  void write_head();
  void write_open_file();
  void write_file();
  void write_mount();
  void write_socket();
  void write_socket_detail(const InetEnd& end);
  void write_socket_detail(const UnixEnd& end);
  void write_socket_detail(const procfs::NetlinkSocket& socket);
  void write_socket_detail(const procfs::PacketSocket& socket);
  void write_socket_detail(std::monostate) {}
  void write_address(std::string_view key, const procfs::InetAddress& address);
  void write_people(std::string_view key, const std::vector<Place>& places);
  void write_locks();
  void write_watched(std::size_t i);

  void particulars(std::monostate) {}
  void particulars(const procfs::EventfdInfo& info);
  void particulars(const procfs::SignalfdInfo& info);
  void particulars(const procfs::EpollInfo& info);
  void particulars(const procfs::InotifyInfo& info);
  void particulars(const procfs::FanotifyInfo& info);
  void particulars(const procfs::TimerfdInfo& info);
  void particulars(const procfs::PidfdInfo& info);
  void particulars(const procfs::BpfMapInfo& info);
  void particulars(const procfs::BpfProgInfo& info);
  void particulars(const procfs::BpfLinkInfo& info);
  void particulars(const procfs::IoUringInfo& info);
  void particulars(const procfs::UserfaultfdInfo& info);
  void particulars(const procfs::DmabufInfo& info);
  void particulars(const procfs::TunInfo& info);

  void begin(std::string_view key) {
    json_.key(key);
    json_.begin_object();
  }
  void device(std::string_view key, procfs::DeviceNumber number) {
    json_.member(key, std::string_view(fmt::format("{}:{}", number.major, number.minor)));
  }
  void bits(std::string_view key, decode::Constants names, std::uint64_t value, std::string_view first = {});
  template <class T>
  void optional(std::string_view key, const std::optional<T>& value) {
    json_.key(key);
    value ? json_.value(*value) : json_.null();
  }

  JsonWriter& json_;
  const DescriptorEnds& ends_;
  Place place_;
  const Descriptor& d_;
  const DescriptorOwner& owner_;
};

void Writer::bits(std::string_view key, decode::Constants names, std::uint64_t value,
                  std::string_view first) {
  const auto found = decode::named_bits(names, value);
  begin(key);
  json_.member("value", value);
  json_.key("names");
  json_.begin_array();
  if (!first.empty()) json_.value(first);
  for (const auto name : found.names) json_.value(name);
  json_.end_array();
  json_.end_object();
}

void Writer::write() {
  json_.begin_object();
  write_head();
  write_open_file();
  write_file();
  write_mount();
  if (d_.type == DescriptorType::socket) write_socket();
  if (d_.info) std::visit([&](const auto& info) { particulars(info); }, d_.info->particulars);
  if (d_.info && d_.info->tty_index) json_.member("tty_index", *d_.info->tty_index);
  write_people("other_end", ends_.other_ends(place_));
  if (const auto shared = ends_.same_open_file(place_)) {
    write_people("shared_with", *shared);
  } else {
    json_.key("shared_with");
    json_.null();
  }
  write_locks();
  json_.end_object();
}

void Writer::write_head() {
  json_.member("pid", owner_.key.pid.raw());
  json_.member("start_ticks", owner_.key.start.raw());
  json_.bytes_member("comm", owner_.comm);
  json_.member("as", held_as_name(d_.as));
  json_.key("fd");
  d_.as == HeldAs::fd ? json_.value(d_.fd) : json_.null();
  json_.member("type", descriptor_type_name(d_.type));
}

void Writer::write_open_file() {
  constexpr std::array<std::string_view, 5> accesses{"", "path", "r", "w", "rw"};
  constexpr std::array<std::string_view, 4> access_names{"O_RDONLY", "O_WRONLY", "O_RDWR", ""};
  constexpr std::uint32_t access_mode = 03, path_only = 010000000;
  json_.key("access");
  d_.access == procfs::FdAccess::unknown ? json_.null()
                                         : json_.value(accesses[static_cast<std::size_t>(d_.access)]);
  if (d_.info) {
    const std::uint32_t flags = d_.info->flags;
    const auto first = (flags & path_only) != 0 ? std::string_view() : access_names[flags & access_mode];
    bits("flags", decode::Constants::open_flags, flags, first);
    json_.member("position", d_.info->position);
    return;
  }
  for (const std::string_view key : {"flags", "position"}) {
    json_.key(key);
    json_.null();
  }
  if (const auto reason = availability_reason(d_.info_state); !reason.empty()) {
    begin("unavailable");
    for (const std::string_view key : {"flags", "position"}) json_.member(key, reason);
    json_.end_object();
  }
}

void Writer::write_file() {
  json_.bytes_member("path", d_.link.target);
  json_.member("deleted", d_.link.deleted);
  std::optional<std::uint64_t> inode = d_.link.inode, size;
  if (d_.file) {
    inode = d_.file->inode;
    size = d_.file->size;
    device("device", d_.file->device);
    const bool is_device = d_.file->rdev != procfs::DeviceNumber{};
    if (is_device) device("rdev", d_.file->rdev);
  }
  optional("inode", inode);
  optional("size", size);
}

void Writer::write_mount() {
  if (d_.info && d_.info->mount_id) json_.member("mount_id", *d_.info->mount_id);
  const procfs::Mount* mount = ends_.mount(place_);
  if (mount == nullptr) return;
  begin("mount");
  json_.bytes_member("point", mount->point);
  json_.bytes_member("type", mount->type);
  json_.bytes_member("source", mount->source);
  json_.end_object();
}

void Writer::write_socket() {
  begin("socket");
  const SocketEntry* entry = ends_.socket(d_);
  if (entry == nullptr) {
    json_.key("family");
    json_.null();
    if (!d_.protocol.empty()) json_.bytes_member("protocol", d_.protocol);
  } else {
    std::visit([&](const auto& detail) { write_socket_detail(detail); }, entry->detail);
    json_.member("net_namespace", entry->net_namespace);
  }
  json_.end_object();
}

void Writer::write_address(std::string_view key, const procfs::InetAddress& address) {
  json_.key(key);
  if (address.port == 0 && address.is_any()) return json_.null();
  procfs::InetAddress bare = address;
  std::string text = inet_address_text(bare);
  text.resize(text.rfind(':'));
  if (text.starts_with('[')) text = text.substr(1, text.size() - 2);
  json_.begin_object();
  json_.member("address", std::string_view(text));
  json_.member("port", static_cast<std::uint32_t>(address.port));
  json_.end_object();
}

void Writer::write_socket_detail(const InetEnd& end) {
  const auto& socket = end.socket;
  json_.member("family", std::string_view(socket.local.v6 ? "inet6" : "inet"));
  json_.member("protocol", inet_protocol_name(end.protocol));
  json_.member("state", socket_state_name(socket.state));
  write_address("local", socket.local);
  write_address("remote", socket.remote);
  json_.member("rx_queue", socket.rx_queue);
  json_.member("tx_queue", socket.tx_queue);
}

void Writer::write_socket_detail(const UnixEnd& end) {
  json_.member("family", std::string_view("unix"));
  json_.member("socket_type", decode::constant_name(decode::Constants::socket_types, end.type));
  json_.member("state", std::string_view(end.listening   ? "LISTEN"
                                         : end.connected ? "CONNECTED"
                                                         : "UNCONNECTED"));
  if (end.name.empty()) {
    json_.key("name");
    json_.null();
  } else {
    json_.bytes_member("name", end.name);
  }
  optional("peer_inode", end.peer);
}

void Writer::write_socket_detail(const procfs::NetlinkSocket& socket) {
  json_.member("family", std::string_view("netlink"));
  json_.member("protocol", procfs::netlink_protocol_name(socket.protocol));
  json_.member("protocol_number", socket.protocol);
  json_.member("port", socket.port);
  json_.member("groups", socket.groups);
}

void Writer::write_socket_detail(const procfs::PacketSocket& socket) {
  json_.member("family", std::string_view("packet"));
  json_.member("socket_type", decode::constant_name(decode::Constants::socket_types, socket.type));
  json_.member("protocol_number", static_cast<std::uint32_t>(socket.protocol));
  json_.member("interface", socket.interface);
}

void Writer::particulars(const procfs::EventfdInfo& info) {
  begin("eventfd");
  json_.member("count", info.count);
  optional("id", info.id);
  optional("semaphore", info.semaphore);
  json_.end_object();
}

void Writer::particulars(const procfs::SignalfdInfo& info) {
  begin("signalfd");
  json_.key("signals");
  json_.begin_array();
  for (const int signal : signals_in_mask(info.mask)) json_.value(std::string_view(signal_name(signal)));
  json_.end_array();
  json_.end_object();
}

void Writer::particulars(const procfs::EpollInfo& info) {
  begin("epoll");
  json_.key("targets");
  json_.begin_array();
  for (const auto& target : info.targets) {
    json_.begin_object();
    json_.member("fd", target.fd);
    bits("events", decode::Constants::epoll_events, target.events);
    const Descriptor* sibling = ends_.sibling(place_, target.fd);
    const bool same =
        sibling != nullptr && (!target.inode || !sibling->file || *target.inode == sibling->file->inode);
    if (same) {
      json_.member("type", descriptor_type_name(sibling->type));
      json_.bytes_member("path", sibling->link.target);
    }
    json_.end_object();
  }
  json_.end_array();
  json_.end_object();
}

void Writer::write_watched(std::size_t i) {
  if (i < d_.watched.size() && !d_.watched[i].empty()) return json_.bytes_member("path", d_.watched[i]);
  json_.key("path");
  json_.null();
}

void Writer::particulars(const procfs::InotifyInfo& info) {
  begin("inotify");
  json_.key("watches");
  json_.begin_array();
  for (std::size_t i = 0; i < info.watches.size(); ++i) {
    const auto& watch = info.watches[i];
    json_.begin_object();
    write_watched(i);
    json_.member("wd", watch.wd);
    json_.member("inode", watch.inode);
    device("device", watch.device);
    bits("mask", decode::Constants::inotify_masks, watch.mask);
    json_.end_object();
  }
  json_.end_array();
  json_.end_object();
}

void Writer::particulars(const procfs::FanotifyInfo& info) {
  begin("fanotify");
  json_.member("flags", info.flags);
  json_.key("marks");
  json_.begin_array();
  for (std::size_t i = 0; i < info.marks.size(); ++i) {
    const auto& mark = info.marks[i];
    json_.begin_object();
    write_watched(i);
    optional("inode", mark.inode);
    if (mark.device) device("device", *mark.device);
    optional("mount_id", mark.mount_id);
    bits("mask", decode::Constants::fanotify_masks, mark.mask);
    json_.end_object();
  }
  json_.end_array();
  json_.end_object();
}

void Writer::particulars(const procfs::TimerfdInfo& info) {
  const auto ns = [](const procfs::TimerfdTime& time) {
    return time.seconds * 1'000'000'000 + time.nanoseconds;
  };
  begin("timerfd");
  json_.member("clock",
               decode::constant_name(decode::Constants::clocks, static_cast<std::uint64_t>(info.clock)));
  json_.member("ticks", info.ticks);
  json_.member("value_ns", ns(info.value));
  json_.member("interval_ns", ns(info.interval));
  json_.end_object();
}

void Writer::particulars(const procfs::PidfdInfo& info) {
  begin("pidfd");
  json_.member("pid", info.pid.raw());
  json_.end_object();
}

void Writer::particulars(const procfs::BpfMapInfo& info) {
  begin("bpf_map");
  json_.member("type", info.type);
  optional("id", info.id);
  json_.member("key_size", info.key_size);
  json_.member("value_size", info.value_size);
  json_.member("max_entries", info.max_entries);
  json_.end_object();
}

void Writer::particulars(const procfs::BpfProgInfo& info) {
  begin("bpf_prog");
  json_.member("type", info.type);
  optional("id", info.id);
  json_.bytes_member("tag", info.tag);
  json_.end_object();
}

void Writer::particulars(const procfs::BpfLinkInfo& info) {
  begin("bpf_link");
  json_.bytes_member("type", info.type);
  optional("id", info.id);
  optional("prog_id", info.prog_id);
  json_.end_object();
}

void Writer::particulars(const procfs::IoUringInfo& info) {
  begin("io_uring");
  json_.member("sq_entries", info.sq_entries);
  json_.member("cq_entries", info.cq_entries);
  optional("sq_thread", info.sq_thread);
  optional("user_files", info.user_files);
  optional("user_buffers", info.user_buffers);
  json_.end_object();
}

void Writer::particulars(const procfs::UserfaultfdInfo& info) {
  begin("userfaultfd");
  json_.member("pending", info.pending);
  json_.member("total", info.total);
  json_.end_object();
}

void Writer::particulars(const procfs::DmabufInfo& info) {
  begin("dmabuf");
  json_.member("size", info.size);
  json_.bytes_member("exporter", info.exporter);
  json_.end_object();
}

void Writer::particulars(const procfs::TunInfo& info) {
  begin("tun");
  json_.bytes_member("interface", info.interface);
  json_.end_object();
}

void Writer::write_people(std::string_view key, const std::vector<Place>& places) {
  json_.key(key);
  json_.begin_array();
  for (std::size_t i = 0; i < std::min(places.size(), listed_at_most); ++i) {
    const DescriptorOwner& owner = ends_.owner(places[i]);
    json_.begin_object();
    json_.member("pid", owner.key.pid.raw());
    json_.bytes_member("comm", owner.comm);
    json_.member("fd", ends_.at(places[i]).fd);
    json_.end_object();
  }
  json_.end_array();
  if (places.size() > listed_at_most)
    json_.member(fmt::format("{}_more", key), static_cast<std::uint64_t>(places.size() - listed_at_most));
}

void Writer::write_locks() {
  json_.key("locks");
  json_.begin_array();
  for (const DescriptorLock& found : ends_.locks(place_)) {
    json_.begin_object();
    json_.member("kind", lock_kind_name(found.lock.kind));
    json_.member("mode", lock_mode_name(found.lock.mode));
    json_.member("access", lock_access_name(found.lock.access));
    json_.member("state", std::string_view(found.waiting ? "waiting" : "held"));
    json_.member("start", found.lock.start);
    optional("end", found.lock.end);
    write_people(found.waiting ? "held_by" : "awaited_by", found.others);
    json_.key("pids");
    json_.begin_array();
    for (const Pid pid : found.pids) json_.value(pid.raw());
    json_.end_array();
    json_.member("nameless", static_cast<std::uint64_t>(found.nameless));
    json_.end_object();
  }
  json_.end_array();
}

}  // namespace

std::string descriptor_json(const DescriptorEnds& ends, Place place) {
  JsonWriter json;
  Writer(json, ends, place).write();
  return std::string(json.text());
}

std::string descriptors_json(const DescriptorSnapshot& snapshot, const DescriptorEnds& ends,
                             std::span<const Place> rows) {
  JsonWriter json;
  std::string out = fmt::format(
      "{{\"schema\":\"ptop.fds/1\",\n\"taken_at\":\"{}\",\n\"denied_processes\":{},\n\"descriptors\":[",
      rfc3339(snapshot.taken_at_wall), snapshot.denied);
  std::string_view separator = "\n";
  for (const Place place : rows) {
    json.clear();
    Writer(json, ends, place).write();
    (out += separator) += json.text();
    separator = ",\n";
  }
  json.clear();
  json.begin_array();
  for (const Error& error : snapshot.errors) {
    json.begin_object();
    json.bytes_member("what", error.what);
    if (error.sys != 0) json.member("errno", errno_name(error.sys));
    json.end_object();
  }
  json.end_array();
  out += "\n],\n\"errors\":";
  (out += json.text()) += '}';
  return out;
}

}  // namespace ptop::render
