#include "sim/measure/logs/training_lines.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

std::string iteration(double ms) {
  return " iteration 10/ 100 | consumed samples: 1280 | elapsed time per iteration (ms): " +
         std::to_string(ms) +
         " | throughput per GPU (TFLOP/s/GPU): 400.5 | learning rate: 1.0E-4 | global batch size: "
         "  128 | lm loss: 2.0E+00 |\n";
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
