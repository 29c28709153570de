#include "sim/engine/government/refusal.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

HeldBack held(Gate gate) {
  TwoGateRuling ruling;
  ruling.gate = gate;
  ruling.exporter.rule = RuleId{3};
  ruling.exporter.input = InputId{3};
  ruling.importer.rule = RuleId{4};
  return {kOrder, 10.0, Usd{10e3}, InputId{0}, ruling, false};
}

TEST_CASE("refusal: names the rules of the gates that bind, and no others", "[engine][refusal]") {
  const World world = small_world();
  const auto by_exporter = refusal(world, 1_s, held(Gate::Exporter));
  CHECK(by_exporter.exporter_rule == RuleId{3});
  CHECK_FALSE(by_exporter.importer_rule);
  const auto by_importer = refusal(world, 1_s, held(Gate::Importer));
  CHECK_FALSE(by_importer.exporter_rule);
  CHECK(by_importer.importer_rule == RuleId{4});
  const auto by_both = refusal(world, 1_s, held(Gate::Both));
  CHECK(by_both.exporter_rule == RuleId{3});
  CHECK(by_both.importer_rule == RuleId{4});
}

TEST_CASE("refusal: value and lost capability are units times each one's", "[engine][refusal]") {
  const auto fact = refusal(small_world(), 1_s, held(Gate::Exporter));
  CHECK(fact.value == Usd{100e3});
  CHECK(fact.lost.training_h100e == 5.0);
  CHECK(fact.lost.prefill_h100e == 2.5);
  CHECK(fact.lost.decode_h100e == 20.0);
}

// A license must be asked for and all of it would move; the guidance beside it holds all back.
TEST_CASE("refusal: names the rule that admits the least, not the most severe verdict",
          "[engine][refusal]") {
  const World world = small_world();
  Regime regime;
  Rule severe = rule_on_foreign(kUs, "2024-01-01", 1.0);
  severe.verdict = Verdict::CaseByCase;
  Rule strict = rule_on_foreign(kUs, "2024-01-01", 0.0);
  strict.verdict = Verdict::Discouraged;
  regime.rules = {severe, strict};
  Shipment goods;
  goods.item = world.device_items[kForeign.value].item;
  goods.from = goods.exported_from = kUs;
  goods.to = kCn;
  const auto ruling = judge(regime, goods, day("2025-01-15"));
  CHECK(ruling.exporter.verdict == Verdict::CaseByCase);
  const auto fact = refusal(world, 1_s, {kOrder, 10.0, Usd{10e3}, InputId{0}, ruling, false});
  CHECK(fact.exporter_rule == RuleId{1});
}

// Inputs: 0 the order's units, 1 the peak, 2 the bandwidth, 3 the rule's share.
TEST_CASE("refusal: blames the figure that deserves the least trust, phase by phase",
          "[engine][refusal]") {
  World world = small_world();
  world.inputs[1].confidence = Confidence::Memory;
  auto fact = refusal(world, 1_s, held(Gate::Exporter));
  CHECK(fact.least_certain_training == InputId{1});
  CHECK(fact.least_certain_prefill == InputId{1});
  CHECK(fact.least_certain_decode == InputId{1});  // Either roof may bind a phase of serving.

  world = small_world();
  world.inputs[2].confidence = Confidence::Memory;
  fact = refusal(world, 1_s, held(Gate::Exporter));
  CHECK(fact.least_certain_training != InputId{2});
  CHECK(fact.least_certain_prefill == InputId{2});
  CHECK(fact.least_certain_decode == InputId{2});

  world = small_world();
  world.inputs[3].confidence = Confidence::Memory;
  CHECK(refusal(world, 1_s, held(Gate::Exporter)).least_certain_training == InputId{3});
  CHECK(refusal(world, 1_s, held(Gate::Importer)).least_certain_training != InputId{3});
}

TEST_CASE("refusal: units are not held back twice by one share", "[engine][refusal]") {
  CHECK(still_admitted(50.0, 0.5, 0.5) == 50.0);
  CHECK(still_admitted(50.0, 0.5, 1.0) == 50.0);
  CHECK(still_admitted(50.0, 0.5, 0.25) == 25.0);
  CHECK(still_admitted(50.0, 0.5, 0.0) == 0.0);
  CHECK(still_admitted(30.0, 0.3, 0.1) == 10.0);
}

}  // namespace
}  // namespace chokepoint
