#include "sim/scenario/reading/read_sourced.hpp"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/scenario/read_world.hpp"
#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

const std::string kPeak = "peak_bf16_tflops { value: 1000 source: \"sheet\" confidence: OFFICIAL }";

std::string peak_but(const std::string& inside) {
  return small_but(kPeak, "peak_bf16_tflops { " + inside + " }");
}

TEST_CASE("read_sourced: a figure becomes an input in its own unit", "[scenario][read]") {
  const World world = small_world();
  const auto at = std::find_if(world.inputs.begin(), world.inputs.end(), [](const Input& input) {
    return input.path == "devices[west_gpu].memory_bandwidth_gb_s";
  });
  REQUIRE(at != world.inputs.end());
  CHECK(at->value == 4000.0);
  CHECK(at->low == 3900.0);
  CHECK(at->high == 4100.0);
  CHECK(at->confidence == Confidence::Official);
  CHECK(world.sources[at->source.value] == "sheet");
  const auto index = static_cast<std::uint32_t>(at - world.inputs.begin());
  CHECK(world.devices[0].memory_bandwidth_input == InputId{index});
  CHECK(world.devices[0].memory_bandwidth == 4000_GBps);
}

TEST_CASE("read_sourced: a value may stand in for the one that is written", "[scenario][read]") {
  pb::Scenario scenario;
  REQUIRE(google::protobuf::TextFormat::ParseFromString(small_text(), &scenario));
  const Composed composed = composed_from(std::move(scenario), "small.textproto");
  const auto& written = composed.scenario.devices(0).memory_bandwidth_gb_s();
  Diagnostics found;
  const auto world = read_world(composed, found, {{&written, 4050.0}});
  REQUIRE(world);
  CHECK(world->devices[0].memory_bandwidth == 4050_GBps);
  CHECK(world->inputs[world->devices[0].memory_bandwidth_input->value].value == 4050.0);
  CHECK(world->devices[0].memory == small_world().devices[0].memory);
  CHECK(written.value() == 4000.0);
}

TEST_CASE("read_sourced: what a figure lacks is said", "[scenario][read]") {
  CHECK(only_error(peak_but("source: \"sheet\" confidence: OFFICIAL")) ==
        "peak_bf16_tflops has no value | a figure that is not known is left out");
  CHECK(
      only_error(peak_but("value: 1000 confidence: OFFICIAL")) ==
      "peak_bf16_tflops has no source | say where it comes from; a changed figure has a source of "
      "its own");
  CHECK(only_error(peak_but("value: 1000 source: \"shet\" confidence: OFFICIAL")) ==
        "no source 'shet' in the scenario | did you mean 'sheet'?");
  CHECK(only_error(peak_but("value: 1000 source: \"sheet\"")) ==
        "peak_bf16_tflops has no confidence | say how well it is known: OFFICIAL, REPORTED, "
        "ESTIMATED or MEMORY");
}

TEST_CASE("read_sourced: a range is whole and holds its value", "[scenario][read]") {
  const std::string rest = " source: \"sheet\" confidence: OFFICIAL";
  CHECK(only_error(peak_but("value: 1000 low: 900" + rest)) ==
        "peak_bf16_tflops has low without high | give both ends of the range, or neither");
  CHECK(only_error(peak_but("value: 1000 high: 1100" + rest)) ==
        "peak_bf16_tflops has high without low | give both ends of the range, or neither");
  CHECK(only_error(peak_but("value: 1000 low: 1100 high: 900" + rest)) ==
        "peak_bf16_tflops is 1000, outside its range 1100 to 900 | low <= value <= high must hold");
  CHECK(read_text(peak_but("value: 1000 low: 1000 high: 1000" + rest)).errors.empty());
  CHECK(only_error(peak_but("value: 1000 low: -5 high: 1100" + rest)) ==
        "low of peak_bf16_tflops is -5, must be positive | ");
  CHECK(only_error(peak_but("value: 1000 low: 900 high: inf" + rest)) ==
        "high of peak_bf16_tflops is inf, must be a finite number | ");
}

TEST_CASE("read_sourced: alternatives have sources as well", "[scenario][read]") {
  const std::string begin = "value: 1000 source: \"sheet\" confidence: OFFICIAL alternatives { ";
  CHECK(read_text(peak_but(begin + "value: 990 source: \"guess\" confidence: MEMORY }"))
            .errors.empty());
  CHECK(only_error(peak_but(begin + "value: 990 confidence: MEMORY }")) ==
        "source is missing | known: sheet, guess");
  CHECK(only_error(peak_but(begin + "value: -990 source: \"guess\" confidence: MEMORY }")) ==
        "an alternative of peak_bf16_tflops is -990, must be positive | ");
  CHECK(only_error(peak_but(begin + "source: \"guess\" confidence: MEMORY }")) ==
        "an alternative of peak_bf16_tflops has no value | ");
}

TEST_CASE("read_sourced: a text has a source as well", "[scenario][read]") {
  CHECK(only_error(small_but("text: \"native\" source: \"sheet\"", "text: \"native\"")) ==
        "source is missing | known: sheet, guess");
  CHECK(only_error(small_but("text: \"native\"", "")) == "text is missing | ");
}

TEST_CASE("read_sourced: a figure that must be there is asked for", "[scenario][read]") {
  CHECK(
      only_error(small_but("  pue { value: 1.2 source: \"guess\" confidence: ESTIMATED }\n", "")) ==
      "pue is missing | write pue { value: ... source: \"...\" confidence: ... }");
}

}  // namespace
}  // namespace chokepoint
