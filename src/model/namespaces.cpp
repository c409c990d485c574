// ioctl_ns(2) on the namespaces of living tasks, and who shares one.
#include "ptop/model/namespaces.hpp"

#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "ptop/model/sample.hpp"

namespace ptop::model {
namespace {

Error ioctl_error(std::string_view what) {
  Error error = os_error(what);
  if (error.sys == ENOTTY || error.sys == EINVAL) error.code = Errc::unsupported;
  return error;
}

Result<std::uint64_t> inode_of(int fd) {
  struct stat found {};
  if (fstat(fd, &found) != 0) return fail(os_error("namespace"));
  return std::uint64_t{found.st_ino};
}

/// The inode of the namespace that `request` leads to. EPERM: it is outside the reader's user or pid
/// namespace.
Result<std::uint64_t> related(int fd, unsigned long request) {
  const Fd other(ioctl(fd, request));
  if (!other) return fail(ioctl_error("namespace"));
  return inode_of(other.get());
}

Result<Uid> owner_uid(int userns) {
  uid_t uid = 0;
  if (ioctl(userns, NS_GET_OWNER_UID, &uid) != 0) return fail(ioctl_error("namespace"));
  return Uid(uid);
}

/// Of the user namespace that owns the one opened as `fd`.
Result<Uid> owner_uid_of(int fd) {
  const Fd owner(ioctl(fd, NS_GET_USERNS));
  if (!owner) return fail(ioctl_error("namespace"));
  return owner_uid(owner.get());
}

/// The initial namespace has no parent that anybody could see: the kernel says EPERM for it as for one out of
/// sight. Its inode is known: PROC_USER_INIT_INO and PROC_PID_INIT_INO of include/linux/proc_ns.h.
bool is_initial(const NamespaceFacts& facts) {
  constexpr std::uint64_t initial_user = 0xEFFFFFFD, initial_pid = 0xEFFFFFFC;
  return (facts.type == "user" && facts.inode == initial_user) ||
         (facts.type == "pid" && facts.inode == initial_pid);
}

void ask(NamespaceFacts& facts, int fd) {
  const bool is_user = facts.type == "user";
  facts.owner_uid = Fact(is_user ? owner_uid(fd) : owner_uid_of(fd));
  facts.parent = Fact<std::uint64_t>(Availability::unsupported);
  if (is_initial(facts)) {
    facts.parent = Fact(Result<std::uint64_t>(0));
  } else if (is_user || facts.type == "pid") {
    facts.parent = Fact(related(fd, NS_GET_PARENT));
  }
  facts.owner = is_user ? facts.parent : Fact(related(fd, NS_GET_USERNS));
}

/// Another member of the namespace may be allowed what this one was not, or still be there.
bool may_know_better(Availability a) {
  return a == Availability::gone || a == Availability::denied || a == Availability::not_read;
}
bool is_settled(const NamespaceFacts& facts) { return !may_know_better(facts.owner_uid.availability); }

}  // namespace

void read_namespace_facts(procfs::TaskDir& dir, const std::vector<procfs::NsLink>& links,
                          NamespaceTable& table) {
  for (const procfs::NsLink& link : links) {
    NamespaceFacts& facts = table[link.inode];
    if (is_settled(facts)) continue;
    facts.type = link.type;
    facts.inode = link.inode;
    const auto opened = dir.open_namespace(link.name);
    const auto inode = opened ? inode_of(opened->get()) : fail(opened.error());
    if (inode && *inode == link.inode) {
      ask(facts, opened->get());
      continue;
    }
    // It moved to another one since its links were read: somebody else may know.
    const auto why = inode ? Availability::gone : availability_of(inode.error().code);
    facts.owner = facts.parent = Fact<std::uint64_t>(why);
    facts.owner_uid = Fact<Uid>(why);
  }
}

bool are_settled(const NamespaceTable& table, const std::vector<procfs::NsLink>& links) {
  return std::all_of(links.begin(), links.end(), [&](const procfs::NsLink& link) {
    const auto found = table.find(link.inode);
    return found != table.end() && is_settled(found->second);
  });
}

void add_namespace_facts(NamespaceTable& table, const NamespaceTable& more) {
  for (const auto& [inode, facts] : more) {
    NamespaceFacts& known = table[inode];
    if (!is_settled(known)) known = facts;
  }
}

std::optional<std::uint64_t> namespace_of(const Sample& sample, std::string_view type) {
  const auto& all = sample.more().namespaces;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& ns) { return ns.name == type; });
  if (found == all.end()) return std::nullopt;
  return found->inode;
}

std::vector<std::uint32_t> namespace_members(const Snapshot& snapshot, std::uint64_t inode) {
  std::vector<std::uint32_t> members;
  for (std::uint32_t i = 0; i < snapshot.processes.size(); ++i) {
    const auto& all = snapshot.processes[i].more().namespaces;
    const auto is_it = [&](const auto& ns) { return ns.inode == inode && ns.name == ns.type; };
    if (std::any_of(all.begin(), all.end(), is_it)) members.push_back(i);
  }
  return members;
}

}  // namespace ptop::model
