// The counters of /proc/<pid>/io.
#include "ptop/procfs/io.hpp"

#include "keyed.hpp"

namespace ptop::procfs {
namespace {

constexpr KeyedField<TaskIo> fields[] = {
    {"rchar", &TaskIo::rchar},
    {"wchar", &TaskIo::wchar},
    {"syscr", &TaskIo::syscr},
    {"syscw", &TaskIo::syscw},
    {"read_bytes", &TaskIo::read_bytes},
    {"write_bytes", &TaskIo::write_bytes},
    {"cancelled_write_bytes", &TaskIo::cancelled_write_bytes},
};

}  // namespace

Result<TaskIo> parse_io(std::string_view text) {
  TaskIo io;
  const KeyedOutcome outcome = parse_keyed(io, text, ':', fields, parse_count);
  if (outcome.misfit || outcome.known == 0) return malformed("io", outcome.misfit.value_or(text));
  return io;
}

}  // namespace ptop::procfs
