// Link targets of /proc/<pid>/fd to what they stand for.
#include "ptop/procfs/fd_link.hpp"

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

constexpr std::string_view deleted_mark = " (deleted)";
constexpr std::string_view memfd_prefix = "/memfd:";
constexpr std::string_view anon_inode_prefix = "anon_inode:";

/// The text between the brackets of `prefix[text]`.
std::optional<std::string_view> bracketed(std::string_view target, std::string_view prefix) {
  if (!target.starts_with(prefix)) return std::nullopt;
  target.remove_prefix(prefix.size());
  if (target.size() < 2 || target.front() != '[' || target.back() != ']') return std::nullopt;
  return target.substr(1, target.size() - 2);
}

/// `prefix[number]`.
bool parse_inode(FdLink& link, std::string_view prefix, FdKind kind) {
  const auto inside = bracketed(link.target, prefix);
  if (!inside || !parse_into(link.inode, *inside)) return false;
  link.kind = kind;
  return true;
}

/// "anon_inode:[eventpoll]"; some, inotify among them, come without brackets.
bool parse_anon_inode(FdLink& link) {
  const std::string_view target = link.target;
  if (!target.starts_with(anon_inode_prefix)) return false;
  link.kind = FdKind::anon_inode;
  link.name = bracketed(target, anon_inode_prefix).value_or(target.substr(anon_inode_prefix.size()));
  return true;
}

/// A memfd has no directory entry, so the kernel always marks it deleted; without the mark it is a file
/// somebody named so.
bool parse_memfd(FdLink& link) {
  if (!link.deleted || !link.target.starts_with(memfd_prefix)) return false;
  link.kind = FdKind::memfd;
  link.name = link.target.substr(memfd_prefix.size());
  return true;
}

}  // namespace

FdLink parse_fd_link(std::string_view target) {
  FdLink link;
  // Only paths get the mark. A file whose own name ends in it looks the same: the kernel does not escape.
  link.deleted = target.starts_with('/') && target.ends_with(deleted_mark);
  if (link.deleted) target.remove_suffix(deleted_mark.size());
  link.target = target;
  const bool special = parse_memfd(link) || parse_inode(link, "pipe:", FdKind::pipe) ||
                       parse_inode(link, "socket:", FdKind::socket) || parse_anon_inode(link);
  if (!special && target.starts_with('/')) link.kind = FdKind::path;
  return link;
}

std::string_view fd_kind_name(FdKind kind) {
  switch (kind) {
    case FdKind::path:
      return "path";
    case FdKind::pipe:
      return "pipe";
    case FdKind::socket:
      return "socket";
    case FdKind::anon_inode:
      return "anon_inode";
    case FdKind::memfd:
      return "memfd";
    case FdKind::other:
      return "other";
  }
  return "other";
}

}  // namespace ptop::procfs
