#include "models/market/redesign.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "tests/models/market/designs.hpp"

namespace chokepoint {
namespace {

const Date kDesigned = parse_date("2023-11-01").value();

// Compute counts most, then memory, then links.
double worth(const DeviceSpec& device) {
  return std::sqrt(*device.peaks.bf16 / 1_TFLOPS) *
         std::pow(*device.memory_bandwidth / 1_GBps, 0.4) *
         std::pow(*device.io_bandwidth / 1_GBps, 0.1);
}

std::optional<Variant> best(const Regime& regime, const DesignKnobs& knobs = test_knobs(),
                            double margin = 0.0, Date date = kDesigned) {
  return best_variant(knobs, test_chip(), {regime, to_china(), date, margin}, worth);
}

Predicate october_2022() {
  return both(bound(Attribute::Tpp, 4800), bound(Attribute::IoBandwidth, 500e9));
}

TEST_CASE("redesign: what no rule catches stays as it is", "[market][redesign]") {
  const auto variant = best({}).value();
  CHECK(variant.setting.cores == 100);
  CHECK(variant.setting.tensor_rate == 1.0);
  CHECK(variant.setting.links == 10);
  CHECK(variant.setting.stacks == 5);
  CHECK(variant.setting.dropped.empty());
  CHECK(variant.value_retained == Approx(1.0));
  CHECK(variant.margins.empty());
}

TEST_CASE("redesign: new memory is taken once it can be had", "[market][redesign]") {
  const auto variant = best({}, test_knobs(), 0.0, parse_date("2024-01-01").value()).value();
  CHECK(variant.setting.memory == 1);
  CHECK(variant.setting.stacks == 6);
  CHECK(variant.value_retained == Approx(std::pow(1.6, 0.4)));
}

TEST_CASE("redesign: of two conditions that both must hold the cheaper is broken",
          "[market][redesign]") {
  const auto variant = best(regime_of({october_2022()})).value();
  CHECK(variant.setting.links == 8);  // 464; nine would be 514.
  CHECK(variant.setting.cores == 100);
  REQUIRE(variant.margins.size() == 1);
  CHECK(variant.margins[0].attribute == Attribute::IoBandwidth);
  CHECK(variant.margins[0].threshold == 500e9);
  CHECK(variant.margins[0].clearance() == Approx(1.0 - 464.0 / 500.0));
}

TEST_CASE("redesign: cores are kept where a lower tensor rate does as well", "[market][redesign]") {
  const auto variant = best(regime_of({bound(Attribute::Tpp, 2400)})).value();
  CHECK(variant.setting.cores == 59);
  CHECK(variant.setting.tensor_rate == 0.25);
  CHECK(variant.setting.links == 10);
}

TEST_CASE("redesign: a format nobody asks for is dropped where it alone is caught",
          "[market][redesign]") {
  DesignKnobs knobs = test_knobs();
  knobs.throttles_freely = true;
  DeviceSpec chip = test_chip();
  chip.peaks.fp64 = 60_TFLOPS;  // Counts 3,840, FP32 1,920.
  const Regime regime = regime_of({bound(Attribute::Tpp, 2400)});
  const auto variant =
      best_variant(knobs, chip, {regime, to_china(), kDesigned, 0.0}, worth).value();
  CHECK(variant.setting.dropped == std::vector<Format>{Format::Fp64});
  CHECK(variant.setting.cores == 100);
  knobs.droppable.clear();
  CHECK(best_variant(knobs, chip, {regime, to_china(), kDesigned, 0.0}, worth)->setting.cores ==
        62);
}

TEST_CASE("redesign: a free rate ends on the line, and off it by the margin",
          "[market][redesign]") {
  DesignKnobs knobs = test_knobs();
  knobs.throttles_freely = true;
  const Regime regime = regime_of({bound(Attribute::Tpp, 2400)});
  const auto close = best(regime, knobs).value();
  CHECK(*value_of(Attribute::Tpp, close.item) < 2400.0);
  CHECK(*value_of(Attribute::Tpp, close.item) == Approx(2400.0));
  CHECK(close.margins[0].clearance() < 1e-9);
  const auto wary = best(regime, knobs, 0.01).value();
  CHECK(*value_of(Attribute::Tpp, wary.item) == Approx(2400.0 / 1.01));
  CHECK(wary.value < close.value);
}

TEST_CASE("redesign: density is that of the whole die", "[market][redesign]") {
  // 3.0 on 800 mm^2 are 2,400.
  const auto variant = best(regime_of({bound(Attribute::PerformanceDensity, 3.0)})).value();
  CHECK(variant.setting.cores == 59);
  CHECK(value_of(Attribute::PerformanceDensity, variant.item).value() == Approx(2360.0 / 800.0));
}

TEST_CASE("redesign: a variant is a product of its own", "[market][redesign]") {
  Predicate named;
  named.devices = {DeviceId{7}};
  Predicate sold;
  sold.sold_in = {Country("US")};
  const Regime regime = regime_of({named, sold});
  RedesignBrief brief{regime, to_china(), kDesigned, 0.0};
  brief.shipment.item.device = DeviceId{7};
  brief.shipment.item.sold_in = {Country("US")};
  CHECK(best_variant(test_knobs(), test_chip(), brief, worth).value().value_retained ==
        Approx(1.0));
}

TEST_CASE("redesign: nothing where all is caught, notices and advice included",
          "[market][redesign]") {
  CHECK_FALSE(best(regime_of({Predicate{}})));
  Regime regime = regime_of({bound(Attribute::Tpp, 4800)});
  regime.rules[0].verdict = Verdict::Notified;
  regime.rules[0].admitted_share.value = 1.0;
  CHECK(*value_of(Attribute::Tpp, best(regime).value().item) < 4800.0);
  regime.rules[0].verdict = Verdict::Discouraged;
  regime.rules[0].government = Country("CN");
  CHECK(*value_of(Attribute::Tpp, best(regime).value().item) < 4800.0);
}

TEST_CASE("redesign: the sum of bandwidths is a line of its own", "[market][redesign]") {
  const auto variant = best(regime_of({bound(Attribute::MemoryBandwidth, 1400e9),
                                       bound(Attribute::TotalBandwidth, 1700e9)}))
                           .value();
  CHECK(variant.setting.stacks == 2);  // 1,200; three would be 1,800.
  CHECK(variant.setting.links == 8);   // 464; with 514 the sum would be 1,714.
  // More memory meets the line of the sum before its own.
  REQUIRE(variant.margins.size() == 1);
  CHECK(variant.margins[0].attribute == Attribute::TotalBandwidth);
  CHECK(variant.margins[0].threshold == 1700e9);
}

// Every setting of a small design, one by one.
double best_by_trying_all(const DesignKnobs& knobs, const RedesignBrief& brief) {
  double greatest = 0.0;
  DesignSetting setting = all_open(knobs);
  Shipment shipment = brief.shipment;
  for (const auto& dropped : {std::vector<Format>{}, knobs.droppable}) {
    setting.dropped = dropped;
    for (const double rate : {1.0, knobs.tensor_rates[0], knobs.tensor_rates[1]}) {
      setting.tensor_rate = rate;
      for (setting.cores = 1; setting.cores <= knobs.cores; ++setting.cores) {
        for (setting.links = 1; setting.links <= knobs.links; ++setting.links) {
          for (setting.stacks = 1; setting.stacks <= 5; ++setting.stacks) {
            const DeviceSpec device = device_of(knobs, test_chip(), setting);
            shipment.item.attributes = attributes_of(device);
            if (!is_free(brief.regime, shipment, brief.date)) continue;
            greatest = std::max(greatest, worth(device));
          }
        }
      }
    }
  }
  return greatest;
}

Predicate random_bound(std::mt19937_64& draw) {
  const auto among = [&](double least, double most) {
    return least + (most - least) * static_cast<double>(draw() % 1000) / 1000.0;
  };
  const auto comparison = draw() % 4 == 0 ? Comparison::Below : Comparison::AtLeast;
  switch (draw() % 5) {
    case 0:
      return bound(Attribute::Tpp, among(100, 17'000), comparison);
    case 1:
      return bound(Attribute::PerformanceDensity, among(0.1, 21), comparison);
    case 2:
      return bound(Attribute::MemoryBandwidth, among(500e9, 3100e9), comparison);
    case 3:
      return bound(Attribute::IoBandwidth, among(100e9, 600e9), comparison);
    default:
      return bound(Attribute::TotalBandwidth, among(700e9, 3600e9), comparison);
  }
}

TEST_CASE("redesign: the best of all settings is found, whatever the rules", "[market][redesign]") {
  DesignKnobs knobs = test_knobs();
  knobs.cores = 23;
  std::mt19937_64 draw{11};
  int caught = 0;
  for (int i = 0; i < 40; ++i) {
    const Regime regime =
        regime_of({both(random_bound(draw), random_bound(draw)),
                   both(random_bound(draw), either({random_bound(draw), random_bound(draw)}))});
    const RedesignBrief brief{regime, to_china(), kDesigned, 0.0};
    const auto found = best_variant(knobs, test_chip(), brief, worth);
    const double expected = best_by_trying_all(knobs, brief);
    REQUIRE((found ? found->value : 0.0) == Approx(expected).epsilon(1e-9));
    if (expected < worth(test_chip()) * (1.0 - 1e-9)) ++caught;
    if (!found) continue;
    Shipment shipment = to_china();
    shipment.item = found->item;
    REQUIRE(is_free(regime, shipment, kDesigned));
  }
  CHECK(caught > 10);
}

TEST_CASE("redesign: another rule never raises the value", "[market][redesign]") {
  std::mt19937_64 draw{12};
  for (int i = 0; i < 20; ++i) {
    Regime regime;
    double before = best(regime).value().value;
    for (int k = 0; k < 4; ++k) {
      regime.rules.push_back(rule_on(both(random_bound(draw), random_bound(draw)), "2023-01-01"));
      const auto now = best(regime);
      REQUIRE((now ? now->value : 0.0) <= before * (1.0 + 1e-12));
      before = now ? now->value : 0.0;
    }
  }
}

TEST_CASE("redesign: of several dies that of the greatest value is taken", "[market][redesign]") {
  Variant poor, rich;
  poor.value = 1.0;
  rich.value = 2.0;
  CHECK(most_valuable({poor, std::nullopt, rich, rich}) == 2U);
  CHECK_FALSE(most_valuable({std::nullopt}));
}

}  // namespace
}  // namespace chokepoint
