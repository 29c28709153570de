#include "sim/engine/government/regulator.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <simgrid/s4u/Engine.hpp>

#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/engine/kernel/platform.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

Rule rule(std::string_view effective, std::optional<std::string_view> ended) {
  Rule result = rule_on_foreign(kUs, effective, 1.0);
  if (ended) result.validity.ended = day(*ended);
  return result;
}

/// What `look` sees whenever the regulator tells of a change, in a run of its own.
template <class Seen, class Look>
std::vector<Seen> on_every_change(const World& world, const Look& look) {
  return in_child<Seen>([&] {
    const auto engine = configure_simgrid();
    const Platform platform(world);
    Agenda agenda(world.horizon());
    MemorySink trace;
    Regulator regulator(world, agenda, trace);
    std::vector<Seen> seen;
    regulator.on_change([&] { seen.push_back(look(regulator, agenda, trace)); });
    regulator.start();
    agenda.run(*engine);
    return seen;
  });
}

TEST_CASE("regulator: rules begin and end on their days, old ones at the start",
          "[engine][regulator]") {
  World world = small_world();
  world.regime.rules = {rule("2020-01-01", std::nullopt), rule("2025-03-01", "2025-04-01"),
                        rule("2020-01-01", "2025-01-01"), rule("2025-05-01", "2026-01-01"),
                        rule("2026-01-01", std::nullopt), rule("2025-01-01", "2025-01-02")};
  const auto facts = facts_of(world);
  std::vector<std::pair<double, std::uint32_t>> began, ended;
  for (const auto& f : only<RuleBegan>(facts))
    began.emplace_back(f.time.value / 86'400, f.rule.value);
  for (const auto& f : only<RuleEnded>(facts))
    ended.emplace_back(f.time.value / 86'400, f.rule.value);
  CHECK(began == decltype(began){{0, 0}, {0, 5}, {59, 1}, {120, 3}});
  CHECK(ended == decltype(ended){{1, 5}, {90, 1}});
}

TEST_CASE("regulator: exceptions begin and end like rules", "[engine][regulator]") {
  World world = small_world();
  world.regime.rules = {rule("2020-01-01", std::nullopt)};
  Exception exception;
  exception.rules = {RuleId{0}};
  exception.validity = {day("2025-01-11"), day("2025-01-21"), {}};
  world.regime.exceptions = {exception};
  const auto facts = facts_of(world);
  CHECK(only<ExceptionBegan>(facts).at(0).time == 10_days);
  CHECK(only<ExceptionEnded>(facts).at(0).time == 20_days);
}

TEST_CASE("regulator: a suspension is an end and a beginning, and what waits is judged again",
          "[engine][regulator]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.supplies[kForeignLine.value].stock.value = 0.0;
  Rule stop = rule("2024-01-01", std::nullopt);
  stop.admitted_share.value = 0.0;
  stop.validity.suspensions = {{day("2025-01-11"), day("2025-01-21")}};
  world.regime.rules = {stop};
  const auto facts = facts_of(world);
  CHECK(only<RuleBegan>(facts).size() == 2);
  CHECK(only<RuleBegan>(facts).at(1).time == 20_days);
  CHECK(only<RuleEnded>(facts).at(0).time == 10_days);
  CHECK(only<ShipmentRefused>(facts).at(0).time == 20_days);
}

TEST_CASE("regulator: what is not enabled neither begins nor holds", "[engine][regulator]") {
  World world = small_world();
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-11", 0.0)};
  world.regime.rules[0].enabled = false;
  const auto facts = facts_of(world);
  CHECK(only<RuleBegan>(facts).empty());
  CHECK(units_of<ShipmentDelivered>(facts) == 1'200.0);
}

TEST_CASE("regulator: a rule that begins on a day holds for that day's deliveries",
          "[engine][regulator]") {
  World world = small_world();
  world.orders[0].tranches[0].months = 1;
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-15", 0.0)};
  CHECK(units_of<ShipmentRefused>(facts_of(world)) == 100.0);
  world.regime.rules = {rule_on_foreign(kUs, "2025-01-16", 0.0)};
  CHECK(units_of<ShipmentRefused>(facts_of(world)) == 0.0);
}

TEST_CASE("regulator: tells once on every date, after all that changes then",
          "[engine][regulator]") {
  World world = small_world();
  world.regime.rules = {rule("2020-01-01", std::nullopt), rule("2025-03-01", "2025-04-01"),
                        rule("2025-03-01", std::nullopt), rule("2025-03-01", "2025-04-01"),
                        rule("2025-05-01", std::nullopt)};
  struct Told {
    double days;
    std::size_t facts;
  };
  const auto told = on_every_change<Told>(
      world, [](const Regulator&, const Agenda& agenda, const MemorySink& trace) {
        return Told{agenda.now().value / 86'400.0, trace.events.size()};
      });
  REQUIRE(told.size() == 4);
  const std::vector<std::pair<double, std::size_t>> expected = {{0, 1}, {59, 4}, {90, 6}, {120, 7}};
  for (std::size_t i = 0; i < told.size(); ++i) {
    CHECK(told[i].days == expected[i].first);
    CHECK(told[i].facts == expected[i].second);
  }
}

// Asks on every day on which something changes, and holds that against the rules themselves.
// Rules 0 and 1 become known together, rule 2 when it takes effect, rule 3 before the run.
TEST_CASE("regulator: rules that will come are announced once a day, with what is known then",
          "[engine][regulator]") {
  World world = small_world();
  const auto announced = [](std::string_view known, std::string_view effective) {
    Rule result = rule(effective, std::nullopt);
    result.announced = day(known);
    return result;
  };
  world.regime.rules = {
      announced("2025-02-01", "2025-03-01"), announced("2025-02-01", "2025-04-01"),
      announced("2025-05-01", "2025-05-01"), announced("2024-12-01", "2025-06-01"),
      announced("2025-06-01", "2025-07-01")};
  struct Told {
    double day;
    std::size_t known, effective;
    bool operator==(const Told&) const = default;
  };
  const auto told = in_child<Told>([&] {
    const auto engine = configure_simgrid();
    const Platform platform(world);
    Agenda agenda(world.horizon());
    MemorySink trace;
    Regulator regulator(world, agenda, trace);
    std::vector<Told> seen;
    regulator.on_announcement([&](const Regime& known, const std::set<Date>& effective) {
      const auto on = std::ranges::count(known.rules, true, &Rule::enabled);
      seen.push_back({agenda.now() / 1_days, static_cast<std::size_t>(on), effective.size()});
    });
    regulator.start();
    agenda.run(*engine);
    return seen;
  });
  CHECK(told == std::vector<Told>{{31, 3, 2}, {151, 5, 1}});
}

TEST_CASE("regulator: what it remembers is what the rules say on the day", "[engine][regulator]") {
  World world = small_world();
  Rule half = rule_on_foreign(kUs, "2025-02-01", 0.5);
  Rule list = rule_on_foreign(kUs, "2025-03-01", 0.0);  // Of parties, about the other device.
  list.lists_parties = true;
  list.item.devices = {kDomestic};
  Rule of_owned = rule_on_foreign(kUs, "2024-01-01", 0.25);
  of_owned.buyer.owned_by_listed_at_least = 0.5;
  of_owned.buyer.owned = {{day("2025-03-01"), {kBuyer}}};
  Rule other = rule_on_foreign(kUs, "2025-04-01", 0.75);
  other.item.devices = {kDomestic};
  world.regime.rules = {half, list, of_owned, other};
  Exception licence;
  licence.rules = {RuleId{0}, RuleId{2}};
  licence.validity.effective = day("2025-05-01");
  world.regime.exceptions = {licence};
  struct Told {
    double days, asked, by_rules;
    bool foreign_changed, domestic_changed;
  };
  const auto told = on_every_change<Told>(
      world, [&](const Regulator& regulator, const Agenda& agenda, const MemorySink&) {
        const Date today = world.calendar().date_at(agenda.now());
        const Goods goods = goods_of(world.orders[0]);
        return Told{agenda.now().value / 86'400.0,
                    regulator.judge(goods, ShipmentState::Offered).admitted_share,
                    judge(world.regime, regulator.shipment(goods, ShipmentState::Offered), today)
                        .admitted_share,
                    regulator.has_news_of(kForeign), regulator.has_news_of(kDomestic)};
      });
  REQUIRE(told.size() == 5);
  const std::vector<double> shares = {1.0, 0.5, 0.25, 0.25, 1.0};
  for (std::size_t i = 0; i < told.size(); ++i) {
    INFO(told[i].days);
    CHECK(told[i].asked == shares[i]);
    CHECK(told[i].asked == told[i].by_rules);
    CHECK(told[i].foreign_changed == (i != 3));
    CHECK(told[i].domestic_changed == (i == 2 || i == 3));
  }
}

TEST_CASE("regulator: access from afar is judged as if it went to the user's seat",
          "[engine][regulator]") {
  World world = small_world();
  Rule access = rule("2020-01-01", std::nullopt);
  access.categories = 1U << static_cast<unsigned>(Category::RemoteAccess);
  access.admitted_share.value = 0.25;
  world.regime.rules = {access};
  Agenda agenda(world.horizon());
  MemorySink trace;
  const Regulator regulator(world, agenda, trace);
  CHECK(regulator.access_share(kBuyer, kForeign, kUs) == 0.25);
  CHECK(regulator.access_share(kForeignVendor, kForeign, kUs) == 1.0);  // Sits in US.
  CHECK(regulator.access_share(kBuyer, kDomestic, kUs) == 1.0);
  // The goods themselves are another matter.
  CHECK(regulator.judge(goods_of(world.orders[0]), ShipmentState::Offered).admitted_share == 1.0);
}

TEST_CASE("regulator: parts are judged by their way, their receiver and the day",
          "[engine][regulator]") {
  World world = small_world();
  NamedItem tools;
  tools.item.id = ItemId{0};
  tools.item.category = Category::Equipment;
  tools.item.vendor_headquarters = Country("NL");
  world.items = {tools};
  Rule hold;
  hold.government = Country("NL");
  hold.validity.effective = day("2025-06-01");
  hold.categories = 1U << static_cast<unsigned>(Category::Equipment);
  hold.destinations = {kCn};
  hold.verdict = Verdict::CaseByCase;
  hold.admitted_share.value = 0.5;
  world.regime.rules = {hold};
  Agenda agenda(world.horizon());
  MemorySink trace;
  const Regulator regulator(world, agenda, trace);
  const auto part = [&](OrgId receiver, std::string_view date) {
    return regulator.admitted_part(ItemId{0}, Country("NL"), receiver, day(date));
  };
  CHECK(part(kDomesticVendor, "2025-05-31") == 1.0);
  CHECK(part(kDomesticVendor, "2025-06-01") == 0.5);
  CHECK(part(kForeignVendor, "2025-06-01") == 1.0);
}

TEST_CASE("regulator: an answer begins on its day, after what it answers", "[engine][regulator]") {
  World world = small_world();
  world.regime.rules = {rule("2025-03-01", std::nullopt), rule("2020-01-01", std::nullopt)};
  world.regime.rules[1].government = Country("CN");
  Reaction reaction;
  reaction.government = Country("CN");
  reaction.to.government = kUs;
  reaction.delay.value = 10_days;
  reaction.begins_rules = {RuleId{1}};
  world.reactions = {reaction};
  world.answers = resolve_reactions(world.regime, world.reactions);
  std::vector<std::pair<double, std::uint32_t>> began;
  for (const auto& f : only<RuleBegan>(facts_of(world)))
    began.emplace_back(f.time.value / 86'400, f.rule.value);
  CHECK(began == decltype(began){{59, 0}, {69, 1}});
}

}  // namespace
}  // namespace chokepoint
