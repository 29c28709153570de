#include "tools/export/chrome_export.hpp"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tests/tools/export/hostile_trace.hpp"

namespace chokepoint {
namespace {

google::protobuf::Struct chrome_json(const std::filesystem::path& trace,
                                     const std::filesystem::path& out) {
  TraceReader reader(trace);
  ChromeExport(out).write_all(reader, "t");
  google::protobuf::Struct json;
  const auto status = google::protobuf::util::JsonStringToMessage(read_bytes(out), &json);
  INFO(status.ToString());
  REQUIRE(status.ok());
  return json;
}

const auto& events_of(const google::protobuf::Struct& json) {
  return json.fields().at("traceEvents").list_value().values();
}

TEST_CASE("chrome export: events begin and end on threads that have names, in order of time",
          "[trace][export]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const auto json = chrome_json(folder / "t", folder / "c");
  std::map<std::string, int> phases;
  std::set<std::pair<double, double>> named, used;
  double before = 0;
  for (const auto& event : events_of(json)) {
    const auto& fields = event.struct_value().fields();
    const std::string phase = fields.at("ph").string_value();
    ++phases[phase];
    const std::pair thread(fields.at("pid").number_value(), fields.at("tid").number_value());
    if (phase == "M") {
      named.insert(thread);
      continue;
    }
    if (phase != "C") used.insert(thread);
    CHECK(fields.at("ts").number_value() >= before);
    before = fields.at("ts").number_value();
    if (phase == "C") {
      REQUIRE(fields.at("args").struct_value().fields().size() == 1);
      CHECK(fields.at("args").struct_value().fields().begin()->second.has_number_value());
    }
  }
  CHECK(phases["B"] == phases["E"]);
  CHECK(phases["C"] == 2);
  CHECK(phases["i"] + phases["B"] + phases["E"] + phases["C"] ==
        static_cast<int>(one_of_every_kind().size()));
  for (const auto& thread : used) CHECK(named.count(thread) == 1);
}

TEST_CASE("chrome export: hostile names stay text", "[trace][export]") {
  const ScratchFolder folder;
  write_hostile_trace(folder / "t");
  const auto json = chrome_json(folder / "t", folder / "c");
  std::set<std::string> orders;
  for (const auto& event : events_of(json)) {
    const auto& fields = event.struct_value().fields();
    if (fields.at("ph").string_value() != "i") continue;
    const auto& args = fields.at("args").struct_value().fields();
    if (args.count("order") > 0) orders.insert(args.at("order").string_value());
  }
  CHECK(orders == std::set<std::string>(hostile_names().begin(), hostile_names().end()));
  const std::string bytes = read_bytes(folder / "c");
  CHECK(bytes.find('\x1B') == std::string::npos);  // Escaped.
}

}  // namespace
}  // namespace chokepoint
