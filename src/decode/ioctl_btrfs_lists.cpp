// ioctl requests of btrfs that have arrays behind their structure, or elsewhere, of a length that they say.
#include <cerrno>

#include "decoders.hpp"
#include "ioctl_btrfs.hpp"
#include "ioctl_tables.hpp"

namespace ptop::decode {
namespace {

template <class Make>
Decoded list_of_numbers(Context& context, std::uint64_t address, std::uint64_t count, Make make) {
  return make_list(context, address, count, sizeof(std::uint64_t), [&](std::uint64_t at) -> Decoded {
    const auto value = context.object<std::uint64_t>(at);
    return value ? make(*value) : Decoded{};
  });
}

Decoded named_object(std::uint64_t value) {
  const Decoded named = make_symbol(value, btrfs_objects);
  return std::get<Symbol>(named.what).name.empty() ? make_unsigned(value) : named;
}

/// {asked} => {answered}, where `add` adds to what has been answered what is no member of the structure.
template <class Add>
Decoded answered_with(Context& context, const IoctlRequest& request, std::uint64_t address, Add add) {
  const auto now = read_structure(context, *request.layout, address);
  if (!now) return *context.before();
  RecordBuilder record(context.arena(), request.layout->members.size() + 1);
  add_members(record, context, *now, request.answered);
  const bool more = add(record, *now);
  return make_changed(context.arena(), *context.before(), record.done(more));
}

// BTRFS_IOC_SEND
Decoded show_sources(Context& context, const Member&, std::uint64_t address, const Instance& whole) {
  if (!context.options().verbose) return make_address(address);
  return list_of_numbers(context, address, whole.value("clone_sources_count"), named_object);
}
constexpr Member send_members[] = {s64("send_fd").shown_by(show_fd),
                                   u64("clone_sources_count"),
                                   pointer("clone_sources").shown_by(show_sources),
                                   u64("parent_root").shown_by(show_object),
                                   u64("flags").flags(btrfs_send_flags),
                                   pad(32)};
constexpr Structure send{send_members};

// BTRFS_IOC_SPACE_INFO: the structure, and behind it as many as there is room for.
constexpr Member info_members[] = {u64("flags").flags(btrfs_space_flags), u64("total_bytes"),
                                   u64("used_bytes")};
constexpr Structure space_info{info_members};
constexpr Member space_members[] = {u64("space_slots"), u64("total_spaces")};
constexpr Structure space{space_members};

Decoded show_space(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() == nullptr) return show_exchanged(context, request, address);
  return answered_with(context, request, address, [&](RecordBuilder& record, const Instance& now) {
    const std::uint64_t spaces = now.value("total_spaces");
    if (now.value("space_slots") == 0 && spaces != 0) return false;
    if (!context.options().verbose) return true;
    const std::uint64_t first = address + size_of(space, context.abi());
    record.add("spaces", make_structures(context, space_info, first, spaces));
    return false;
  });
}

// BTRFS_IOC_INO_LOOKUP: tree 0 is the one that the descriptor is in, which the answer names.
constexpr Member lookup_members[] = {u64("treeid").shown_by(show_object),
                                     u64("objectid").shown_by(show_object), text("name", 4080)};
constexpr Structure lookup{lookup_members};

bool asks_for_tree(const Decoded& asked) {
  const auto* const record = std::get_if<Record>(&asked.what);
  const auto* const tree = record ? std::get_if<Unsigned>(&record->fields.front().value->what) : nullptr;
  return tree != nullptr && tree->value == 0;
}
Decoded show_lookup(Context& context, const IoctlRequest& request, std::uint64_t address) {
  IoctlRequest own = request;
  if (context.result() != nullptr && asks_for_tree(*context.before())) own.answered = "treeid name";
  return show_exchanged(context, own, address);
}

// BTRFS_IOC_INO_PATHS, BTRFS_IOC_LOGICAL_INO: a buffer that begins with how full it is.
constexpr Member container_members[] = {u32("bytes_left"), u32("bytes_missing"), u32("elem_cnt"),
                                        u32("elem_missed")};
constexpr Structure container{container_members};
constexpr std::uint64_t container_size = 16;

template <class List>
Decoded container_of(Context& context, std::uint64_t address, List list) {
  const auto now = read_structure(context, container, address);
  if (!now) return make_unread(address);
  RecordBuilder record(context.arena(), std::size(container_members) + 1);
  add_members(record, context, *now, "bytes_left bytes_missing elem_cnt elem_missed");
  if (!context.options().verbose) return record.done(true);
  return record.add("val", list(address + container_size, now->value("elem_cnt"))).done();
}

Decoded show_paths(Context& context, const Member&, std::uint64_t address, const Instance&) {
  if (context.result() == nullptr) return make_address(address);
  constexpr std::uint64_t most_paths = (4096 - container_size) / 8;  // the kernel takes a page at most
  return container_of(context, address, [&](std::uint64_t values, std::uint64_t count) {
    return list_of_numbers(context, values, std::min(count, most_paths), [&](std::uint64_t offset) {
      return decode_path(context, Argument{}, values + offset);
    });
  });
}
constexpr Member paths_members[] = {u64("inum"), u64("size"), pad(32), u64("fspath").shown_by(show_paths)};
constexpr Structure paths{paths_members};

constexpr Member inode_members[] = {u64("inum"), u64("offset"), u64("root")};
constexpr Structure inode_of_extent{inode_members};
Decoded show_inodes(Context& context, const Member&, std::uint64_t address, const Instance&) {
  if (context.result() == nullptr) return make_address(address);
  return container_of(context, address, [&](std::uint64_t values, std::uint64_t count) {
    return make_structures(context, inode_of_extent, values, count / std::size(inode_members));
  });
}
constexpr Member logical_members[] = {
    u64("logical"), u64("size"), u64("reserved").hex().times(3).unless_zero(),
    u64("flags").flags(btrfs_logical_flags), u64("inodes").shown_by(show_inodes)};
constexpr Structure logical{logical_members};

// BTRFS_IOC_GET_DEV_STATS
constexpr std::uint16_t statistics = 5, room_for_statistics = 126;  // BTRFS_DEV_STAT_VALUES_MAX, u64 in all
constexpr Member statistics_members[] = {u64("devid").shown_by(show_device), u64("nr_items"),
                                         u64("flags").flags(btrfs_statistics_flags),
                                         u64("values").times(room_for_statistics)};
constexpr Structure device_statistics{statistics_members};

Decoded named_statistic(Context& context, std::uint64_t address, std::uint64_t index) {
  constexpr std::uint64_t head = 24;
  const auto value = context.object<std::uint64_t>(address + head + index * 8).value_or(0);
  return make_word(context.arena(), value, "[{}]={}", btrfs_statistics.rows[index].name, value);
}
Decoded show_statistics(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() == nullptr) return show_exchanged(context, request, address);
  return answered_with(context, request, address, [&](RecordBuilder& record, const Instance& now) {
    const std::uint64_t told = now.value("nr_items");
    const auto items = context.arena().array<Decoded>(std::min<std::uint64_t>(told, statistics));
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = named_statistic(context, address, i);
    record.add("values", {List{items, told > statistics}}, Naming::never);
    return false;
  });
}

