// The lines of fdinfo that only some kinds of files have. For parse_fdinfo only.
#pragma once

#include <string_view>

#include "ptop/procfs/fdinfo.hpp"

namespace ptop::procfs {

/// True when the line fits or its key is not one of ours.
bool parse_particular(FdParticulars& out, std::string_view key, std::string_view value);

/// The rows that open with a word instead of a key: "tfd: …", "inotify …", "fanotify …".
bool parse_epoll_row(FdParticulars& out, std::string_view row);
bool parse_inotify_row(FdParticulars& out, std::string_view row);
bool parse_fanotify_row(FdParticulars& out, std::string_view row);

/// The alternative T of `out`, put there if another one was.
template <class T>
T& particulars_as(FdParticulars& out) {
  if (auto* present = std::get_if<T>(&out)) return *present;
  return out.emplace<T>();
}

}  // namespace ptop::procfs
