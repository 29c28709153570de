#include <catch2/catch.hpp>

#include "sim/scenario/chapters/chapters.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string with_change(const std::string& fields) {
  return small_but("pue { value: 1.2",
                   "changes { name: \"a\" because: \"a rule\" " + fields + " } pue { value: 1.2");
}

const std::string kTwoNodes = "nodes { value: 2 source: \"guess\" confidence: MEMORY } ";

TEST_CASE("read_pool_changes: a change has a pool, a kind, a time and nodes", "[scenario][read]") {
  const World world = world_of(
      with_change("pool: \"npus\" kind: DRAIN on: \"2026-03-01\" until: \"2026-03-02T06:00:00Z\" "
                  "first_node: 3 " +
                  kTwoNodes));
  REQUIRE(world.sites[0].changes.size() == 1);
  const SiteChange& change = world.sites[0].changes[0];
  CHECK(world.pools[change.pool.value].name == "north/npus");
  CHECK(change.kind == PoolChangeKind::Drain);
  CHECK(format_moment(*change.on.moment) == "2026-03-01");
  CHECK(format_moment(*change.until.moment) == "2026-03-02T06:00:00Z");
  CHECK_FALSE(change.known.is_said());
  CHECK(change.nodes.value == 2);
  CHECK(change.first_node == 3);
  CHECK_FALSE(change.is_refused);
  const World hours =
      world_of(with_change("pool: \"npus\" kind: SUPPORT_ENDS on_hours: 12 known_hours: 12"));
  CHECK(hours.sites[0].changes[0].on.after == 12_hours);
  CHECK(world_of(small_text()).sites[0].changes.empty());
}

TEST_CASE("read_pool_changes: what makes no sense is told", "[scenario][read]") {
  CHECK(only_error(with_change("pool: \"npu\" kind: CLOSE on_hours: 1 " + kTwoNodes)) ==
        "site 'north' has no pool 'npu' | name one of its pools");
  CHECK(only_error(with_change("pool: \"npus\" kind: CLOSE " + kTwoNodes)) ==
        "nobody says when 'a' happens | write on: \"2026-03-01\", or on_hours: hours after the log "
        "begins");
  CHECK(only_error(with_change("pool: \"npus\" kind: ARRIVE on_hours: 1 until_hours: 2 " +
                               kTwoNodes)) == "until_hours is for DRAIN and CLOSE | leave it out");
  CHECK(only_error(with_change("pool: \"npus\" kind: CLOSE on_hours: 1 refused: true " +
                               kTwoNodes)) == "refused is for ARRIVE | leave it out");
  CHECK(only_error(with_change("pool: \"npus\" kind: SUPPORT_ENDS on_hours: 1 " + kTwoNodes)) ==
        "nodes is for nodes that come or go | leave it out");
  CHECK(only_error(with_change("pool: \"npus\" kind: DRAIN on_hours: 2 until_hours: 2 " +
                               kTwoNodes)) == "until is the same as on | ");
  CHECK(only_error(with_change("pool: \"npus\" kind: DRAIN on_hours: 2 known_hours: 3 " +
                               kTwoNodes)) == "on is earlier than known | ");
  CHECK(only_error(with_change("pool: \"npus\" kind: DRAIN on_hours: 2 until: \"2026-01-01\" " +
                               kTwoNodes)) ==
        "on and until are of two kinds | write both as days, or both as hours");
  CHECK(only_error(with_change("pool: \"npus\" kind: DRAIN on_hours: 2 on: \"2026-01-01\" " +
                               kTwoNodes)) == "on_hours beside on | leave one of the two out");
  CHECK(only_error(with_change("pool: \"npus\" kind: DRAIN on_hours: 2")).find("nodes") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
