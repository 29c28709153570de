#include "sim/engine/datacenter/stacks.hpp"

#include <catch2/catch.hpp>
#include <simgrid/s4u/Engine.hpp>

#include "models/world.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/engine/kernel/platform.hpp"
#include "sim/engine/trade/supply.hpp"
#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

StackHistory history(StackId stack, std::string_view since, std::string_view measured_on) {
  StackHistory result;
  result.stack = stack;
  result.since = day(since);
  result.measured_on = day(measured_on);
  result.effort = flat(1.0);
  MaturityLaw& law = result.law;
  law.breadth_start.value = 0.2;
  law.speed_start.value = 0.3;
  law.breadth_written.value = 0.02;
  law.breadth_doubling_months.value = 24.0;
  law.speed_half_months.value = 24.0;
  law.reference_engineers.value = 0.9;
  law.engineer_elasticity.value = 0.5;
  law.base_learning.value = 0.1;
  law.base_units.value = 1'000.0;
  law.upkeep_engineers.value = 0.1;
  law.decay_per_month.value = 0.02;
  law.reset_share_breadth.value = 0.3;
  law.reset_share_speed.value = 0.4;
  result.porting_engineer_months.value = 100.0;
  return result;
}

Maturation maturation() {
  Maturation result;
  for (auto& slowdown : result.fallback.slowdown) slowdown.value = 5.0;
  result.fallback.exponent = {{{0.8, {}}, {0.4, {}}, {0.4, {}}}};
  result.fallback.newness.value = 1.0;
  PortingLaw& law = result.porting;
  law.generic_share.value = 0.3;
  law.base_learning.value = 0.2;
  law.base_units.value = 1'000.0;
  law.crowd.value = 20.0;
  law.least_months.value = 0.5;
  result.team_engineers.value = 5.0;
  result.kept_per_generation.value = 0.8;
  result.family_life_months.value = 24.0;
  result.port_teams.value = 1e6;
  return result;
}

/// The foreign stack and the domestic one mature from the same start; the captive one has no
/// history.
World maturing_world() {
  World world = small_economy();
  world.maturation = maturation();
  world.choice.families.value = 6.0;
  world.stack_histories = {history(kForeignStack, "2022-01-01", "2025-07-01"),
                           history(kDomesticStack, "2022-01-01", "2025-07-01")};
  return world;
}

/// What is read of the stacks in every month of a run in which packages stand from the start on.
struct Reading {
  double foreign_factor, domestic_factor, new_model_factor, captive_factor;
  double breadth, speed, months_to_move, shared, porting_months, portability;
};

std::vector<Reading> readings(const World& world, const std::vector<double>& packages) {
  return in_child<Reading>([&] {
    const auto engine = configure_simgrid();
    const Platform platform(world);
    Agenda agenda(world.horizon());
    Sites sites(world);
    for (std::uint32_t i = 0; i < packages.size(); ++i) {
      sites.install(PoolId{i}, packages[i], Seconds{});
    }
    Stacks stacks(world, agenda, sites);
    stacks.start();
    std::vector<Reading> seen;
    for (const Seconds date : month_starts(world)) {
      agenda.at(date, Phase::Sample, [&] {
        const Maturity maturity = stacks.maturity(kDomesticStack);
        seen.push_back({stacks.factor(kForeign, WorkKind::Training, 0.0),
                        stacks.factor(kDomestic, WorkKind::Training, 0.0),
                        stacks.factor(kDomestic, WorkKind::Training, 1.0),
                        stacks.factor(kCaptive, WorkKind::Training, 0.0), maturity.breadth,
                        maturity.speed, stacks.months_to_move(), stacks.shared_artefacts(),
                        stacks.porting_months(kDomestic, 1.0), stacks.portability()});
      });
    }
    agenda.run(*engine);
    return seen;
  });
}

TEST_CASE("stacks: what the catalogue says holds on the day of measurement", "[engine][stacks]") {
  World world = maturing_world();
  // All models are ported within the month in which they come.
  for (StackHistory& one : world.stack_histories) one.porting_engineer_months.value = 1e-6;
  // The datasheet promises twice of what stacks reach on the day: there is room to mature.
  for (DeviceWorth& worth : world.worth) worth.h100e_training_nominal = 2.0 * worth.h100e_training;
  const auto seen = readings(world, {});
  REQUIRE(seen.size() == 11);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (i < 5) CHECK(seen[i].domestic_factor < 1.0);
    if (i == 5) CHECK(seen[i].domestic_factor == Approx(1.0));  // The first of July.
    if (i > 5) CHECK(seen[i].domestic_factor > 1.0);
    CHECK(seen[i].foreign_factor == seen[i].domestic_factor);
    CHECK(seen[i].captive_factor == 1.0);                        // Always as the catalogue says.
    CHECK(seen[i].new_model_factor == seen[i].domestic_factor);  // Nor does research wait.
  }
}

