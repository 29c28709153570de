#include "tools/export/fact_tables.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "sim/trace/describe.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tools/console/fact_line.hpp"

namespace chokepoint {
namespace {

TEST_CASE("fact tables: one for each kind, with a column for each field of the schema",
          "[trace][export]") {
  const auto kinds = fact_kinds();
  REQUIRE(fact_tables().size() == kinds.size());
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const ExportTable& table = fact_tables()[i];
    CHECK(table.name == kinds[i]);
    const auto& message = *pb::Fact::descriptor()->FindFieldByName(kinds[i])->message_type();
    CHECK(table.columns.size() == 4 + static_cast<std::size_t>(message.field_count()));
    std::set<std::string> names;
    for (const ExportColumn& column : table.columns) names.insert(column.name);
    CHECK(names.size() == table.columns.size());
  }
}

// What a schema may leave to its comments: counts, numbers and shares.
TEST_CASE("fact tables: real numbers name their units", "[trace][export]") {
  const std::set<std::string> plain = {"value",      "admitted_share", "refusal_probability",
                                       "packages",   "preference",     "devices_per_unit",
                                       "rate_share", "bytes",          "tokens"};
  for (const ExportTable& table : fact_tables()) {
    for (const ExportColumn& column : table.columns) {
      if (column.type != ExportType::Real || plain.count(column.name) > 0) continue;
      const std::size_t at = column.name.rfind('_');
      INFO(table.name << "." << column.name);
      const std::set<std::string> units = {"packages", "usd",  "h100e", "s",   "days",
                                           "tokens",   "flop", "share", "cost"};
      CHECK(units.count(column.name.substr(at + 1)) == 1);
    }
  }
}

TEST_CASE("fact tables: a row has the number, the moment and the fields of its fact",
          "[trace][export]") {
  const World world = small_world();
  FactRows rows(*parse_moment("2025-01-01"));
  for (const TraceEvent& event : one_of_every_kind()) {
    TimedFact timed;
    timed.time_ns = 86'400'000'000'000ULL + 1'500'000'000ULL;
    describe(event, world, timed.fact);
    const auto row = rows.row(timed, 7, 3);
    REQUIRE(row);
    const ExportTable& table = fact_tables()[row->table];
    CHECK(table.name == kind_of(timed.fact));
    REQUIRE(row->values.size() == table.columns.size());
    CHECK(std::get<std::int64_t>(row->values[0]) == 7);
    CHECK(std::get<std::string_view>(row->values[1]) == "2025-01-02 00:00:01");
    CHECK(std::get<std::int64_t>(row->values[3]) == 3);
  }
}

TEST_CASE("fact tables: of a later version's fact there is no row", "[trace][export]") {
  FactRows rows(*parse_moment("2025-01-01"));
  CHECK_FALSE(rows.row(TimedFact{}, 1, 1));
}

}  // namespace
}  // namespace chokepoint
