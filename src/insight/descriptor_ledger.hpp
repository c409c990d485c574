// Who has which open file, from look to look: the tables of all followed processes and the stories of the
// open files in them. Knows nothing of events' order or of sinks.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "alike_files.hpp"
#include "descriptor_look.hpp"
#include "descriptor_naming.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::insight {

/// One open file, in however many tables.
struct OpenFile {
  follow::DescriptorAudit story;
  std::size_t entries = 0;  ///< that lead to it
};

/// A program that got an open file by its exec, under however many numbers; what it did with it is not
/// settled as long as one of them is not.
struct Holding {
  follow::DescriptorHolder holder;
  std::size_t numbers = 0;
  bool has_use = false;
};

struct Entry {
  std::shared_ptr<OpenFile> file;
  Seen first, last;                  ///< as the program got it, and at the last look
  std::uint64_t execs = 0;           ///< it came through
  std::shared_ptr<Holding> holding;  ///< nullptr: not got by the exec, or settled
  bool called = false;               ///< a system call with it was seen
  follow::DescriptorPurpose purpose = follow::DescriptorPurpose::none;
};

/// A system call that was seen.
struct Opening {
  std::string call;
  std::string target;  ///< that the new descriptor led to: its number may have another file by the next look
};

struct Table {
  ProcessKey key;
  Pid parent;  ///< that it had its descriptors from; 0: not followed then
  std::map<int, Entry> entries;
  std::string program;  ///< path, raw
  std::uint64_t born_ns = 0, looked_ns = 0;
  bool fresh = false;            ///< born while followed, and no exec yet
  std::map<int, Opening> calls;  ///< since the last look
};

class Ledger {
 public:
  explicit Ledger(FileOrder order = order_of_open_files) : order_(order) {}

  /// What it has when following begins is from before.
  void begin(ProcessKey key, std::string program, const std::vector<Seen>& seen, std::uint64_t now_ns);
  /// At its birth a child has what its parent has. `looked`: the one of them that was looked at.
  void born(ProcessKey parent, ProcessKey child, Pid looked, const std::vector<Seen>& seen,
            std::uint64_t now_ns);
  /// What the new program got from 3 up. 0 to 2 are known only because others are duplicates of them.
  std::vector<follow::InheritedDescriptor> execed(ProcessKey key, std::string program,
                                                  const std::vector<Seen>& seen, const Told& told,
                                                  procfs::Reader& reader, std::uint64_t now_ns);
  /// It is about to end.
  void leaving(Pid pid, const std::vector<Seen>& seen);
  /// It is gone, or no longer followed.
  void gone(Pid pid);
  void opened_by_call(Pid pid, int fd, Opening opening);
  void used_by_call(Pid pid, int fd);

  /// Stories of files that crossed an exec and that nobody has any more.
  std::vector<follow::DescriptorAudit> take_finished();
  std::vector<Pid> pids() const;
  /// The followed that have the other end of this pipe.
  std::vector<Pid> other_ends(const Seen& pipe) const;
  /// Those that have this socket.
  std::vector<Pid> holders_of_socket(std::uint64_t inode) const;

 private:
  Table& table_of(ProcessKey key);
  Entry new_entry(const Table& table, const Seen& seen, std::uint64_t now_ns, bool before);
  void add_new(Table& table, Pid looked, const std::vector<Seen>& seen, std::uint64_t now_ns, bool before);
  void update(Table& table, Pid looked, const std::vector<Seen>& seen, std::uint64_t now_ns);
  std::optional<bool> is_of_parent(const Table& table, const Entry& entry, int fd) const;
  bool is_still(const Table& table, const Entry& entry, const Seen& seen) const;
  bool is_twin(const Table& table, const Entry& entry, const Seen& seen, bool prepares) const;
  Entry keep(Entry& old, const Seen& seen);
  Entry copy(const Entry& other, follow::DescriptorPurpose purpose);
  Entry find_or_make(const Table& table, const std::map<int, Entry>& kept, const Seen& seen,
                     AlikeFiles& alike, std::uint64_t now_ns);
  std::map<int, Entry> inherit(Table& table, const std::vector<Seen>& seen, std::uint64_t now_ns);
  std::vector<follow::InheritedDescriptor> arrive(ProcessKey key, const std::string& program,
                                                  std::map<int, Entry>& entries, const Told& told,
                                                  procfs::Reader& reader, std::uint64_t now_ns);
  void settle(Entry& entry, follow::DescriptorUse use, bool at_exit);
  void release(Entry& entry);

  FileOrder order_;

  std::unordered_map<Pid, Table> tables_;
  std::vector<follow::DescriptorAudit> finished_;
  std::uint64_t stories_ = 0;  ///< the number of the last one
};

}  // namespace ptop::insight
