// Pages about one process, made on a thread of their own.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "details_port.hpp"
#include "ptop/base/fd.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

class LiveDetails : public DetailsPort {
 public:
  explicit LiveDetails(procfs::Reader reader);
  ~LiveDetails() override;
  LiveDetails(const LiveDetails&) = delete;
  LiveDetails& operator=(const LiveDetails&) = delete;

  void ask(const DetailsWish& wish) override;
  std::optional<DetailsAnswer> take() override;
  /// Readable when there is an answer.
  int fd() const { return ready_.get(); }

 private:
  void work();
  std::optional<DetailsWish> next_wish();
  void answer(DetailsAnswer answer);

  procfs::Reader reader_;  // the worker's
  Fd ready_;
  std::mutex mutex_;
  std::condition_variable asked_;
  std::optional<DetailsWish> wish_;
  std::optional<DetailsAnswer> answer_;
  bool stopping_ = false;
  std::thread worker_;
};

}  // namespace ptop::app