// BTRFS_IOC_TREE_SEARCH and its second version: items are headers with as many bytes behind each as it says.
Decoded show_type(Context& context, const Member&, std::uint64_t value, const Instance&) {
  if (value == UINT32_MAX) return make_word(context.arena(), value, "UINT32_MAX");
  const Decoded named = make_symbol(value, btrfs_item_types);
  return std::get<Symbol>(named.what).name.empty() ? make_unsigned(value) : named;
}
constexpr Member key_members[] = {u64("tree_id").shown_by(show_object),
                                  u64("min_objectid").shown_by(show_object),
                                  u64("max_objectid").shown_by(show_object),
                                  u64("min_offset").shown_by(show_limit),
                                  u64("max_offset").shown_by(show_limit),
                                  u64("min_transid").shown_by(show_limit),
                                  u64("max_transid").shown_by(show_limit),
                                  u32("min_type").shown_by(show_type),
                                  u32("max_type").shown_by(show_type),
                                  u32("nr_items"),
                                  pad(36)};
constexpr Structure key_layout{key_members};

/// Without -v the whole range of objects is no news.
Decoded show_key(Context& context, const Member&, std::uint64_t address, const Instance&) {
  constexpr std::uint64_t first_free = 256, last_free = ~std::uint64_t{0} - 255;
  const auto now = read_structure(context, key_layout, address);
  if (!now) return make_unread(address);
  RecordBuilder record(context.arena(), std::size(key_members));
  if (context.result() == nullptr) {
    const bool all = context.options().verbose;
    add_members(record, context, *now, "tree_id");
    if (all || now->value("min_objectid") != first_free) add_members(record, context, *now, "min_objectid");
    if (all || now->value("max_objectid") != last_free) add_members(record, context, *now, "max_objectid");
    add_members(record, context, *now, "min_offset max_offset min_transid max_transid min_type max_type");
  }
  add_members(record, context, *now, "nr_items");
  return record.done();
}

