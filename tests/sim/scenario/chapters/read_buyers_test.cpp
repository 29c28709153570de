#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string name_of(const World& world, const BlanketOrder& standing) {
  return world.orders[standing.order.value].name;
}

std::set<std::string> standing_names(const World& world) {
  std::set<std::string> names;
  for (const BlanketOrder& standing : world.blanket_orders) {
    names.insert(name_of(world, standing));
  }
  return names;
}

TEST_CASE("read_buyers: offers and buyers, and what they leave out", "[scenario][read]") {
  const World world = world_of(economy_text());
  REQUIRE(world.offers.size() == 3);
  CHECK(world.offers[1].device == DeviceId{1});
  CHECK(world.offers[1].node == NodeTypeId{1});
  CHECK(world.offers[1].countries == std::vector<Country>{Country("CN")});
  CHECK_FALSE(world.offers[1].captive_only);
  CHECK(world.offers[0].countries.empty());
  CHECK(world.offers[2].captive_only);
  REQUIRE(world.buyers.size() == 2);
  const Buyer &lab = world.buyers[0], &cloud = world.buyers[1];
  CHECK(lab.site == SiteId{0});
  CHECK(lab.user == lab.org);  // Not written: who owns it works on it,
  CHECK(lab.carry_months.value == 6.0);
  CHECK(cloud.user == lab.org);
  CHECK(cloud.carry_months.value == 2.0);
  CHECK(lab.prefill_share.value == 0.3);
  CHECK(lab.research_share.value == 0.2);
}

