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
      "metric,value,isl,osl,concurrency_or_batch,unit\ntpot_mean,20,10,10,1,ms\n\n"
      "kv_cache_tokens,400000,,,,tokens\n");
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

// 100 tokens each at 400 a second: 4 requests a second, of 0.1 s + 99 x 0.02 s.
TEST_CASE(
    "measured csv: requests in flight that are not stated follow, with a reason, or are asked",
    "[measure][logs]") {
  const std::string times = "a,,1000,100,,tpot_mean,ms,20\na,,1000,100,,ttft_mean,ms,100\n";
  const auto read =
      read_serving(kHeading + times + "a,,1000,100,,output_throughput_total,tokens/s,400\n");
  REQUIRE(read.measured.serving.size() == 1);
  CHECK(read.run().concurrency == Approx(4 * (0.1 + 99 * 0.02)));
  CHECK(read.complaint() ==
        "2:1: concurrency_or_batch is missing: by its throughput and times 8.3 requests are in "
        "flight");
  CHECK_FALSE(read.found.has_errors());
  const auto offline = read_serving(
      "mode,isl,osl,concurrency_or_batch,metric,unit,value\n"
      "offline,1000,100,max,output_throughput_total,tokens/s,400\n");
  INFO(offline.complaint());
  CHECK(offline.run().concurrency == 0);
  const auto asked = read_serving(kHeading + times);
  CHECK(asked.complaint() == "2:1: concurrency_or_batch is missing");
  CHECK(asked.found.has_errors());
}

TEST_CASE("measured csv: what the options state fills experts and speculation", "[measure][logs]") {
  StatedFacts facts = known_system();
  facts.expert_parallel = true;
  facts.speculation = "mtp";
  const auto read = read_serving(
      "ep,speculation,isl,osl,concurrency_or_batch,metric,unit,value\n"
      ",,10,10,1,tpot_mean,ms,20\n1,eagle,10,10,1,tpot_mean,ms,20\n",
      facts);
  INFO(read.complaint());
  REQUIRE(read.measured.serving.size() == 2);
  CHECK(read.run(0).expert == 8);
  CHECK(read.run(0).speculation == Speculation::Mtp);
  CHECK(read.run(1).expert == 1);
  CHECK(read.run(1).speculation == Speculation::Drafts);
}

TEST_CASE("measured csv: counts beyond what may be are refused where they stand",
          "[measure][logs]") {
  for (const std::string column : {"tp", "pp", "ep", "attention_dp", "chips", "engine_devices"}) {
    for (const std::string value : {"1e300", "3000000000", "2.5", "-1", "0", "nan", "inf"}) {
      const auto read = read_serving(column + ",isl,osl,concurrency_or_batch,metric,unit,value\n" +
                                     value + ",10,10,1,tpot_mean,ms,20\n");
      INFO(column << " " << value << ": " << read.complaint());
      CHECK(read.measured.serving.empty());
      CHECK(
          read.complaint().starts_with("2:1: " + column + " is '" + value + "', must be a whole"));
    }
  }
  const auto many = read_serving(
      "tp,pp,attention_dp,isl,osl,concurrency_or_batch,metric,unit,value\n"
      "60000,60000,60000,10,10,1,tpot_mean,ms,20\n",
      StatedFacts{"h100", "x", "bf16", "vllm", {}, {}, {}, {}, false, "", {}});
  CHECK(many.complaint().find("are more than the 1000000 of one engine") != std::string::npos);
}

TEST_CASE("measured csv: a speed without lengths is refused, beside a cache as well",
          "[measure][logs]") {
  const auto read = read_serving(
      "id,metric,unit,value,concurrency_or_batch\na,kv_cache_tokens,tokens,4000,\n"
      "a,tpot_mean,ms,20,1\n");
  CHECK(read.complaint() == "3:1: isl or osl is missing");
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
