#include <catch2/catch.hpp>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

const std::string kTwoPools = "replay requests " + source_dir() +
                              "/scenarios/logs/conversations.jsonl -q --on " + source_dir() +
                              "/tests/tools/fleet/two_pools.textproto ";
const std::string kSlow =
    "--set 'serving_fleet.transfer_gbit_s={ value: 1 source: \"mem\" confidence: MEMORY }' ";

TEST_CASE("replay over links: a slower network makes the same log wait", "[replay]") {
  const called::Folder folder;
  const auto fast = called::chokepoint(kTwoPools + "--json", folder);
  INFO(fast.err);
  REQUIRE(fast.exit_code == 0);
  CHECK(fast.out.find("\"delivered\": 200") != std::string::npos);
  CHECK(called::chokepoint(kTwoPools + "--json", folder).out == fast.out);
  const auto slow = called::chokepoint(kTwoPools + kSlow + "--json", folder);
  INFO(slow.err);
  REQUIRE(slow.exit_code == 0);
  CHECK(slow.out.find("\"delivered\": 200") != std::string::npos);
  CHECK(slow.out != fast.out);
}

TEST_CASE("replay over links: transfers are phases of a trace", "[replay]") {
  const called::Folder folder;
  REQUIRE(called::chokepoint(kTwoPools + "-o out --trace-level request", folder).exit_code == 0);
  const auto facts = called::chokepoint("trace cat out/trace.pftrace", folder);
  CHECK(facts.exit_code == 0);
  CHECK(facts.out.find("phase=TRANSFER") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
