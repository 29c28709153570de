#include "sim/scenario/read_world.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_world: the smallest scenario is a world", "[scenario][read]") {
  const World world = small_world();
  CHECK(world.name == "small");
  CHECK(world.seed == 7);
  CHECK_FALSE(world.sample_period);
  CHECK(world.horizon() == 365_days);
}

TEST_CASE("read_world: a period has a length", "[scenario][read]") {
  CHECK(only_error(small_but("end: \"2026-01-01\"", "end: \"2025-01-01\"")) ==
        "end 2025-01-01 is not after start 2025-01-01 | dates out of order: end is the first day "
        "after the last");
  CHECK(only_error(small_but("end: \"2026-01-01\"", "end: \"2076-01-01\"")) ==
        "the scenario is 18627 days long, more than 50 years | no figure here holds for so long");
  CHECK(read_text(small_but("end: \"2026-01-01\"", "end: \"2025-01-02\"")).errors.empty());
}

TEST_CASE("read_world: only a catalogue does without a period", "[scenario][read]") {
  const std::string timeless = small_but("start: \"2025-01-01\"\nend: \"2026-01-01\"\n", "");
  CHECK(read_text(timeless).errors.size() == 2);
  const auto catalog = read_catalog_text(timeless);
  REQUIRE(catalog.world);
  CHECK(catalog.world->horizon() == Seconds{});
}

TEST_CASE("read_world: all errors are reported at once", "[scenario][read]") {
  std::string text = small_but("start: \"2025-01-01\"", "start: \"2025-13-01\"");
  const auto replace = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("peak_bf16_tflops { value: 1000", "peak_bf16_tflops { value: -1000");
  replace("rules: \"us_letter\"", "rules: \"letter\"");
  replace("devices: 256", "devices: 0");
  CHECK(read_text(text).errors.size() == 4);
}

// Whatever a byte is changed to, reading ends with a world or with errors, never both or neither.
TEST_CASE("read_world: damaged text gives a world or errors", "[scenario][read]") {
  std::mt19937 generator(1);
  const std::string whole = small_text();
  for (int i = 0; i < 300; ++i) {
    std::string text = whole;
    // The first digit of a number or date, since other damage mostly fails to parse.
    const auto at = text.find_first_of("0123456789", generator() % text.size());
    if (at == std::string::npos || (text[at - 1] != ' ' && text[at - 1] != '"')) continue;
    text[at] = static_cast<char>('1' + generator() % 9);
    const auto result = read_text(text);
    CHECK(result.world.has_value() == result.errors.empty());
  }
}

TEST_CASE("read_world: nothing is left out unless a day is given", "[scenario][read]") {
  const World world = world_of(economy_text());
  CHECK_FALSE(world.as_of);
  CHECK_FALSE(world.policy_as_of);
}

TEST_CASE("read_world: of rules what came up to the day is known, or up to another",
          "[scenario][read]") {
  const World seen = world_of(small_text() + "as_of: \"2025-01-01\"");
  CHECK(seen.as_of == parse_date("2025-01-01"));
  CHECK(seen.policy_as_of == seen.as_of);
  CHECK_FALSE(seen.regime.rules[0].enabled);
  const World given = world_of(small_text() + "as_of: \"2025-01-01\" policy_as_of: \"2025-06-01\"");
  CHECK(given.as_of == parse_date("2025-01-01"));
  CHECK(given.regime.rules[0].enabled);
  CHECK_FALSE(given.regime.exceptions[0].enabled);
  CHECK(only_error(small_text() + "as_of: \"soon\"").find("soon") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
