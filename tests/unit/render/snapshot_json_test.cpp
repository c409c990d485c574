// The snapshot document, read back by RapidJSON's parser.
#include "ptop/render/snapshot_json.hpp"

#include <rapidjson/document.h>

#include "golden.hpp"
#include "scenes.hpp"
#include "support/catch.hpp"

using namespace ptop;

namespace {

// Not value == "text": in C++20 RapidJSON's comparison templates call each other for ever.
std::string text(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

std::vector<model::ColumnId> all_columns() {
  std::vector<model::ColumnId> ids;
  for (const model::Column& column : model::columns()) {
    if (column.in_json) ids.push_back(column.id);
  }
  return ids;
}

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::string document_of(const model::Scene& scene, std::span<const model::TaskIndex> rows) {
  const Fd file = test::memory_file();
  const auto columns = all_columns();
  render::LineOutput out(file.get(), true);
  render::write_snapshot_json(out, scene, rows, {.columns = columns});
  out.flush();
  return test::contents(file);
}

rapidjson::Document process(int pid) {
  const test::Machine machine;
  return parsed(render::process_json(machine.row(test::index_of(machine, pid)), {.columns = all_columns()}));
}

}  // namespace

TEST_CASE("write_snapshot_json: host, time, processes, errors", "[render]") {
  const test::Machine machine;
  const auto document = parsed(document_of(machine.scene(), machine.rows()));
  CHECK(text(document["schema"]) == "ptop.snapshot/1");
  CHECK(document["host"]["cpus"].GetInt64() == 2);
  CHECK(text(document["taken_at"]) == "2023-11-14T22:15:00.000000042Z");
  CHECK(document["processes"].Size() == machine.rows().size());
  CHECK(text(document["errors"][0]["code"]) == "malformed");
  CHECK(text(document["errors"][0]["what_base64"]) == "c3RhdDogMSD/");
}

TEST_CASE("write_snapshot_json: no process is an empty array", "[render]") {
  const test::Machine machine;
  CHECK(parsed(document_of(machine.scene(), {}))["processes"].Empty());
}

TEST_CASE("process_json: null, and why", "[render]") {
  const auto secret = process(40);
  CHECK(secret["exe"].IsNull());
  CHECK(text(secret["unavailable"]["exe"]) == "denied");
  CHECK(text(secret["unavailable"]["cgroup"]) == "timeout");
  CHECK(secret["nice"].GetInt64() == 0);
  CHECK_FALSE(process(1).HasMember("unavailable"));
}

TEST_CASE("process_json: the exact bytes stand beside what is no text", "[render]") {
  const auto odd = process(31);
  CHECK(text(odd["comm"]) == "od)d\n\x1b[2J\xef\xbf\xbd");
  CHECK(text(odd["comm_base64"]) == "b2QpZAobWzJK/w==");
  CHECK(text(odd["argv"][1]) == "a b");
  CHECK(odd["argv_base64"][1].IsNull());
  CHECK(text(odd["argv_base64"][2]) == "/w==");
}

TEST_CASE("process_json: a zombie comes with its facts", "[render]") {
  const auto zombie = process(32);
  CHECK(zombie["zombie"]["exit_code"].GetInt64() == 3);
  CHECK(zombie["zombie"]["signal"].IsNull());
  CHECK(zombie["zombie"]["parent"].GetInt64() == 30);
  CHECK_FALSE(process(1).HasMember("zombie"));
}

TEST_CASE("process_json: narrowed to the columns asked for", "[render]") {
  const test::Machine machine;
  const std::vector ids{model::ColumnId::pid, model::ColumnId::comm};
  CHECK(render::process_json(machine.row(test::index_of(machine, 32)), {.columns = ids}) ==
        R"({"pid":32,"comm":"gone"})");
}

TEST_CASE("write_snapshot_json: the whole document, unchanged since the last release", "[render]") {
  const test::Machine machine;
  test::check_golden("snapshot.json", document_of(machine.scene(), machine.rows()));
}

TEST_CASE("process_json: with full the limits by name, null is unlimited, namespaces and maps", "[render]") {
  const test::Machine machine;
  const model::Row process = machine.row(test::index_of(machine, 30));
  model::Sample sample = process.sample;
  model::Extras extras;
  extras.limits = {{procfs::LimitResource::nofile, 1024, std::nullopt, procfs::LimitUnit::files}};
  extras.namespaces = {{"pid_for_children", "pid", 4026531836}};
  extras.maps = {procfs::parse_maps("1000-3000 rw-s 00000000 00:01 7 /SYSV0000002a (deleted)\n").value()};
  sample.extras = extras;
  const model::Row row{machine.scene(), sample, process.index};
  const auto set = [&](model::Source source, model::Availability availability) {
    sample.availability.set(source, availability);
  };
  set(model::Source::limits, model::Availability::present);
  set(model::Source::namespaces, model::Availability::present);
  set(model::Source::maps, model::Availability::present);
  CHECK(render::process_json(row, {.columns = {}, .full = true}) ==
        R"({"limits":{"nofile":{"soft":1024,"hard":null}},)"
        R"("namespaces":[{"name":"pid_for_children","type":"pid","inode":4026531836,)"
        R"("owner":null,"owner_uid":null,"parent":null,)"
        R"("unavailable":{"owner":"timeout","owner_uid":"timeout","parent":"timeout"}}],)"
        R"("maps":[{"start":"0x1000","size":8192,"permissions":"rw-s","role":"sysv_shm","kind":"file",)"
        R"("offset":0,"device":"0:1","inode":7,"path":"/SYSV0000002a","deleted":true}]})");
  set(model::Source::limits, model::Availability::denied);
  set(model::Source::namespaces, model::Availability::gone);
  set(model::Source::maps, model::Availability::timeout);
  CHECK(render::process_json(row, {.columns = {}, .full = true}) ==
        R"({"limits":null,"namespaces":null,"maps":null,)"
        R"("unavailable":{"limits":"denied","namespaces":"gone","maps":"timeout"}})");
}

TEST_CASE("process_json: open files of the process, denied or gone when they are not known", "[render]") {
  const test::Machine machine;
  const model::Row row = machine.row(test::index_of(machine, 30));
  model::DescriptorSnapshot files;
  CHECK(render::process_json(row, {.columns = {}, .ends = nullptr}) == "{}");
  const auto json = [&] {
    const model::DescriptorEnds ends(files);
    return render::process_json(row, {.columns = {}, .ends = &ends});
  };
  CHECK(json() == R"({"fds":null,"unavailable":{"fds":"gone"}})");
  auto& owner = files.processes.emplace_back();
  owner.key = row.sample.process_key();
  owner.availability = model::Availability::denied;
  CHECK(json() == R"({"fds":null,"unavailable":{"fds":"denied"}})");
  owner.availability = model::Availability::present;
  CHECK(json() == R"({"fds":[]})");
  owner.descriptors.emplace_back().fd = 7;
  CHECK(json().find(R"("as":"fd","fd":7,)") != std::string::npos);
  owner.key.start = Ticks(1);
  CHECK(json() == R"({"fds":null,"unavailable":{"fds":"gone"}})");
}
