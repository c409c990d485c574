// The process tree of a finished log: who ran, for how long, at what cost, and how it ended.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

/// Of a process that lives on when the log ends. nullopt: could not be read.
struct LivingCosts {
  std::optional<std::uint64_t> lifetime_ns, cpu_ns, max_rss;
};

struct SummaryOptions {
  std::size_t columns = 80;  ///< 0: as many as are needed, for a file
  bool ascii = false;
  std::optional<std::uint32_t> deepest = std::nullopt;           ///< who is deeper has no row
  std::function<std::optional<LivingCosts>(ProcessKey)> living;  ///< nullopt: it is gone
};

/// Collects while the log runs, a few hundred bytes for each process and 32 MiB of longer command lines, and
/// writes at its end. Children that did the same and had no children are folded to one line. The slowest
/// branch is marked: of each process on it the longest-lived child, down to one that was mostly without
/// children.
class SummarySink : public follow::Sink {
 public:
  SummarySink(LineOutput& out, Paint paint, SummaryOptions options);
  ~SummarySink() override;
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ptop::render
