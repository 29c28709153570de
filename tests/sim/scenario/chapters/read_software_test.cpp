#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

const std::string kGemm =
    "    fraction { value: 0.8 source: \"sheet\" confidence: REPORTED }\n  }\n";

std::string with_second_fraction(const std::string& of) {
  return small_but(kGemm, kGemm + "  attained { name: \"second\" operator_class: DENSE_GEMM " + of +
                              " fraction { value: 0.9 source: \"sheet\" confidence: MEMORY } }\n");
}

TEST_CASE("read_software: what is not measured is the prior", "[scenario][read]") {
  const World world = small_world();
  REQUIRE(world.attained.size() == 2);
  CHECK(world.attained[0].of(OperatorClass::DenseGemm).value == 0.8);
  CHECK(world.attained[1].of(OperatorClass::DenseGemm).value == 0.6);
  CHECK(world.attained[0].of(OperatorClass::MemoryStream).value == 0.7);
  const auto input = world.attained[1].of(OperatorClass::DenseGemm).input;
  REQUIRE(input);
  CHECK(world.inputs[input->value].path == "priors[gemm].fraction");
}

TEST_CASE("read_software: a device's own fraction goes first", "[scenario][read]") {
  const auto result = read_text(with_second_fraction("device: \"west_gpu\""));
  REQUIRE(result.world);
  CHECK(result.world->attained[0].of(OperatorClass::DenseGemm).value == 0.9);
}

TEST_CASE("read_software: two fractions for one thing are one too many", "[scenario][read]") {
  CHECK(only_error(with_second_fraction("")) ==
        "a second DENSE_GEMM of this stack for all devices | keep one, and the other among its "
        "alternatives");
}

TEST_CASE("read_software: a fraction is of a device that runs the stack", "[scenario][read]") {
  CHECK(only_error(with_second_fraction("device: \"east_npu\"")) ==
        "device 'east_npu' runs stack 'east_stack', not 'west_stack' | move the fraction to that "
        "stack, or name a device of this one");
}

TEST_CASE("read_software: a fraction for all devices says where it was measured",
          "[scenario][read]") {
  const auto with = [](const std::string& of) {
    return small_but(kGemm,
                     kGemm + "  attained { name: \"second\" " + of +
                         " fraction { value: 0.9 source: \"sheet\" confidence: MEMORY } }\n");
  };
  const std::string share =
      " bytes_share { value: 0.5 low: 0 high: 1 source: \"sheet\" confidence: ESTIMATED }";
  const std::string step = "operator_class: TRAINING_STEP ";
  const auto result = read_text(with(step + "measured_on: \"west_gpu\"" + share));
  REQUIRE(result.world);
  CHECK(result.world->attained[0].of(OperatorClass::TrainingStep).value == Approx(0.9));
  CHECK(only_error(with(step + "measured_on: \"west_gpu\"")).find("bytes_share is missing") == 0);
  CHECK(
      only_error(with(step + share)) ==
      "bytes_share without measured_on | say where the fraction was measured, or leave it out: all "
      "devices attain the same");
  CHECK(only_error(with(step + "device: \"west_gpu\" measured_on: \"west_gpu\"" + share)) ==
        "a fraction for one device is carried over to no other | leave out device, or measured_on "
        "and bytes_share");
  CHECK(only_error(with("operator_class: DECODE_SYSTEM measured_on: \"west_gpu\"" + share)) ==
        "DECODE_SYSTEM is not carried over | only TRAINING_STEP and PREFILL_SYSTEM are");
  CHECK(only_error(with(step + "measured_on: \"east_npu\"" + share))
            .find("device 'east_npu' runs stack 'east_stack'") == 0);
}

TEST_CASE("read_software: every class needs a prior", "[scenario][read]") {
  const std::string stream =
      "  operator_class: MEMORY_STREAM\n  fraction { value: 0.7 low: 0.5 high: 0.9";
  SECTION("as soon as there is a reference") {
    const auto result = read_text(small_but(
        stream, "  operator_class: DENSE_GEMM\n  fraction { value: 0.7 low: 0.5 high: 0.9"));
    REQUIRE(result.errors.size() == 2);
    CHECK(result.errors[0] == "a second prior of DENSE_GEMM | keep one prior per class");
    CHECK(result.errors[1] ==
          "no prior of MEMORY_STREAM | import a catalogue that states it, or add one to priors");
  }
  SECTION("with a range") {
    CHECK(
        only_error(small_but(stream, "  operator_class: MEMORY_STREAM\n  fraction { value: 0.7")) ==
        "a prior has no range | give low and high: nobody measured it");
  }
  SECTION("between 0.0001 and 1") {
    CHECK(only_error(small_but(stream,
                               "  operator_class: MEMORY_STREAM\n  fraction { value: 1.1 "
                               "low: 0.5 high: 0.9")) ==
          "fraction is 1.1, must lie in [0.0001, 1] | ");
  }
}

}  // namespace
}  // namespace chokepoint
