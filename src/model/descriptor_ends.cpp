// Who is at the other end: an index of everything held, and a rule for each type.
#include <algorithm>
#include <array>
#include <iterator>

#include "ptop/model/descriptors.hpp"

namespace ptop::model {
namespace {

bool can_read(const Descriptor& d) {
  return d.access == procfs::FdAccess::read || d.access == procfs::FdAccess::read_write;
}
bool can_write(const Descriptor& d) {
  return d.access == procfs::FdAccess::write || d.access == procfs::FdAccess::read_write;
}

template <class Info>
const Info* particulars(const Descriptor& descriptor) {
  return descriptor.info ? std::get_if<Info>(&descriptor.info->particulars) : nullptr;
}

// Majors 136 to 143 have 256 ptys each where minors are small; with large minors all are of major 136.
std::uint32_t pty_number(const procfs::FileStatus& file) {
  return (file.rdev.major - 136) * 256 + file.rdev.minor;
}

template <class Map, class Key>
const typename Map::mapped_type* find(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

PlaceList listed(const std::vector<Place>* places) { return places == nullptr ? PlaceList() : *places; }

}  // namespace

PlaceList::PlaceList(const std::vector<Place>& all, Place left_out) : all_(&all) {
  const auto found = std::lower_bound(all.begin(), all.end(), left_out);
  if (found != all.end() && *found == left_out) left_out_ = static_cast<std::size_t>(found - all.begin());
}

PlaceList PlaceList::of(std::vector<Place> own) {
  PlaceList list;
  list.own_ = std::make_shared<const std::vector<Place>>(std::move(own));
  list.all_ = list.own_.get();
  return list;
}

bool operator==(const PlaceList& list, const std::vector<Place>& places) {
  if (list.size() != places.size()) return false;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (list[i] != places[i]) return false;
  }
  return true;
}

DescriptorEnds::DescriptorEnds(const DescriptorSnapshot& snapshot) : snapshot_(snapshot) {
  for (std::uint32_t p = 0; p < snapshot.processes.size(); ++p) {
    const auto count = static_cast<std::uint32_t>(snapshot.processes[p].descriptors.size());
    for (std::uint32_t d = 0; d < count; ++d) index({p, d});
  }
  index_sockets();
}

void DescriptorEnds::index(Place place) {
  const Descriptor& d = at(place);
  if (d.as != HeldAs::fd) return;
  if (d.link.inode && d.link.kind == procfs::FdKind::pipe) index_sides(pipes_[*d.link.inode], place);
  if (d.file && (d.type == DescriptorType::fifo || d.type == DescriptorType::mqueue))
    index_sides(fifos_[{d.file->device, d.file->inode}], place);
  if (d.link.inode && d.link.kind == procfs::FdKind::socket) sockets_[*d.link.inode].push_back(place);
  if (d.file && d.link.kind == procfs::FdKind::path) files_[{d.file->device, d.file->inode}].push_back(place);
  if (const auto* event = particulars<procfs::EventfdInfo>(d); event != nullptr && event->id)
    eventfds_[*event->id].push_back(place);
  if (d.type == DescriptorType::pty_master && d.info && d.info->tty_index)
    pty_masters_[*d.info->tty_index].push_back(place);
  if (d.type == DescriptorType::pty_slave && d.file) pty_slaves_[pty_number(*d.file)].push_back(place);
  by_target_[d.link.target].push_back(place);
}

void DescriptorEnds::index_sides(Sides& sides, Place place) {
  if (can_read(at(place))) sides.readers.push_back(place);
  if (can_write(at(place))) sides.writers.push_back(place);
}

void DescriptorEnds::index_sockets() {
  for (const auto& [inode, entry] : snapshot_.sockets) {
    const auto* end = std::get_if<InetEnd>(&entry.detail);
    if (end == nullptr || end->socket.remote.port == 0) continue;
    connections_[{entry.net_namespace, end->protocol, end->socket.local, end->socket.remote}] = inode;
  }
}

const Descriptor& DescriptorEnds::at(Place place) const {
  return snapshot_.processes[place.process].descriptors[place.descriptor];
}
const DescriptorOwner& DescriptorEnds::owner(Place place) const { return snapshot_.processes[place.process]; }

const DescriptorEnds::Places* DescriptorEnds::holders_of_socket(std::uint64_t inode) const {
  return find(sockets_, inode);
}

/// Of one who reads what others write, and the other way round. What we could not find out is not an end.
PlaceList DescriptorEnds::opposite(Place place, const Sides* sides) const {
  const Descriptor& d = at(place);
  if (sides == nullptr) return {};
  const auto& [readers, writers] = *sides;
  if (!can_write(d)) return can_read(d) ? PlaceList(writers) : PlaceList();
  if (!can_read(d)) return readers;
  Places both;
  std::set_union(readers.begin(), readers.end(), writers.begin(), writers.end(), std::back_inserter(both));
  std::erase(both, place);
  return PlaceList::of(std::move(both));
}

PlaceList DescriptorEnds::unix_peers(const UnixEnd& end) const {
  return listed(end.peer ? holders_of_socket(*end.peer) : nullptr);
}

/// The same connection seen from the other side: addresses swapped, in the same network namespace. A
/// dual-stack socket writes an IPv4 address as ::ffff:a.b.c.d, and its other side may not.
PlaceList DescriptorEnds::inet_peers(const SocketEntry& entry, const InetEnd& end) const {
  using procfs::InetAddress;
  using procfs::InetProtocol;
  const auto other_width = [](InetProtocol protocol) {
    return static_cast<InetProtocol>(static_cast<unsigned>(protocol) ^ 1U);  // tcp, tcp6, udp, udp6…
  };
  const auto mapped = [](InetAddress address) {
    constexpr std::array<std::uint8_t, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    InetAddress other{.v6 = !address.v6, .bytes = {}, .port = address.port};
    if (address.v6) {
      if (!std::equal(prefix.begin(), prefix.end(), address.bytes.begin())) return address;
      std::copy_n(address.bytes.begin() + 12, 4, other.bytes.begin());
    } else {
      std::copy(prefix.begin(), prefix.end(), other.bytes.begin());
      std::copy_n(address.bytes.begin(), 4, other.bytes.begin() + 12);
    }
    return other;
  };
  const auto& [local, remote] = std::pair(end.socket.local, end.socket.remote);
  const std::uint64_t* inode =
      find(connections_, Connection{entry.net_namespace, end.protocol, remote, local});
  if (inode == nullptr)
    inode = find(connections_,
                 Connection{entry.net_namespace, other_width(end.protocol), mapped(remote), mapped(local)});
  return listed(inode == nullptr ? nullptr : holders_of_socket(*inode));
}

/// A master opened by /dev/pts/ptmx is on the same devpts as its slaves, of which every container may have
/// one with the same numbers. /dev/ptmx as a node of its own does not tell.
PlaceList DescriptorEnds::pty_peers(Place place) const {
  const Descriptor& d = at(place);
  const bool master = d.type == DescriptorType::pty_master;
  if (!d.file || (master && (!d.info || !d.info->tty_index))) return {};
  const Places* all =
      master ? find(pty_slaves_, *d.info->tty_index) : find(pty_masters_, pty_number(*d.file));
  Places peers = all == nullptr ? Places{} : *all;
  const auto same_devpts = [&](Place other) { return at(other).file->device == d.file->device; };
  if (std::any_of(peers.begin(), peers.end(), same_devpts))
    std::erase_if(peers, [&](Place other) { return !same_devpts(other); });
  return PlaceList::of(std::move(peers));
}

PlaceList DescriptorEnds::other_ends(Place place) const {
  const Descriptor& d = at(place);
  if (d.as != HeldAs::fd) return {};
  switch (d.type) {
    case DescriptorType::pipe:
      return d.link.inode ? opposite(place, find(pipes_, *d.link.inode)) : PlaceList();
    case DescriptorType::fifo:
    case DescriptorType::mqueue:
      return d.file ? opposite(place, find(fifos_, std::pair(d.file->device, d.file->inode))) : PlaceList();
    case DescriptorType::pty_master:
    case DescriptorType::pty_slave:
      return pty_peers(place);
    case DescriptorType::eventfd: {
      const auto* event = particulars<procfs::EventfdInfo>(d);
      const Places* all = event != nullptr && event->id ? find(eventfds_, *event->id) : nullptr;
      return all != nullptr ? PlaceList(*all, place) : PlaceList();
    }
    case DescriptorType::socket:
      break;
    default:
      return {};
  }
  const SocketEntry* entry = socket(d);
  if (entry == nullptr) return {};
  if (const auto* end = std::get_if<UnixEnd>(&entry->detail)) return unix_peers(*end);
  if (const auto* end = std::get_if<InetEnd>(&entry->detail)) return inet_peers(*entry, *end);
  return {};
}

const SocketEntry* DescriptorEnds::socket(const Descriptor& descriptor) const {
  if (descriptor.type != DescriptorType::socket || !descriptor.link.inode) return nullptr;
  return find(snapshot_.sockets, *descriptor.link.inode);
}

const procfs::Mount* DescriptorEnds::mount(Place place) const {
  const Descriptor& d = at(place);
  const auto* mounts = find(snapshot_.mounts, owner(place).mount_namespace);
  if (mounts == nullptr || !d.info || !d.info->mount_id) return nullptr;
  const auto found = std::find_if(mounts->begin(), mounts->end(),
                                  [&](const procfs::Mount& mount) { return mount.id == *d.info->mount_id; });
  return found == mounts->end() ? nullptr : &*found;
}

const Descriptor* DescriptorEnds::sibling(Place place, int fd) const {
  for (const Descriptor& other : owner(place).descriptors) {
    if (other.as == HeldAs::fd && other.fd == fd) return &other;
  }
  return nullptr;
}

}  // namespace ptop::model
