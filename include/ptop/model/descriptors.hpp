// Open files: what each descriptor is, who holds it, and who is at its other end.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "ptop/model/sample.hpp"
#include "ptop/procfs/reader.hpp"
#include "ptop/sockets/sock_diag.hpp"

namespace ptop::model {

enum class DescriptorType : std::uint8_t {
  unknown,
  regular,
  directory,
  character,
  block,
  symlink,  ///< O_PATH | O_NOFOLLOW
  fifo,
  pipe,
  socket,
  pty_master,
  pty_slave,
  memfd,
  mqueue,  ///< of POSIX: mq_overview(7)
  eventfd,
  timerfd,
  signalfd,
  epoll,
  inotify,
  fanotify,
  pidfd,
  userfaultfd,
  bpf_map,
  bpf_prog,
  bpf_link,
  io_uring,
  perf_event,
  dmabuf,
  name_space,
  anon_inode,  ///< another one: FdLink::name says which
};
/// "regular", "char", "pty_master", "namespace"…: the JSON value.
std::string_view descriptor_type_name(DescriptorType type);
/// `file` decides what a path is; without it a path is `unknown`.
DescriptorType descriptor_type(const procfs::FdLink& link, const std::optional<procfs::FileStatus>& file);

/// A file is held by a descriptor, or without one.
enum class HeldAs : std::uint8_t { fd, cwd, root, exe, mapping };
std::string_view held_as_name(HeldAs as);  ///< "fd", "cwd", "root", "exe", "mapping"

struct Descriptor {
  HeldAs as = HeldAs::fd;
  int fd = -1;
  DescriptorType type = DescriptorType::unknown;
  procfs::FdLink link;
  procfs::FdAccess access = procfs::FdAccess::unknown;
  std::optional<procfs::FileStatus> file;
  /// `timeout`: it, or whether it still has its name, could not be looked up. `not_read`: nothing to say.
  Availability file_state = Availability::not_read;
  std::shared_ptr<const procfs::FdInfo> info;  ///< nullptr: `info_state` says why
  Availability info_state = Availability::not_read;
  /// Paths of what inotify watches or fanotify marks, in their order; empty where not known. Raw.
  std::vector<std::string> watched;
  std::string protocol;  ///< of a socket that is in no table: "TCP", "ALG"…
};

struct DescriptorOwner {
  ProcessKey key;
  std::string comm;                                      ///< raw
  Availability availability = Availability::present;     ///< of its descriptors
  std::uint64_t net_namespace = 0, mount_namespace = 0;  ///< inodes; 0: not read
  std::vector<Descriptor> descriptors;                   ///< ascending by fd
};

struct InetEnd {
  procfs::InetProtocol protocol{};
  procfs::InetSocket socket;
};
struct UnixEnd {
  std::uint32_t type = 0;  ///< SOCK_*
  bool listening = false, connected = false;
  std::string name;                   ///< raw; an abstract one opens with '@' for its NUL. Empty: none
  std::optional<std::uint64_t> peer;  ///< inode; nullopt: not connected, or sock_diag(7) is not there
};
using SocketDetail =
    std::variant<std::monostate, InetEnd, UnixEnd, procfs::NetlinkSocket, procfs::PacketSocket>;
struct SocketEntry {
  std::uint64_t net_namespace = 0;
  SocketDetail detail;
};
/// By inode.
using SocketTable = std::unordered_map<std::uint64_t, SocketEntry>;

void add_unix_sockets(SocketTable& table, std::uint64_t net_namespace,
                      const std::vector<sockets::UnixDiag>& found);
/// Those already there stay: sock_diag(7) knows more.
void add_unix_sockets(SocketTable& table, std::uint64_t net_namespace,
                      const std::vector<procfs::UnixSocket>& found);
void add_inet_sockets(SocketTable& table, std::uint64_t net_namespace, procfs::InetProtocol protocol,
                      const std::vector<procfs::InetSocket>& found);

/// Somebody seen waiting inside fcntl(2) or flock(2). /proc/locks does not name those who wait for OFD locks.
struct SeenWaiter {
  ProcessKey key;
  int fd = -1;
  procfs::LockKind kind{};
};

/// A file, whatever its names.
using FileId = std::pair<procfs::DeviceNumber, std::uint64_t>;
/// Whether it is the file of that identity. Without one, of what could not be asked, or of what was deleted:
/// whether it has, or had, that name.
bool is_held_file(const Descriptor& descriptor, std::string_view path, const std::optional<FileId>& file);

/// Of an mqueue: "/name" as for mq_open(3), wherever its file system is mounted. Raw.
std::string message_queue_name(const Descriptor& descriptor);

/// One scan. Ends are anywhere on the machine, so it has the descriptors of every process; more than their
/// links only where asked for.
struct DescriptorSnapshot {
  std::chrono::system_clock::time_point taken_at_wall;
  std::vector<DescriptorOwner> processes;  ///< ascending by pid
  SocketTable sockets;
  std::vector<procfs::HeldLock> locks;
  std::vector<SeenWaiter> waiters;
  std::map<std::uint64_t, std::vector<procfs::Mount>> mounts;  ///< by mount namespace
  std::optional<FileId> path_file;  ///< what DescriptorScan::path is now; nullopt: nothing, or not asked
  std::size_t denied = 0;           ///< processes whose descriptors are denied
  bool same_pids = false;           ///< its pids are the caller's: kcmp(2) takes them
  std::vector<Error> errors;
};

struct DescriptorScan {
  std::vector<Pid> pids;  ///< the processes asked about, ascending; empty: all
  bool details = false;   ///< flags, position, mount of each of theirs
  std::optional<std::string>
      path;  ///< also look for this file, and for those who hold it without a descriptor
};
/// Errors: /proc itself cannot be read. A pid that is not there is none.
Result<DescriptorSnapshot> scan_descriptors(procfs::Reader& reader, const DescriptorScan& options);

/// The process `pid`, or nullptr.
const DescriptorOwner* find_owner(const DescriptorSnapshot& snapshot, Pid pid);

/// One descriptor: indices into DescriptorSnapshot.
struct Place {
  std::uint32_t process = 0, descriptor = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

/// A lock as seen from a descriptor.
struct DescriptorLock {
  procfs::FileLock lock;
  bool waiting = false;       ///< wanted, not held
  std::vector<Place> others;  ///< holds it: who waits; waits: who holds it. By descriptor where one is known…
  std::vector<Pid> pids;      ///< …and by pid otherwise
  std::size_t nameless = 0;  ///< waiters nobody can name
};

/// Ascending places. Those of everybody who inherited one pipe may be ten thousand, for each of them anew:
/// it borrows them from the DescriptorEnds, which outlives it, and leaves one of them out.
class PlaceList {
 public:
  PlaceList() = default;
  PlaceList(const std::vector<Place>& all) : all_(&all) {}
  PlaceList(const std::vector<Place>& all, Place left_out);
  static PlaceList of(std::vector<Place> own);

