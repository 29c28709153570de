#include "sim/scenario/compose/explain.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

constexpr const char* kBase =
    "name: \"base\"\n"
    "orders {\n"
    "  name: \"o\"\n"
    "  price_usd { value: 5 low: 4 high: 6 source: \"s\" confidence: ESTIMATED }\n"
    "  tranches { name: \"t\" units_per_month { value: 1 source: \"s\" confidence: ESTIMATED } }\n"
    "  transit_days: 7\n"
    "}\n"
    "nodes {\n"
    "  name: \"n\"\n"
    "  nics { text: \"8 NICs\" source: \"s\" confidence: OFFICIAL }\n"
    "  unit_power_kw { value: 2 source: \"m\" confidence: MEMORY }\n"
    "}\n"
    "rules { name: \"r\" item { tpp_at_least: 4800 } destinations: [\"CN\", \"MO\"] }\n"
    "supplies { name: \"l\" output { from: \"2025-01-01\" } }\n";

const ExplainedValue& find(const std::vector<ExplainedValue>& values, const std::string& group,
                           const std::string& field) {
  for (const auto& value : values) {
    if (value.group == group && value.field == field) return value;
  }
  FAIL(group << " has no " << field);
  throw;
}

TEST_CASE("explain: every value once, by element", "[scenario][explain]") {
  const ScenarioFolder folder("base.textproto", kBase);
  std::vector<std::string> all;
  for (const auto& value : explain(composed_file("base.textproto"))) {
    all.push_back(value.group + "|" + value.field + "|" + value.value);
  }
  CHECK(all == std::vector<std::string>{
                   "|name|\"base\"", "nodes[n]|name|\"n\"", "nodes[n]|nics|8 NICs",
                   "nodes[n]|unit_power_kw|2", "rules[r]|name|\"r\"",
                   "rules[r]|item|{ tpp_at_least: 4800 }", "rules[r]|destinations|[\"CN\", \"MO\"]",
                   "supplies[l]|name|\"l\"", "supplies[l]|output[0].from|\"2025-01-01\"",
                   "orders[o]|name|\"o\"", "orders[o]|price_usd|5 (4 .. 6)",
                   "orders[o]|transit_days|7", "orders[o].tranches[t]|name|\"t\"",
                   "orders[o].tranches[t]|units_per_month|1"});
}

TEST_CASE("explain: a value says where it comes from", "[scenario][explain]") {
  const ScenarioFolder folder("base.textproto", kBase);
  const auto values = explain(composed_file("base.textproto"));
  const auto& price = find(values, "orders[o]", "price_usd");
  CHECK(price.source == "s");
  CHECK(price.confidence == "ESTIMATED");
  CHECK(shown(price.where) == "base.textproto:4:15");
  CHECK(find(values, "nodes[n]", "nics").confidence == "OFFICIAL");
  CHECK(shown(find(values, "rules[r]", "destinations").where) == "base.textproto:13:62");
}

TEST_CASE("explain: a value says what it was", "[scenario][explain]") {
  const ScenarioFolder folder(Files{{"base.textproto", kBase},
                                    {"patch.textproto",
                                     "base: \"base.textproto\"\n"
                                     "set { path: \"orders[o].price_usd.value\" value: \"5.5\" }\n"
                                     "orders { name: \"new\" device: \"d\" }\n"}});
  const auto values = explain(composed_file("patch.textproto", {{"orders[o].transit_days", "9"}}));
  CHECK(find(values, "orders[o]", "price_usd").before == "5");
  CHECK(find(values, "orders[o]", "transit_days").before == "7");
  CHECK(find(values, "orders[new]", "device").before == "");
  CHECK_FALSE(find(values, "nodes[n]", "name").before);
}

TEST_CASE("explain: paths are cut at their joints", "[scenario][explain]") {
  CHECK(lies_in("orders[o].price_usd", "orders[o]"));
  CHECK(lies_in("orders[o].price_usd", "orders"));
  CHECK(lies_in("seed", "seed"));
  CHECK_FALSE(lies_in("orders[o2].price_usd", "orders[o"));
  CHECK_FALSE(lies_in("sample_days", "sample"));
  CHECK_FALSE(lies_in("seed", "seeds"));
}

TEST_CASE("explain: uncertain is what was estimated or recalled and has no range",
          "[scenario][explain]") {
  const ScenarioFolder folder("base.textproto", kBase);
  const auto values = uncertain(explain(composed_file("base.textproto")));
  REQUIRE(values.size() == 2);
  CHECK(values[0].field == "unit_power_kw");    // Recalled.
  CHECK(values[1].field == "units_per_month");  // Estimated; price_usd has a range.
}

}  // namespace
}  // namespace chokepoint
