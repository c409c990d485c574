// --only QUERY: of all that is followed, what concerns the processes that match, and enough of their
// ancestors to keep the tree whole.
//
// A process is asked when it is attached to, when it has started a program, is stopped or continued, and when
// it ends: /proc is read again each time, at the end before it has less to tell. A child that has not started
// a program still has the name of its parent: it is asked when it makes a child of its own, and with the
// first event a tenth of a second after its birth. Once it matches, all of its events pass, first those that
// were held back until then: its birth, its last exec and 64 others at most. Of ancestors that do not match,
// births, execs, reparenting and ends pass; of the children of who matches, births and ends. Held events keep
// their time; the numbers are made anew. System calls that are not held are counted, and the counts go to
// on_tally(). No birth comes after the end of its maker: the end of who does not
// match is held while somebody below it may.
// The story of an open file passes when anybody who got it by an exec, or opened it, matches.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "ptop/follow/event.hpp"
#include "ptop/model/query.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::insight {

/// A query about followed processes. Errors: also a field or class that cannot be asked of them: what only a
/// look at all processes, or two looks, would tell.
tl::expected<model::Query, model::QueryError> parse_selection(std::string_view text);

struct SelectionOptions {
  std::optional<std::uint32_t> deepest;  ///< who is deeper does not match
  bool calls = true;  ///< system calls are held like other events; else they are counted only until a match
};

class Selection : public follow::Sink {
 public:
  /// Borrows `next`. `reader`: of the live /proc of the followed processes.
  Selection(model::Query query, procfs::Reader reader, follow::Sink& next, SelectionOptions options = {});
  ~Selection() override;
  void begin(const follow::Header& header) override;
  void on(const follow::Event& event) override;
  void at_exit_stop(ProcessKey process) override;
  void end(const follow::Trailer& trailer) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ptop::insight
