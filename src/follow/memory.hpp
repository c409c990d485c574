// A tracee's memory as decode wants to see it.
#pragma once

#include "ptop/base/ids.hpp"
#include "ptop/decode/memory_reader.hpp"
#include "ptop/trace/memory.hpp"

namespace ptop::follow {

class TaskMemory : public decode::MemoryReader {
 public:
  explicit TaskMemory(Tid tid) : tid_(tid) {}
  std::size_t read(std::uint64_t address, std::span<std::byte> out) override {
    return trace::read_memory(tid_, TraceeAddr(address), out);
  }

 private:
  Tid tid_;
};

}  // namespace ptop::follow
