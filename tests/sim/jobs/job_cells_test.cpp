#include "sim/jobs/job_cells.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("job cells: how long, as Slurm and others write it", "[jobs]") {
  CHECK(job_duration("66.0", kJobSeconds) == 66'000);
  CHECK(job_duration("2868294000", kJobMilliseconds) == 2'868'294'000);
  CHECK(job_duration("10-13:27:06", kJobSeconds) == (((10 * 24 + 13) * 60 + 27) * 60 + 6) * 1000LL);
  CHECK(job_duration("00:00:24", kJobSeconds) == 24'000);
  CHECK(job_duration("02:30", kJobSeconds) == 150'000);
  for (const char* wrong :
       {"", "x", "1:2:3:4", "-1-00:00:00", "1e30", "nan", "12:", "a-00:00:01"}) {
    INFO(wrong);
    CHECK_FALSE(job_duration(wrong, kJobSeconds));
  }
}

TEST_CASE("job cells: moments are dates or numbers", "[jobs]") {
  CHECK(job_moment("1970-01-01T00:00:02", kJobSeconds) == 2000);
  CHECK(job_moment("2017-10-09 07:01:55", kJobSeconds) == 1'507'532'515'000);
  CHECK(job_moment("179350", kJobSeconds) == 179'350'000);
  CHECK(job_moment("201694000", kJobMilliseconds) == 201'694'000);
  CHECK_FALSE(job_moment("soon", kJobSeconds));
  const JobTimeUnit minutes = job_time_unit_named("min").value();
  CHECK(job_moment("1.5", minutes) == 90'000);
  CHECK(job_moment("1970-01-01T00:00:02", minutes) == 2000);
  CHECK(job_duration("0.25", minutes) == 15'000);
  CHECK(job_duration("02:30", minutes) == 150'000);
  CHECK_FALSE(job_moment("1e300", minutes));
}

TEST_CASE("job cells: GPUs of a list of resources", "[jobs]") {
  CHECK(gpus_of_resources("billing=12,cpu=12,gres/gpu=2,mem=31000M,node=1") == 2);
  CHECK(gpus_of_resources("cpu=8,gres/gpu:a100=4,gres/gpu:v100=2") == 6);
  CHECK(gpus_of_resources("gres/gpu:a100=4,gres/gpu=4") == 4);
  CHECK(gpus_of_resources("cpu=8") == 0);
  CHECK(gpus_of_resources("") == 0);
  CHECK(gpus_of_resources("gres/gpu=many") == 0);
}

TEST_CASE("job cells: what is not known", "[jobs]") {
  for (const char* text : {"", "Unknown", "None", "N/A", "-1"}) CHECK(is_unknown(text));
  CHECK_FALSE(is_unknown("0"));
}

}  // namespace
}  // namespace chokepoint
