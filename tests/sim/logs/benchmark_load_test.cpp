#include "sim/logs/benchmark_load.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/sources/some_requests.hpp"
#include "tests/sim/logs/log_file.hpp"

namespace chokepoint {
namespace {

struct ReadLoad {
  std::optional<BenchmarkLoad> load;
  Diagnostics found;
};

ReadLoad read_load(const std::string& text) {
  const LogFolder folder;
  ReadLoad read;
  read.load = read_benchmark_load(folder.file("run.json", text), read.found);
  return read;
}

TEST_CASE("benchmark load: a loop of as many as were in flight", "[logs]") {
  const auto read = read_load(
      R"({"num_prompts": 4, "completed": 4, "request_rate": Infinity, "max_concurrency": 2,
          "mean_itl": NaN, "input_lens": [5, 6, 7, 8], "output_lens": [1, 2, 0, 4]})");
  REQUIRE(read.load);
  CHECK(read.load->without_tokens == 1);
  CHECK_FALSE(read.load->has_means_only);
  const auto source = source_of(*read.load, 1);
  const auto first = taken(*source);
  CHECK(first.size() == 2);
  source->ended(end_of(first[0], 50));
  CHECK(source->next_arrival() == 50);
}

TEST_CASE("benchmark load: means where it has no more", "[logs]") {
  const auto read = read_load(
      R"({"num_prompts": 160, "request_rate": "inf", "max_concurrency": 16, "completed": 160,
          "total_input_tokens": 983040, "total_output_tokens": 20480})");
  REQUIRE(read.load);
  CHECK(read.load->has_means_only);
  CHECK(read.load->requests.size() == 160);
  CHECK(read.load->requests[9].prompt == 6'144);
  CHECK(read.load->requests[9].output == 128);
  CHECK(taken(*source_of(*read.load, 1)).size() == 16);
}

TEST_CASE("benchmark load: arrivals as measured, else at the rate", "[logs]") {
  const std::string lens = R"("input_lens": [5, 6], "output_lens": [1, 2])";
  const auto measured = read_load("{\"start_times\": [100.5, 100.25], " + lens + "}");
  REQUIRE(measured.load);
  const auto requests = taken(*source_of(*measured.load, 1));
  CHECK(times_of(requests) == std::vector<Nanoseconds>{0, 250'000'000});
  CHECK(requests[0].prompt == 6);
  const auto rated = read_load("{\"request_rate\": 1e-3, \"burstiness\": 100000, " + lens + "}");
  REQUIRE(rated.load);
  CHECK(taken(*source_of(*rated.load, 1))[1].arrival == Approx(2e12).epsilon(0.2));
}

TEST_CASE("benchmark load: what says too little, or too much", "[logs]") {
  for (const char* text :
       {"{", "[]", "{}", R"({"num_prompts": 5})", R"({"input_lens": [1], "output_lens": [1, 2]})",
        R"({"input_lens": [-1], "output_lens": [1]})", R"({"input_lens": [0], "output_lens": [0]})",
        R"({"completed": 1e300, "total_input": 1, "total_output": 1})"}) {
    INFO(text);
    const auto read = read_load(text);
    CHECK_FALSE(read.load);
    CHECK(read.found.errors() == 1);
  }
  const std::string run = R"({"input_lens": [1], "output_lens": [2]})";
  CHECK(read_load(run + "\n").load);
  CHECK(read_load(run + "\n" + run + "\n").found.items()[0].message ==
        "holds 2 runs of a benchmark");
}

}  // namespace
}  // namespace chokepoint