constexpr Member header_members[] = {u64("transid"), u64("objectid").shown_by(show_object), u64("offset"),
                                     u32("type").shown_by(show_type), u32("len")};
constexpr Structure item_header{header_members};

Decoded found_items(Context& context, std::uint64_t address, std::uint64_t size, std::uint64_t count) {
  const std::uint64_t header_size = size_of(item_header, context.abi());
  const auto shown =
      context.grant_items(std::min<std::uint64_t>(count, context.options().string_limit + std::size_t{1}));
  const auto items = context.arena().array<Decoded>(shown);
  std::uint64_t offset = 0;
  for (std::size_t i = 0; i < shown; ++i) {
    if (address + offset < address || offset + header_size > size) return {List{items.first(i), true}};
    const auto header = read_structure(context, item_header, address + offset);
    if (!header) return {List{items.first(i), false, address + offset}};
    items[i] = make_record(context, *header);
    offset += header_size + header->value("len");
  }
  return {List{items, count > shown}};
}

constexpr std::uint16_t key_size = 104, search_buffer = 3992;
// Its buffer need not be there to show what is asked.
constexpr Member search_members[] = {nested("key", key_layout).shown_by(show_key)};
constexpr Structure search{search_members};
constexpr Member search_2_members[] = {nested("key", key_layout).shown_by(show_key), u64("buf_size")};
constexpr Structure search_2{search_2_members};

Decoded show_found(Context& context, const IoctlRequest& request, std::uint64_t address, std::uint64_t size) {
  return answered_with(context, request, address, [&](RecordBuilder& record, const Instance&) {
    if (!context.options().verbose) return true;
    const std::uint64_t items = address + (request.layout == &search ? key_size : key_size + 8);
    const auto key = read_structure(context, key_layout, address);
    const std::uint64_t count = key ? key->value("nr_items") : 0;
    record.add("buf", found_items(context, items, size, count));
    return false;
  });
}
Decoded show_search(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() == nullptr) return show_exchanged(context, request, address);
  return show_found(context, request, address, search_buffer);
}
// Where the room is too little for one item, the kernel says how much it needs.
Decoded show_search_2(Context& context, const IoctlRequest& request, std::uint64_t address) {
  if (context.result() == nullptr) return show_exchanged(context, request, address);
  IoctlRequest own = request;
  if (context.failed()) {
    if (context.result()->value != -EOVERFLOW) return *context.before();
    own.answered = "buf_size";
    return show_exchanged(context, own, address);
  }
  const auto now = read_structure(context, search_2, address);
  return now ? show_found(context, request, address, now->value("buf_size")) : *context.before();
}

constexpr IoctlRequest requests[] = {
    asks(0xd0009411, search, "key", "key", show_search),  // BTRFS_IOC_TREE_SEARCH
    asks(0xc0709411, search_2, "key buf_size", "key buf_size",
         show_search_2)
        .though_it_failed(),                                             // BTRFS_IOC_TREE_SEARCH_V2
    asks(0xd0009412, lookup, "treeid objectid", "name", show_lookup),    // BTRFS_IOC_INO_LOOKUP
    asks(0xc0109414, space, "space_slots", "total_spaces", show_space),  // BTRFS_IOC_SPACE_INFO
    exchanges(0xc0389423, paths, "inum size fspath", "fspath"),          // BTRFS_IOC_INO_PATHS
    exchanges(0xc0389424, logical, "logical size reserved flags inodes", "inodes"),  // BTRFS_IOC_LOGICAL_INO
    gives(0x40489426, send),                                                         // BTRFS_IOC_SEND
    asks(0xc4089434, device_statistics, "devid nr_items flags", "nr_items flags",
         show_statistics),  // BTRFS_IOC_GET_DEV_STATS
};

}  // namespace

Decoded make_numbers64(Context& context, std::uint64_t address, std::uint64_t count) {
  return list_of_numbers(context, address, count, [](std::uint64_t value) { return make_unsigned(value); });
}

std::span<const IoctlRequest> btrfs_list_requests() { return requests; }

}  // namespace ptop::decode
