// Namespaces beyond their numbers: what they belong to, and who is in them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/model/fact.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::model {

struct Sample;
struct Snapshot;

/// Source: ioctl_ns(2). `unsupported`: a recorded tree, a kernel before 4.9 (owner_uid: 4.11). `denied`:
/// outside the reader's user namespace, or nobody in the namespace may be looked at.
struct NamespaceFacts {
  std::string type;  ///< "pid", "user", "mnt"…
  std::uint64_t inode = 0;
  Fact<std::uint64_t> owner;   ///< inode of the user namespace it belongs to; of a user namespace its parent
  Fact<Uid> owner_uid;         ///< who made that user namespace (for a user namespace: this one), in the
                               ///< reader's user namespace
  Fact<std::uint64_t> parent;  ///< of a pid or user namespace; 0: it is the initial one
};
/// By inode, which no two living namespaces share.
using NamespaceTable = std::map<std::uint64_t, NamespaceFacts>;

/// Who is in the namespace `inode`: positions in Snapshot::processes. Source::namespaces must have been read.
std::vector<std::uint32_t> namespace_members(const Snapshot& snapshot, std::uint64_t inode);
/// The inode of a task's own namespace of the type ("pid", not "pid_for_children"); nullopt: not known.
std::optional<std::uint64_t> namespace_of(const Sample& sample, std::string_view type);

/// Whether `table` has all of these.
bool are_settled(const NamespaceTable& table, const std::vector<procfs::NsLink>& links);
/// Asks the kernel about every namespace of these links that `table` has not yet.
void read_namespace_facts(procfs::TaskDir& dir, const std::vector<procfs::NsLink>& links,
                          NamespaceTable& table);
/// What `more` knows and `table` does not.
void add_namespace_facts(NamespaceTable& table, const NamespaceTable& more);

}  // namespace ptop::model
