#include "sim/jobs/job_times.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("job times: units have names, and words that mean them", "[jobs]") {
  for (const std::string& name : job_time_units()) {
    CHECK(job_time_unit_named(name).value().name == name);
  }
  CHECK(job_time_unit_named("minutes") == job_time_unit_named("min"));
  CHECK(job_time_unit_named("hours").value().milliseconds == 3600e3);
  CHECK_FALSE(job_time_unit_named("weeks"));
  CHECK_FALSE(job_time_unit_named(""));
}

TEST_CASE("job times: the last word of a column may be a unit", "[jobs]") {
  CHECK(time_column("run_minutes").value().unit == job_time_unit_named("min"));
  CHECK(time_column("run_minutes").value().name == "run");
  CHECK(time_column("Submit (ms)").value().unit == kJobMilliseconds);
  CHECK(time_column("Submit (ms)").value().name == "Submit");
  CHECK(time_column("elapsed.S").value().unit == kJobSeconds);
  for (const char* none : {"runtime", "id", "s", "duration", "", "hours", "ms_run"}) {
    INFO(none);
    CHECK_FALSE(time_column(none));
  }
}

TEST_CASE("job times: a clock's unit goes by its size", "[jobs]") {
  CHECK(job_time_unit_by_size("1700000000123") == kJobMilliseconds);
  CHECK(job_time_unit_by_size("1700000000123456") == job_time_unit_named("us"));
  for (const char* seconds : {"1700000000", "372", "2023-10-09", "soon", ""}) {
    INFO(seconds);
    CHECK_FALSE(job_time_unit_by_size(seconds));
  }
}

}  // namespace
}  // namespace chokepoint
