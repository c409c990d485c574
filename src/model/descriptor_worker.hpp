// Reads the descriptors of one process after the other, under a watch. For the scan of descriptors only.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ptop/model/descriptors.hpp"
#include "watched_run.hpp"

namespace ptop::model {

/// The reads that may block, as StuckTasks knows them. What a target's file system has to be asked for, and
/// what waits for the target's memory or exec(2).
enum class DescriptorStep : std::uint8_t {
  process,
  links,
  mark,
  status,
  file_system,
  info,
  held,
  maps,
  namespaces,
  watches,
  call
};
constexpr ReadStep step_of(DescriptorStep step, std::uint32_t detail = 0) {
  return {static_cast<std::uint8_t>(step), detail};
}
constexpr ReadStep step_of(DescriptorStep step, int fd) {
  return step_of(step, static_cast<std::uint32_t>(fd));
}

/// Why `step` has no result: it was left out.
inline constexpr Availability left_out = Availability::timeout;

/// What is asked. Threads that never come back keep it alive.
struct DescriptorPlan {
  std::vector<Pid> pids;
  DescriptorScan options;
  std::set<FileId> locked;
  std::optional<FileId> path_file;
  std::string root;
  bool live = false;

  bool is_shown(Pid pid) const {
    return options.pids.empty() || std::binary_search(options.pids.begin(), options.pids.end(), pid);
  }
  bool is_the_path(const Descriptor& d) const { return is_held_file(d, *options.path, path_file); }
  bool is_locked(const Descriptor& d) const {
    return d.file && locked.count({d.file->device, d.file->inode}) != 0;
  }
};

/// What the workers found: each process in its own place.
struct FoundDescriptors {
  explicit FoundDescriptors(std::size_t processes) : owners(processes) {}
  std::vector<std::optional<DescriptorOwner>> owners;
  std::mutex mutex;  ///< guards the rest
  std::map<std::uint64_t, std::vector<procfs::Mount>> mounts;
  std::vector<Error> errors;
};

/// Adds an error worth a word to the user, with the process it is about.
void note_descriptor_error(std::vector<Error>& errors, const Error& error, Pid pid);

/// One step: what fdinfo says of a descriptor.
void read_descriptor_info(Descriptor& d, procfs::FdDir& dir, Attempt& attempt);
/// One step: what kind of file it is. Types it again.
void read_descriptor_status(Descriptor& d, procfs::FdDir& dir, Attempt& attempt);

class DescriptorWorker : public ItemWorker {
 public:
  DescriptorWorker(procfs::Reader reader, std::shared_ptr<const DescriptorPlan> plan, FoundDescriptors& found)
      : reader_(std::move(reader)), plan_(std::move(plan)), found_(found) {}

  void work(std::size_t item, Attempt& attempt) override;
  void store(std::size_t item) override;

 private:
  void read_process(Pid pid, Attempt& attempt);
  void read_descriptors(procfs::FdDir& dir, Attempt& attempt);
  void look(Descriptor& d, procfs::FdDir& dir, Attempt& attempt);
  void look_closer(Descriptor& d, procfs::FdDir& dir, Attempt& attempt);
  void read_more(procfs::TaskDir& dir, Attempt& attempt);
  void read_held_without_descriptor(procfs::TaskDir& dir, Attempt& attempt);
  void read_held(HeldAs as, procfs::TaskDir& dir);
  void read_namespaces(procfs::TaskDir& dir, Attempt& attempt);
  bool has_sockets() const;
  void read_watched_paths(Attempt& attempt);
  DescriptorOwner& owner() { return *owner_; }

  procfs::Reader reader_;
  std::shared_ptr<const DescriptorPlan> plan_;
  FoundDescriptors& found_;
  std::optional<DescriptorOwner> owner_;
  std::map<std::uint64_t, std::vector<procfs::Mount>> mounts_;  // of the namespaces met so far
  std::optional<std::uint64_t> new_mounts_;                     // met with this process
  std::vector<Error> errors_;
};

}  // namespace ptop::model
