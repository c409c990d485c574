// Lists about one task, null where they are not known.
#include "full_json.hpp"

#include "descriptor_json.hpp"
#include "json_members.hpp"
#include "ptop/model/mapping_role.hpp"

namespace ptop::render {
namespace {

using namespace model;

class ListWriter {
 public:
  ListWriter(JsonWriter& json, const Row& row, Missing& missing)
      : json_(json), sample_(row.sample), namespaces_(row.scene.snapshot.namespaces), missing_(missing) {}

  void write_limits() {
    if (!begin("limits", Source::limits)) return;
    json_.begin_object();
    for (const procfs::Limit& limit : sample_.more().limits) {
      begin_object(json_, procfs::limit_resource_name(limit.resource));
      optional_member(json_, "soft", limit.soft);
      optional_member(json_, "hard", limit.hard);
      json_.end_object();
    }
    json_.end_object();
  }

  void write_namespaces() {
    if (!begin("namespaces", Source::namespaces)) return;
    json_.begin_array();
    for (const procfs::NsLink& ns : sample_.more().namespaces) {
      json_.begin_object();
      json_.member("name", std::string_view(ns.name));
      json_.member("type", std::string_view(ns.type));
      json_.member("inode", ns.inode);
      write_owner(ns);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_maps() {
    if (!begin("maps", Source::maps)) return;
    const auto& maps = sample_.more().maps;
    const auto roles = mapping_roles(maps, *sample_.exe);
    json_.begin_array();
    for (std::size_t i = 0; i < maps.size(); ++i) write_mapping(maps[i], roles[i]);
    json_.end_array();
  }

  void write_descriptors(const DescriptorSnapshot& snapshot, const DescriptorEnds& ends) {
    const DescriptorOwner* owner = find_owner(snapshot, sample_.pid);
    const bool same = owner != nullptr && owner->key == sample_.process_key();
    if (!begin("fds", same ? owner->availability : Availability::gone)) return;
    const auto process = static_cast<std::uint32_t>(owner - snapshot.processes.data());
    json_.begin_array();
    for (std::uint32_t d = 0; d < owner->descriptors.size(); ++d) write_descriptor(json_, ends, {process, d});
    json_.end_array();
  }

 private:
  /// To whom it belongs: asked, or nobody came to ask because a read before got stuck.
  void write_owner(const procfs::NsLink& ns) {
    constexpr Availability unasked = Availability::timeout;
    const auto found = namespaces_.find(ns.inode);
    const NamespaceFacts facts = found != namespaces_.end()
                                     ? found->second
                                     : NamespaceFacts{.owner = Fact<std::uint64_t>(unasked),
                                                      .owner_uid = Fact<Uid>(unasked),
                                                      .parent = Fact<std::uint64_t>(unasked)};
    Missing missing;
    const auto member = [&](std::string_view key, const auto& fact, auto value) {
      json_.key(key);
      fact.known() ? json_.value(value) : json_.null();
      const auto reason = availability_reason(fact.availability);
      if (!reason.empty()) missing.emplace_back(key, reason);
    };
    member("owner", facts.owner, facts.owner.value);
    member("owner_uid", facts.owner_uid, facts.owner_uid.value.raw());
    if (ns.type == "pid" || ns.type == "user") member("parent", facts.parent, facts.parent.value);
    write_unavailable(json_, missing);
  }
  /// The key, and null when there is no list to follow.
  bool begin(std::string_view key, Availability availability) {
    json_.key(key);
    if (availability == Availability::present) return true;
    json_.null();
    const auto reason = availability_reason(availability);
    if (!reason.empty()) missing_.emplace_back(key, reason);
    return false;
  }
  void write_mapping(const procfs::Mapping& mapping, MappingRole role) {
    const char permissions[] = {mapping.readable ? 'r' : '-', mapping.writable ? 'w' : '-',
                                mapping.executable ? 'x' : '-', mapping.shared ? 's' : 'p'};
    json_.begin_object();
    json_.key("start");
    json_.hex(mapping.start.raw());
    json_.member("size", mapping.size());
    json_.member("permissions", std::string_view(permissions, sizeof permissions));
    json_.member("role", mapping_role_name(role));
    json_.member("kind", procfs::mapping_kind_name(mapping.kind));
    if (mapping.inode != 0) {
      json_.member("offset", mapping.offset);
      device_member(json_, "device", mapping.device);
      json_.member("inode", mapping.inode);
    }
    if (!mapping.path.empty()) json_.bytes_member("path", mapping.path);
    if (mapping.deleted) json_.member("deleted", true);
    json_.end_object();
  }
  bool begin(std::string_view key, Source source) { return begin(key, sample_.of(source)); }

  JsonWriter& json_;
  const Sample& sample_;
  const NamespaceTable& namespaces_;
  Missing& missing_;
};

}  // namespace

void write_unavailable(JsonWriter& json, const Missing& missing) {
  if (missing.empty()) return;
  begin_object(json, "unavailable");
  for (const auto& [key, reason] : missing) json.member(key, reason);
  json.end_object();
}

void write_lists(JsonWriter& json, const Row& row, const TaskMembers& members, Missing& missing) {
  const Sample& sample = row.sample;
  ListWriter lists(json, row, missing);
  if (members.full) {
    lists.write_limits();
    lists.write_namespaces();
    if (!sample.is_thread()) lists.write_maps();
  }
  if (members.ends != nullptr && !sample.is_thread())
    lists.write_descriptors(members.ends->snapshot(), *members.ends);
}

Sources full_sources() {
  return {Source::limits, Source::namespaces, Source::namespace_owners, Source::maps};
}

}  // namespace ptop::render
