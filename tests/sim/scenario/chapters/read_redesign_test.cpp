#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string habits() {
  return "redesign { " + figure("training_weight", "0.5") + figure("prefill_weight", "0.25") +
         figure("decode_weight", "0.25") + figure("training_io_elasticity", "0.2") +
         figure("prefill_io_elasticity", "0.1") + figure("decode_io_elasticity", "0.1") +
         figure("margin_share", "0.02") + figure("days_to_announcement", "75") +
         figure("days_to_shipment", "145") + "}\n";
}

std::string knobs() {
  return "design_knobs { name: \"gpu\" device: \"west_gpu\" " + figure("cores", "100") +
         "tensor_rates: 0.5 droppable: FP64 " + figure("links", "18") +
         figure("link_bidirectional_gb_s", "50") + "memory { name: \"hbm\" " +
         figure("most_stacks", "5") + figure("stack_gib", "20") +
         figure("stack_bandwidth_gb_s", "800") +
         "available: \"2023-08-01\" } source: \"guess\" confidence: ESTIMATED }\n";
}

std::string but(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string error_with(const std::string& from, const std::string& to) {
  return only_error(small_text() + but(knobs() + habits(), from, to));
}

TEST_CASE("read_redesign: knobs and habits in base units", "[scenario][read]") {
  const auto result = read_text(small_text() + knobs() + habits());
  for (const auto& error : result.errors) UNSCOPED_INFO(error);
  REQUIRE(result.world);
  REQUIRE(result.world->design_knobs.size() == 1);
  const DesignKnobs& design = result.world->design_knobs[0];
  CHECK(design.family == "gpu");
  CHECK(design.device == DeviceId{0});
  CHECK(design.cores == 100);
  CHECK(design.tensor_rates == std::vector<double>{0.5});
  CHECK_FALSE(design.throttles_freely);
  CHECK(design.droppable == std::vector<Format>{Format::Fp64});
  CHECK(design.links == 18);
  CHECK(design.link_bandwidth == 50_GBps);
  CHECK(design.fixed_io == BytesPerSecond{});
  REQUIRE(design.memory.size() == 1);
  CHECK(design.memory[0].most_stacks == 5);
  CHECK(design.memory[0].stack_capacity == 20_GiB);
  CHECK(design.memory[0].stack_bandwidth == 800_GBps);
  CHECK(design.memory[0].available == parse_date("2023-08-01"));
  CHECK(result.world->redesign.taste.training_weight.value == 0.5);
  CHECK(result.world->redesign.margin.value == 0.02);
  CHECK(result.world->redesign.to_announcement.value == 75_days);
  CHECK(result.world->redesign.to_shipment.value == 145_days);
}

TEST_CASE("read_redesign: a scenario may do without", "[scenario][read]") {
  CHECK(small_world().design_knobs.empty());
}

TEST_CASE("read_redesign: knobs need habits", "[scenario][read]") {
  CHECK(only_error(small_text() + knobs()) ==
        "redesign is missing, though there are design_knobs | say what a design is worth and how "
        "long it takes");
}

TEST_CASE("read_redesign: knobs start from a device that is known well enough",
          "[scenario][read]") {
  CHECK(error_with("west_gpu", "west_gpus") ==
        "no device 'west_gpus' in the scenario | did you mean 'west_gpu'?");
  std::string text = small_but_after("east_npu",
                                     "  memory_gib { value: 64 source: \"sheet\" confidence: "
                                     "OFFICIAL }\n",
                                     "");
  text += but(knobs(), "west_gpu", "east_npu") + habits();
  const auto errors = read_text(text).errors;
  REQUIRE_FALSE(errors.empty());
  CHECK(std::count(errors.begin(), errors.end(),
                   "device 'east_npu' has no memory_gib | knobs start from a device whose bf16 "
                   "peak, memory and bandwidths are known") == 1);
}

TEST_CASE("read_redesign: whole cores, links and stacks, and rates below 1", "[scenario][read]") {
  CHECK(error_with(figure("cores", "100"), figure("cores", "0")).find("cores is 0") == 0);
  CHECK(error_with(figure("cores", "100"), figure("cores", "1.5")).find("cores is 1.5") == 0);
  CHECK(error_with("tensor_rates: 0.5", "tensor_rates: 1") ==
        "a tensor rate is 1 | write the shares of the full rate below 1 and above 0; 1 goes "
        "without saying");
  CHECK(error_with("droppable: FP64", "droppable: FORMAT_UNSPECIFIED") ==
        "droppable holds a number that is none | write one of FP64, FP32, TF32, BF16, FP8, INT8, "
        "FP4");
  CHECK(error_with(figure("links", "18"), "") ==
        "design 'gpu' has neither links nor fixed I/O | give links with link_bidirectional_gb_s, "
        "or fixed_io_bidirectional_gb_s");
}

TEST_CASE("read_redesign: weights are shares of one value", "[scenario][read]") {
  CHECK(error_with(figure("decode_weight", "0.25"), figure("decode_weight", "0.5")) ==
        "the three weights add up to 1.25 | weights are shares of one value: their sum is 1");
}

}  // namespace
}  // namespace chokepoint
