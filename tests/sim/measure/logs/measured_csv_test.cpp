#include "sim/measure/logs/measured_csv.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

const std::string kHeading = "id,chip_id,isl,osl,concurrency_or_batch,metric,unit,value\n";

TEST_CASE("measured csv: metrics of one run are joined, blanks filled", "[measure][logs]") {
  const auto read = read_serving(kHeading +
                                 "a-tpot_mean,,1000,100,8,tpot_mean,ms,20\n"
                                 "a-ttft_mean,,1000,100,8,ttft_mean,ms,300\n"
                                 "b,h20,1000,100,8,tpot_mean,ms,30\n");
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 2);
  CHECK(read.run(0).device == "h100");
  CHECK(read.run(0).ttft->value == Approx(0.3));
  CHECK(read.run(0).devices == 8);
  CHECK(read.run(1).device == "h20");
  CHECK(read.measured.serving[1].where.line == 4);
}

TEST_CASE("measured csv: without ids each row is a run, of caches too", "[measure][logs]") {
  const auto read = read_serving(
      "metric,value,isl,osl,unit\ntpot_mean,20,10,10,ms\n\n"
      "kv_cache_tokens,400000,,,tokens\n");
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 2);
  CHECK(read.run(1).kv_tokens == Tokens{400000});
  CHECK(read.measured.serving[1].where.line == 4);
}

TEST_CASE("measured csv: complaints say on which line", "[measure][logs]") {
  CHECK(read_serving(kHeading + "a,,1,1,1,tpot_mean,ms,fast\n").complaint() ==
        "2:1: value is 'fast', must be a number above 0");
  CHECK(read_serving(kHeading + "a,,1,1,1,tpot_mean,ms,\n").complaint() == "2:1: value is missing");
  CHECK(read_serving(kHeading + "a,,1,1,1,tpot,ms,1\n").complaint() ==
        "2:1: no metric 'tpot' is fitted to");
  CHECK(read_serving(kHeading + "a,,1,1,1,tpot_mean,,1\n").complaint() == "2:1: unit is missing");
  CHECK(read_serving(kHeading + "a,,1,1,1,tpot_mean,us,1\n").complaint() == "2:1: no unit 'us'");
  CHECK(read_serving("id,metric\na,tpot_mean\n").complaint() ==
        "1:1: the table has no column 'value'");
  CHECK(read_serving(kHeading + "a,,1,1,1,tpot_mean,ms,1\n", StatedFacts{}).found.errors() >= 3);
}

TEST_CASE("measured csv: training runs by tokens, time or FLOPs", "[measure][logs]") {
  const auto read = read_training(
      "id,chips,seq_len,global_batch,iteration_time_s,tokens_per_s,tflops_per_chip\n"
      "a,8,4096,128,2,,\nb,,4096,,,262144,\nc,8,4096,,,,400\n");
  INFO(read.complaint());
  REQUIRE(read.measured.training.size() == 3);
  CHECK(read.training(0).rate->value == Approx(32768));
  CHECK(read.training(1).rate->value == Approx(32768));
  CHECK(read.training(2).flops == FlopsPerSecond{400e12});
  CHECK(read_training("chips,seq_len,iteration_time_s\n8,4096,2\n").complaint() ==
        "2:1: it states no speed");
}

}  // namespace
}  // namespace chokepoint
