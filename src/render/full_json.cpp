// Lists about one task, null where they are not known.
#include "full_json.hpp"

#include "descriptor_json.hpp"
#include "json_members.hpp"

namespace ptop::render {
namespace {

using namespace model;

class ListWriter {
 public:
  ListWriter(JsonWriter& json, const Sample& sample, Missing& missing)
      : json_(json), sample_(sample), missing_(missing) {}

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
      json_.end_object();
    }
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
  /// The key, and null when there is no list to follow.
  bool begin(std::string_view key, Availability availability) {
    json_.key(key);
    if (availability == Availability::present) return true;
    json_.null();
    const auto reason = availability_reason(availability);
    if (!reason.empty()) missing_.emplace_back(key, reason);
    return false;
  }
  bool begin(std::string_view key, Source source) { return begin(key, sample_.of(source)); }

  JsonWriter& json_;
  const Sample& sample_;
  Missing& missing_;
};

}  // namespace

void write_lists(JsonWriter& json, const Sample& sample, const TaskMembers& members, Missing& missing) {
  ListWriter lists(json, sample, missing);
  if (members.full) {
    lists.write_limits();
    lists.write_namespaces();
  }
  if (members.ends != nullptr && !sample.is_thread())
    lists.write_descriptors(members.ends->snapshot(), *members.ends);
}

Sources full_sources() { return {Source::limits, Source::namespaces}; }

}  // namespace ptop::render
