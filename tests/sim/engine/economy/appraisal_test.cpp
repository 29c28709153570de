#include "sim/engine/economy/appraisal.hpp"

#include <catch2/catch.hpp>

#include "sim/engine/datacenter/sites.hpp"
#include "sim/engine/kernel/agenda.hpp"
#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

Appraised appraised(const World& world, std::size_t blanket, WorkKind kind = WorkKind::Training,
                    const GreyRoute* grey = nullptr) {
  Agenda agenda(world.horizon());
  const Sites sites(world);
  const Stacks stacks(world, agenda, sites);
  const Trust trust(world);
  return Appraisal(world, stacks, trust)
      .of(world.blanket_orders[blanket], Usd{10'000.0}, grey,
          world.first_day())[static_cast<std::size_t>(kind)];
}

TEST_CASE("appraisal: without a history a stack attains what the catalogue says",
          "[engine][buyers]") {
  World world = small_economy();
  world.worth[0].h100e_training_nominal = 0.8;
  world.worth[0].h100e_training = 0.6;
  CHECK(appraised(world, 0).roof == 0.8);
  CHECK(appraised(world, 0).useful_rate == 0.6);
}

TEST_CASE("appraisal: utility is work for its cost, and preference", "[engine][buyers]") {
  const World world = small_economy();
  const Appraised of = appraised(world, 1);
  CHECK(of.utility ==
        Approx(world.choice.sensitivity.value * std::log(of.useful_rate / of.monthly_cost.value) +
               of.preference));
}

TEST_CASE("appraisal: one's own design is preferred, the grey market is not", "[engine][buyers]") {
  World world = small_economy();
  world.choice.captive_preference.value = 0.7;
  world.choice.policy_risk.value = 0.4;
  CHECK(appraised(world, 0).preference == 0.0);
  CHECK(appraised(world, 1).preference == Approx(0.7));
  world.choice.delay_aversion.value = 0.2;
  GreyRoute late;
  late.delay.value = 365.25 / 12.0 * 3.0 * 1_days;
  CHECK(appraised(world, 0, WorkKind::Training, &late).preference == Approx(-0.4 - 0.2 * 3.0));
}

TEST_CASE("appraisal: every kind of work has its own roof", "[engine][buyers]") {
  World world = small_economy();
  world.worth[0].h100e_training_nominal = 0.5;
  world.worth[0].h100e_decode_nominal = 2.0;
  CHECK(appraised(world, 0, WorkKind::Training).roof == 0.5);
  CHECK(appraised(world, 0, WorkKind::Decode).roof == 2.0);
}

// A model of which the first device does a tenth, over several servers.
World with_large_model(double share) {
  World world = small_economy();
  ServedModel large;
  large.share.points = {{world.first_day(), {share, {}}}};
  large.worth.assign(world.devices.size(), {1.0, 1.0, 1.0, 1.0, false});
  large.worth[0] = {0.1, 0.1, 0.2, 0.2, true};
  for (DeviceWorth& worth : world.worth) worth.h100e_decode_nominal = 1.0;
  world.choice.served_models = {large};
  return world;
}

TEST_CASE("appraisal: what serves is judged by all models that are served", "[engine][buyers]") {
  const World world = with_large_model(0.5);
  const Appraised decode = appraised(world, 0, WorkKind::Decode);
  CHECK(decode.useful_rate == Approx(1.0 / (0.5 + 0.5 / 0.1)));
  CHECK(decode.roof == Approx(1.0 / (0.5 + 0.5 / 0.2)));
  CHECK(appraised(world, 1, WorkKind::Decode).useful_rate == Approx(1.0));
  CHECK(appraised(world, 0, WorkKind::Training).useful_rate == 1.0);
}

TEST_CASE("appraisal: a network is paid for by what trains and what spans servers",
          "[engine][buyers]") {
  World world = with_large_model(0.25);
  const auto cost = [&](std::size_t blanket, WorkKind kind) {
    return appraised(world, blanket, kind).monthly_cost.value;
  };
  const double none = cost(0, WorkKind::Training);
  CHECK(cost(0, WorkKind::Decode) == none);
  world.choice.network_usd_per_gbit_s.value = 9.6;  // 100 Gbit/s where nothing says otherwise.
  const double month = 960.0 / world.choice.life_months.value;
  CHECK(cost(0, WorkKind::Training) == Approx(none + month));
  CHECK(cost(0, WorkKind::Prefill) == Approx(none + month / 4.0));
  CHECK(cost(1, WorkKind::Decode) == Approx(none));
}

}  // namespace
}  // namespace chokepoint
