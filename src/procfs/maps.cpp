// The lines of /proc/<pid>/maps.
#include "ptop/procfs/maps.hpp"

#include "words.hpp"

namespace ptop::procfs {
namespace {

constexpr std::string_view deleted_mark = " (deleted)";
constexpr std::string_view name_prefixes[] = {"[anon:", "[anon_shmem:"};

bool parse_hex(TraceeAddr& out, std::string_view text) {
  std::uint64_t raw = 0;
  if (!parse_into(raw, text, 16)) return false;
  out = TraceeAddr(raw);
  return true;
}

bool parse_range(Mapping& m, std::string_view word) {
  return parse_hex(m.start, take_until(word, '-')) && parse_hex(m.end, word) && m.start <= m.end;
}

/// "r-xp"
bool parse_permissions(Mapping& m, std::string_view word) {
  if (word.size() != 4) return false;
  m.readable = word[0] == 'r';
  m.writable = word[1] == 'w';
  m.executable = word[2] == 'x';
  m.shared = word[3] == 's' || word[3] == 'S';
  return true;
}

/// "[heap]", "[anon:name]", "[vdso]". A name given by prctl(2) has no ']', but the kernel puts one after it.
void set_bracketed(Mapping& m, std::string_view path) {
  for (const std::string_view prefix : name_prefixes) {
    if (!path.starts_with(prefix)) continue;
    m.kind = MappingKind::named;
    m.path = path.substr(prefix.size(), path.size() - prefix.size() - 1);
    return;
  }
  const bool is_stack = path == "[stack]" || path.starts_with("[stack:");
  m.kind = path == "[heap]" ? MappingKind::heap : is_stack ? MappingKind::stack : MappingKind::special;
  m.path = path;
}

void set_path(Mapping& m, std::string_view path) {
  if (path.empty()) return;
  if (path.starts_with('[') && path.ends_with(']')) return set_bracketed(m, path);
  m.kind = path.starts_with('/') ? MappingKind::file : MappingKind::other;
  m.deleted = m.kind == MappingKind::file && path.ends_with(deleted_mark);
  if (m.deleted) path.remove_suffix(deleted_mark.size());
  m.path = unescape_newlines(path);
}

bool parse_mapping(Mapping& m, std::string_view line) {
  const bool fits = parse_range(m, take_word(line)) && parse_permissions(m, take_word(line)) &&
                    parse_into(m.offset, take_word(line), 16) &&
                    parse_device(m.device, take_word(line), 16) && parse_into(m.inode, take_word(line));
  if (!fits) return false;
  const auto path = line.find_first_not_of(' ');  // padded to a column; the path may end in blanks of its own
  set_path(m, path == line.npos ? std::string_view() : line.substr(path));
  return true;
}

}  // namespace

Result<std::vector<Mapping>> parse_maps(std::string_view text) {
  std::vector<Mapping> mappings;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    Mapping mapping;
    if (!parse_mapping(mapping, line)) return malformed("maps", line);
    mappings.push_back(std::move(mapping));
  }
  return mappings;
}

std::string_view mapping_kind_name(MappingKind kind) {
  switch (kind) {
    case MappingKind::anonymous:
      return "anonymous";
    case MappingKind::file:
      return "file";
    case MappingKind::heap:
      return "heap";
    case MappingKind::stack:
      return "stack";
    case MappingKind::named:
      return "named";
    case MappingKind::special:
      return "special";
    case MappingKind::other:
      return "other";
  }
  return "other";
}

}  // namespace ptop::procfs
