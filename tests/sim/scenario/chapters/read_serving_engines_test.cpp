#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string engine(const std::string& inside) {
  return small_text() + "serving_engines { name: \"e\" " + inside + " }";
}

std::string coefficient(const std::string& name, const std::string& value) {
  return "coefficients { name: \"" + name + "\" " + figure("figure", value) + "}";
}

std::string error(const std::string& inside) {
  return small_text() + "serving_errors { name: \"e\" metric: TPOT basis: IN_SAMPLE " + inside +
         " }";
}

TEST_CASE("read_serving_engines: coefficients that are not given stay at their prior",
          "[scenario][read]") {
  const auto read = read_text(engine("fitted_to: \"rows\" experiments: 3 stacks: \"west_stack\" " +
                                     coefficient("host_us", "123")));
  for (const auto& complaint : read.errors) UNSCOPED_INFO(complaint);
  REQUIRE(read.world);
  const ServingEngine& found = read.world->serving_engines.at(0);
  CHECK(found.coefficients.host_us == 123);
  CHECK(found.coefficients.link == Coefficients().link);
  CHECK(found.experiments == 3);
  CHECK(found.stacks.size() == 1);
}

TEST_CASE("read_serving_engines: coefficients may lean towards those of another stack",
          "[scenario][read]") {
  const auto read = read_text(engine("towards_stack: \"west_stack\" towards_share: 0.5"));
  REQUIRE(read.world);
  CHECK(read.world->serving_engines.at(0).towards == StackId{0});
  CHECK(read.world->serving_engines.at(0).towards_share == 0.5);
  CHECK_THAT(only_error(engine("towards_stack: \"west_stack\"")), Catch::Contains("towards_share"));
  CHECK_THAT(only_error(engine("towards_share: 0.5")), Catch::Contains("towards_stack is missing"));
}

TEST_CASE("read_serving_engines: what is wrong with an engine", "[scenario][read]") {
  CHECK_THAT(only_error(engine(coefficient("hots_us", "1"))),
             Catch::Contains("no coefficient 'hots_us'") && Catch::Contains("'host_us'"));
  CHECK_THAT(only_error(engine(coefficient("weight_bandwidth", "3"))),
             Catch::Contains("its greatest"));
  CHECK_THAT(only_error(engine("stacks: \"nowhere\"")), Catch::Contains("nowhere"));
  CHECK_THAT(only_error(engine("stacks: \"west_stack\" stacks: \"west_stack\"")),
             Catch::Contains("another engine"));
}

TEST_CASE("read_serving_engines: an engine that was measured takes its stack from one that was not",
          "[scenario][read]") {
  const std::string on_stack = "stacks: \"west_stack\" ";
  const std::string unmeasured =
      " serving_engines { name: \"p\" unmeasured: true " + on_stack + "}";
  for (const std::string& text :
       {engine(on_stack) + unmeasured, engine(on_stack + "unmeasured: true") +
                                           " serving_engines { name: \"m\" " + on_stack + "}"}) {
    const auto read = read_text(text);
    REQUIRE(read.world);
    for (const ServingEngine& one : read.world->serving_engines) {
      CHECK(one.stacks.empty() == one.is_unmeasured);
    }
  }
  CHECK_THAT(only_error(engine(on_stack + "unmeasured: true") + unmeasured),
             Catch::Contains("another engine"));
}

TEST_CASE("read_serving_engines: errors of devices and families, and what is wrong with them",
          "[scenario][read]") {
  const auto read = read_text(error("family: LATENT count: 5 median: 0.1 p90: 0.3"));
  REQUIRE(read.world);
  const ServingError& found = read.world->serving_errors.at(0);
  CHECK(found.family == ModelFamily::Latent);
  CHECK_FALSE(found.device);
  CHECK(found.count == 5);
  CHECK_THAT(only_error(error("count: 5 median: 0.4 p90: 0.3")), Catch::Contains("below median"));
  CHECK_THAT(only_error(error("count: 5 median: 0.4")), Catch::Contains("p90"));
  CHECK_THAT(only_error(error("device: \"none\" count: 5 median: 0.1 p90: 0.3")),
             Catch::Contains("none"));
}

}  // namespace
}  // namespace chokepoint