TEST_CASE("read_buyers: how buyers choose, and the ways around rules", "[scenario][read]") {
  const World world = world_of(economy_text());
  CHECK(world.choice.sensitivity.value == 3.0);
  CHECK(world.choice.nest_scale.value == 0.7);
  CHECK(world.choice.host.value == Usd{15'000.0});
  CHECK(world.choice.electricity_usd_per_kwh.value == 0.07);
  CHECK(world.choice.hoarding_months.value == 3.0);
  CHECK(world.choice.repay_share.value == 0.25);
  CHECK(world.choice.retirement_months.value == 60.0);
  REQUIRE(world.grey_routes.size() == 1);
  const GreyRoute& route = world.grey_routes[0];
  CHECK(route.country == Country("SG"));
  CHECK(route.destination == Country("CN"));
  CHECK(route.delay.value == 45_days);
  CHECK(value_on(route.units_per_month, world.first_day()) == 9'000.0);
}

TEST_CASE("read_buyers: a buyer has a blanket order for all that is sold where its site stands",
          "[scenario][read]") {
  const World world = world_of(economy_text());
  CHECK(standing_names(world) == std::set<std::string>{"lab_north/west_gpu", "lab_north/east_npu",
                                                       "cloud_desert/west_gpu",
                                                       "cloud_desert/cloud_asic"});
  for (const BlanketOrder& standing : world.blanket_orders) {
    const Order& order = world.orders[standing.order.value];
    const Buyer& buyer = world.buyers[standing.buyer.value];
    const Offer& offer = world.offers[standing.offer];
    CHECK(order.name == buyer.name + "/" + offer.name);
    CHECK(order.device == offer.device);
    CHECK(order.buyer == buyer.org);
    CHECK(order.user == buyer.user);
    CHECK(world.pools[order.pool.value].site == buyer.site);
    CHECK(world.pools[order.pool.value].device == offer.device);
    CHECK(order.tranches.empty());
    CHECK(order.exported_from ==
          world.orgs[world.devices[offer.device.value].vendor.value].headquarters);
  }
  CHECK(world.orders[0].name == "lab_gpus");  // Written ones come first.
  CHECK(world.orders.size() == 1 + world.blanket_orders.size());
}

TEST_CASE("read_buyers: what is for the family alone is for all of the family",
          "[scenario][read]") {
  const auto names = [](const std::string& parent) {
    return standing_names(
        world_of(economy_but("name: \"cloud\"", "headquarters", parent + " headquarters")));
  };
  CHECK(names("").count("lab_north/cloud_asic") == 0);
  CHECK(names("parent: \"lab\"").count("lab_north/cloud_asic") == 1);
  CHECK(
      standing_names(world_of(economy_but("name: \"cloud_asic\"\n  device: \"cloud_asic\"\n  node",
                                          "captive_only: true", "")))
          .count("lab_north/cloud_asic") == 1);
}

TEST_CASE("read_buyers: an offer without a supply line gets an empty one", "[scenario][read]") {
  const World world = world_of(economy_text());
  REQUIRE(world.supplies.size() == 3);
  CHECK(world.offer_lines == std::vector<SupplyId>{SupplyId{0}, SupplyId{1}, SupplyId{2}});
  CHECK(world.supplies[2].name == "cloud_asic");
  CHECK(world.supplies[2].device == world.offers[2].device);
  CHECK(world.supplies[2].stock.value == 0.0);
  CHECK(produced(world.supplies[2], world.first_day(), world.end_day()) == 0.0);
}

TEST_CASE("read_buyers: an offer that was not known is not on sale", "[scenario][read]") {
  const std::string text = economy_but("name: \"east_npu\"\n  device: \"east_npu\"\n  node",
                                       "countries", "known_on: \"2024-09-01\" countries");
  const auto is_on_sale = [&](const std::string& day) {
    const World world = world_of(text + "as_of: \"" + day + "\"");
    return value_on(world.offers[1].price, world.first_day()) > 0.0;
  };
  CHECK_FALSE(is_on_sale("2024-08-31"));
  CHECK(is_on_sale("2024-09-01"));
  CHECK(value_on(world_of(text).offers[1].price, world_of(text).first_day()) == 9'000.0);
}

TEST_CASE("read_buyers: what is wrong with a market", "[scenario][read]") {
  CHECK(only_error(economy_text() +
                   "offers { name: \"again\" device: \"west_gpu\" node: \"west_node\" price_usd { "
                   "points { on: \"2025-01-01\" value { value: 1 source: \"guess\" confidence: "
                   "ESTIMATED } } } }") ==
        "a second offer of device 'west_gpu' | one offer per device");
  CHECK(only_error(economy_but("name: \"east_npu\"\n  device: \"east_npu\"\n  node",
                               "node: \"east_node\"", "node: \"west_node\""))
            .find("node 'west_node' does not hold 'east_npu' | name the node in which") == 0);
  CHECK(only_error(economy_but("name: \"cloud_desert\"", "user: \"lab\"", "user: \"lap\"")) ==
        "no org 'lap' in the scenario | did you mean 'lab'?");
  CHECK(only_error(economy_but("name: \"lab_north\"", "prefill_share { value: 0.3",
                               "prefill_share { value: 1.3"))
            .find("prefill_share is 1.3, must lie in [0, 1]") == 0);
  CHECK(only_error(economy_but("choice {", "nest_scale { value: 0.7", "nest_scale { value: 0"))
            .find("nest_scale is 0") == 0);
  std::string text = economy_text();
  const auto begin = text.find("choice {"), end = text.find("grey_routes {");
  CHECK(
      only_error(text.erase(begin, end - begin)) ==
      "choice is missing, though there are buyers | say how buyers choose: choice { sensitivity { "
      "... } ... }");
}

std::string with_programme(const std::string& more) {
  return economy_but("name: \"lab_north\"", "prefill_share",
                     "programmes { name: \"frontier\" h100e { value: 5000 source: \"guess\" "
                     "confidence: ESTIMATED } by: \"2026-01-01\" lead_months { value: 6 source: "
                     "\"guess\" confidence: ESTIMATED } settling_months { value: 2 source: "
                     "\"guess\" confidence: ESTIMATED } " +
                         more + " } prefill_share");
}

TEST_CASE("read_buyers: programmes, unless nobody knew them yet", "[scenario][read]") {
  const auto programmes = [](const std::string& text) {
    return world_of(text).buyers[0].programmes;
  };
  REQUIRE(programmes(with_programme("")).size() == 1);
  CHECK(programmes(with_programme(""))[0].usable_units.value == 5'000.0);
  CHECK(programmes(with_programme(""))[0].lead_months.value == 6.0);
  const std::string later = with_programme("known_on: \"2025-06-01\"");
  CHECK(programmes(later + "as_of: \"2025-05-31\" ").empty());
  CHECK(programmes(later + "as_of: \"2025-06-01\" ").size() == 1);
}

TEST_CASE("read_buyers: an order of a programme must come in time", "[scenario][read]") {
  CHECK(only_error(with_replaced(with_programme(""), "settling_months", "value: 2", "value: 6")) ==
        "settling_months is 6, not less than lead_months 6 | what is ordered must come in time: "
        "order earlier");
}

TEST_CASE("read_buyers: list prices stay where nobody says how they move", "[scenario][read]") {
  const ChoiceHabits habits = world_of(economy_text()).choice;
  CHECK(habits.list.response.value == 0.0);
  CHECK(habits.list_floor.value <= 1.0);
  CHECK(habits.list_ceiling.value >= 1.0);
}

}  // namespace
}  // namespace chokepoint
