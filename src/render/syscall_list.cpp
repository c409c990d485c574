// Rows of the decoder's table in words.
#include "ptop/render/syscall_list.hpp"

#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "json_writer.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/nearest.hpp"
#include "ptop/decode/call_shape.hpp"
#include "ptop/decode/explanations.hpp"
#include "ptop/decode/syscall_table.hpp"

namespace ptop::render {
namespace {

using namespace decode;

constexpr std::size_t group_count = static_cast<std::size_t>(Group::pure) + 1;

std::vector<std::string_view> classes_of(const SyscallRow& row) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < group_count; ++i) {
    const auto group = static_cast<Group>(i);
    if (row.groups.has(group)) names.push_back(group_name(group));
  }
  return names;
}

/// "flags: flags O_*"
std::string words_of(const ArgumentShape& argument) {
  std::string words = fmt::format("{}: {}", argument.name, argument.kind);
  if (const auto unknown = argument.family.find("???"); unknown != argument.family.npos && unknown > 0)
    words += fmt::format(" {}*", argument.family.substr(0, unknown));
  return words;
}

std::string arguments_of(const SyscallRow& row) {
  std::string words;
  for (const ArgumentShape& argument : shape_of(row)) {
    if (!words.empty()) words += ", ";
    words += words_of(argument);
  }
  return words;
}

void write_call(JsonWriter& json, const SyscallRow& row) {
  json.begin_object();
  json.member("number", row.nr.raw());
  json.member("name", row.name);
  json.key("classes");
  json.begin_array();
  for (const auto name : classes_of(row)) json.value(name);
  json.end_array();
  json.key("arguments");
  json.begin_array();
  for (const ArgumentShape& argument : shape_of(row)) {
    json.begin_object();
    json.member("name", argument.name);
    json.member("kind", argument.kind);
    if (!argument.family.empty()) json.member("family", argument.family);
    json.end_object();
  }
  json.end_array();
  json.member("result", return_kind_name(row));
  json.member("depth", depth_name(depth_of(row)));
  json.member("does", explanation_of(row.name));
  json.end_object();
}

template <class Wanted>
void write_document(LineOutput& out, decode::Arch arch, const Wanted& wanted) {
  JsonWriter json;
  json.begin_object();
  json.member("schema", "ptop.syscalls/1");
  json.member("arch", decode::arch_name(arch));
  json.key("syscalls");
  json.begin_array();
  for (const SyscallRow& row : syscalls(arch)) {
    if (wanted(row)) write_call(json, row);
  }
  json.end_array();
  json.end_object();
  out.write(json.text());
  out.flush();
}

tl::unexpected<Error> unknown_call(decode::Arch arch, std::string_view name) {
  std::vector<std::string_view> names;
  for (const SyscallRow& row : syscalls(arch)) names.push_back(row.name);
  std::string what = fmt::format("there is no system call '{}'", escaped(name));
  const std::string_view near = nearest(name.substr(0, 64), names);
  what += near.empty() ? "; --list-syscalls has all" : fmt::format(", did you mean '{}'?", near);
  return fail({Errc::malformed, 0, std::move(what)});
}

}  // namespace

void write_syscalls(LineOutput& out, decode::Arch arch, const decode::SyscallSet& wanted) {
  std::array<std::size_t, 3> counts{};
  for (const SyscallRow& row : syscalls(arch)) {
    if (!wanted.contains(arch, row.nr)) continue;
    const Depth depth = depth_of(row);
    ++counts[static_cast<std::size_t>(depth)];
    out.write(fmt::format("{:3} {}({}) = {}  [{}{}{}]", row.nr.raw(), row.name, arguments_of(row),
                          return_kind_name(row), fmt::join(classes_of(row), ","),
                          row.groups.empty() ? "" : "; ", depth_name(depth)));
  }
  out.write(fmt::format("{} calls: {} full, {} by type, {} hex only", counts[0] + counts[1] + counts[2],
                        counts[0], counts[1], counts[2]));
  out.flush();
}

void write_syscalls_json(LineOutput& out, decode::Arch arch, const decode::SyscallSet& wanted) {
  write_document(out, arch, [&](const SyscallRow& row) { return wanted.contains(arch, row.nr); });
}

Result<void> explain_syscall_json(LineOutput& out, decode::Arch arch, std::string_view name) {
  const SyscallRow* const asked = find_syscall(arch, name);
  if (asked == nullptr) return unknown_call(arch, name);
  write_document(out, arch, [&](const SyscallRow& row) { return row.name == asked->name; });
  return {};
}

Result<void> explain_syscall(LineOutput& out, decode::Arch arch, std::string_view name) {
  const SyscallRow* const row = find_syscall(arch, name);
  if (row == nullptr) return unknown_call(arch, name);
  out.write(fmt::format("{} (number {}) {}.", row->name, row->nr.raw(), explanation_of(row->name)));
  const std::string arguments = arguments_of(*row);
  out.write(arguments.empty() ? "It has no arguments." : "Arguments: " + arguments + ".");
  const auto classes = classes_of(*row);
  out.write(fmt::format("Result: {}; -1 and errno on failure. {}man 2 {}", return_kind_name(*row),
                        classes.empty() ? "" : fmt::format("Classes: %{}. ", fmt::join(classes, ", %")),
                        row->name));
  out.flush();
  return {};
}

}  // namespace ptop::render
