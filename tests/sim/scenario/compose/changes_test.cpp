#include "sim/scenario/compose/edits.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

// The changes between two texts, each as "kind path: before -> after".
std::vector<std::string> changes(const std::string& before, const std::string& after) {
  Composed composed = composed_from(read_scenario_text(after).scenario, "x");
  std::vector<std::string> all;
  for (const auto& change : changes_since(read_scenario_text(before).scenario, composed, {})) {
    const char kind = "ACR"[static_cast<int>(change.kind)];
    all.push_back(kind + (" " + change.path) + ": " + change.before + " -> " + change.after);
  }
  return all;
}

using Lines = std::vector<std::string>;

TEST_CASE("changes: none between a scenario and itself", "[scenario][changes]") {
  const std::string text =
      "seed: 3 orders { name: \"o\" price_usd { value: 1 } } rules { name: \"r\" item { } }";
  CHECK(changes(text, text).empty());
}

TEST_CASE("changes: every file has a name and question of its own", "[scenario][changes]") {
  CHECK(changes("name: \"a\" question: \"p\"", "name: \"b\" question: \"q\"").empty());
}

TEST_CASE("changes: plain fields, zero told from unset", "[scenario][changes]") {
  CHECK(changes("seed: 3", "seed: 4") == Lines{"C seed: 3 -> 4"});
  CHECK(changes("", "seed: 0") == Lines{"A seed:  -> 0"});
  CHECK(changes("seed: 0", "") == Lines{"R seed: 0 -> "});
}

TEST_CASE("changes: a whole element is one change", "[scenario][changes]") {
  CHECK(changes("orgs { name: \"a\" note: \"n\" } orgs { name: \"b\" }",
                "orgs { name: \"b\" } orgs { name: \"c\" }") ==
        Lines{"R orgs[a]: name: \"a\" note: \"n\" -> ", "A orgs[c]:  -> name: \"c\""});
}

TEST_CASE("changes: an order of elements is none", "[scenario][changes]") {
  CHECK(changes("orgs { name: \"a\" } orgs { name: \"b\" }",
                "orgs { name: \"b\" } orgs { name: \"a\" }")
            .empty());
}

TEST_CASE("changes: a figure whose value alone differs is a change of that",
          "[scenario][changes]") {
  CHECK(changes("orders { name: \"o\" price_usd { value: 1 source: \"s\" } }",
                "orders { name: \"o\" price_usd { value: 2 source: \"s\" } }") ==
        Lines{"C orders[o].price_usd.value: 1 -> 2"});
  CHECK(changes("orders { name: \"o\" price_usd { value: 1 source: \"s\" } }",
                "orders { name: \"o\" price_usd { value: 2 source: \"t\" } }") ==
        Lines{"C orders[o].price_usd: { value: 1 source: \"s\" } -> { value: 2 source: \"t\" }"});
}

TEST_CASE("changes: lists without names and tests are one value", "[scenario][changes]") {
  CHECK(changes("rules { name: \"r\" destinations: \"CN\" item { tpp_at_least: 1 } }",
                "rules { name: \"r\" destinations: [\"CN\", \"RU\"] item { tpp_at_least: 2 } }") ==
        Lines{"C rules[r].item: { tpp_at_least: 1 } -> { tpp_at_least: 2 }",
              "C rules[r].destinations: [\"CN\"] -> [\"CN\", \"RU\"]"});
}

TEST_CASE("changes: each stands where it was written", "[scenario][changes]") {
  Composed composed = composed_from(read_scenario_text("seed: 2").scenario, "x");
  composed.origins = Origins::ByPath{{"", {"x", 0, 0}}, {"seed", {"patch", 3, 1}}};
  const pb::Scenario base = read_scenario_text("seed: 1 orgs { name: \"a\" }").scenario;
  const auto all = changes_since(base, composed, {{"orgs[a]", {"patch", 5, 1}}});
  REQUIRE(all.size() == 2);
  CHECK(shown(all[0].where) == "patch:3:1");
  CHECK(shown(all[1].where) == "patch:5:1");
}

}  // namespace
}  // namespace chokepoint