// Nominal and usable are alike in the small economy: nothing is left to gain on the first of July.
TEST_CASE("stacks: no stack gets more out of its chip than the datasheet says",
          "[engine][stacks]") {
  World world = maturing_world();
  for (StackHistory& one : world.stack_histories) one.porting_engineer_months.value = 1e-6;
  const auto seen = readings(world, {});
  for (std::size_t i = 0; i < seen.size(); ++i) {
    CHECK(seen[i].domestic_factor <= 1.0);
    if (i >= 5) CHECK(seen[i].domestic_factor == 1.0);
  }
}

// What runs on fallbacks is slower the worse they are, and nothing is measured against them.
TEST_CASE("law: a worse fallback never helps its own vendor", "[engine][stacks][law]") {
  World world = maturing_world();
  world.maturation.port_teams.value = 0.2;
  world.maturation.research_families.value = 4.0;
  for (DeviceWorth& worth : world.worth) worth.h100e_training_nominal = 2.0 * worth.h100e_training;
  std::vector<Reading> before;
  for (const double slowdown : {1.5, 4.0, 12.0, 35.0}) {
    for (auto& one : world.maturation.fallback.slowdown) one.value = slowdown;
    const auto now = readings(world, {});
    for (std::size_t i = 0; i < before.size(); ++i) {
      CHECK(now[i].domestic_factor <= before[i].domestic_factor + 1e-12);
      CHECK(now[i].new_model_factor <= before[i].new_model_factor + 1e-12);
    }
    before = now;
  }
}

TEST_CASE("law: more people on ports never lower what a stack is worth", "[engine][stacks][law]") {
  World world = maturing_world();
  double before = 0.0;
  for (const double teams : {0.0, 0.2, 1.0, 5.0}) {
    world.maturation.port_teams.value = teams;
    const double now = readings(world, {}).back().domestic_factor;
    CHECK(now >= before);
    before = now;
  }
  CHECK(before > 0.0);
}

