// Laws of plan_month() and bottleneck() that hold of every network.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/supply/bottleneck.hpp"
#include "tests/models/supply/random_network.hpp"

namespace chokepoint {
namespace {

constexpr int kMonths = 12;

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-6 * (1.0 + std::abs(a) + std::abs(b));
}

bool at_least(double a, double b) {
  return a >= b || near(a, b);
}

TEST_CASE("law: nothing is lost, and no stock is ever negative", "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyNetwork network = any::network(2, 3);
    const auto plans = plan_months(network, kMonths, any::gates(network));
    for (std::size_t s = 0; s < network.stages.size(); ++s) {
      double started = 0.0, stock = initial_state(network, kStart).stages[s].stock;
      for (const auto& plan : plans) {
        const StageMonth& month = plan.stages[s];
        started += month.started;
        RC_ASSERT(near(month.stock, stock));
        stock += month.arrived + month.finished - month.used;
        RC_ASSERT(near(plan.after.stages[s].stock, stock));
        RC_ASSERT(month.ready() >= -1e-6);
        RC_ASSERT(at_least(month.capacity, month.started));
        double by_device = 0.0;
        for (std::size_t b = 0; b < network.bills.size(); ++b) {
          by_device += plan.used[b * network.stages.size() + s];
        }
        RC_ASSERT(near(by_device, month.used));
      }
      const StageState& last = plans.back().after.stages[s];
      double under_way = 0.0;
      for (const double work : last.work) under_way += work;
      RC_ASSERT(near(started, last.processed + under_way));
    }
  }));
}

TEST_CASE("law: every flow takes of a stage what it brings to the next", "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyNetwork network = any::network(2, 3);
    for (const auto& plan : plan_months(network, kMonths, any::gates(network))) {
      for (std::uint32_t s = 0; s < 2; ++s) {  // Wafers feed nothing but stages, four dies each.
        double fed = 0.0;
        for (const Flow& flow : network.flows) {
          if (flow.from != StageId{s}) continue;
          fed += plan.stages[std::get<StageId>(flow.to).value].started / 4.0;
        }
        RC_ASSERT(near(plan.stages[s].used, fed));
      }
    }
  }));
}

TEST_CASE("law: a device never outruns a component", "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyNetwork network = any::network(1, 1);
    for (const auto& plan : plan_months(network, kMonths, any::gates(network))) {
      for (const Need& need : network.bills[0].needs) {
        double taken = 0.0;
        for (const Flow& flow : network.flows) {
          const auto* to = std::get_if<ComponentId>(&flow.to);
          if (to && *to == need.component) taken += plan.stages[flow.from.value].used;
        }
        const double given = taken * network.bills[0].assembly_yield.value / need.units;
        RC_ASSERT(at_least(given, plan.devices[0].units));
        if (need.known_good) RC_ASSERT(near(given, plan.devices[0].units));
      }
    }
  }));
}

TEST_CASE("law: more capacity or stock anywhere never lowers what a device comes to",
          "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyNetwork network = any::network(1, 1, true);
    const auto gates = any::gates(network);
    const StageId at{*rc::gen::inRange(0U, static_cast<std::uint32_t>(network.stages.size()))};
    const double before = total(plan_months(network, kMonths, gates));
    const double after = total(plan_months(any::with_more(network, at), kMonths, gates));
    RC_ASSERT(at_least(after, before));
    RC_CLASSIFY(after > before + 1.0, "more");
  }));
}

// Of one that only works on demand, vendors whose devices take more of other things may take less.
TEST_CASE("law: more capacity or stock never lowers what a stage that works ahead comes to",
          "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyNetwork network = any::network(2, 3);
    const auto gates = any::gates(network);
    std::vector<StageId> ahead;  // Never empty: some stage makes dies.
    for (std::uint32_t s = 0; s < network.stages.size(); ++s) {
      if (makes_ahead(network.stages[s])) ahead.push_back({s});
    }
    const StageId at = ahead[*rc::gen::inRange<std::size_t>(0, ahead.size())];
    const auto given = [&](const SupplyNetwork& of) {
      const StageMonth month = plan_months(of, 1, gates).front().stages[at.value];
      return month.started + month.used + month.ready();
    };
    RC_ASSERT(at_least(given(any::with_more(network, at)), given(network)));
  }));
}

TEST_CASE("law: gates never raise what a device comes to", "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyNetwork network = any::network(1, 1, true);
    const double free = total(plan_months(network, kMonths));
    RC_ASSERT(at_least(free, total(plan_months(network, kMonths, any::gates(network)))));
  }));
}

TEST_CASE("law: a device is built no further than it is wanted", "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyNetwork network = any::network(2, 3);
    const std::vector<double> wanted = {any::amount(), any::amount(), any::amount()};
    for (const auto& plan : plan_months(network, kMonths, {}, wanted)) {
      for (std::size_t b = 0; b < wanted.size(); ++b) {
        RC_ASSERT(at_least(wanted[b], plan.devices[b].units));
      }
    }
  }));
}

TEST_CASE("law: the cut of every device lets through what the device comes to", "[supply][law]") {
  CHECK(rc::check([] {
    const SupplyNetwork network = any::network(2, 3);
    const StageGraph graph(network);
    for (const auto& plan : plan_months(network, 4, any::gates(network))) {
      for (std::size_t b = 0; b < network.bills.size(); ++b) {
        const Bottleneck found = bottleneck(graph, plan, b);
        RC_ASSERT(near(found.units, found.cut_capacity));
        RC_ASSERT(found.component.has_value());
        RC_ASSERT(std::is_sorted(found.cut.begin(), found.cut.end()));
        for (const ShadowPrice& price : found.prices) RC_ASSERT(price.devices >= 0.0);
      }
    }
  }));
}

TEST_CASE("law: without leads a device alone comes to what its bottleneck says", "[supply][law]") {
  CHECK(rc::check([] {
    SupplyNetwork network = any::network(1, 1);
    for (SupplyStage& stage : network.stages) stage.lead_months = 0;
    const StageGraph graph(network);
    for (const auto& plan : plan_months(network, 4, any::gates(network))) {
      RC_ASSERT(near(bottleneck(graph, plan, 0).units, plan.devices[0].units));
    }
  }));
}

}  // namespace
}  // namespace chokepoint
