// Pages about one process, made on a thread of their own.
#pragma once

#include "background.hpp"
#include "details_port.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

class LiveDetails : public DetailsPort {
 public:
  explicit LiveDetails(procfs::Reader reader);

  void ask(const DetailsWish& wish) override { work_.ask(wish); }
  std::optional<DetailsAnswer> take() override { return work_.take(); }
  /// Readable when there is an answer.
  int fd() const { return work_.fd(); }

 private:
  Background<DetailsWish, DetailsAnswer> work_;
};

}  // namespace ptop::app