TEST_CASE("stacks: effort and use mature, neglect decays", "[engine][stacks]") {
  World world = maturing_world();
  const auto usual = readings(world, {});
  const auto used = readings(world, {0.0, 0.0, 0.0, 50'000.0});
  CHECK(used.back().breadth > usual.back().breadth);
  CHECK(used.back().speed > usual.back().speed);
  world.stack_histories[1].effort = flat(3.0);
  CHECK(readings(world, {}).back().breadth > usual.back().breadth);
  world.stack_histories[1].effort.points.push_back({day("2025-01-01"), {0.0, {}}});
  const auto left_alone = readings(world, {});
  for (std::size_t i = 1; i < left_alone.size(); ++i) {
    CHECK(left_alone[i].breadth < left_alone[i - 1].breadth);
    CHECK(left_alone[i].speed < left_alone[i - 1].speed);
  }
}

// The domestic device was on sale before the generation came and keeps the stack of its own.
TEST_CASE("stacks: a new generation takes a part and leaves older chips alone",
          "[engine][stacks]") {
  World world = maturing_world();
  const auto without = readings(world, {});
  world.stack_histories[1].generations = {day("2025-06-15")};
  const auto with = readings(world, {});
  CHECK(with[4].breadth == without[4].breadth);
  CHECK(with[5].breadth < 0.8 * without[5].breadth);
  CHECK(with[10].domestic_factor >
        0.9 * without[10].domestic_factor);  // Ports are set back for all.
  world.offers[1].price = from_day("2025-06-15", 10'000.0);
  CHECK(readings(world, {})[10].domestic_factor < 0.9 * without[10].domestic_factor);
}

TEST_CASE("stacks: with one stack everywhere nothing can be moved", "[engine][stacks]") {
  World world = maturing_world();
  for (const auto& seen : readings(world, {500.0, 0.0, 500.0})) {
    CHECK(seen.months_to_move == 0.0);
    CHECK(seen.shared == 1.0);
  }
  for (const auto& seen : readings(world, {})) CHECK(seen.months_to_move == 0.0);
  for (const auto& seen : readings(world, {500.0, 0.0, 0.0, 500.0})) {
    CHECK(seen.months_to_move > 0.0);
  }
}

TEST_CASE("stacks: what a model takes to move falls as stacks mature", "[engine][stacks]") {
  World world = maturing_world();
  world.maturation.port_teams.value = 0.0;
  const auto seen = readings(world, {500.0, 0.0, 0.0, 500.0});
  for (std::size_t i = 1; i < seen.size(); ++i) {
    CHECK(seen[i].months_to_move < seen[i - 1].months_to_move);
    CHECK(seen[i].porting_months < seen[i - 1].porting_months);
  }
}

TEST_CASE("stacks: what both sides share falls as they diverge", "[engine][stacks]") {
  World world = maturing_world();
  const std::vector<double> packages = {500.0, 0.0, 0.0, 500.0};
  double before = readings(world, packages).back().shared;
  CHECK(before > 0.0);
  CHECK(before < 1.0);
  for (const std::string_view generation : {"2025-03-15", "2025-06-15", "2025-09-15"}) {
    world.stack_histories[1].generations.push_back(day(generation));
    const double shared = readings(world, packages).back().shared;
    CHECK(shared < before);
    before = shared;
  }
  world.stack_histories[1].generations.clear();
  world.stack_histories[1].law.breadth_start.value = 0.05;
  CHECK(readings(world, packages).back().shared <
        readings(maturing_world(), packages).back().shared);
}

TEST_CASE("stacks: those that compile another's sources stand beside it", "[engine][stacks]") {
  World world = maturing_world();
  world.maturation.port_teams.value = 0.0;
  world.stack_histories[1].compiles = kForeignStack;
  Agenda agenda(world.horizon());
  const Sites sites(world);
  const Stacks stacks(world, agenda, sites);
  const std::uint32_t source = stacks.nest(kForeign), compiler = stacks.nest(kDomestic),
                      other = stacks.nest(kCaptive);
  CHECK(source != compiler);
  CHECK(source != other);
  CHECK(compiler != other);
  CHECK(stacks.porting_months(kForeign, 10.0) == 0.0);
  CHECK(stacks.porting_months(kDomestic, 10.0) > stacks.porting_months(kDomestic, 1.0));
  CHECK(stacks.porting_months(kCaptive, 10.0) == 0.0);
}

TEST_CASE("stacks: without histories nobody ports", "[engine][stacks]") {
  const World world = small_economy();
  Agenda agenda(world.horizon());
  const Sites sites(world);
  const Stacks stacks(world, agenda, sites);
  for (const DeviceId device : {kForeign, kDomestic, kCaptive}) {
    CHECK(stacks.porting_months(device, 5.0) == 0.0);
    CHECK(stacks.factor(device, WorkKind::Decode, 0.7) == 1.0);
  }
}

TEST_CASE("stacks: without a history a device is as fast as the world says", "[engine][stacks]") {
  World world = small_world();
  world.device_speeds = {{0.5, 2.0, 3.0}, {1.0, 1.0, 1.0}};
  Agenda agenda(world.horizon());
  const Sites sites(world);
  const Stacks stacks(world, agenda, sites);
  CHECK(stacks.factor_of_tuned(kForeign, WorkKind::Training) == 0.5);
  CHECK(stacks.factor(kForeign, WorkKind::Prefill, 0.0) == 2.0);
  CHECK(stacks.factor(kForeign, WorkKind::Decode, 1.0) == 3.0);
  CHECK(stacks.factor(kDomestic, WorkKind::Decode, 0.0) == 1.0);
}

// Half of sixteen nodes serve; two jobs of a day, in January and in December.
World cluster_on_a_stack(Curve effort) {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(128.0)};
  world.maturation = maturation();
  world.choice.families.value = 6.0;
  world.stack_histories = {history(StackId{0}, "2022-01-01", "2025-01-01")};
  world.stack_histories[0].effort = std::move(effort);
  InferenceService service;
  service.name = "service";
  service.transformer = TransformerId{0};
  service.request = {Tokens{1'000.0}, Tokens{500.0}, {Seconds{0.05}, {}}};
  service.demand.value = TokensPerSecond{1e12};
  service.growth_per_year.value = 1.0;
  service.shares = {{kForeignPool, 0.5}};
  world.services = {service};
  world.pools[0].serving_share = 0.5;
  world.training_jobs = {small_job(8'000.0 * 86'400, 8), small_job(8'000.0 * 86'400, 8)};
  world.training_jobs[1].submitted = day("2025-12-01");
  return world;
}

TEST_CASE("policy in a cluster study: a stack that loses support serves less, and jobs run slower",
          "[engine][policy]") {
  Curve until_march = flat(1.0);
  until_march.points.push_back({day("2025-03-01"), {0.0, {}}});
  const auto kept = facts_of(cluster_on_a_stack(flat(1.0)));
  const auto lost = facts_of(cluster_on_a_stack(until_march));
  const auto before = only<JobPlaced>(kept), after = only<JobPlaced>(lost);
  REQUIRE(before.size() == 2);
  REQUIRE(after.size() == 2);
  CHECK(after[0].throughput == before[0].throughput);
  CHECK(after[1].throughput < 0.95 * before[1].throughput);
  const auto all = only<WindowServed>(kept), less = only<WindowServed>(lost);
  CHECK(less[30].served == all[30].served);
  CHECK(less[330].served < 0.95 * all[330].served);
}

}  // namespace
}  // namespace chokepoint
