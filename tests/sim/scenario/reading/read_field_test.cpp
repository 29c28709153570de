#include "sim/scenario/reading/read_field.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_field: a moment must be in the calendar", "[scenario][read]") {
  const std::string forms = "write a day as YYYY-MM-DD or a moment as YYYY-MM-DDTHH:MM:SSZ";
  CHECK(only_error(small_but("start: \"2025-01-01\"", "start: \"2025-02-30\"")) ==
        "start is '2025-02-30', not a day of the calendar | " + forms);
  CHECK(only_error(small_but("start: \"2025-01-01\"", "start: \"2025-01-01T10:00:00\"")) ==
        "start is '2025-01-01T10:00:00', without a Z | times are UTC: write 2025-01-01T10:00:00Z");
  CHECK(only_error(small_but("start: \"2025-01-01\"", "start: \"1999-12-31T23:59:59Z\"")) ==
        "start is '1999-12-31T23:59:59Z', outside the years 2000 to 2100 | ");
  CHECK(only_error(small_but("  submitted: \"2025-01-15\"\n", "")) ==
        "submitted is missing | " + forms);
}

TEST_CASE("read_field: jobs are submitted, runs start and end at moments", "[scenario][read]") {
  const World world =
      world_of(small_but("submitted: \"2025-01-15\"", "submitted: \"2025-01-15T13:05:07Z\""));
  CHECK(world.training_jobs[0].submitted == parse_moment("2025-01-15T13:05:07Z"));
  const World late =
      world_of(small_but("start: \"2025-01-01\"", "start: \"2025-01-01T13:05:00Z\""));
  CHECK(late.start == parse_moment("2025-01-01T13:05:00Z"));
  CHECK(small_world().horizon() - late.horizon() == 47'100_s);
}

TEST_CASE("read_field: rules hold by the day", "[scenario][read]") {
  CHECK(only_error(small_but("effective: \"2025-04-09\"", "effective: \"2025-04-09T13:05:00Z\"")) ==
        "effective is '2025-04-09T13:05:00Z', a moment where a day is meant | write 2025-04-09");
  CHECK(only_error(small_but("effective: \"2025-04-09\"", "effective: \"2025-04-31\"")) ==
        "effective is '2025-04-31', not a day of the calendar | write a day as YYYY-MM-DD");
}

TEST_CASE("read_field: a country is two capital letters of ISO 3166-1", "[scenario][read]") {
  const auto written = [](const std::string& code) {
    return only_error(small_but_after("\"south\"", "\"CN\"", "\"" + code + "\""));
  };
  CHECK(written("UK").find("'UK', no country of ISO 3166-1 | did you mean GB?") !=
        std::string::npos);
  CHECK(written("cn").find("'cn', not a country code | did you mean CN?") != std::string::npos);
  for (const std::string code : {"CHN", "C1", "", "China", "XX"}) {
    const auto error = only_error(small_but_after("\"south\"", "\"CN\"", "\"" + code + "\""));
    INFO(error);
    CHECK(error.find("write the two capital letters of ISO 3166-1, such as CN") !=
          std::string::npos);
  }
}

TEST_CASE("read_field: an enumerator must be given and exist", "[scenario][read]") {
  CHECK(only_error(small_but("  kind: GPU\n", "")) ==
        "kind is missing | write one of NPU, PPU, DSA, GPU");
  CHECK(only_error(small_but("  kind: GPU\n", "  kind: DEVICE_KIND_UNSPECIFIED\n")) ==
        "kind is missing | write one of NPU, PPU, DSA, GPU");
  CHECK(only_error(small_but("  kind: GPU\n", "  kind: 99\n")) ==
        "kind is 99, which is none | write one of NPU, PPU, DSA, GPU");
  CHECK(only_error(small_but("      status: LEGAL\n", "      status: LEGAL use: 9\n")) ==
        "use is 9, which is none | write one of MIXED, TRAINING, INFERENCE");
}

TEST_CASE("read_field: a plain number has a range", "[scenario][read]") {
  CHECK(only_error(small_but("devices: 256", "devices: 0")) ==
        "devices is 0, must be at least 1 | ");
  CHECK(only_error(small_but("  devices: 256\n", "")) == "devices is missing | ");
  CHECK(only_error(small_but("seed: 7", "sample_days: nan")) ==
        "sample_days is nan, must be a finite number | ");
  CHECK(only_error(small_but("seed: 7", "sample_days: -1")) ==
        "sample_days is -1, must be positive | ");
}

}  // namespace
}  // namespace chokepoint
