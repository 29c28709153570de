#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_sources: a source says what it is and where", "[scenario][read]") {
  CHECK(small_world().sources == std::vector<std::string>{"sheet", "guess"});
  CHECK(only_error(small_but("what: \"Round numbers\"", "")) ==
        "what is missing | say in a sentence what the source is");
  CHECK(only_error(small_but_after("Round numbers", "location: \"-\"", "")) ==
        "location is missing | a URL, a DOI, or \"-\" for what is recalled");
  CHECK(only_error(small_but_after("Round numbers", "confidence: ESTIMATED", "")) ==
        "confidence is missing | write one of OFFICIAL, REPORTED, ESTIMATED, MEMORY");
}

}  // namespace
}  // namespace chokepoint
