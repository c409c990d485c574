// The rows of /proc/locks: who holds, and behind each who waits.
#include "ptop/procfs/locks.hpp"

#include <iterator>

#include "words.hpp"

namespace ptop::procfs {
namespace {

template <class E>
struct Word {
  std::string_view text;
  E value;
};

constexpr Word<LockKind> kinds[] = {
    {"POSIX", LockKind::posix}, {"FLOCK", LockKind::flock}, {"OFDLCK", LockKind::ofd},
    {"LEASE", LockKind::lease}, {"DELEG", LockKind::deleg},
};
constexpr Word<LockMode> modes[] = {
    {"ADVISORY", LockMode::advisory}, {"MANDATORY", LockMode::mandatory}, {"ACTIVE", LockMode::active},
    {"BREAKING", LockMode::breaking}, {"BREAKER", LockMode::breaker},
};
constexpr Word<LockAccess> accesses[] = {
    {"READ", LockAccess::read},
    {"WRITE", LockAccess::write},
    {"UNLCK", LockAccess::none},
};

template <class E, std::size_t N>
E value_of(const Word<E> (&words)[N], std::string_view text) {
  for (const Word<E>& word : words) {
    if (word.text == text) return word.value;
  }
  return E::other;
}
template <class E, std::size_t N>
std::string_view text_of(const Word<E> (&words)[N], E value) {
  for (const Word<E>& word : words) {
    if (word.value == value) return word.text;
  }
  return "other";
}

bool parse_owner(FileLock& lock, std::string_view word) {
  std::int32_t pid = 0;
  if (!parse_into(pid, word)) return false;
  if (pid > 0) lock.pid = Pid(pid);
  return true;
}

/// "fe:00:11012144"; "<none>:0" for a lock whose file is gone.
bool parse_file(FileLock& lock, std::string_view word) {
  if (word == "<none>:0") return true;
  const auto colon = word.rfind(':');
  if (colon == word.npos) return false;
  return parse_device(lock.device, word.substr(0, colon), 16) &&
         parse_into(lock.inode, word.substr(colon + 1));
}

bool parse_end(FileLock& lock, std::string_view word) { return word == "EOF" || parse_into(lock.end, word); }

/// What follows the number and the arrow.
bool parse_body(FileLock& lock, std::string_view body) {
  lock.kind = value_of(kinds, take_word(body));
  lock.mode = value_of(modes, take_word(body));
  lock.access = value_of(accesses, take_word(body));
  return parse_owner(lock, take_word(body)) && parse_file(lock, take_word(body)) &&
         parse_into(lock.start, take_word(body)) && parse_end(lock, take_word(body));
}

struct Row {
  std::uint64_t id = 0;
  int depth = 0;  ///< 0: held
  FileLock lock;
};

/// "2: -> OFDLCK …": one blank more before the arrow for each waiter in between.
bool parse_row(Row& row, std::string_view line) {
  std::string_view body = line;
  if (!parse_into(row.id, take_until(body, ':'))) return false;
  const auto begin = body.find_first_not_of(' ');
  if (begin == body.npos) return false;
  body.remove_prefix(begin);
  if (body.starts_with("->")) {
    row.depth = static_cast<int>(begin);
    body.remove_prefix(2);
  }
  return parse_body(row.lock, body);
}

}  // namespace

Result<FileLock> parse_lock(std::string_view line) {
  Row row;
  if (!parse_row(row, line) || row.depth != 0) return malformed("lock", line);
  return row.lock;
}

Result<std::vector<HeldLock>> parse_locks(std::string_view text) {
  std::vector<HeldLock> locks;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    Row row;
    const bool fits = parse_row(row, line);
    if (!fits || (row.depth > 0 && locks.empty())) return malformed("locks", line);
    if (row.depth == 0) {
      locks.push_back({row.id, row.lock, {}});
    } else {
      locks.back().waiters.push_back({row.lock, row.depth});
    }
  }
  return locks;
}

std::string_view lock_kind_name(LockKind kind) { return text_of(kinds, kind); }
std::string_view lock_mode_name(LockMode mode) { return text_of(modes, mode); }
std::string_view lock_access_name(LockAccess access) { return text_of(accesses, access); }

}  // namespace ptop::procfs
