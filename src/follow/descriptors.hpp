// What is behind a task's descriptors, from /proc/<tid>/fd.
#pragma once

#include "ptop/base/ids.hpp"
#include "ptop/decode/descriptor_names.hpp"

namespace ptop::follow {

class TaskDescriptors : public decode::DescriptorNames {
 public:
  /// Whom the next questions are about.
  void set_task(Tid tid) { tid_ = tid; }
  std::string_view name(std::int32_t fd, decode::Arena& arena) override;
  std::string_view working_directory(decode::Arena& arena) override;

 private:
  Tid tid_;
};

}  // namespace ptop::follow
