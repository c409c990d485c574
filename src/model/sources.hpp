// How each Source of a task is read, and where it is kept: one row per Source. For the scan only.
#pragma once

#include <vector>

#include "ptop/model/sample.hpp"

namespace ptop::model {

/// One task while it is read. What could not be read leaves its reason in the Sample.
class TaskReading {
 public:
  TaskReading(procfs::TaskDir& dir, Sample& sample, std::vector<Error>& errors)
      : dir_(dir), sample_(sample), errors_(errors) {}

  procfs::TaskDir& dir() { return dir_; }
  Sample& sample() { return sample_; }
  Extras& extras() { return sample_.extras.change(); }  ///< made when first asked for

  /// Keeps the outcome of one read: its value in `out`, or the reason in the Sample's availability.
  template <class Place, class T>
  void keep(Source source, Place& out, Result<T> result) {
    if (result) out = std::move(*result);
    note(source, result ? nullptr : &result.error());
  }

  /// Writes down that a source was not waited for any longer.
  void give_up(Source source);

 private:
  void note(Source source, const Error* error);

  procfs::TaskDir& dir_;
  Sample& sample_;
  std::vector<Error>& errors_;
};

/// Those whose reading may wait for something the task holds.
Sources blocking_sources();

/// Reads one Source of one task; every Source but `stat`, which decides whether there is a task at all.
void read_source(Source source, TaskReading& task);

/// Adds an error worth a word to the user, with where it was met. Not worth one: the process ended, or
/// belongs to somebody else, or this kernel lacks the file.
void note_error(std::vector<Error>& errors, const Error& error, std::string_view place);

}  // namespace ptop::model
