#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_market: an order without a price pays the device's", "[scenario][read]") {
  const World world = small_world();
  CHECK(world.orders[0].price.value == Usd{12'000.0});
  CHECK(world.orders[0].price.input == world.devices[0].price_input);
  CHECK(world.orders[0].transit == 7_days);
  CHECK(world.orders[0].user == world.orders[0].buyer);
  CHECK(world.orders[0].tranches[0].months == 10);
  CHECK(only_error(small_but("  price_usd { value: 12000 low: 10000 high: 14000 source: "
                             "\"guess\" confidence: ESTIMATED }\n",
                             "")) ==
        "neither the order nor device 'west_gpu' has a price_usd | give the contract price of one "
        "package");
}

TEST_CASE("read_market: supply comes in order of date, one line per device", "[scenario][read]") {
  const World world = small_world();
  CHECK(world.supplies[0].stock.value == 1000.0);
  CHECK(world.supplies[1].stock.value == 0.0);
  CHECK(world.supplies[1].output.size() == 2);
  CHECK(only_error(small_but("from: \"2025-07-01\"", "from: \"2025-01-01\"")) ==
        "output from 2025-01-01 after one from 2025-01-01 | dates out of order: the dates of one "
        "line increase");
  CHECK(only_error(small_text() +
                   "supplies { name: \"second\" device: \"west_gpu\" output { from: "
                   "\"2025-01-01\" units_per_month { value: 1 source: \"guess\" confidence: "
                   "MEMORY } } }") ==
        "a second supply line of device 'west_gpu' | one line per device; put both schedules into "
        "one");
}

TEST_CASE("read_market: an order fits its pool and has a supplier", "[scenario][read]") {
  CHECK(only_error(
            small_but("pool: \"north/gpus\"\n  tranches", "pool: \"north/npus\"\n  tranches")) ==
        "pool 'north/npus' holds 'east_npu', the order is for 'west_gpu' | send it to a pool whose "
        "node has that device");
  CHECK(only_error(
            small_but("pool: \"north/gpus\"\n  tranches", "pool: \"north/gpu\"\n  tranches")) ==
        "no pool 'north/gpu' in the scenario | did you mean 'north/gpus'?");
  std::string text = small_text();
  const auto begin = text.find("supplies {\n  name: \"west_line\"");
  text.erase(begin, text.find("supplies {\n  name: \"east_line\"") - begin);
  CHECK(only_error(text) ==
        "nobody supplies device 'west_gpu' | an order needs a supply line of its device");
}

TEST_CASE("read_market: an order has tranches of months", "[scenario][read]") {
  CHECK(only_error(small_but("    months: 10\n", "    months: 0\n")) ==
        "months is 0, must be at least 1 | ");
  CHECK(only_error(small_but("    months: 10\n", "    months: 4000000000\n"))
            .find("months is 4000000000, not believable above 600") == 0);
}

TEST_CASE("read_market: refused money is spent at home", "[scenario][read]") {
  CHECK(small_world().market.domestic_pools == std::vector<PoolId>{PoolId{2}});
  CHECK(only_error(small_but("domestic_pools: \"south/npus\"", "domestic_pools: \"north/gpus\"")) ==
        "device 'west_gpu' of this pool comes from US, the pool is in CN | domestic pools hold "
        "devices of vendors of their own country");
  CHECK(only_error(small_but(" domestic_pools: \"south/npus\"", "")) ==
        "SPENT_ON_DOMESTIC without domestic_pools | name the \"site/pool\" that domestic devices "
        "are bought for");
  CHECK(only_error(small_but("market { refused_budget: SPENT_ON_DOMESTIC domestic_pools: "
                             "\"south/npus\" }",
                             "")) ==
        "market is missing, though there are orders | say what refused money does: market { "
        "refused_budget: NOTHING_BOUGHT }");
}

TEST_CASE("read_market: nobody adapts unless the market says so", "[scenario][read]") {
  const World plain = small_world();
  CHECK(plain.market.pull_forward_share.value == 0.0);
  CHECK_FALSE(plain.market.write_off);
  const std::string pulls =
      "market { pull_forward_share { value: 0.3 source: \"guess\" confidence: MEMORY } ";
  const auto result =
      read_text(small_but("market { ", pulls + "pull_forward_horizon_days: 90 write_off: true "));
  REQUIRE(result.world);
  CHECK(result.world->market.pull_forward_share.value == 0.3);
  CHECK(result.world->market.pull_forward_share.input);
  CHECK(result.world->market.pull_forward_horizon_days == 90);
  CHECK(result.world->market.write_off);
  CHECK(only_error(small_but("market { ", pulls)) ==
        "pull_forward_horizon_days is missing, though buyers pull deliveries forward | say how "
        "long after a rule takes effect deliveries are wanted early");
}

}  // namespace
}  // namespace chokepoint
