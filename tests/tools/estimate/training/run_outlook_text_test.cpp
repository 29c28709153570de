#include <catch2/catch.hpp>

#include "tools/estimate/training/run_outlook.hpp"

namespace chokepoint {
namespace {

RunOutlook quiet_outlook() {
  RunOutlook outlook;
  outlook.asked.tokens = 15e12;
  outlook.reliability = "rates", outlook.recovery = "by_hand";
  outlook.task = {{16, 8}, Seconds{5}, 10_days, 100_GB};
  outlook.run.work = 10_days;
  outlook.run.interval = 10_days;
  outlook.expected = outlook.rarely = outlook.often = expected_run(outlook.run);
  return outlook;
}

DeviceUpkeep plain_upkeep() {
  DeviceUpkeep upkeep;
  upkeep.power = Watts{1'000};
  upkeep.pue = 1.5;
  upkeep.life = 1'000_days;
  return upkeep;
}

TEST_CASE("run outlook text: a run that nothing stops", "[estimate][training]") {
  const std::string text = outlook_text(quiet_outlook(), plain_upkeep());
  for (const char* part :
       {"15,000 billion tokens in 10 days, of which 10 days train",
        "100.0 %; rates \"rates\", recovery \"by_hand\"", "none", "3,840 device hours, 5.76 MWh"}) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("USD") == std::string::npos);  // No price is known.
}

TEST_CASE("run outlook text: parts that take no time are not listed", "[estimate][training]") {
  CHECK(shares_table(quiet_outlook().expected).rows().size() == 1);
}

}  // namespace
}  // namespace chokepoint
