#include "sim/scenario/compose/edits.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/scenario_folder.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

pb::Scenario scenario_of(const std::string& text) {
  return read_scenario_text(text).scenario;
}

// `after` with every change against `before` reverted.
pb::Scenario all_reverted(const pb::Scenario& before, pb::Scenario after) {
  for (const auto& change : changes_since(before, composed_from(after, "x"), {})) {
    revert(after, before, change.path);
  }
  return after;
}

void check_undone(const std::string& before, const std::string& after) {
  const pb::Scenario base = scenario_of(before);
  CHECK(all_reverted(base, scenario_of(after)).SerializeAsString() == base.SerializeAsString());
}

TEST_CASE("revert: what was changed is as it was, whatever the change", "[scenario][revert]") {
  const std::string text =
      "seed: 3 orgs { name: \"a\" note: \"n\" } orgs { name: \"b\" } "
      "orgs { name: \"c\" } rules { name: \"r\" destinations: [\"CN\"] } ";
  check_undone(text, text);
  check_undone(text, "");
  check_undone("", text);
  check_undone(text,
               "seed: 0 orgs { name: \"a\" } orgs { name: \"b\" note: \"m\" } "
               "orgs { name: \"c\" } rules { name: \"r\" enabled: false }");
}

TEST_CASE("revert: an element comes back to its place", "[scenario][revert]") {
  const std::string text = "orgs { name: \"a\" } orgs { name: \"b\" } orgs { name: \"c\" }";
  check_undone(text, "orgs { name: \"b\" } orgs { name: \"c\" }");
  check_undone(text, "orgs { name: \"a\" } orgs { name: \"c\" }");
  check_undone(text, "orgs { name: \"a\" } orgs { name: \"b\" }");
  check_undone(text, "orgs { name: \"c\" }");
}

TEST_CASE("revert: figures in a whole scenario", "[scenario][revert]") {
  const pb::Scenario base = scenario_of(economy_text());
  pb::Scenario other = base;
  other.mutable_buyers(0)->mutable_budget_usd_bn_per_year()->mutable_points(1)->set_on(
      "2025-02-01");
  other.mutable_choice()->mutable_host_usd()->set_value(1.0);
  other.mutable_choice()->clear_families();
  other.mutable_sites(0)->mutable_pools()->DeleteSubrange(0, 1);
  CHECK(all_reverted(base, other).SerializeAsString() == base.SerializeAsString());
}

TEST_CASE("revert: one change leaves the others", "[scenario][revert]") {
  const pb::Scenario base = scenario_of("seed: 3 orgs { name: \"a\" }");
  pb::Scenario other = scenario_of("seed: 4 orgs { name: \"b\" }");
  revert(other, base, "seed");
  CHECK(other.seed() == 3);
  CHECK(other.orgs(0).name() == "b");
  revert(other, base, "orgs[nobody].note");
  CHECK(other.orgs_size() == 1);
}

}  // namespace
}  // namespace chokepoint
