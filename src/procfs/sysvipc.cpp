// The three tables of /proc/sysvipc, column by column.
#include "ptop/procfs/sysvipc.hpp"

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

/// Each number of the row in turn, as long as they fit.
template <class... Numbers>
bool take_numbers(std::string_view& line, Numbers&... numbers) {
  return (parse_into(numbers, take_word(line)) && ...);
}

/// Key, id and mode open each row.
bool take_opening(std::string_view& line, IpcObject& object) {
  return take_numbers(line, object.key, object.id) && parse_into(object.mode, take_word(line), 8);
}

bool take_owners(std::string_view& line, IpcObject& object) {
  return take_numbers(line, object.uid, object.gid, object.creator_uid, object.creator_gid);
}

bool parse_row(SharedMemory& s, std::string_view line) {
  if (!take_opening(line, s) || !take_numbers(line, s.size, s.creator, s.last, s.attached)) return false;
  if (!take_owners(line, s) || !take_numbers(line, s.attach_time, s.detach_time, s.change_time)) return false;
  return trimmed(line).empty() || take_numbers(line, s.rss, s.swap);
}

bool parse_row(SemaphoreSet& s, std::string_view line) {
  return take_opening(line, s) && take_numbers(line, s.semaphores) && take_owners(line, s) &&
         take_numbers(line, s.operation_time, s.change_time);
}

bool parse_row(MessageQueue& q, std::string_view line) {
  return take_opening(line, q) && take_numbers(line, q.bytes, q.messages, q.last_sender, q.last_receiver) &&
         take_owners(line, q) && take_numbers(line, q.send_time, q.receive_time, q.change_time);
}

template <class Object>
Result<std::vector<Object>> parse_rows(std::string_view text) {
  std::vector<Object> objects;
  std::string_view rest = text;
  take_line(rest);  // header
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    Object object;
    if (!parse_row(object, line)) return malformed("sysvipc", line);
    objects.push_back(object);
  }
  return objects;
}

}  // namespace

Result<std::vector<SharedMemory>> parse_sysvipc_shm(std::string_view text) {
  return parse_rows<SharedMemory>(text);
}
Result<std::vector<SemaphoreSet>> parse_sysvipc_sem(std::string_view text) {
  return parse_rows<SemaphoreSet>(text);
}
Result<std::vector<MessageQueue>> parse_sysvipc_msg(std::string_view text) {
  return parse_rows<MessageQueue>(text);
}

}  // namespace ptop::procfs
