#include "sim/engine/engine.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <set>
#include <simgrid/s4u/Engine.hpp>
#include <stdexcept>

#include "sim/engine/economy/economy.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/engine/sampler.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_economy.hpp"

namespace chokepoint {
namespace {

Seconds time_of_fact(const TraceEvent& event) {
  return std::visit([](const auto& fact) { return fact.time; }, event);
}

/// Everything at once: rules on both sides that come in the course of the year, a review that may
/// refuse, a quota, a duty, every adaptation, short supply, substitutes, jobs with checkpoints, a
/// service.
World busy_world() {
  World world = small_world();
  Rule notify = rule_on_foreign(kUs, "2025-02-01", 1.0);
  notify.verdict = Verdict::Notified;
  notify.review.time.value = 10_days;
  notify.review.refusal_probability.value = 0.2;
  notify.tariff_share.value = 0.1;
  world.regime.rules = {
      notify, rule_on_foreign(kUs, "2025-05-01", 0.7), rule_on_foreign(kCn, "2025-08-20", 0.3),
      rule_on_foreign(kUs, "2025-11-20", 0.0), rule_on_foreign(kCn, "2025-09-01", 0.5)};
  world.regime.rules[3].validity.ended = day("2025-12-10");
  world.regime.rules[4].announced = day("2025-07-01");
  world.regime.rules[4].item.devices = {kDomestic};
  Quota quota;
  quota.name = "quota";
  quota.rule = RuleId{1};
  quota.amount.value = 25.0;
  quota.share_of_home_sales.value = 0.5;
  world.regime.quotas = {quota};
  world.home_sales = {{"home", kForeign, kUs, {{day("2025-01-01"), {60.0, {}}}}}};
  world.market.refused_budget = RefusedBudget::SpentOnDomestic;
  world.market.domestic_pools = {kDomesticPool};
  world.market.pull_forward_share.value = 0.3;
  world.market.pull_forward_horizon_days = 90;
  world.market.write_off = true;
  world.market.diversion.enabled = true;
  world.market.diversion.hazard.value = 0.3;
  world.market.diversion.premium.value = 0.2;
  world.market.diversion.reference_premium.value = 0.2;
  world.market.diversion.seizure_probability.value = 0.3;
  world.market.diversion.routes = {{"strait", Country("MY"), {50.0, {}}}};
  world.supplies[0].stock.value = 120.0;
  world.supplies[0].output[0].units_per_month.value = 60.0;
  Order second = world.orders[0];
  second.name = "second";
  second.tranches[0].first = day("2025-01-31");
  second.tranches[0].units_per_month.value = 7.0;
  second.transit = 40_days;
  Order home = world.orders[0];
  home.name = "home";
  home.device = kDomestic;
  home.pool = kDomesticPool;
  home.tranches[0].units_per_month.value = 5.0;
  home.transit = 40_days;
  world.orders.push_back(second);
  world.orders.push_back(home);
  world.stocks = {small_stock(64.0)};
  for (int i = 0; i < 6; ++i) {
    world.training_jobs.push_back(small_job(3e10 + 1e9 * i, 16 + 8 * (i % 3)));
    world.training_jobs.back().checkpoint_copy = kBackup;
  }
  InferenceService service;
  service.name = "service";
  service.request = {Tokens{1'000.0}, Tokens{500.0}, {Seconds{0.05}, {}}};
  service.demand.value = TokensPerSecond{1e4};
  service.growth_per_year.value = 3.0;
  service.demand_variation.value = 0.2;
  service.shares = {{kForeignPool, 0.25}, {kDomesticPool, 0.5}};
  world.services = {service};
  world.pools[0].serving_share = 0.25;
  world.pools[1].serving_share = 0.5;
  return world;
}

TEST_CASE("engine: two runs record the same facts to the last bit", "[engine][determinism]") {
  const World world = busy_world();
  const auto first = facts_of(world), second = facts_of(world);
  REQUIRE(first.size() == second.size());
  std::set<std::size_t> kinds;
  for (std::size_t i = 0; i < first.size(); ++i) {
    REQUIRE(first[i] == second[i]);
    kinds.insert(first[i].index());
  }
  CHECK(kinds.size() >= 28);  // Of 31: the world above is as busy as it says.
}

/// The facts of run() up to its end, where each component starts before those that it follows.
std::vector<TraceEvent> facts_started_backwards(const World& world) {
  return in_child<TraceEvent>([&world] {
    const auto simgrid = configure_simgrid();
    MemorySink sink;
    Agenda agenda(world.horizon());
    Government government(world, agenda, sink);
    Datacenter datacenter(world, agenda, sink);
    Trade trade(world, agenda, sink, government, datacenter.sites);
    Economy economy(world, agenda, sink, government, trade, datacenter);
    Sampler sampler(world, agenda, trade.supply, datacenter, sink);
    sampler.start();
    datacenter.serving.start();
    datacenter.scheduler.start();
    economy.buyers.start();
    trade.substitution.start();
    trade.order_diversion.start();
    trade.write_off.start();
    trade.market.start();
    trade.pull_forward.start();
    datacenter.stacks.start();
    datacenter.sites.start(agenda);
    economy.fabs.start([&economy](SupplyId line) { return economy.buyers.demand(line); });
    government.start([&trade] { trade.reconsider(); });
    agenda.run(*simgrid);
    return sink.events;
  });
}

TEST_CASE("engine: phases order the day, whoever starts first", "[engine][determinism]") {
  World economy = small_economy();
  economy.regime.rules = {rule_on_foreign(kUs, "2025-06-01", 0.0)};
  economy.regime.rules[0].announced = day("2025-05-01");
  for (const World& world : {busy_world(), economy}) {
    const auto forwards = facts_of(world), backwards = facts_started_backwards(world);
    REQUIRE(backwards.size() > 100);
    REQUIRE(backwards.size() < forwards.size());
    for (std::size_t i = 0; i < backwards.size(); ++i) {
      REQUIRE(backwards[i] == forwards[i]);
    }
  }
}

TEST_CASE("engine: facts come in order of time and end with the run", "[engine]") {
  const World world = busy_world();
  const auto facts = facts_of(world);
  Seconds last;
  for (const TraceEvent& event : facts) {
    const Seconds time = time_of_fact(event);
    if (time < last) FAIL_CHECK("a fact at " << time.value << " after " << last.value);
    last = time;
  }
  REQUIRE(std::holds_alternative<RunEnded>(facts.back()));
  CHECK(last == world.horizon());
}

TEST_CASE("engine: a run within two days has all that belongs to them", "[engine]") {
  const World whole = busy_world();
  World part = whole;
  part.orders[0].tranches[0].first = whole.first_day();
  part.start = whole.start + std::chrono::hours(13) + std::chrono::minutes(5);
  part.end = day("2025-12-30") + std::chrono::seconds(1);
  World days = part;
  days.start = whole.start;
  days.end = day("2025-12-31");
  const auto expected = facts_of(days), facts = facts_of(part);
  CHECK(units_of<DeliveryDue>(facts) == units_of<DeliveryDue>(expected));
  CHECK(only<RuleBegan>(facts).size() == only<RuleBegan>(expected).size());
  CHECK(only<DeliveryDue>(facts)[0].time == 0_s);
  CHECK(std::get<RunEnded>(facts.back()).time == part.horizon());
  // The first of February lies 10:55 and 30 days after the start.
  CHECK(month_starts(part)[0] == 30_days + 39'300_s);
}

TEST_CASE("engine: a job joins the queue in its second", "[engine]") {
  World world = busy_world();
  world.training_jobs[0].submitted = day("2025-02-03") + std::chrono::seconds(47'107);
  const auto queued = only<JobQueued>(facts_of(world));
  CHECK(std::count_if(queued.begin(), queued.end(), [](const JobQueued& fact) {
          return fact.job == JobId{0} && fact.time == 33_days + 47'107_s;
        }) == 1);
}

TEST_CASE("engine: ordered is delivered, refused or outstanding", "[engine]") {
  const auto facts = facts_of(busy_world());
  const auto closed = only<OrderClosed>(facts);
  REQUIRE(closed.size() == 3);
  for (const auto& account : closed) {
    double due = 0.0, delivered = 0.0, refused = 0.0;
    for (const auto& fact : only<DeliveryDue>(facts)) {
      if (fact.order == account.order) due += fact.units;
    }
    for (const auto& fact : only<ShipmentDelivered>(facts)) {
      if (fact.order == account.order && !fact.substitute) delivered += fact.units;
    }
    for (const auto& fact : only<ShipmentRefused>(facts)) {
      if (fact.order == account.order) refused += fact.units;
    }
    CHECK(account.ordered == due);
    CHECK(account.delivered == delivered);
    CHECK(account.refused == refused);
    CHECK(account.outstanding > 0.0);
    CHECK(delivered + refused + account.outstanding == due);
  }
}

TEST_CASE("engine: a process holds one run", "[engine]") {
  const auto refused = in_child<int>([] {
    MemorySink sink;
    run(small_world(), sink);
    try {
      run(small_world(), sink);
    } catch (const std::logic_error&) {
      return std::vector<int>{1};
    }
    return std::vector<int>{0};
  });
  CHECK(refused == std::vector<int>{1});
}

TEST_CASE("engine: a sink that fails ends the run with its exception", "[engine]") {
  struct FullDisk : TraceSink {
    void record(const TraceEvent& event) override {
      if (time_of_fact(event) > 100_days) throw std::runtime_error("no space left");
    }
  };
  const auto caught = in_child<int>([] {
    FullDisk sink;
    try {
      run(busy_world(), sink);
    } catch (const std::runtime_error& error) {
      return std::vector<int>{std::string{error.what()} == "no space left"};
    }
    return std::vector<int>{0};
  });
  CHECK(caught == std::vector<int>{1});
}

TEST_CASE("engine: where nobody hears rulings, all else is the same", "[engine]") {
  auto facts = facts_of(busy_world());
  const auto rulings = std::erase_if(
      facts, [](const TraceEvent& event) { return std::holds_alternative<RulingGiven>(event); });
  CHECK(rulings > 0);
  CHECK(facts_without_reasons(busy_world()) == facts);
}

TEST_CASE("engine: progress is told at most once a day", "[engine]") {
  const auto told = in_child<double>([] {
    MemorySink sink;
    std::vector<double> days;
    run(busy_world(), sink, [&](Seconds now, Seconds) { days.push_back(now.value / 86'400.0); });
    return days;
  });
  CHECK(told.size() > 300);
  for (std::size_t i = 1; i < told.size(); ++i) {
    CHECK(std::floor(told[i]) > std::floor(told[i - 1]));
  }
}

TEST_CASE("engine: an empty world runs to its end", "[engine]") {
  World world;
  world.start = day("2025-01-01");
  world.end = day("2025-02-01");
  const auto facts = facts_of(world);
  REQUIRE(facts.size() == 1);
  CHECK(std::get<RunEnded>(facts[0]).time == 31_days);
}

}  // namespace
}  // namespace chokepoint
