// The table of strace -c: strace(1), "Statistics".
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

enum class CountColumn : std::uint8_t {
  time_percent,
  total_time,
  min_time,
  max_time,
  avg_time,
  calls,
  errors,
  name
};
inline constexpr CountColumn usual_count_columns[] = {CountColumn::time_percent, CountColumn::total_time,
                                                      CountColumn::avg_time,     CountColumn::calls,
                                                      CountColumn::errors,       CountColumn::name};

struct StraceCountOptions {
  std::vector<CountColumn> columns{std::begin(usual_count_columns), std::end(usual_count_columns)};  ///< -U
  std::optional<CountColumn> sort = CountColumn::total_time;  ///< -S; nullopt: by number
  bool wall = false;                                          ///< -w: else CPU time of the kernel
  std::uint64_t overhead_ns = 0;                              ///< -O: taken from each call
  bool follows = true;  ///< -f: else only the tasks that following began with
};

class StraceCountSink : public follow::Sink {
 public:
  StraceCountSink(LineOutput& out, StraceCountOptions options) : out_(&out), options_(std::move(options)) {}
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  struct Count {
    std::string name;
    std::uint64_t calls = 0, errors = 0, total_ns = 0, min_ns = 0, max_ns = 0;
    std::uint64_t average_ns() const { return calls == 0 ? 0 : total_ns / calls; }
  };
  bool concerns(Tid tid) const { return options_.follows || began_with_.contains(tid); }
  void write(const Count& count, std::uint64_t whole_ns);
  void write_rule();
  /// By number, and by name where several calls share one: socketcall(2).
  using Counts = std::map<std::pair<std::int64_t, std::string>, Count>;
  std::vector<Count> sorted(const Counts& counts) const;
  void write_table(const Counts& counts);

  LineOutput* out_;
  StraceCountOptions options_;
  std::map<decode::Arch, Counts> counts_;
  std::unordered_set<Tid> began_with_;
};

}  // namespace ptop::render
