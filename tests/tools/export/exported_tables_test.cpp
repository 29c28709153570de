#include "tools/export/exported_tables.hpp"

#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "chokepoint/trace/extension.pb.h"
#include "perfetto/trace.pb.h"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tests/tools/export/exported.hpp"

namespace chokepoint {
namespace {

std::size_t table_named(const std::string& name) {
  const auto found = std::ranges::find(exported_tables(), name, &ExportTable::name);
  REQUIRE(found != exported_tables().end());
  return static_cast<std::size_t>(found - exported_tables().begin());
}

TEST_CASE("exported tables: every fact is a row, in the order of the trace", "[trace][export]") {
  const ScratchFolder folder;
  const auto events = one_of_every_kind();
  write_trace(folder / "t", events);
  TraceReader reader(folder / "t");
  KeptRows kept;
  const Exported exported = export_tables(reader, "t", kept);
  CHECK(exported.facts == events.size());
  CHECK(exported.of_later_versions == 0);
  CHECK_FALSE(exported.is_truncated);
  std::set<std::string> facts;
  for (const auto& [table, row] : kept.rows) {
    if (table < exported_tables().size() - 5) facts.insert(row.substr(0, row.find('|')));
  }
  CHECK(facts.size() == events.size());
  CHECK(kept.of(table_named("refused")).size() == 1);
  CHECK(kept.of(table_named("jobs")).size() == 1);
  CHECK(kept.of(table_named("indicators")).empty());  // Its scenario is no world.
  const auto manifest = kept.of(table_named("trace"));
  CHECK(std::ranges::count(manifest, "scenario|small") == 1);
  CHECK(std::ranges::count(manifest, "truncated|false") == 1);
}

TEST_CASE("exported tables: tracks come before the facts on them, numbered from 1",
          "[trace][export]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  TraceReader reader(folder / "t");
  KeptRows kept;
  export_tables(reader, "t", kept);
  const auto tracks = kept.of(table_named("tracks"));
  REQUIRE(!tracks.empty());
  CHECK(tracks[0] == "1|run|0|-");
  CHECK(kept.rows.front().first == table_named("tracks"));
}

TEST_CASE("exported tables: a cut trace is exported to its last whole packet", "[trace][export]") {
  const ScratchFolder folder;
  const auto events = one_of_every_kind();
  write_trace(folder / "t", events);
  const std::string bytes = read_bytes(folder / "t");
  write_bytes(folder / "t", bytes.substr(0, bytes.size() - 1));
  TraceReader reader(folder / "t");
  KeptRows kept;
  const Exported exported = export_tables(reader, "t", kept);
  CHECK(exported.is_truncated);
  CHECK(exported.facts == events.size() - 1);
  CHECK(std::ranges::count(kept.of(table_named("trace")), "truncated|true") == 1);
}

TEST_CASE("exported tables: facts of a later version are passed over and counted",
          "[trace][export]") {
  const ScratchFolder folder;
  write_trace(folder / "t", {JobQueued{0_s, JobId{0}}});
  perfetto::protos::Trace later;
  auto& event = *later.add_packet()->mutable_track_event();
  auto& fact = *event.MutableExtension(trace::fact);
  // A message in field 1000: of none of the kinds that are known.
  fact.GetReflection()->MutableUnknownFields(&fact)->AddLengthDelimited(1000, "");
  write_bytes(folder / "u", read_bytes(folder / "t") + later.SerializeAsString());
  TraceReader reader(folder / "u");
  KeptRows kept;
  const Exported exported = export_tables(reader, "u", kept);
  CHECK(exported.facts == 2);
  CHECK(exported.of_later_versions == 1);
  CHECK(kept.of(table_named("job")).size() == 1);
}

}  // namespace
}  // namespace chokepoint
