// One stat line to a struct: a name between parentheses, then numbers in a fixed order.
#include "ptop/procfs/stat.hpp"

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

constexpr int last_required_field = 24;

/// Walks the fields after the name in order. Remembers the first failure, so one check at the end will do.
class FieldCursor {
 public:
  FieldCursor(std::string_view rest, int first_field) : rest_(rest), next_(first_field) {}

  bool failed() const { return failed_; }

  /// Reads field `number` into `out`. Missing is a failure only up to the fields every kernel has.
  template <class T>
  void read(int number, T& out) {
    const std::string_view word = seek(number);
    if (word.empty() ? number <= last_required_field : !parse_into(out, word)) failed_ = true;
  }

  void read_state(int number, TaskState& out) {
    const std::string_view word = seek(number);
    if (word.size() == 1 && is_letter(word[0])) {
      out = TaskState(word[0]);
    } else {
      failed_ = true;
    }
  }

 private:
  static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

  std::string_view seek(int number) {
    while (next_ < number) next_word();
    return next_word();
  }
  std::string_view next_word() {
    ++next_;
    if (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    const std::string_view word = rest_.substr(0, rest_.find(' '));
    rest_.remove_prefix(word.size());
    return word;
  }

  std::string_view rest_;
  int next_;
  bool failed_ = false;
};

void read_identity(FieldCursor& f, Stat& s) {
  f.read_state(3, s.state);
  f.read(4, s.ppid);
  f.read(5, s.pgid);
  f.read(6, s.sid);
  // (7) is a device number printed as int: minors beyond 2^19 make it negative.
  std::int64_t tty = 0;
  f.read(7, tty);
  s.tty_nr = static_cast<std::uint32_t>(tty);
  f.read(8, s.tpgid);
  f.read(9, s.flags);
}

void read_times(FieldCursor& f, Stat& s) {
  WaitedForUse waited_for;
  f.read(10, s.minflt);
  f.read(11, waited_for.minflt);
  f.read(12, s.majflt);
  f.read(13, waited_for.majflt);
  f.read(14, s.utime);
  f.read(15, s.stime);
  f.read(16, waited_for.utime);
  f.read(17, waited_for.stime);
  if (waited_for != WaitedForUse{}) s.waited_for = waited_for;
  f.read(18, s.priority);
  f.read(19, s.nice);
  f.read(20, s.threads);
  f.read(22, s.start);
}

void read_memory_and_scheduling(FieldCursor& f, Stat& s) {
  f.read(23, s.vsize);
  f.read(24, s.rss_pages);
  f.read(28, s.start_stack);
  f.read(33, s.ignored_signals);
  f.read(38, s.exit_signal);
  f.read(39, s.processor);
  f.read(40, s.rt_priority);
  f.read(41, s.policy);
  f.read(42, s.blkio_delay);
  f.read(52, s.exit_code);
}

}  // namespace

Result<Stat> parse_stat(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  // The name may hold parentheses itself, but everything after it is numbers: the last ')' ends it.
  const auto lparen = text.find('('), rparen = text.rfind(')');
  if (lparen == text.npos || rparen == text.npos || rparen < lparen) return malformed("stat", text);
  if (lparen < 2 || text[lparen - 1] != ' ') return malformed("stat", text);

  Stat s;
  const bool has_tid = parse_into(s.tid, text.substr(0, lparen - 1));
  if (!has_tid || s.tid.raw() <= 0) return malformed("stat", text);
  s.comm = text.substr(lparen + 1, rparen - lparen - 1);

  FieldCursor fields(text.substr(rparen + 1), 3);
  read_identity(fields, s);
  read_times(fields, s);
  read_memory_and_scheduling(fields, s);
  if (fields.failed()) return malformed("stat", text);
  return s;
}

}  // namespace ptop::procfs
