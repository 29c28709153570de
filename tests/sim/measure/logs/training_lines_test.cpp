#include "sim/measure/logs/training_lines.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

std::string iteration(double ms, int batch = 128) {
  return " iteration 10/ 100 | consumed samples: 1280 | elapsed time per iteration (ms): " +
         std::to_string(ms) +
         " | throughput per GPU (TFLOP/s/GPU): 400.5 | learning rate: 1.0E-4 | global batch size: "
         "  " +
         std::to_string(batch) + " | lm loss: 2.0E+00 |\n";
}

// 128 sequences of 4096 tokens in 2 s on 8 devices: 32768 tokens a second and device.
TEST_CASE("training lines: Megatron, without the iterations that warm up", "[measure][logs]") {
  StatedFacts facts = known_system();
  facts.devices = 1;
  const auto read =
      read_training("  seq_length ........... 4096\n  world_size ........... 8\n" +
                        iteration(9000) + iteration(2000) + iteration(1900) + iteration(2100),
                    facts);
  INFO(read.complaint());
  REQUIRE(read.measured.training.size() == 1);
  CHECK(read.training().devices == 8);
  CHECK(read.training().rate->value == Approx(32768));
  CHECK(read.training().flops->value == Approx(400.5e12));
  CHECK(read.training().steps == 3);
}

TEST_CASE("training lines: batches that ramp up do not count, and that is said",
          "[measure][logs]") {
  StatedFacts facts = known_system();
  facts.sequence = 4096;
  const std::string steady =
      iteration(1500, 128) + iteration(2000) + iteration(1900) + iteration(2100);
  const auto ramped =
      read_training(iteration(9000, 32) + iteration(900, 32) + iteration(1200, 64) + steady, facts);
  REQUIRE(ramped.measured.training.size() == 1);
  CHECK(ramped.training().rate == read_training(steady, facts).training().rate);
  CHECK(ramped.training().steps == 3);
  CHECK(ramped.complaint() ==
        "1:1: 3 of 7 lines are of another global batch size than the last, 128: they are passed "
        "over");
  CHECK_FALSE(ramped.found.has_errors());
  CHECK(read_training(steady, facts).found.items().empty());
}

TEST_CASE("training lines: arguments beyond what may be are refused where they stand",
          "[measure][logs]") {
  for (const std::string value : {"99999999999", "0", "1e300"}) {
    const auto read =
        read_training("x\n  world_size ........... " + value + "\n" + iteration(2000));
    CHECK(read.measured.training.empty());
    CHECK(read.complaint().starts_with("2:1: world_size is "));
  }
}

TEST_CASE("training lines: what Megatron does not state is asked for", "[measure][logs]") {
  CHECK(read_training(iteration(2000)).complaint() ==
        "1:1: it does not state the length of a sequence");
  StatedFacts facts = known_system();
  facts.sequence = 2048;
  CHECK(read_training(iteration(2000), facts).measured.training.size() == 1);
  CHECK(read_training("elapsed time per iteration (ms): 2.0\n", facts).complaint() ==
        "1:1: it states neither the global batch size nor TFLOP/s per GPU");
}

std::string event(const std::string& key, const std::string& value, const std::string& ms,
                  const std::string& metadata) {
  return "0: :::MLLOG {\"namespace\": \"\", \"time_ms\": " + ms +
         ", \"event_type\": \"POINT_IN_TIME\", \"key\": \"" + key + "\", \"value\": " + value +
         ", \"metadata\": " + metadata + "}\n";
}

TEST_CASE("training lines: MLPerf states throughput, or counts samples", "[measure][logs]") {
  const std::string length = event("max_sequence_length", "8192", "1000", "{\"file\": \"x\"}");
  const auto stated =
      read_training(length + event("tracked_stats", "{\"throughput\": 16.0}", "2000", "{}"));
  INFO(stated.complaint());
  REQUIRE(stated.measured.training.size() == 1);
  CHECK(stated.training().rate->value == Approx(16 * 8192 / 8));
  const auto counted =
      read_training(length + event("block_start", "null", "2000", "{\"samples_count\": 0}") +
                    event("block_stop", "null", "12000", "{\"samples_count\": 160}"));
  REQUIRE(counted.measured.training.size() == 1);
  CHECK(counted.training().rate == stated.training().rate);
}

TEST_CASE("training lines: MLPerf without either is refused, broken events where they stand",
          "[measure][logs]") {
  CHECK(read_training(event("seed", "1", "1", "{}")).complaint() ==
        "0:0: no event states a throughput or counts samples");
  CHECK(read_training("\n:::MLLOG {\"key\": 3}\n").complaint().starts_with("2:"));
}

}  // namespace
}  // namespace chokepoint
