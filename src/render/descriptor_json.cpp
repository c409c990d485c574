// Open files as JSON: schemas/ptop.fds-1.schema.json says what each member means.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "descriptor_json.hpp"
#include "full_json.hpp"
#include "json_members.hpp"
#include "ptop/base/names.hpp"
#include "ptop/render/descriptors.hpp"
#include "wall_time.hpp"

namespace ptop::render {
namespace {

using namespace model;

/// Every holder of a file names all others: a file that a thousand processes inherited would have a million
/// names. What is left out is counted.
constexpr std::size_t listed_at_most = 100;

class Writer {
 public:
  Writer(JsonWriter& json, const DescriptorEnds& ends, Place place, DescriptorColumns columns)
      : json_(json),
        ends_(ends),
        place_(place),
        d_(ends.at(place)),
        owner_(ends.owner(place)),
        columns_(columns) {}

  void write();

 private:
  /// Whether a member is asked for.
  bool wants(std::string_view key) const {
    const auto is_it = [&](const DescriptorColumn* column) { return column->key == key; };
    return columns_.empty() || std::any_of(columns_.begin(), columns_.end(), is_it);
  }
  void write_head();
  void write_open_file();
  void write_unavailable();
  void write_path();
  void write_file();
  void write_mount();
  void write_what_it_is();
  void write_message_queue();
  void write_shared();
  void write_people(std::string_view key, const PlaceList& places);
  void write_locks();
  JsonWriter& json_;
  const DescriptorEnds& ends_;
  Place place_;
  const Descriptor& d_;
  const DescriptorOwner& owner_;
  DescriptorColumns columns_;
};

void Writer::write() {
  json_.begin_object();
  write_head();
  write_open_file();
  write_unavailable();
  write_path();
  write_file();
  if (columns_.empty()) write_mount();
  if (wants("name")) write_what_it_is();
  if (wants("other_end")) write_people("other_end", ends_.other_ends(place_));
  if (columns_.empty()) write_shared();
  if (wants("locks")) write_locks();
  json_.end_object();
}

void Writer::write_head() {
  if (wants("pid")) json_.member("pid", owner_.key.pid.raw());
  if (wants("start_ticks")) json_.member("start_ticks", owner_.key.start.raw());
  if (wants("comm")) json_.bytes_member("comm", owner_.comm);
  if (wants("as")) json_.member("as", held_as_name(d_.as));
  if (wants("fd")) optional_member(json_, "fd", d_.as == HeldAs::fd ? std::optional(d_.fd) : std::nullopt);
  if (wants("type")) json_.member("type", descriptor_type_name(d_.type));
}

void Writer::write_open_file() {
  constexpr std::array<std::string_view, 5> accesses{"", "path", "r", "w", "rw"};
  constexpr std::array<std::string_view, 4> access_names{"O_RDONLY", "O_WRONLY", "O_RDWR", ""};
  constexpr std::uint32_t access_mode = 03, path_only = 010000000;
  if (wants("access")) {
    json_.key("access");
    d_.access == procfs::FdAccess::unknown ? json_.null()
                                           : json_.value(accesses[static_cast<std::size_t>(d_.access)]);
  }
  if (wants("flags") && d_.info) {
    const std::uint32_t flags = d_.info->flags;
    const auto first = (flags & path_only) != 0 ? std::string_view() : access_names[flags & access_mode];
    bits_member(json_, "flags", decode::Constants::open_flags, flags, first);
  } else if (wants("flags")) {
    json_.key("flags");
    json_.null();
  }
  if (wants("position"))
    optional_member(json_, "position", d_.info ? std::optional(d_.info->position) : std::nullopt);
}

void Writer::write_unavailable() {
  Missing missing;
  const auto info = availability_reason(d_.info_state), file = availability_reason(d_.file_state);
  for (const std::string_view key : {"flags", "position"}) {
    if (!info.empty() && wants(key)) missing.emplace_back(key, info);
  }
  if (!file.empty() && wants(d_.file ? "path" : "size"))
    missing.emplace_back(d_.file ? "deleted" : "size", file);
  render::write_unavailable(json_, missing);
}

void Writer::write_path() {
  if (!wants("path") && !wants("name")) return;
  json_.bytes_member("path", d_.link.target);
  json_.member("deleted", d_.link.deleted);
}

void Writer::write_file() {
  if (wants("device")) {
    if (d_.file) {
      device_member(json_, "device", d_.file->device);
    } else {
      json_.key("device");
      json_.null();
    }
  }
  const bool is_device = d_.file && d_.file->rdev != procfs::DeviceNumber{};
  if (is_device && wants("name")) device_member(json_, "rdev", d_.file->rdev);
  if (wants("inode"))
    optional_member(json_, "inode", d_.file ? std::optional(d_.file->inode) : d_.link.inode);
  if (wants("size")) optional_member(json_, "size", d_.file ? std::optional(d_.file->size) : std::nullopt);
}

void Writer::write_what_it_is() {
  if (d_.type == DescriptorType::socket) write_socket(json_, ends_, d_);
  write_particulars(json_, ends_, place_);
  if (d_.type == DescriptorType::mqueue) write_message_queue();
  if (d_.info && d_.info->tty_index) json_.member("tty_index", *d_.info->tty_index);
}

void Writer::write_shared() {
  if (const auto shared = ends_.same_open_file(place_)) {
    write_people("shared_with", *shared);
  } else {
    json_.key("shared_with");
    json_.null();
  }
}

void Writer::write_mount() {
  optional_member(json_, "mount_id", d_.info ? d_.info->mount_id : std::nullopt);
  const procfs::Mount* mount = ends_.mount(place_);
  if (mount == nullptr) return;
  begin_object(json_, "mount");
  json_.bytes_member("point", mount->point);
  json_.bytes_member("type", mount->type);
  json_.bytes_member("source", mount->source);
  json_.end_object();
}

void Writer::write_message_queue() {
  begin_object(json_, "mqueue");
  json_.bytes_member("name", message_queue_name(d_));
  json_.end_object();
}

void Writer::write_people(std::string_view key, const PlaceList& places) {
  json_.key(key);
  json_.begin_array();
  for (std::size_t i = 0; i < std::min(places.size(), listed_at_most); ++i) {
    const DescriptorOwner& owner = ends_.owner(places[i]);
    json_.begin_object();
    json_.member("pid", owner.key.pid.raw());
    json_.bytes_member("comm", owner.comm);
    json_.member("fd", ends_.at(places[i]).fd);
    json_.end_object();
  }
  json_.end_array();
  if (places.size() > listed_at_most)
    json_.member(fmt::format("{}_more", key), static_cast<std::uint64_t>(places.size() - listed_at_most));
}

void Writer::write_locks() {
  objects_member(json_, "locks", ends_.locks(place_), [&](const DescriptorLock& found, std::size_t) {
    json_.member("kind", lock_kind_name(found.lock.kind));
    json_.member("mode", lock_mode_name(found.lock.mode));
    json_.member("access", lock_access_name(found.lock.access));
    json_.member("state", std::string_view(found.waiting ? "waiting" : "held"));
    json_.member("start", found.lock.start);
    optional_member(json_, "end", found.lock.end);
    write_people(found.waiting ? "held_by" : "awaited_by", found.others);
    json_.key("pids");
    json_.begin_array();
    for (const Pid pid : found.pids) json_.value(pid.raw());
    json_.end_array();
    json_.member("nameless", static_cast<std::uint64_t>(found.nameless));
  });
}

void write_errors(JsonWriter& json, std::span<const Error> errors) {
  json.begin_array();
  for (const Error& error : errors) {
    json.begin_object();
    json.bytes_member("what", error.what);
    if (error.sys != 0) json.member("errno", errno_name(error.sys));
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void write_descriptor(JsonWriter& json, const DescriptorEnds& ends, Place place, DescriptorColumns columns) {
  Writer(json, ends, place, columns).write();
}

std::string descriptor_json(const DescriptorEnds& ends, Place place, DescriptorColumns columns) {
  JsonWriter json;
  write_descriptor(json, ends, place, columns);
  return std::string(json.text());
}

void write_descriptors_json(LineOutput& out, const DescriptorSnapshot& snapshot, const DescriptorEnds& ends,
                            std::span<const Place> rows, DescriptorColumns columns) {
  JsonWriter json;
  out.write("{\"schema\":\"ptop.fds/1\",");
  out.write(fmt::format("\"taken_at\":\"{}\",", rfc3339(snapshot.taken_at_wall)));
  out.write(fmt::format("\"denied_processes\":{},", snapshot.denied));
  out.write("\"descriptors\":[");
  write_array_lines(out, json, rows, [&](Place place) { write_descriptor(json, ends, place, columns); });
  out.write("],");
  json.clear();
  write_errors(json, snapshot.errors);
  out.write(fmt::format("\"errors\":{}}}", json.text()));
}

}  // namespace ptop::render
