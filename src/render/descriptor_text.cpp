// A descriptor in words. Everything a stranger named is escaped here.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/overloaded.hpp"
#include "ptop/decode/constants.hpp"
#include "ptop/render/descriptors.hpp"
#include "ptop/render/units.hpp"

namespace ptop::render {
namespace {

using namespace model;
using procfs::FdAccess;

constexpr std::size_t shown_at_most = 3;

std::string bracketed_link(const Descriptor& d) {
  return escaped(d.link.target) + (d.link.deleted ? " (deleted)" : "");
}

std::uint64_t in_ns(const procfs::TimerfdTime& time) {
  if (time.seconds < 0 || time.nanoseconds < 0) return 0;
  return static_cast<std::uint64_t>(time.seconds) * 1'000'000'000 +
         static_cast<std::uint64_t>(time.nanoseconds);
}

std::string timer_text(const procfs::TimerfdInfo& timer) {
  const auto clock =
      decode::constant_name(decode::Constants::clocks, static_cast<std::uint64_t>(timer.clock));
  std::string text =
      clock.empty() ? fmt::format("timerfd clock {}", timer.clock) : fmt::format("timerfd {}", clock);
  const std::uint64_t value = in_ns(timer.value), interval = in_ns(timer.interval);
  text += value == 0 ? ", disarmed" : fmt::format(", in {}", human_duration(value));
  if (interval != 0) text += fmt::format(", every {}", human_duration(interval));
  if (timer.ticks != 0) text += fmt::format(", {} expirations unread", timer.ticks);
  return text;
}

std::string signals_text(std::uint64_t mask) {
  std::string text = "signalfd";
  for (const int signal : signals_in_mask(mask)) text += ' ' + signal_name(signal);
  return text;
}

std::string epoll_text(const procfs::EpollInfo& epoll) {
  std::string text = "epoll";
  if (epoll.targets.empty()) return text + ", watches nothing";
  text += ", watches fd";
  for (std::size_t i = 0; i < std::min<std::size_t>(epoll.targets.size(), 8); ++i)
    text += fmt::format(" {}", epoll.targets[i].fd);
  return epoll.targets.size() > 8 ? text + fmt::format(" and {} more", epoll.targets.size() - 8) : text;
}

std::string count_text(std::string_view what, std::size_t count, std::string_view thing) {
  return fmt::format("{}, {} {}{}", what, count, thing, count == 1 ? "" : "es");
}

/// "inotify, 2 watches: /etc, /tmp"
std::string watched_text(std::string text, const Descriptor& d) {
  std::string_view separator = ": ";
  for (std::size_t i = 0; i < std::min(d.watched.size(), shown_at_most); ++i) {
    if (d.watched[i].empty()) continue;
    text += fmt::format("{}{}", separator, escaped(d.watched[i]));
    separator = ", ";
  }
  return text;
}

std::string particulars_text(const Descriptor& d) {
  if (!d.info) return bracketed_link(d);
  return std::visit(
      overloaded{
          [&](std::monostate) { return bracketed_link(d); },
          [](const procfs::EventfdInfo& i) {
            return fmt::format("eventfd count {}{}", i.count,
                               i.semaphore.value_or(false) ? ", semaphore" : "");
          },
          [](const procfs::SignalfdInfo& i) { return signals_text(i.mask); },
          [](const procfs::EpollInfo& i) { return epoll_text(i); },
          [&](const procfs::InotifyInfo& i) {
            return watched_text(count_text("inotify", i.watches.size(), "watch"), d);
          },
          [&](const procfs::FanotifyInfo& i) {
            return watched_text(
                fmt::format("fanotify, {} mark{}", i.marks.size(), i.marks.size() == 1 ? "" : "s"), d);
          },
          [](const procfs::TimerfdInfo& i) { return timer_text(i); },
          [](const procfs::PidfdInfo& i) {
            return i.pid.raw() < 0 ? std::string("pidfd of a process that was reaped")
                                   : fmt::format("pidfd of {}", i.pid.raw());
          },
          [](const procfs::BpfMapInfo& i) {
            return fmt::format("bpf map type {}, id {}, {} entries", i.type, i.id.value_or(0), i.max_entries);
          },
          [](const procfs::BpfProgInfo& i) {
            return fmt::format("bpf program type {}, id {}, tag {}", i.type, i.id.value_or(0),
                               escaped(i.tag));
          },
          [](const procfs::BpfLinkInfo& i) {
            return fmt::format("bpf link {}, program {}", escaped(i.type), i.prog_id.value_or(0));
          },
          [](const procfs::IoUringInfo& i) {
            return fmt::format("io_uring, {} submissions, {} completions", i.sq_entries, i.cq_entries);
          },
          [](const procfs::UserfaultfdInfo& i) {
            return fmt::format("userfaultfd, {} faults pending", i.pending);
          },
          [&](const procfs::DmabufInfo& i) {
            return fmt::format("{}, {} by {}", bracketed_link(d), human_bytes(i.size), escaped(i.exporter));
          },
          [&](const procfs::TunInfo& i) {
            return fmt::format("{} {}", bracketed_link(d), escaped(i.interface));
          }},
      d.info->particulars);
}

std::string_view unix_type(std::uint32_t type) {
  constexpr std::array<std::string_view, 6> names{"", "stream", "dgram", "", "", "seqpacket"};
  return type < names.size() ? names[type] : std::string_view();
}

std::string unix_text(const DescriptorEnds& ends, const Descriptor& d, const UnixEnd& end) {
  std::string text = fmt::format("unix {}", unix_type(end.type));
  if (end.listening) text += " LISTEN";
  std::string name = end.name;
  if (name.empty() && end.peer) {  // an accepted connection has its listener's name, its other end has none
    Descriptor peer = d;
    peer.link.inode = end.peer;
    const SocketEntry* entry = ends.socket(peer);
    if (const auto* other = entry == nullptr ? nullptr : std::get_if<UnixEnd>(&entry->detail))
      name = other->name;
  }
  return name.empty() ? fmt::format("{} {}", text, escaped(d.link.target))
                      : fmt::format("{} {}", text, escaped(name));
}

std::string inet_text(const InetEnd& end) {
  const auto& socket = end.socket;
  std::string text = fmt::format("{} {} {}", inet_protocol_name(end.protocol),
                                 socket_state_name(socket.state), inet_address_text(socket.local));
  if (socket.remote.port != 0 || !socket.remote.is_any())
    text += fmt::format(" - {}", inet_address_text(socket.remote));
  return text;
}

std::string socket_text(const DescriptorEnds& ends, const Descriptor& d) {
  const SocketEntry* entry = ends.socket(d);
  if (entry == nullptr) {
    const std::string link = escaped(d.link.target);
    return d.protocol.empty() ? link : fmt::format("{} {}", escaped(d.protocol), link);
  }
  return std::visit(overloaded{[&](std::monostate) { return escaped(d.link.target); },
                               [](const InetEnd& end) { return inet_text(end); },
                               [&](const UnixEnd& end) { return unix_text(ends, d, end); },
                               [](const procfs::NetlinkSocket& socket) {
                                 const auto name = procfs::netlink_protocol_name(socket.protocol);
                                 return name.empty()
                                            ? fmt::format("netlink {} port {}", socket.protocol, socket.port)
                                            : fmt::format("netlink {} port {}", name, socket.port);
                               },
                               [](const procfs::PacketSocket& socket) {
                                 return fmt::format("packet protocol {:#x}, interface {}", socket.protocol,
                                                    socket.interface);
                               }},
                    entry->detail);
}

std::string person(const DescriptorEnds& ends, Place place) {
  const DescriptorOwner& owner = ends.owner(place);
  return fmt::format("{} {} (fd {})", owner.key.pid.raw(), escaped(owner.comm), ends.at(place).fd);
}

std::string people(const DescriptorEnds& ends, const PlaceList& places) {
  std::string text;
  for (std::size_t i = 0; i < std::min(places.size(), shown_at_most); ++i)
    text += (i == 0 ? "" : ", ") + person(ends, places[i]);
  if (places.size() > shown_at_most) text += fmt::format(" and {} more", places.size() - shown_at_most);
  return text;
}

std::string people_of(const DescriptorEnds& ends, const DescriptorLock& lock) {
  std::string text = people(ends, lock.others);
  for (const Pid pid : lock.pids) text += fmt::format("{}{}", text.empty() ? "" : ", ", pid.raw());
  if (lock.nameless > 0) text += fmt::format("{}{} unknown", text.empty() ? "" : ", ", lock.nameless);
  return text;
}

std::string_view end_word(const Descriptor& d) {
  if (d.type != DescriptorType::pipe && d.type != DescriptorType::fifo && d.type != DescriptorType::mqueue)
    return "";
  if (d.access == FdAccess::read) return "writer ";
  return d.access == FdAccess::write ? "reader " : "";
}

}  // namespace

std::string descriptor_name(const DescriptorEnds& ends, Place place) {
  const Descriptor& d = ends.at(place);
  switch (d.type) {
    case DescriptorType::socket:
      return d.link.kind == procfs::FdKind::socket ? socket_text(ends, d) : bracketed_link(d);
    case DescriptorType::memfd:
      return fmt::format("memfd:{}", escaped(d.link.name));
    case DescriptorType::pty_master:
      if (d.info && d.info->tty_index)
        return fmt::format("{} of /dev/pts/{}", bracketed_link(d), *d.info->tty_index);
      return bracketed_link(d);
    default:
      return particulars_text(d);
  }
}

std::string other_end_text(const DescriptorEnds& ends, Place place) {
  const auto others = ends.other_ends(place);
  if (others.empty()) return {};
  return fmt::format("{}{}", end_word(ends.at(place)), people(ends, others));
}

std::string lock_text(const DescriptorEnds& ends, Place place) {
  std::string text;
  for (const DescriptorLock& found : ends.locks(place)) {
    const auto& lock = found.lock;
    text += fmt::format("{}{} {} {}", text.empty() ? "" : "; ", found.waiting ? "waits for" : "holds",
                        lock_kind_name(lock.kind), lock_access_name(lock.access));
    if (lock.start != 0 || lock.end)
      text += fmt::format(" {}-{}", lock.start, lock.end ? fmt::format("{}", *lock.end) : "EOF");
    const std::string who = people_of(ends, found);
    if (!who.empty()) text += fmt::format(", {} {}", found.waiting ? "held by" : "awaited by", who);
  }
  return text;
}

}  // namespace ptop::render
