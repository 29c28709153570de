#include "tools/report/comparison.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("cited_input: a figure is said with its confidence, source and range",
          "[report][input]") {
  World world;
  world.sources = {"paper", "news"};
  world.inputs = {{"fraction", 0.5, 0.4, 0.6, Confidence::Estimated, SourceId{0}},
                  {"price_usd", 12'000, {}, {}, Confidence::Reported, SourceId{1}}};
  CHECK(in_words(world, InputId{0}) == "0.50, estimated, from paper, 0.40 .. 0.60");
  CHECK(in_words(world, InputId{1}) == "12,000, reported, from news");
}

}  // namespace
}  // namespace chokepoint
