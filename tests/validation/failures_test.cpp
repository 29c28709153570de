// Rates of interruptions were fitted to one run, Llama 3.1 on 16,384 H100. What they say of others.

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

#include "tests/paths.hpp"
#include "tools/estimate/training/failure_validation.hpp"

namespace chokepoint {
namespace {

std::map<std::string, PredictedFailures> shipped_failures() {
  std::ostringstream complaints;
  const auto world = load_training_world(source_dir(), complaints);
  INFO(complaints.str());
  REQUIRE(world);
  std::ifstream in(std::string(source_dir()) + "/scenarios/measured/failures.csv");
  const std::string table{std::istreambuf_iterator<char>(in), {}};
  std::map<std::string, PredictedFailures> rows;
  for (auto& one : predicted_failures(table, *world)) rows.emplace(one.id, one);
  return rows;
}

TEST_CASE("failures: the run that rates were fitted to is what they give", "[validation]") {
  const auto rows = shipped_failures();
  CHECK(*rows.at("llama3_unexpected").ratio() == Approx(1).epsilon(0.002));
  CHECK(*rows.at("llama3_all").ratio() == Approx(1).epsilon(0.002));
}

// Others are as they are: the bad ones are named with what they are off by.
TEST_CASE("failures: other runs are within a factor of 1.5, but for those that are named",
          "[validation]") {
  const std::map<std::string, double> off = {
      {"llama3_goodput", 1.0},  // A little below 90 %, where more are said.
      {"opt_restarts", 1.51},   // Where all planned stops of Llama's are counted; 0.97 with none.
      {"opt_hosts", 0.193},     // Two hosts of 124 a day: rented ones of 2021.
      {"megascale_slow", 7.7},  // A gang at the pace of its slowest; it gained 1.3 %.
      {"rsc1_mttf_1024_sorted", 1.94},  // As if lemon nodes had been left out all the time.
      {"rsc1_rate", 0.495},     // Twice Llama's; RSC-2, of the same firm, has 0.73 of Llama's.
      {"glm130b_nodes", 1.73},  // Entries of a log.
  };
  for (const auto& [id, one] : shipped_failures()) {
    if (one.use != "validate") continue;
    INFO(id << ": measured " << one.measured << ", predicted " << one.predicted);
    const auto named = off.find(id);
    if (named == off.end()) {
      CHECK(one.is_within(kFailureFactor));
    } else {
      CHECK_FALSE(one.is_within(kFailureFactor));
      CHECK(one.ratio().value_or(0) == Approx(named->second).epsilon(0.02));
    }
  }
}

}  // namespace
}  // namespace chokepoint