  bool empty() const { return size() == 0; }
  std::size_t size() const { return all_ == nullptr ? 0 : all_->size() - (left_out_ < all_->size() ? 1 : 0); }
  Place operator[](std::size_t i) const { return (*all_)[i < left_out_ ? i : i + 1]; }
  friend bool operator==(const PlaceList& list, const std::vector<Place>& places);

 private:
  std::shared_ptr<const std::vector<Place>> own_;
  const std::vector<Place>* all_ = nullptr;
  std::size_t left_out_ = ~std::size_t{0};  ///< index
};

/// Finds other ends. Borrows the snapshot.
class DescriptorEnds {
 public:
  explicit DescriptorEnds(const DescriptorSnapshot& snapshot);

  const DescriptorSnapshot& snapshot() const { return snapshot_; }
  const Descriptor& at(Place place) const;
  const DescriptorOwner& owner(Place place) const;
  /// Who is at the other end: of a pipe, FIFO, message queue, connected socket or pty; of an eventfd who
  /// shares it.
  PlaceList other_ends(Place place) const;
  /// Who else has this very open file (dup(2), fork(2), SCM_RIGHTS). nullopt: kcmp(2) is not allowed.
  std::optional<PlaceList> same_open_file(Place place) const;
  std::vector<DescriptorLock> locks(Place place) const;
  /// Of a socket's inode; nullptr: in no table we could read.
  const SocketEntry* socket(const Descriptor& descriptor) const;
  const procfs::Mount* mount(Place place) const;
  /// What the same process has open as `fd` now; nullptr: nothing.
  const Descriptor* sibling(Place place, int fd) const;

 private:
  using Places = std::vector<Place>;
  /// Who holds a pipe, FIFO or message queue by what they can do with it; both: in both.
  struct Sides {
    Places readers, writers;
  };
  const Places* holders_of_socket(std::uint64_t inode) const;
  void index(Place place);
  void index_sides(Sides& sides, Place place);
  void index_sockets();
  PlaceList opposite(Place place, const Sides* sides) const;
  PlaceList unix_peers(const UnixEnd& end) const;
  PlaceList inet_peers(const SocketEntry& entry, const InetEnd& end) const;
  PlaceList pty_peers(Place place) const;
  const Places* files_of(const procfs::FileLock& lock) const;
  bool waits_at(Place place, const procfs::FileLock& wanted) const;
  void add_waiter(DescriptorLock& out, const procfs::FileLock& wanted) const;
  void add_holders(DescriptorLock& out, const procfs::FileLock& held) const;

  /// Filled target by target, when asked.
  struct Sharing {
    std::set<std::string_view> seen;  ///< targets
    std::deque<Places> groups;        // which stay where they are
    std::map<Place, std::size_t> group;
  };
  void group_open_files(const Places& candidates, Sharing& sharing) const;

  const DescriptorSnapshot& snapshot_;
  std::unordered_map<std::uint64_t, Sides> pipes_;
  std::map<FileId, Sides> fifos_;  ///< and message queues
  std::unordered_map<std::uint64_t, Places> sockets_;
  std::map<FileId, Places> files_;
  std::map<std::int32_t, Places> eventfds_;
  std::map<std::uint32_t, Places> pty_masters_, pty_slaves_;
  std::unordered_map<std::string_view, Places> by_target_;
  struct Connection {
    std::uint64_t net_namespace;
    procfs::InetProtocol protocol;
    procfs::InetAddress local, remote;
    friend auto operator<=>(const Connection&, const Connection&) = default;
  };
  std::map<Connection, std::uint64_t> connections_;  ///< to the inode
  mutable Sharing sharing_;
};

}  // namespace ptop::model
