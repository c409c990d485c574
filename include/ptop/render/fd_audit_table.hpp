// The descriptor leak audit as a table at the end of a log.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"
#include "ptop/render/style.hpp"

namespace ptop::render {

/// What leaked first, then what launchers closed, what was passed on purpose, then what was open before; in
/// each part what crossed the most execs first. Files that one process opened one after the other under one
/// number are one line, and so is a run of numbers that had the same way.
class FdAuditSink : public follow::Sink {
 public:
  struct Options {
    bool selected = false;    ///< events of some processes only (--only)
    std::size_t columns = 0;  ///< 0: lines of any length
    bool ascii = false;
  };
  FdAuditSink(LineOutput& out, Paint paint, const Options& options)
      : out_(&out), paint_(paint), options_(options) {}
  void on(const follow::Event& event) override;
  void end(const follow::Trailer& trailer) override;

 private:
  enum class Verdict : std::uint8_t { leaked, closed, given, before };
  struct Group {
    follow::DescriptorAudit sum;  ///< of the first, with the counts of all
    std::uint64_t files = 0;
  };
  static Verdict verdict_of(const follow::DescriptorAudit& audit);
  void write_part(Verdict verdict, std::string_view title, Role role);
  static bool are_alike(const Group& a, const Group& b);
  void write_wrapped(const std::string& name, Role role, const std::string& rest);
  void write_lines(const std::string& all, Role role);
  void write_groups(std::span<const Group* const> run, Role role);

  LineOutput* out_;
  Paint paint_;
  Options options_;
  std::uint64_t denied_ = 0;  ///< programs whose descriptors may not be looked at
  std::map<std::tuple<Verdict, Pid, int, std::string>, Group> groups_;
};

}  // namespace ptop::render
