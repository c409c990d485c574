// What only some kinds of descriptor have, as JSON: one member, named for the kind.
#include "descriptor_json.hpp"
#include "json_members.hpp"
#include "ptop/base/names.hpp"

namespace ptop::render {
namespace {

using namespace model;
using decode::Constants;

class Particulars {
 public:
  Particulars(JsonWriter& json, const DescriptorEnds& ends, Place place)
      : json_(json), ends_(ends), place_(place), d_(ends.at(place)) {}

  void operator()(std::monostate) {}

  void operator()(const procfs::EventfdInfo& info) {
    write("eventfd", [&] {
      json_.member("count", info.count);
      optional_member(json_, "id", info.id);
      optional_member(json_, "semaphore", info.semaphore);
    });
  }

  void operator()(const procfs::SignalfdInfo& info) {
    write("signalfd", [&] {
      json_.key("signals");
      json_.begin_array();
      for (const int signal : signals_in_mask(info.mask)) json_.value(std::string_view(signal_name(signal)));
      json_.end_array();
    });
  }

  void operator()(const procfs::EpollInfo& info) {
    write("epoll", [&] {
      objects_member(json_, "targets", info.targets, [&](const procfs::EpollTarget& target, std::size_t) {
        json_.member("fd", target.fd);
        bits_member(json_, "events", Constants::epoll_events, target.events);
        write_target(target);
      });
    });
  }

  void operator()(const procfs::InotifyInfo& info) {
    write("inotify", [&] {
      objects_member(json_, "watches", info.watches, [&](const procfs::InotifyWatch& watch, std::size_t i) {
        write_watched(i);
        json_.member("wd", watch.wd);
        json_.member("inode", watch.inode);
        device_member(json_, "device", watch.device);
        bits_member(json_, "mask", Constants::inotify_masks, watch.mask);
      });
    });
  }

  void operator()(const procfs::FanotifyInfo& info) {
    write("fanotify", [&] {
      json_.member("flags", info.flags);
      objects_member(json_, "marks", info.marks, [&](const procfs::FanotifyMark& mark, std::size_t i) {
        write_watched(i);
        optional_member(json_, "inode", mark.inode);
        if (mark.device) device_member(json_, "device", *mark.device);
        optional_member(json_, "mount_id", mark.mount_id);
        bits_member(json_, "mask", Constants::fanotify_masks, mark.mask);
      });
    });
  }

  void operator()(const procfs::TimerfdInfo& info) {
    const auto ns = [](const procfs::TimerfdTime& time) {
      return time.seconds * 1'000'000'000 + time.nanoseconds;
    };
    write("timerfd", [&] {
      const auto clock = static_cast<std::uint64_t>(info.clock);
      json_.member("clock", decode::constant_name(Constants::clocks, clock));
      json_.member("ticks", info.ticks);
      json_.member("value_ns", ns(info.value));
      json_.member("interval_ns", ns(info.interval));
    });
  }

  void operator()(const procfs::PidfdInfo& info) {
    write("pidfd", [&] { json_.member("pid", info.pid.raw()); });
  }

  void operator()(const procfs::BpfMapInfo& info) {
    write("bpf_map", [&] {
      json_.member("type", info.type);
      optional_member(json_, "id", info.id);
      json_.member("key_size", info.key_size);
      json_.member("value_size", info.value_size);
      json_.member("max_entries", info.max_entries);
    });
  }

  void operator()(const procfs::BpfProgInfo& info) {
    write("bpf_prog", [&] {
      json_.member("type", info.type);
      optional_member(json_, "id", info.id);
      json_.bytes_member("tag", info.tag);
    });
  }

  void operator()(const procfs::BpfLinkInfo& info) {
    write("bpf_link", [&] {
      json_.bytes_member("type", info.type);
      optional_member(json_, "id", info.id);
      optional_member(json_, "prog_id", info.prog_id);
    });
  }

  void operator()(const procfs::IoUringInfo& info) {
    write("io_uring", [&] {
      json_.member("sq_entries", info.sq_entries);
      json_.member("cq_entries", info.cq_entries);
      optional_member(json_, "sq_thread", info.sq_thread);
      optional_member(json_, "user_files", info.user_files);
      optional_member(json_, "user_buffers", info.user_buffers);
    });
  }

  void operator()(const procfs::UserfaultfdInfo& info) {
    write("userfaultfd", [&] {
      json_.member("pending", info.pending);
      json_.member("total", info.total);
    });
  }

  void operator()(const procfs::DmabufInfo& info) {
    write("dmabuf", [&] {
      json_.member("size", info.size);
      json_.bytes_member("exporter", info.exporter);
    });
  }

  void operator()(const procfs::TunInfo& info) {
    write("tun", [&] { json_.bytes_member("interface", info.interface); });
  }

 private:
  template <class Members>
  void write(std::string_view key, Members members) {
    begin_object(json_, key);
    members();
    json_.end_object();
  }
  /// What an epoll target is, unless its number is another file's by now.
  void write_target(const procfs::EpollTarget& target) {
    const Descriptor* sibling = ends_.sibling(place_, target.fd);
    const bool same =
        sibling != nullptr && (!target.inode || !sibling->file || *target.inode == sibling->file->inode);
    if (!same) return;
    json_.member("type", descriptor_type_name(sibling->type));
    json_.bytes_member("path", sibling->link.target);
  }
  void write_watched(std::size_t i) {
    if (i < d_.watched.size() && !d_.watched[i].empty()) return json_.bytes_member("path", d_.watched[i]);
    json_.key("path");
    json_.null();
  }

  JsonWriter& json_;
  const DescriptorEnds& ends_;
  Place place_;
  const Descriptor& d_;
};

}  // namespace

void write_particulars(JsonWriter& json, const DescriptorEnds& ends, Place place) {
  const auto& info = ends.at(place).info;
  if (info) std::visit(Particulars(json, ends, place), info->particulars);
}

}  // namespace ptop::render
